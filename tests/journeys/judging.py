"""Every message that an office sends in a test is judged by the published rules, as a receiver would judge it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from douane.applications.transit.rules.outgoing import book
from douane.runtime.store.envelope import JOURNAL, SENT, RowKind
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log
from douane.standards.ncts.phase5 import Message

if TYPE_CHECKING:
    from tests.journeys.office import Office

MOST = 10_000


def judge(office: Office, since: tuple[int, int]) -> tuple[int, int]:
    """Judge what was sent since two positions, of both logs, and give the next. Fails where one breaks a rule.

    By the lists of the day of acceptance where a message names it, else of today (UCC art. 172(2)).
    """
    sent, journal = since
    today = office.as_of or dt.datetime.fromtimestamp(office.clock.at / 1e6, dt.UTC).date()
    for position, message in (*_out(office, sent), *_within(office, journal)):
        sent, journal = max(sent, position[0]), max(journal, position[1])
        if isinstance(message, Message):
            found = book.broken(message, (lambda _: office.look(today)) if office.as_of else office.look, today)
            broken = [(each.pointer, each.rule, each.value) for each in found]
            assert broken == [], f"a {type(message).__name__} was sent that breaks {broken}"
    return sent, journal


def _out(office: Office, since: int) -> Iterator[tuple[tuple[int, int], Any]]:
    """What left the node."""
    from tests.journeys.office import CATALOGUE  # the office judges what it sends

    for position, raw in office.store.scan_log(Log.SENT, since, 1 << 62, MOST):
        row = SENT.read(raw)
        known = row.content.media == Media.FAMILY
        yield (position, 0), CATALOGUE.read_document(row.content.octets) if known else None


def _within(office: Office, since: int) -> Iterator[tuple[tuple[int, int], Any]]:
    """What offices of the node told each other."""
    for position, raw in office.store.scan_log(Log.JOURNAL, since, 1 << 62, MOST):
        row = JOURNAL.read(raw)
        if row.kind not in (RowKind.MESSAGE, RowKind.ANSWER):
            continue
        steps = [(step.operation, step.id, step.content) for step in row.steps]
        if not row.origin.platform:
            steps.append((row.operation, row.origin.id, row.content))
        for operation, id, content in steps:
            if content.media in (Media.FAMILY, Media.VALUE):
                yield (0, position), office.owner.decode(operation, id, content)
