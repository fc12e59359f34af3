"""Which events a subscriber wants: those that hold given values at given places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from douane.applications.service_bus.messages.events import EventFilter
from douane.author import NotWellFormed
from douane.standards.content_schema.checking import read_json

_ABSENT: Final = object()


def matches(body: Any, filters: Iterable[EventFilter]) -> bool:
    """Whether a JSON value holds what every filter names; without filters everything does."""
    return all(_same(_at(body, each.pointer), read_json(each.value)) for each in filters)


def filter_faults(filters: Iterable[EventFilter]) -> Iterator[str]:
    """What is wrong with filters; each sentence says what to do."""
    for each in filters:
        if not each.pointer.startswith("/"):
            yield f"{each.pointer[:60]!r} is no JSON pointer; write it like /office."
        try:
            read_json(each.value)
        except NotWellFormed:
            yield f'{each.value[:60]!r} is no JSON value; write a text like "\\"FR005350\\"".'


def _at(body: Any, pointer: str) -> Any:
    for part in pointer[1:].split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(body, dict):
            body = body.get(name, _ABSENT)
        elif isinstance(body, list) and name.isdecimal() and len(name) < 10 and int(name) < len(body):
            body = body[int(name)]
        else:
            return _ABSENT
    return body


def _same(found: Any, wanted: Any) -> bool:
    """Equal as JSON: true is not 1."""
    return isinstance(found, bool) == isinstance(wanted, bool) and bool(found == wanted)
