"""``douane layout``: where each item of a message stands in an EDIFACT segment and in a fixed-width record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from douane.cli.output import add_json, describe, print_json, table
from douane.standards.ncts.legacy.rows import Place, places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane layout CD118C")
    parser.add_argument("type", help="a message type of NCTS phase 5")
    parser.add_argument("--group", default="", metavar="CODE", help="one group only, by its code (TOP)")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the groups of a message with their items."""
    found = [each for each in places(arguments.type) if arguments.group in ("", each.code)]
    if arguments.json:
        print_json([_facts(each) for each in found])
        return 0
    for each in found:
        once = "once" if each.least else "at most once"
        times = f"{each.least} to {each.most} times" if each.most > 1 else once
        print(f"{each.code}, level {each.level}, {times}: {each.path}")
        rows = [("element", "characters", "width", "", "item"), *_rows(each)]
        print(table(rows, indent="  "))
    return 0


def _rows(place: Place) -> Iterator[tuple[str, str, str, str, str]]:
    for item in _items(place):
        characters = f"{item['first']}-{item['first'] + item['width'] - 1}"
        required = "required" if item["required"] else ""
        yield str(item["element"]), characters, str(item["width"]), required, item["item"]


def _items(place: Place) -> Iterator[dict[str, Any]]:
    """Data elements as CONTRL counts them (the tag is 1, the level 2), characters of a record counted from 1."""
    first = 5
    for element, column in enumerate(place.columns, 3):
        yield {"item": column.leaf.tag, "element": element, "first": first, "width": column.width,
               "required": column.leaf.required, "expected": column.leaf.kind.expected()}  # fmt: skip
        first += column.width


def _facts(place: Place) -> dict[str, Any]:
    return {"code": place.code, "level": place.level, "least": place.least, "most": place.most, "path": place.path,
            "items": list(_items(place))}  # fmt: skip
