"""``douane model``: look at the application model, check it, compare it with an earlier one, write it out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from douane.cli.node_options import add_node, clock_text, reader_of, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table, wrapped
from douane.configuration import discovery, lists
from douane.configuration.consumers import seen_since
from douane.configuration.portal import known_of_release, replies
from douane.configuration.ports import SystemClock
from douane.examination.starting import packages, stored
from douane.model.checks import Finding, absences, check, unanswered_acts
from douane.model.circles import ActorKind
from douane.model.declare import Kind
from douane.model.diff import Change, diff, next_version
from douane.model.discovery import left_out, persons
from douane.model.graph import ApplicationModel, Edge, Node
from douane.pages.fitting import reasons_against
from douane.reference_architecture import tasks
from douane.reference_architecture.consumers import Broken, broken_by
from douane.reference_architecture.export import export, load
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.names import meant
from douane.reference_architecture.proof import passed_tests
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import DAY
from douane.supervision.operating.declared import ACTS, PERSONS
from douane.vocabulary.errors import NotFound, NotWellFormed
from douane.vocabulary.four_eyes import FILE

_SHOWN = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ways to ask."""
    describe(parser, "douane model check")
    ways = parser.add_subparsers(dest="way", metavar="check|show|diff|deploy|export|packages|tasks", required=True)
    sound = _way(ways, "check", "find what contradicts itself or is missing", "douane model check",
                 "exit codes: 0 nothing found; 1 findings; 2 a declaration cannot be read")  # fmt: skip
    sound.add_argument(
        "--results", type=Path, metavar="FILE",
        help="a report of a test run (JUnit XML): a requirement of which a test did not pass is a finding",
    )  # fmt: skip
    add_node(sound)
    sound.add_argument("--absent", action="store_true", help="what is planned and not there, with who brings it")
    show = _way(ways, "show", "show one element with all its edges, or the counts of all", "douane model show CC015C")
    show.add_argument("name", nargs="?", default="", help="an element by id (operation:transit.find_movement) or name")
    compare = _way(ways, "diff", "say what changed, for whom, and which version that deserves",
                   "douane model diff release-1.0.json . --from-version 1.0.0",
                   "exit codes: 0 nobody must change anything; 1 somebody must; 2 a file cannot be read")  # fmt: skip
    compare.add_argument("old", help="an export, or . for what is installed")
    compare.add_argument("new", help="an export, or . for what is installed")
    compare.add_argument("--from-version", default="1.0.0", metavar="X.Y.Z", help="the version of the old one")
    release = _way(ways, "deploy", "say whom the installed release would break, of those a node has seen lately",
                   "douane model deploy release-1.0.json --data douane-data",
                   "exit codes: 0 nobody seen would be broken; 1 somebody would; 2 a file cannot be read")  # fmt: skip
    release.add_argument("old", help="an export of the release that runs now")
    release.add_argument("--days", type=int, default=90, metavar="N", help="how far to look back (default: 90)")
    add_node(release)
    write = _way(ways, "export", "write the whole model as JSON, one node or edge a line", "douane model export m.json")
    write.add_argument("file", nargs="?", type=Path, help="where to (default: standard output)")
    _way(ways, "packages", "print the lines by which settings permit the packages of others that are installed",
         "douane model packages",
         "exit codes: 0 printed, also where there is none; 2 one cannot be read")  # fmt: skip
    handles = _way(ways, "tasks", "write the handles of officers' tasks, by which a contract names them",
                   "douane model tasks quota_relief/quota_relief",
                   "exit codes: 0 written, or as it is; 1 it differs (--check); 2 it cannot be read")  # fmt: skip
    handles.add_argument("folder", type=Path, help="of the application, which has the folder processes")
    handles.add_argument("--check", action="store_true", help="write nothing; say whether what is there is right")


