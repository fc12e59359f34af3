"""Answers as of a day: the elements in them have the state that they have then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from douane.applications.architecture.messages import ElementFact, ElementLine, ElementShown
from douane.author import LookAsOf
from douane.author.run import View
from douane.model.graph import NodeKind
from douane.reference_architecture.dating import states_on

T = TypeVar("T", bound=msgspec.Struct)


def dated(answer: T, view: View, on: dt.date | None) -> T:
    """An answer as of a day; as it is declared where no day is asked for."""
    states = states_on(view.look(on)) if on is not None else {}
    found: T = _with(answer, states) if states else answer
    return found


def _with(value: Any, states: Mapping[str, str]) -> Any:
    """The same value with the states of the lines in it; itself where none changes."""
    match value:
        case ElementLine(id=id, status=status):
            return msgspec.structs.replace(value, status=states[id]) if states.get(id, status) != status else value
        case tuple():
            parts = [_with(each, states) for each in value]
            return value if all(a is b for a, b in zip(parts, value, strict=True)) else tuple(parts)
        case msgspec.Struct():
            fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
            changed = {name: new for name, old in fields if (new := _with(old, states)) is not old}
            return msgspec.structs.replace(value, **changed) if changed else value
        case _:
            return value


def with_codes(answer: ElementShown, view: View, on: dt.date | None) -> ElementShown:
    """A code list with how many codes it holds on a day, by the lists of this node; anything else as it is."""
    look = view.look(on) if on is not None and answer.line.kind == NodeKind.CODE_LIST.value else None
    if not isinstance(look, LookAsOf):
        return answer
    number = answer.line.name
    held = str(len(look.codes(number))) if number in look.lists else "not kept at this node"
    return msgspec.structs.replace(answer, facts=(*answer.facts, ElementFact("codes", held)))
