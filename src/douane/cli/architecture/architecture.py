"""``douane architecture``: the Reference Architecture in formats of others, and what comes back from them."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from douane.cli.architecture.declaring import add_declare, declare
from douane.cli.architecture.interfaces import add_interfaces, count
from douane.cli.node_options import add_node, country, settings_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.identity.certificates import moment
from douane.identity.statements import sign
from douane.model.circles import Platform
from douane.model.discovery import services
from douane.operation.folder import StaticPages, write_folder
from douane.pages.catalogue import catalogue, terms
from douane.pages.languages import COMPLETE, ENGLISH
from douane.reference_architecture.exchange.archimate import document_of, merged, own_id
from douane.reference_architecture.exchange.asyncapi import asyncapi
from douane.reference_architecture.exchange.comparing import Became, Difference, differences
from douane.reference_architecture.exchange.cpsv_ap import BASE, cpsv_ap
from douane.reference_architecture.exchange.library import Shelf, adms
from douane.reference_architecture.exchange.open_catalogues import dcat_ap, skos
from douane.reference_architecture.export import load
from douane.reference_architecture.functions import BY_WORDS, Verdict, judged, read_functions
from douane.reference_architecture.programme.eif import Standing, assessment
from douane.reference_architecture.snapshots import FORMAT, Snapshot, read_holdings, read_snapshot
from douane.runtime.catalogue.catalogue import Catalogue
from douane.standards.archimate.document import Document
from douane.standards.archimate.reading import read
from douane.standards.archimate.writing import write
from douane.supervision.operating.landscapes import kept, take
from douane.vocabulary.errors import NotFound, NotWellFormed, SenderFault

FORMATS: Final = {
    "archimate": "the whole model for ArchiMate tools (Open Exchange format)",
    "cpsv-ap": "the services as a catalogue of public services (CPSV-AP, Turtle)",
    "skos": "the words of the law as a concept scheme (SKOS, Turtle)",
    "dcat-ap": "services and code lists as a catalogue (DCAT-AP, Turtle)",
    "adms": "a library of initiatives and their results (ADMS, DCAT-AP, Turtle), of an answer of programme.library",
    "asyncapi": "queues and events (AsyncAPI 3, JSON)",
    "html": "every page of the model and of the documentation, as a folder that needs no node",
}
_SHOWN: Final = 200
T = TypeVar("T")
_SIGNS: Final = {Became.NEW: "+", Became.GONE: "-", Became.CHANGED: "~"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ways to ask."""
    describe(parser, "douane architecture export archimate --out model.xml")
    ways = parser.add_subparsers(
        dest="way", metavar="export|import|snapshot|declare|interfaces|diff|eif", required=True
    )
    text = "write the model in a format of others"
    export = ways.add_parser("export", help=text, description=text.capitalize() + ".")
    describe(export, "douane architecture export archimate --out model.xml --keep edited.xml")
    export.add_argument("format", choices=FORMATS, help="; ".join(f"{name}: {is_}" for name, is_ in FORMATS.items()))
    export.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output); html: a folder")
    export.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="archimate: a file whose further texts, properties, elements, folders and views are kept",
    )
    export.add_argument(
        "--base", default=BASE, metavar="URL", help=f"cpsv-ap, skos, dcat-ap, adms: of its addresses (default: {BASE})"
    )
    export.add_argument(
        "--door", action="append", type=_door, metavar="PLATFORM=URL",
        help="dcat-ap: where a door answers (speed2=https://HOST:PORT); once for each",
    )  # fmt: skip
    export.add_argument("--library", type=Path, metavar="FILE", help="adms: the answer of programme.library, as JSON")
    add_json(export)
    text = "how the product stands to the European Interoperability Framework, as its model shows it"
    eif = ways.add_parser("eif", help=text, description=text.capitalize() + ".")
    describe(eif, "douane architecture eif", codes="exit codes: 0 all evidence is there; 1 some of it vanished")
    add_json(eif)
    text = "judge what others wrote: a model, a list of functions, a signed snapshot"
    take = ways.add_parser("import", help=text, description=text.capitalize() + ".")
    describe(
        take,
        "douane architecture import edited.xml --out kept.xml",
        codes="exit codes: 0 it fits; 2 it does not (line, element and rule are named), nothing is taken over",
    )
    take.add_argument(
        "file", type=Path, help="a model (ArchiMate Open Exchange), a list of functions of a national system (.csv), "
        "or a snapshot that an administration signed (.jws)",
    )  # fmt: skip
    take.add_argument("--out", type=Path, metavar="FILE", help="write the present model with what the file adds")
    add_node(take)
    add_json(take)
    text = "sign what an administration declares of its systems, for the landscape of others"
    declared = ways.add_parser("snapshot", help=text, description=text.capitalize() + ".")
    describe(declared, "douane architecture snapshot held.csv --administration BE --number 4 --key be.key "
             "--certificate be.pem --out be.jws")  # fmt: skip
    declared.add_argument("file", type=Path, help="its functions (CSV)")
    declared.add_argument("--administration", required=True, type=country, metavar="CC", help="whose they are")
    declared.add_argument("--number", required=True, type=int, help="greater than that of the snapshot before")
    declared.add_argument("--taken", metavar="DATE", help="the day of which it tells (default: today)")
    declared.add_argument("--key", required=True, type=Path, help="private key of its system (PEM)")
    declared.add_argument("--certificate", required=True, type=Path, help="the certificate of that key (PEM)")
    declared.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to")
    add_json(declared)
    add_declare(ways)
    add_interfaces(ways)
    text = "say what differs between two models"
    compare = ways.add_parser("diff", help=text, description=text.capitalize() + ".")
    describe(
        compare,
        "douane architecture diff edited.xml .",
        codes="exit codes: 0 they are equal; 1 they differ; 2 a file cannot be read",
    )
    for name in ("old", "new"):
        compare.add_argument(name, help="an Open Exchange file, an export of douane model, or . for what is installed")
    add_json(compare)


