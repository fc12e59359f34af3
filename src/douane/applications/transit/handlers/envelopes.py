"""The head that every message begins with, and what says afterwards whether a message was right."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import TypedDict

from douane.applications.transit.rules.outgoing import book
from douane.author import Fault, Instant, Look, moment
from douane.author.run import Work, judges
from douane.standards.ncts.phase5 import Message

PHASE = "NCTS5.1"


class Head(TypedDict):
    """Fields of the head."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: dt.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None
    phase_id: str


def head(work: Work, kind: type, recipient: str, correlation: str = "") -> Head:
    """A head from this administration; ``correlation`` names the message that is answered."""
    return Head(
        message_sender=f"NTA.{work.administration}",
        message_recipient=recipient,
        preparation_date_and_time=clock(work.now),
        message_identification=work.message_id(),
        message_type=kind.__name__,
        correlation_identifier=correlation or None,
        phase_id=PHASE,
    )


def now(work: Work) -> dt.datetime:
    """Date and time as the family writes them: UTC, whole seconds, no zone."""
    return clock(work.now)


@functools.lru_cache(maxsize=1024)  # all messages of a tick are of one instant
def clock(at: int) -> dt.datetime:
    """An instant as the family writes it."""
    return moment(Instant(at)).replace(microsecond=0, tzinfo=None)


def office_of(country: str) -> str:
    """How the administration of an office is addressed."""
    return f"NTA.{country[:2]}"


@judges(Message, book.names())
def judged(message: Message, look: Callable[[dt.date], Look], sent: dt.date) -> Sequence[Fault]:
    """Messages of the family that offices and holders were sent, by whatever application."""
    return book.broken(message, look, sent)