def _way(
    ways: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, example: str, codes: str = ""
) -> argparse.ArgumentParser:
    made = ways.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    describe(made, example, codes=codes) if codes else describe(made, example)
    add_json(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Answer one of them."""
    match arguments.way:
        case "check":
            return _check(arguments)
        case "show":
            return _show(arguments)
        case "diff":
            return _diff(arguments)
        case "deploy":
            return _deploy(arguments)
        case "packages":
            return _packages(as_json=arguments.json)
        case "tasks":
            return _tasks(arguments.folder, check=arguments.check, as_json=arguments.json)
        case _:
            return _export(arguments)


def _packages(*, as_json: bool) -> int:
    """Nothing of them is imported: who permits them has not judged them yet."""
    found = packages.packages()
    if as_json:
        print_json([{"name": each.name, "version": each.version, "applications": each.applications,
                     "digest": each.digest} for each in found])  # fmt: skip
        return 0
    print("[packages]" if found else "No package of others announces an application.")
    for each in found:
        print(f"{each.line}  # {each.version}: {', '.join(each.applications)}")
    return 0


def _tasks(folder: Path, *, check: bool, as_json: bool) -> int:
    """Write the handles of an application; the exit code."""
    if not (folder / tasks.PROCESSES).is_dir():
        raise NotFound(f"{folder} has no folder {tasks.PROCESSES}.", remedy="Name the folder of an application.")
    file, made = folder / tasks.FILE, tasks.tasks_of(folder)
    same = (file.read_text() if file.exists() else "") == made
    if made and not same and not check:
        file.write_text(made)
    if as_json:
        print_json({"file": str(file), "tasks": sum("= TaskRef(" in line for line in made.splitlines()), "same": same})
    else:
        print(f"{file}: {'nothing to write' if same else 'differs' if check else 'written'}")
    return int(check and not same)


def findings(passed: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """What ``check`` says of the installed product. passed: tests that passed in the run that is looked at."""
    made = discovery.behaviour()
    return check(
        installed_model(),
        handled={*made.handlers, *made.queries},
        lists=lists.code_lists(),
        judged=made.judged_by(),
        left_out=left_out(),
        passed=passed,
    )


def acts() -> tuple[Finding, ...]:
    """Which acts of officers and operators stand in no row of how many persons answer for them."""
    found = [
        operation.qualified for service in discovery.services() for operation in service.operations
        if operation.kind is Kind.COMMAND and any(each.kind is ActorKind.OFFICER for each in operation.by)
    ]  # fmt: skip
    where = f"Add it to {FILE}"
    return (
        *unanswered_acts(found, persons(), f"{where} beside its contract: docs/four-eyes.md."),
        *unanswered_acts(ACTS, PERSONS, f"{where} beside the acts of operators."),
    )


def _kept(arguments: argparse.Namespace) -> tuple[Finding, ...]:
    """What administrations added to procedures, and this release does not fit; where a node is named."""
    if arguments.data is None and arguments.config is None:
        return ()
    said = stored.additions(settings_of(arguments), store_reader_of(arguments))
    return tuple(Finding("M027", "", each.text, each.remedy) for each in said)


def _screens() -> tuple[Finding, ...]:
    """What stands against the screens of other distributions, which end the start of a node, too."""
    foreign = discovery.foreign_screens()
    if not foreign:
        return ()
    catalogue = Catalogue(discovery.services())
    answered, library = replies(catalogue), known_of_release(catalogue)
    return tuple(
        Finding("M029", f"operation:{each.operation}", reason, "Mend the screen: blocks and Words keep to the design.")
        for each in foreign for reason in reasons_against(each, answered, library)
    )  # fmt: skip


def _check(arguments: argparse.Namespace) -> int:
    if arguments.absent:
        return _absent(as_json=arguments.json)
    found = findings(passed_tests(arguments.results.read_bytes()) if arguments.results else None)
    found += _kept(arguments) + _screens() + acts()
    if arguments.json:
        print_json([{"id": f.id, "element": f.element, "text": f.text, "remedy": f.remedy} for f in found])
    else:
        for each in found:
            print(f"{each.id}  {each.text}\n      {each.remedy}")
        print(_many(len(found), "finding") if found else "The model is sound: no findings.")
    return 1 if found else 0


def _absent(*, as_json: bool) -> int:
    found = absences(discovery.installed_model())
    if as_json:
        print_json([{"element": e.node.id, "title": e.node.title, "projects": e.projects} for e in found])
    else:
        print(table([(e.node.id, ", ".join(e.projects) or "nobody", e.node.title) for e in found]))
        print(f"{_many(len(found), 'element')} planned and not there.")
    return 1 if found else 0


def _show(arguments: argparse.Namespace) -> int:
    model = discovery.installed_model()
    if not arguments.name:
        return _counts(model, as_json=arguments.json)
    node = meant(model, arguments.name)
    out, into = model.out(node.id), model.into(node.id)
    if arguments.json:
        print_json(_node(node) | {"out": [_edge(e) for e in out], "in": [_edge(e) for e in into]})
        return 0
    print(f"{node.kind.value} {node.name}{f': {node.title}' if node.title else ''}")
    print(f"  status: {node.status}")
    for name, value in node.facts:
        if value:
            print(wrapped(f"{name}: {value}", indent="  "))
    for lines in (_lines(model, out, forward=True), _lines(model, into, forward=False)):
        print("\n".join(lines)) if lines else None
    return 0


def _counts(model: ApplicationModel, *, as_json: bool) -> int:
    counts: dict[str, int] = {}
    for node in model:
        counts[node.kind.value] = counts.get(node.kind.value, 0) + 1
    if as_json:
        print_json({"hash": model.hash, "nodes": counts, "edges": len(model.edges)})
        return 0
    print(f"model {model.hash[:16]}: {len(model)} elements, {len(model.edges)} edges")
    print(table([(kind, str(n)) for kind, n in sorted(counts.items())], indent="  "))
    return 0


def _lines(model: ApplicationModel, edges: list[Edge], *, forward: bool) -> list[str]:
    """Edges by their name; long ones shortened to what fits a screen."""
    groups: dict[str, list[str]] = {}
    for edge in edges:
        other = edge.target if forward else edge.source
        title = model.node(other).title if other in model else "(not declared)"
        groups.setdefault(edge.kind.forward if forward else edge.kind.backward, []).append(
            f"{other}{f': {title}' if title and len(title) < 80 else ''}"
        )
    lines = []
    for word, others in groups.items():
        more = len(others) - _SHOWN
        lines.append(f"  {word}" + (f" ({len(others)})" if len(others) > 1 else ""))
        lines += [f"    {other}" for other in others[:_SHOWN]] + ([f"    and {more} more (--json)"] if more > 0 else [])
    return lines


def _diff(arguments: argparse.Namespace) -> int:
    changes = diff(_model(arguments.old), _model(arguments.new))
    try:
        version = next_version(arguments.from_version, changes)
    except ValueError as problem:
        raise NotWellFormed(f"{arguments.from_version} is no version.", remedy="Write it as 1.4.0.") from problem
    if arguments.json:
        print_json({"changes": [_change(c) for c in changes], "version": version})
    else:
        for each in changes:
            concerned = f"  [{', '.join(each.concerns)}]" if each.concerns else ""
            print(f"{each.weight.name.lower():<6} {each.element} {each.what}{concerned}")
        became = f"{_many(len(changes), 'change')}; {arguments.from_version} becomes {version}"
        print(became if changes else "No change.")
    return 1 if any(c.weight.name == "MAJOR" for c in changes) else 0


def _deploy(arguments: argparse.Namespace) -> int:
    since = SystemClock().now() - arguments.days * DAY
    found = broken_by(_model(arguments.old), _model("."), seen_since(reader_of(arguments), since))
    if arguments.json:
        print_json([_broken(each) for each in found])
    else:
        for each in found:
            print(f"{each.element}  {'; '.join(each.what)}")
            print("".join(f"  {party}, last seen {clock_text(at)}\n" for party, at in each.consumers), end="")
            if each.unseen:
                print(f"  queries leave no row: tell everybody to whom it is open ({', '.join(each.open_to)})")
        stopped = sum(each.stops for each in found)
        print(f"{_many(len(found), 'place')} would break; consumers are or may be at {stopped}." if found else
              "Nothing that is offered now would break.")  # fmt: skip
    return 1 if any(each.stops for each in found) else 0


def _broken(each: Broken) -> dict[str, object]:
    consumers = [{"party": party, "seen": at} for party, at in each.consumers]
    return {"element": each.element, "what": each.what, "consumers": consumers, "unseen": each.unseen,
            "open_to": each.open_to}  # fmt: skip


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _model(where: str) -> ApplicationModel:
    if where == ".":
        return discovery.installed_model()
    return load(Path(where).read_bytes())


def _export(arguments: argparse.Namespace) -> int:
    model = discovery.installed_model()
    data = export(model)
    if arguments.file is None:
        sys.stdout.write(data.decode())
        return 0
    arguments.file.write_bytes(data)
    said = {"file": str(arguments.file), "hash": model.hash, "nodes": len(model), "edges": len(model.edges)}
    print_json(said) if arguments.json else print(f"{arguments.file}: {len(model)} elements, model {model.hash[:16]}")
    return 0


def _node(node: Node) -> dict[str, object]:
    facts = dict(node.facts)
    return {"id": node.id, "kind": node.kind.value, "name": node.name, "title": node.title, "status": node.status,
            "facts": facts}  # fmt: skip


def _edge(edge: Edge) -> dict[str, str]:
    return {"source": edge.source, "edge": edge.kind.forward, "target": edge.target, "proof": edge.proof}


def _change(change: Change) -> dict[str, object]:
    return {"element": change.element, "what": change.what, "weight": change.weight.name.lower(),
            "concerns": change.concerns}  # fmt: skip
