"""From what is filled in to the message that is sent: the same octets however often it is sent.

What was left empty is left out: values, and groups that need not be there. Groups that count themselves are numbered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

import msgspec

from douane.model.declare import MessageFamily
from douane.model.form import Field, Form
from douane.pages.modules import Filing, Sending, Tree
from douane.portal.filing import content
from douane.portal.filing.content import Place
from douane.standards.forms.items import Content

_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}


def filled(filing: Filing, sending: Sending) -> Tree:
    """What is filled in with what the portal fills in; ``sending.tree`` is not changed."""
    tree: Tree = msgspec.json.decode(msgspec.json.encode(sending.tree))
    for path, value in filing.envelope(sending).items():
        content.put(tree, content.place(path), value)
    return tree


def message(filing: Filing, form: Form, tree: Tree, family: MessageFamily | None) -> bytes:
    """The message: XML of a published family, else JSON."""
    writer = _Writer(filing)
    if family is None:
        return msgspec.json.encode(writer.json(form.fields, tree, ()))
    inside = writer.xml(form.fields, tree, ())
    attributes = f" {filing.attributes}" if filing.attributes else ""
    root = f"ncts:{form.name}"
    text = f'<{root} xmlns:ncts="{family.namespace}"{attributes}>{inside}</{root}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


class _Writer:
    """Writes the groups of one message; counts what is numbered through the whole of it."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.through: dict[str, int] = {}

    def xml(self, fields: tuple[Field, ...], tree: Tree, at: Place) -> str:
        """The inside of a group."""
        parts = []
        for each in fields:
            tag = each.item.tag
            if not each.fields:
                value = self._value(each, tree, at)
                parts.append(f"<{tag}>{escape(value)}</{tag}>" if value else "")
                continue
            for n, group in enumerate(_groups(each, tree)):
                inside = self.xml(each.fields, group, (*at, tag, str(n)))
                parts.append(f"<{tag}>{inside}</{tag}>")
        return "".join(parts)

    def json(self, fields: tuple[Field, ...], tree: Tree, at: Place) -> Mapping[str, Any]:
        """A group of a message of ours, with values of the kinds that its type has."""
        made: dict[str, Any] = {}
        for each in fields:
            tag = each.item.tag
            if not each.fields:
                value = self._value(each, tree, at)
                if value:
                    made[tag] = _typed(each, value)
                continue
            groups = [self.json(each.fields, one, (*at, tag, str(n))) for n, one in enumerate(_groups(each, tree))]
            if groups:
                made[tag] = groups if each.repeats else groups[0]
        return made

    def _value(self, field: Field, tree: Tree, at: Place) -> str:
        path = field.path.lstrip("/")
        if path in self.filing.numbered:
            self.through[path] = self.through.get(path, 0) + 1
            return str(self.through[path])
        if field.item.tag in self.filing.counted and at and at[-1].isdigit():
            return str(int(at[-1]) + 1)
        value = tree.get(field.item.tag, "")
        return value.strip() if isinstance(value, str) else ""


def _groups(field: Field, tree: Tree) -> list[Tree]:
    """The groups of a kind that are written: whoever added one of several wants it; of one that need not be there
    nothing may have been filled in."""
    value = tree.get(field.item.tag)
    if isinstance(value, list):
        return value
    group = value if isinstance(value, dict) else {}
    given = any(text.strip() for _, text in content.leaves(group))
    return [group] if given or field.required else []


def _typed(field: Field, value: str) -> Any:
    match field.item.content:
        case Content.FLAG:
            return _FLAGS.get(value.lower(), value)
        case Content.INTEGER if value.isdigit():
            return int(value)
        case _:
            return value.split() if field.repeats else value


def tree_of(message: Any, form: Form) -> Tree:
    """What a message says, to begin a draft with."""
    return content.fitting(msgspec.to_builtins(message, str_keys=True), form.fields)
