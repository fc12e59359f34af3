"""The trace of a message: what happened to it and to all it caused, from rows of journal, inbox and audit log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Row(NamedTuple):
    """One thing that happened. ``cause``: id of the message that caused this one, empty for the first.

    time and duration in microseconds; ``proof``: position of its audit leaf, -1 where it has none.
    """

    time: int
    message: str
    what: str
    operation: str = ""
    outcome: str = ""
    cause: str = ""
    duration: int = 0
    proof: int = -1


class Entry(NamedTuple):
    """A row in its place: microseconds since the beginning, and how many causes stand between it and the first."""

    since: int
    depth: int
    row: Row


class Timeline(NamedTuple):
    """Everything in order of time, for one message and its consequences."""

    message: str
    entries: tuple[Entry, ...]

    def lasted(self) -> int:
        """Microseconds from the first thing to the end of the last."""
        return max((entry.since + entry.row.duration for entry in self.entries), default=0)

    def text(self) -> str:
        """A table for people: milliseconds since the beginning, what happened, the operation, how it came out."""
        lines = []
        for since, depth, row in self.entries:
            took = f" in {row.duration / 1000:.1f} ms" if row.duration else ""
            proof = f" [audit {row.proof}]" if row.proof >= 0 else ""
            said = " ".join(part for part in (row.what, row.operation, row.outcome) if part)
            lines.append(f"{since / 1000:>12.1f} ms  {'  ' * depth}{said}{took}  {row.message}{proof}")
        return "\n".join(lines) + "\n"


def timeline(message: str, rows: Iterable[Row]) -> Timeline:
    """The timeline of ``message``: its own rows and those of every message it caused, at any depth.

    Rows of other messages are left out, so the caller may hand over everything it knows of the subject or the trace.
    """
    known = list(rows)
    depths = dict(_depths(message, known))
    kept = sorted((row for row in known if row.message in depths), key=lambda row: row.time)
    start = kept[0].time if kept else 0
    return Timeline(message, tuple(Entry(row.time - start, depths[row.message], row) for row in kept))


def _depths(message: str, rows: list[Row]) -> Iterator[tuple[str, int]]:
    effects: dict[str, list[str]] = {}
    for row in rows:
        if row.cause:
            effects.setdefault(row.cause, []).append(row.message)
    seen, waiting = {message}, [(message, 0)]
    while waiting:
        found, depth = waiting.pop()
        yield found, depth
        for effect in effects.get(found, ()):
            if effect not in seen:
                seen.add(effect)
                waiting.append((effect, depth + 1))
