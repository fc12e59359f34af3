"""The form of a message type: its items as of a day, with the codes and conditions that hold then, in one language.

Screens draw it and OpenAPI publishes it. What an item is stands in ``standards.forms``; what a day, the rules and a
language make of it is added here. A code list or a rule that is not known here is named all the same, without codes or
text: nobody may conclude that there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from douane.model.declare import MessageFamily
from douane.model.rules import Look, RuleBook
from douane.standards.forms.items import Item, items_of
from douane.vocabulary.code_lists import CodeLists

Translate = Callable[[str], str]
"""From an English text to the same in the reader's language; a text that has no translation stays as it is."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that is valid on the day, and what it stands for."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule that applies on the day. ``text``: how to satisfy it; empty for a published rule that is not judged."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """An item of a form, with what is said of it in its language."""

    item: Item
    label: str
    help: str
    conditions: tuple[Condition, ...]
    fields: tuple[Field, ...]

    @property
    def path(self) -> str:
        """Where it stands in the message."""
        return self.item.path

    @property
    def required(self) -> bool:
        """Whether every message has it; a condition may demand others."""
        return self.item.least > 0

    @property
    def repeats(self) -> bool:
        """Whether it may stand more than once."""
        return self.item.most != 1


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a message type. ``conditions``: those on the whole, and those whose place the rule alone knows."""

    name: str
    title: str
    day: dt.date
    language: str
    fields: tuple[Field, ...]
    conditions: tuple[Condition, ...]
    lists: CodeLists | None = None
    translate: Translate = str

    def codes(self, field: Field) -> tuple[Code, ...] | None:
        """The codes that a field takes on the day; None where it has no code list, or one that is not kept here.

        Asked for one field at a time: some lists hold thousands, and few are looked at.
        """
        kept = self.lists.get(field.item.code_list) if self.lists is not None and field.item.code_list else None
        if kept is None:
            return None
        return tuple(Code(each.code, self.translate(each.description)) for each in kept.valid(self.day))

    def everything(self) -> Iterator[Field]:
        """All fields, each group before what is in it."""
        return _everything(self.fields)

    def field(self, path: str) -> Field | None:
        """The field at a path, or at the pointer of a fault: positions in it (``/items[3]``) are passed over."""
        wanted = _without_positions(path, self.name)
        return next((each for each in self.everything() if each.path == wanted), None)


def described(message: type, family: MessageFamily | None = None) -> tuple[Item, ...]:
    """The items of a message type: of a published family by its layouts, of ours by its annotations."""
    if family is not None and family.items is not None:
        return family.items(message)
    return items_of(message)


def form_of(
    message: type, look: Look, *, family: MessageFamily | None = None, book: RuleBook | None = None,
    lists: CodeLists | None = None, language: str = "en", translate: Translate = str,
) -> Form:  # fmt: skip
    """The form of a message type as of the day of ``look``. Raises DeclarationFault for what no form can show."""
    made = _Form(message, look, book, translate)
    fields = made.fields(described(message, family))
    title = (message.__doc__ or message.__name__).split("\n")[0]
    placed = {condition.rule for each in _everything(fields) for condition in each.conditions}
    whole = tuple(each for rule, each in made.known.items() if rule not in placed)
    return Form(message.__name__, translate(title), look.date, language, fields, whole, lists, translate)


class _Form:
    def __init__(self, message: type, look: Look, book: RuleBook | None, translate: Translate) -> None:
        self.translate = translate
        applying = book.applying(message, look) if book else ()
        self.known = {rule.id: Condition(rule.id, translate(rule.text)) for rule in applying}
        all_rules = book.rules_for(message) if book else ()
        self.resting = {rule.id for rule in all_rules} - self.known.keys()

    def fields(self, items: tuple[Item, ...]) -> tuple[Field, ...]:
        """The fields of these items; a rule that does not apply on the day is no condition of it."""
        return tuple(
            Field(
                each, self.translate(each.label), self.translate(each.help),
                tuple(self.known.get(id, Condition(id, "")) for id in each.conditions if id not in self.resting),
                self.fields(each.items),
            )
            for each in items
        )  # fmt: skip


def _everything(fields: tuple[Field, ...]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _everything(each.fields)


def _without_positions(pointer: str, name: str) -> str:
    steps = [step.partition("[")[0] for step in pointer.split("/")[1:]]
    steps = [step for step in steps if not step.isdigit()]
    return "/" + "/".join(steps[1:] if steps[:1] == [name] else steps)
