"""Messages of availability beside the published ones (IE070, IE071, IE971)."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.author import Machine, Statutory

CountryCode = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL070"})]


class Kind(enum.StrEnum):
    """CL079: why something is out of service."""

    SCHEDULED = "S"
    UNSCHEDULED = "U"
    NOT_IMPLEMENTED = "N"


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a functionality of an administration's system is out of service. Times are UTC."""

    country: CountryCode
    kind: Annotated[Kind, Meta(extra={"code_list": "CL079"})]
    functionality: Annotated[str, Meta(max_length=1, extra={"code_list": "CL168"})]
    start: Statutory
    end: Statutory | None = None
    """None while nobody knows."""
    explanation: Annotated[str, Meta(max_length=2, extra={"code_list": "CL183"})]
    text: Annotated[str, Meta(max_length=512)] = ""
    fallback: bool = False
    """Whether a fallback procedure is in place."""
    fallback_text: Annotated[str, Meta(max_length=512)] = ""


class AvailabilityQuery(msgspec.Struct, frozen=True):
    """Who is out of service: everybody, or one country; now, or at a moment (UTC)."""

    country: Annotated[str, Meta(pattern=r"\A([A-Z]{2})?\Z")] = ""
    at: dt.datetime | None = None


class Opened(msgspec.Struct, frozen=True):
    """How many cases were opened at a system."""

    system: str
    cases: int


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """How busy the systems of an administration are at this node. month: ``202611``. opened: cases that were opened
    there in the month, by system. told: messages for it in the month. waiting: of all messages those that it has not
    got yet; ``MOST_WAITING`` where there are more. silent_since: when its last sign of life was, where it collects
    nothing of what waits for it; None where it does, or where this node does not watch it."""

    country: CountryCode
    month: str
    opened: tuple[Opened, ...]
    told: int
    waiting: int
    silent_since: Machine | None = None


MOST_WAITING: Final = 1_000


class Fallback(msgspec.Struct, frozen=True, kw_only=True):
    """What is done while a system does not run. system: empty for all others. article: that says so."""

    system: str
    text: str
    article: str


class AvailabilityView(msgspec.Struct, frozen=True):
    """What is out of service at the moment asked for, and what is announced for later, the next first; how busy the
    systems are now, and what is done while one does not run."""

    at: Statutory
    now: tuple[Outage, ...]
    next: tuple[Outage, ...]
    loads: tuple[Load, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()


class ScheduleRequest(msgspec.Struct, frozen=True):
    """Ask for everything that is announced: the answer is an IE971."""


class NothingAnnounced(msgspec.Struct, frozen=True):
    """No administration has announced anything: there is nothing to put into an IE971."""