def run(arguments: argparse.Namespace) -> int:
    """Answer one of them."""
    match arguments.way:
        case "export":
            return _export(arguments)
        case "import":
            return _import(arguments)
        case "snapshot":
            return _snapshot(arguments)
        case "declare":
            return declare(arguments)
        case "interfaces":
            return count(arguments)
        case "eif":
            return _eif(arguments)
        case _:
            return _diff(arguments)


def _eif(arguments: argparse.Namespace) -> int:
    """Each recommendation with its evidence, or what is open; evidence that vanished ends the command with 1."""
    found = assessment(discovery.installed_model())
    if arguments.json:
        print_json([
            {"recommendation": each.recommendation.number, "about": each.recommendation.about,
             "standing": each.standing.value, "evidence": each.recommendation.evidence,
             "open": each.recommendation.open, "missing": each.missing}
            for each in found
        ])  # fmt: skip
    else:
        print(table([(f"{each.recommendation.number}", each.standing.value, each.recommendation.about,
                      ", ".join(each.missing) or each.recommendation.open or ", ".join(each.recommendation.evidence))
                     for each in found]))  # fmt: skip
    return 1 if any(each.standing is Standing.VANISHED for each in found) else 0


def translations(text: str) -> Mapping[str, str]:
    """A title of the model in the languages of the pages, where they have it."""
    found = {each: catalogue(each).get(("", text)) for each in COMPLETE if each != ENGLISH}
    return {each: forms[0] for each, forms in found.items() if forms}


def _export(arguments: argparse.Namespace) -> int:
    if arguments.format == "html":
        return _folder(arguments)
    data = _written(arguments)
    if arguments.out is None:
        sys.stdout.write(data.decode())
        return 0
    arguments.out.write_bytes(data)
    said = {"file": str(arguments.out), "format": arguments.format, "octets": len(data)}
    print_json(said) if arguments.json else print(f"{arguments.out}: {arguments.format}, {len(data)} octets")
    return 0


