"""What is otherwise in a draft than it was: as few values as say it, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec


def changes(before: Any, now: Any, at: str = "") -> Iterator[dict[str, str]]:
    """The changes from one to the other, by JSON Pointers (RFC 6901). A list of another length is told whole."""
    if isinstance(before, dict) and isinstance(now, dict):
        yield from ({"path": f"{at}/{_step(gone)}"} for gone in before if gone not in now)
        for name, value in now.items():
            if name not in before:
                yield _put(f"{at}/{_step(name)}", value)
            else:
                yield from changes(before[name], value, f"{at}/{_step(name)}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for number, (was, value) in enumerate(zip(before, now, strict=True)):
            yield from changes(was, value, f"{at}/{number}")
    elif before != now:
        yield _put(at, now)


def _put(at: str, value: Any) -> dict[str, str]:
    return {"path": at, "value": msgspec.json.encode(value).decode()}


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
