"""Writes docs/events.md from the catalogue of events. ``python -m tools.event_pages``."""

from __future__ import annotations

from pathlib import Path

from douane.shared_services.logging.events import CATALOGUE, Event, Group

PAGE = Path(__file__).parents[1] / "docs" / "events.md"
HEAD = """# Events

Written by `tools/event_pages.py` from `src/douane/shared_services/logging/events.py`; a test keeps the two equal. Do
not edit.

Whatever an operator should know of is a named event: a line of JSON in `node.log` with `time` (ISO 8601, UTC), `event`,
what it is about, and `level`; where somebody should act, with `cause` and `remedy` as they stand here. The fields are
explained under [what a node logs](protection.md#what-a-node-logs). Names are stable. `douane_events_total` counts each
by name. `message` and `case` are the numbers that `douane timeline` and `douane message show` show and take.

A line has no place for what somebody sent: an event about a case leads to it by number, and who may see the case looks
there.
"""


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(_group(group) for group in Group)


def _group(group: Group) -> str:
    rows = "".join(_row(event) for event, known in CATALOGUE.items() if known.group is group)
    return f"\n## {group.value}\n\n| Event | Level | When | Cause | What to do |\n|---|---|---|---|---|\n{rows}"


def _row(event: Event) -> str:
    known = event.known
    return f"| `{event.value}` | {known.level.value} | {known.when} | {known.cause or '–'} | {known.remedy or '–'} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
