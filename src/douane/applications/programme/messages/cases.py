"""Business cases of services: what is stated of one, and what follows for all that the centre owns."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.programme.messages.steps import ServiceName
from douane.author import Prices, Usage


class BusinessCaseStated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was measured of a service and what things cost: of it follows whether one service at the centre pays.

    administrations: that would use it. hosts: of them who would share theirs. It takes the place of the case before.
    """

    service: ServiceName
    administrations: Annotated[int, Meta(ge=2, le=300, title="Administrations")]
    hosts: Annotated[int, Meta(ge=1, le=300, title="Hosts")]
    usage: Usage
    prices: Prices


class BusinessCaseKept(msgspec.Struct, frozen=True):
    """The case holds from now on. verdict: positive, negative, open, no case."""

    service: str
    verdict: str


class BusinessCaseRefused(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend."""

    service: str
    reasons: tuple[str, ...]


class BusinessCasesQuery(msgspec.Struct, frozen=True):
    """Does the business case of each central service stand?"""


class CostLine(msgspec.Struct, frozen=True):
    """What one way of having a service costs over the years, the least and the most."""

    way: str
    least: float
    most: float


class BusinessCaseLine(msgspec.Struct, frozen=True):
    """A service with its case. finding: what is wrong with it, and what to do; empty where nothing is."""

    service: str
    central: bool
    verdict: str
    finding: str = ""
    currency: str = ""
    years: int = 0
    costs: tuple[CostLine, ...] = ()
    assumptions: tuple[str, ...] = ()
    by: str = ""
    on: dt.date | None = None


class BusinessCases(msgspec.Struct, frozen=True):
    """Every service of the centre, and every other one of which a case was stated."""

    lines: tuple[BusinessCaseLine, ...]
