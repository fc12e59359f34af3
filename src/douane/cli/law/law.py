"""``douane law``: what rests on an article, and citations that no act has.

``impact`` names the time limits, operations, steps of processes, tasks, rules and pages that cite an article or a place
in it, and with a node the open cases whose limits run by it, by office. ``check`` reads files. What is known of an act
is its structure as of the version that is named (``standards.union_law``); an article that is not held does not exist.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from douane.cli.node_options import add_node, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.shared_services.auditing.deadlines import running
from douane.standards.union_law.acts import articles
from douane.standards.union_law.citing import Citation, citations
from douane.supervision.operating.reading import note_command
from douane.vocabulary.errors import BadRequest, NotFound

_SHOWN: Final = (
    NodeKind.LIMIT, NodeKind.RULE, NodeKind.OPERATION, NodeKind.STEP, NodeKind.TASK, NodeKind.SERVICE, NodeKind.PROJECT,
)  # fmt: skip
_LONGEST: Final = 70
"""Characters of a title on a line."""


@dataclass(frozen=True, slots=True)
class Resting:
    """An element of the model and the places that it cites, of those that were asked for."""

    node: Node
    cited: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    describe(parser, 'douane law impact "UCC 103"')
    ways = parser.add_subparsers(dest="way", metavar="WAY", required=True)
    touched = ways.add_parser("impact", help="what rests on an article: limits, rules, tasks, pages, running cases")
    describe(touched, 'douane law impact "UCC 22(3)" --data douane-data')
    touched.add_argument("article", help="as it is cited: UCC 103, DA art. 171(1)")
    add_node(touched)
    add_json(touched)
    reading = ways.add_parser("check", help="citations in files that no act has")
    describe(reading, "douane law check notes.md", codes="exit codes: 0 all exist; 1 some do not; 2 cannot be read")
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_json(reading)


def run(arguments: argparse.Namespace) -> int:
    """Answer one of them."""
    return _check(arguments) if arguments.way == "check" else _impact(arguments)


def asked(text: str) -> Citation:
    """The place that somebody names. Raises BadRequest for none or several, NotFound for one that no act has."""
    found = list(dict.fromkeys(citations(text)))
    if len(found) != 1:
        remedy = "Name one, with its act: UCC 103, DA art. 171(1), IA 335(4), 1182/71 art. 3(4)."
        raise BadRequest(f"{text[:60]!r} names {'no article' if not found else 'several articles'}.", remedy=remedy)
    place = found[0]
    if not place.exists:
        held = articles(place.act).get(place.article)
        remedy = (
            f"Article {place.article} has {', '.join(sorted(held.places)) or 'no paragraphs'}."
            if held is not None else f"{len(articles(place.act))} articles of {place.act.full} are held."
        )  # fmt: skip
        raise NotFound(f"{place} is not in the version of {place.act.version} as it is held.", remedy=remedy)
    return place


def resting(model: ApplicationModel, place: Citation) -> list[Resting]:
    """The elements that cite a place, one inside it, or the article that it is in; in the order of their kinds."""
    found: dict[str, list[str]] = {}
    for node in model.of(NodeKind.LEGAL):
        for each in citations(node.name):
            if each.within(place) or place.within(each):
                for edge in _grounded(model, node):
                    found.setdefault(edge.source, []).append(str(each))
    for rule in model.of(NodeKind.RULE):
        cited = [str(each) for each in citations(rule.title) if each.within(place) or place.within(each)]
        if cited:
            found.setdefault(rule.id, []).extend(cited)
    ours = [Resting(model.node(id), tuple(dict.fromkeys(cited))) for id, cited in found.items()]
    return sorted(ours, key=lambda each: (_SHOWN.index(each.node.kind), each.node.name))


def _grounded(model: ApplicationModel, legal: Node) -> Iterator[Edge]:
    return (edge for edge in model.into(legal.id) if edge.kind is EdgeKind.GROUNDED)


def _pages(found: list[Resting]) -> list[str]:
    """The pages that show or send what rests there."""
    operations = {each.node.name for each in found if each.node.kind is NodeKind.OPERATION}
    shown = {each.path for each in discovery.screens() if each.operation in operations}
    return sorted(shown | {each.path for each in discovery.acts() if each.operation in operations and each.path})


def _impact(arguments: argparse.Namespace) -> int:
    place = asked(arguments.article)
    found = resting(discovery.installed_model(), place)
    limits = {each.node.name for each in found if each.node.kind is NodeKind.LIMIT}
    runs: Counter[tuple[str, str]] = Counter()
    if looks := bool(arguments.data or arguments.config):
        settings, reader = settings_of(arguments), store_reader_of(arguments)
        mine = (each.kept for each in running(reader, iter(range(settings.partitions))) if each.kept.limit in limits)
        runs.update((kept.place, kept.limit) for kept in mine)
        note_command(settings, "law impact", str(place))
    pages = _pages(found)
    if arguments.json:
        print_json({
            "article": str(place), "title": place.title, "version": str(place.act.version),
            "rests": [{"element": each.node.id, "title": each.node.title, "cites": each.cited} for each in found],
            "pages": pages,
            "running": [{"office": office, "limit": limit, "cases": n} for (office, limit), n in sorted(runs.items())],
        })  # fmt: skip
        return 0
    print(f"{place}{f': {place.title}' if place.title else ''} ({place.act.full}, version of {place.act.version})")
    print(f"\n{len(found)} elements rest on it:" if found else "\nNothing that is declared cites it.")
    rows = [(each.node.kind.value, each.node.name, ", ".join(each.cited), _short(each.node.title)) for each in found]
    print(table(rows, indent="  ")) if rows else None
    print(f"\nPages: {', '.join(pages)}") if pages else None
    if looks:
        print(f"\n{runs.total()} limits run by it in open cases" + (":" if runs else "."))
        cells = [(office, limit, str(n)) for (office, limit), n in sorted(runs.items())]
        print(table(cells, indent="  ")) if cells else None
    return 0


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def _check(arguments: argparse.Namespace) -> int:
    wrong = [
        {"file": str(file), "line": number, "cites": str(each)}
        for file in arguments.files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for each in citations(line)
        if not each.exists
    ]
    if arguments.json:
        print_json(wrong)
    else:
        for each in wrong:
            print(f"{each['file']}:{each['line']}: {each['cites']} is not held")
        print(f"{len(wrong)} citations are not held" if wrong else "every citation exists")
    return 1 if wrong else 0
