"""``douane form NAME``: what a message holds as of a day: labels, cardinality, formats, codes, conditions."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator

from douane.cli.output import add_json, describe, print_json, wrapped
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.model.form import Field, Form, form_of
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import NotFound

_CODES_SHOWN = 12
"""More codes than this are counted; ``--path`` with ``--json`` names them all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane form CC015C --date 2026-05-01 --path /TransitOperation")
    parser.add_argument("name", help="a message type: CC015C, ImportDeclaration")
    parser.add_argument(
        "--date", type=dt.date.fromisoformat, default=dt.datetime.now(dt.UTC).date(), metavar="YYYY-MM-DD",
        help="the decisive date: its codes and conditions are told (default: today)",
    )  # fmt: skip
    parser.add_argument("--path", default="", metavar="PATH", help="only this item and what is in it")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the form, or a part of it."""
    catalogue = Catalogue(discovery.services())
    message, lists = catalogue.type_named(arguments.name), code_lists()
    form = form_of(
        message, lists.look(arguments.date), family=catalogue.family(message), book=discovery.rule_book(), lists=lists
    )
    fields = form.fields
    if arguments.path:
        found = form.field(arguments.path)
        if found is None:
            text = f"{form.name} has no item {arguments.path}."
            raise NotFound(text, remedy=f"`douane form {form.name}` lists the paths of all items.")
        fields = (found,)
    if arguments.json:
        print_json(_facts(form, fields))
        return 0
    print(f"{form.name} on {form.day}: {form.title}")
    print("\n".join(line for each in fields for line in _lines(form, each)))
    for condition in form.conditions if not arguments.path else ():
        print(wrapped(f"{condition.rule}: {condition.text}", indent="  "))
    return 0


def _lines(form: Form, field: Field, depth: int = 1) -> Iterator[str]:
    item, indent = field.item, "  " * depth
    often = f"{item.least}..{'*' if item.most is None else item.most}"
    said = [item.format or item.content.value, f"codes of {item.code_list}" if item.code_list else ""]
    said += [f"data element {item.element}" if item.element else "", "confidential" if item.confidential else ""]
    yield f"{indent}{item.tag}  {often}  {field.label}  ({', '.join(each for each in said if each)})"
    codes = form.codes(field)
    if codes is not None:
        shown = ", ".join(each.code for each in codes[:_CODES_SHOWN])
        yield wrapped(f"one of {len(codes)}: {shown}{', ...' * (len(codes) > _CODES_SHOWN)}", indent=indent + "  ")
    for condition in field.conditions:
        if condition.text:
            yield wrapped(f"{condition.rule}: {condition.text}", indent=indent + "  ")
    for each in field.fields:
        yield from _lines(form, each, depth + 1)


def _facts(form: Form, fields: tuple[Field, ...]) -> dict[str, object]:
    return {
        "name": form.name,
        "title": form.title,
        "day": form.day.isoformat(),
        "language": form.language,
        "fields": [_field(form, each) for each in fields],
        "conditions": [{"rule": each.rule, "text": each.text} for each in form.conditions],
    }


def _field(form: Form, field: Field) -> dict[str, object]:
    item, codes = field.item, form.codes(field)
    return {
        "path": field.path, "label": field.label, "help": field.help, "content": item.content.value,
        "least": item.least, "most": item.most, "element": item.element, "format": item.format,
        "code_list": item.code_list, "confidential": item.confidential,
        "codes": None if codes is None else {each.code: each.title for each in codes},
        "conditions": [{"rule": each.rule, "text": each.text} for each in field.conditions],
        "fields": [_field(form, each) for each in field.fields],
    }  # fmt: skip
