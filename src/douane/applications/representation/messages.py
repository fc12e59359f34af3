"""Messages of the register of representation: a power is given, withdrawn, and asked for."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import Eori, Known

TIR_HOLDER = r"[A-Z]{3}/[0-9]{3}/[0-9]{1,10}"
"""The number of a holder of TIR carnets (TIR Convention, annex 9, part II): country, association, holder."""
Principal = Annotated[
    str, Meta(pattern=rf"\A({Eori.shape}|{TIR_HOLDER})\Z", title="EORI number or TIR number of the person represented")
]
Representative = Annotated[
    str,
    Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number of the representative", extra={"element": "13 06 017 000"}),
]
Authority = Annotated[
    str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Administration that is told", extra={"code_list": "CL248"})
]


class Representing(enum.Enum):
    """How a representative acts (UCC art. 18(1))."""

    DIRECT = "direct"  # in the name and on behalf of another person
    INDIRECT = "indirect"  # in his own name, on behalf of another person


class Empowerment(msgspec.Struct, frozen=True, kw_only=True):
    """A power: its first and last day. A later one for the same two replaces it from its own first day on."""

    administration: Authority
    principal: Principal
    representative: Representative
    kind: Representing
    valid_from: dt.date
    valid_to: dt.date | None = None


class EmpowermentWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """From this day on the power holds no more."""

    administration: Authority
    principal: Principal
    representative: Representative
    valid_from: dt.date


class EmpowermentKept(msgspec.Struct, frozen=True):
    """The register holds what was stated."""

    principal: str
    representative: str


class EmpowermentRefused(msgspec.Struct, frozen=True):
    """Nothing is kept; each reason says what to mend."""

    principal: str
    representative: str
    reasons: tuple[str, ...]


class RepresentationQuery(msgspec.Struct, frozen=True, kw_only=True):
    """May one act for the other ``on`` a day (without it: today), as far as was known at an instant (without: now)?"""

    administration: Authority
    principal: Principal
    representative: Representative
    on: dt.date | None = None
    known_at: Annotated[dt.datetime, Meta(tz=True)] | None = None


class RepresentationState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a power held (``known``), and which. ``valid_to``: its last day, where it has one."""

    principal: str
    representative: str
    known: Known
    kind: Representing | None = None
    valid_to: dt.date | None = None