def _folder(arguments: argparse.Namespace) -> int:
    if arguments.out is None:
        raise NotFound("A folder cannot be written to standard output.", remedy="Name one: --out FOLDER.")
    count = write_folder(arguments.out, StaticPages())
    said = {"folder": str(arguments.out), "files": count}
    print_json(said) if arguments.json else print(f"{arguments.out}: {count} files; begin with index.html")
    return 0


def _door(said: str) -> tuple[Platform, str]:
    """A door and its address. Raises ArgumentTypeError for another one, and for what is no address."""
    name, _, url = said.partition("=")
    known = {each.value: each for each in Platform}
    if name not in known or not re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]{1,255}/?", url):
        raise argparse.ArgumentTypeError(f"{said!r} is no PLATFORM=URL; platforms are {', '.join(sorted(known))}")
    return known[name], url


def _written(arguments: argparse.Namespace) -> bytes:
    model = discovery.installed_model()
    match arguments.format:
        case "archimate":
            own = document_of(model, translations)
            return write(merged(own, _read(arguments.keep)) if arguments.keep else own)
        case "cpsv-ap":
            return cpsv_ap(model, services(), base=arguments.base, translations=translations)
        case "skos":
            return skos({name: (each.article, each.words) for name, each in terms().items()}, base=arguments.base)
        case "dcat-ap":
            if not arguments.door:
                raise NotFound("No door is named: a catalogue says where its services answer.",
                               remedy="Name each: --door speed2=https://HOST:PORT.")  # fmt: skip
            return dcat_ap(
                model, services(), base=arguments.base, translations=translations, doors=dict(arguments.door)
            )
        case "adms":
            return adms(_shelf(arguments.library), base=arguments.base)
        case _:
            family = Catalogue(services()).family
            content = asyncapi(services(), family, model.hash[:16])
            return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _shelf(file: Path | None) -> Shelf:
    """The library of a file. Raises NotFound and NotWellFormed."""
    if file is None:
        raise NotFound(
            "No library is named.", remedy="Save what programme.library answers, and name it: --library FILE."
        )
    try:
        return msgspec.json.decode(file.read_bytes(), type=Shelf)
    except OSError as problem:
        raise NotFound(f"{file} cannot be read.", remedy="Name a file that is there.") from problem
    except msgspec.MsgspecError as problem:
        raise NotWellFormed(
            f"{file} is no library: {problem}.", remedy="Save what programme.library answers."
        ) from problem


def _import(arguments: argparse.Namespace) -> int:
    match arguments.file.suffix.lower():
        case ".csv":
            return _functions(arguments)
        case ".jws":
            return _taken(arguments)
        case _:
            return _model(arguments)


def _functions(arguments: argparse.Namespace) -> int:
    """The functions of a national system against the model, and against what others declared."""
    listed = _named(arguments.file, read_functions)
    columns = [each.column() for each in kept(settings_of(arguments).data).values()]
    found = judged(discovery.installed_model(), listed, columns)
    if arguments.json:
        print_json([
            {"line": each.listed.line, "function": each.listed.function, "verdict": each.verdict.value,
             "with": each.fits, "because": each.because} for each in found
        ])  # fmt: skip
        return 0
    shown = [(each.verdict.value, each.listed.function, f"{', '.join(each.fits)} ({each.because})") for each in found]
    print(table([(a, b, c.removesuffix(" ()")) for a, b, c in shown]))
    by_words = sum(each.because.startswith(BY_WORDS) for each in found)
    if by_words:
        print(f"Matched by two words alone: {by_words} of them; that is a hint, no counterpart. Read each, and name "
              "its service, data elements or articles in the list.")  # fmt: skip
    counts = [f"{sum(each.verdict is verdict for each in found)} {verdict.value}" for verdict in Verdict]
    print(f"{len(found)} functions: {', '.join(counts)}.")
    return 0


def _taken(arguments: argparse.Namespace) -> int:
    found = _named(arguments.file, lambda data: take(settings_of(arguments), data))
    said = {"administration": found.administration, "number": found.number, "functions": len(found.functions)}
    if arguments.json:
        print_json(said)
    else:
        print(f"{found.administration}: snapshot {found.number} of {found.taken}, {len(found.functions)} functions")
    return 0


