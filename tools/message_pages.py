"""Writes docs/messages.md from the declared services. ``python -m tools.message_pages``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from douane.model.declare import Operation
from douane.model.discovery import services

PAGE = Path(__file__).parents[1] / "docs" / "messages.md"
HEAD = """# Messages

Written by `tools/message_pages.py` from the contracts of the applications; a test keeps the two equal. Do not edit.

Each message that an operation takes or answers with. CC messages pass between a trader and an office, CD messages
between offices; the others are our own.

| Message | What it is | Taken by | Answer of |
|---|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    taken: dict[type, list[Operation]] = {}
    answered: dict[type, list[Operation]] = {}
    for service in services():
        for operation in service.operations:
            taken.setdefault(operation.request, []).append(operation)
            for reply in operation.replies:
                answered.setdefault(reply, []).append(operation)
    every = {each.__name__: each for each in (*taken, *answered)}
    rows = (_row(each, taken.get(each, ()), answered.get(each, ())) for _, each in sorted(every.items()))
    return HEAD + "".join(rows)


def _row(message: type, taken: Iterable[Operation], answered: Iterable[Operation]) -> str:
    title = (message.__doc__ or "").partition("\n")[0].replace("|", "/").strip()
    return f"| `{message.__name__}` | {title} | {_names(taken)} | {_names(answered)} |\n"


def _names(operations: Iterable[Operation]) -> str:
    return ", ".join(f"`{each}`" for each in sorted({each.qualified for each in operations}))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