def _snapshot(arguments: argparse.Namespace) -> int:
    entries = _named(arguments.file, read_holdings)
    try:
        taken = dt.date.fromisoformat(arguments.taken) if arguments.taken else moment(SystemClock().now()).date()
    except ValueError as problem:
        raise NotWellFormed(f"{arguments.taken} is no day.", remedy="Write it as 2026-11-27.") from problem
    made = Snapshot(FORMAT, arguments.administration, arguments.number, taken, entries)
    content = msgspec.json.encode(made)
    read_snapshot(content)
    statement = sign(content, arguments.key.read_bytes(), arguments.certificate.read_bytes())
    arguments.out.write_bytes(statement + b"\n")
    if arguments.json:
        print_json({"file": str(arguments.out), "functions": len(entries)})
    else:
        print(f"{arguments.out}: snapshot {made.number} of {made.administration}, {len(entries)} functions")
    return 0


def _named(path: Path, read_it: Callable[[bytes], T]) -> T:
    """What is read from a file; what refuses it names the file."""
    data = path.read_bytes()
    try:
        return read_it(data)
    except SenderFault as problem:
        raise type(problem)(f"{path}: {problem.text}", remedy=problem.remedy, faults=problem.faults) from problem


def _model(arguments: argparse.Namespace) -> int:
    found = _read(arguments.file)
    own = document_of(discovery.installed_model(), translations)
    changes = differences(own, found)
    ours = [each for each in changes if not each.id.startswith("#")]
    if arguments.out is not None:
        arguments.out.write_bytes(write(merged(own, found)))
    foreign = sum(not own_id(each) for each in found.elements), sum(not own_id(each) for each in found.relationships)
    texts = (text for each in found.elements for text in (*each.names, *each.documentation))
    languages = sorted({text.language for text in texts} - {""})
    said = {
        "file": str(arguments.file), "elements": len(found.elements), "relationships": len(found.relationships),
        "foreign elements": foreign[0], "foreign relationships": foreign[1], "languages": languages,
        "ours, different": [_difference(each) for each in ours], "written": str(arguments.out or ""),
    }  # fmt: skip
    if arguments.json:
        print_json(said)
        return 0
    print(f"{arguments.file}: it fits; {len(found.elements)} elements, {len(found.relationships)} relationships")
    print(f"  not of our model: {foreign[0]} elements, {foreign[1]} relationships; languages: {', '.join(languages)}")
    print(f"  of our model, different in the file: {len(ours)}")
    _print(ours)
    if arguments.out is not None:
        print(f"{arguments.out}: the present model with what the file adds")
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    found = differences(_document(arguments.old), _document(arguments.new))
    if arguments.json:
        print_json([_difference(each) for each in found])
    else:
        _print(found)
        print(f"{len(found)} {'difference' if len(found) == 1 else 'differences'}." if found else "No difference.")
    return 1 if found else 0


def _print(found: list[Difference] | tuple[Difference, ...]) -> None:
    for each in found[:_SHOWN]:
        print(f"{_SIGNS[each.became]} {each.id} {each.name}{f': {each.what}' if each.what else ''}")
    if len(found) > _SHOWN:
        print(f"  and {len(found) - _SHOWN} more (--json)")


def _difference(each: Difference) -> dict[str, str]:
    return {"became": each.became.value, "id": each.id, "name": each.name, "what": each.what}


def _document(where: str) -> Document:
    """A model as a document, whichever of the forms it has."""
    if where == ".":
        return document_of(discovery.installed_model(), translations)
    path = Path(where)
    if path.read_bytes()[:1] == b"{":
        return document_of(load(path.read_bytes()), translations)
    return _read(path)


def _read(path: Path) -> Document:
    """A model of another tool; what refuses it names the file."""
    if path.is_dir():
        raise NotFound(f"{path} is a folder.", remedy="Name a file.")
    return _named(path, read)
