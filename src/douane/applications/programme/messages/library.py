"""Initiatives that administrations build together, on which terms, what comes of them, and who uses it."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.programme.messages.steps import Country, Turn

InitiativeName = Annotated[
    str, Meta(pattern=r"\A[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,4}\Z", title="Initiative",
              description="Small letters and digits, parted by hyphens: shared-guarantees.")
]  # fmt: skip
Line = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f]*\S[^\x00-\x1f]*\Z", max_length=200)]
Text = Annotated[str, Meta(pattern=r"\S", max_length=1_000)]
Version = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z.+-]{1,40}\Z", title="Version")]


class ResultKind(enum.StrEnum):
    """What an initiative makes."""

    SPECIFICATION = "specification"
    APPLICATION = "application"
    PART = "part"


class Funding(enum.StrEnum):
    """By which key its costs are shared."""

    OWNER = "its owner pays"
    EQUAL = "equal shares of its volunteers"
    USE = "by use"
    UNION = "budget of the Union"


class InitiativeStated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an initiative is for and on which terms. It takes the place of what its owner said before.

    owner: the administration that answers for it, EU for the Commission. host: whose machines will run the result.
    ending: how a volunteer or user gets out, and what becomes of the result then.
    """

    owner: Country
    initiative: InitiativeName
    title: Annotated[Line, Meta(title="Title")]
    text: Annotated[Text, Meta(title="What it is for")]
    kind: Annotated[ResultKind, Meta(title="Kind of result")]
    licence: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9.+-]{2,60}\Z", title="Licence",
                                 description="Its identifier of the SPDX list: EUPL-1.2.")]  # fmt: skip
    host: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Host", description="Two letters; EU for the Commission.")]
    funding: Annotated[Funding, Meta(title="Funding key")]
    ending: Annotated[Text, Meta(title="Exit", description="How a volunteer or a user gets out of it.")]


class TakingPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The own administration takes part in an initiative from today on."""

    initiative: InitiativeName
    administration: Country
    turn: Turn = 0


class InitiativeLeft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The own administration leaves an initiative today."""

    initiative: InitiativeName
    administration: Country
    turn: Turn = 0


class ResultStated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of the result, as a bundle that anybody can check by its digest (SHA-256)."""

    owner: Country
    initiative: InitiativeName
    version: Version
    address: Annotated[str, Meta(pattern=r"\Ahttps://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]{1,300}\Z",
                                 title="Address of the bundle")]  # fmt: skip
    digest: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z", title="SHA-256 of the bundle",
                                description="64 signs of 0 to 9 and a to f.")]  # fmt: skip
    octets: Annotated[int, Meta(ge=1, title="Octets of the bundle")]


class ResultUse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which version of the result the own administration uses from today on; empty: none any more."""

    initiative: InitiativeName
    administration: Country
    version: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z.+-]{0,40}\Z", title="Version in use")] = ""
    turn: Turn = 0


class InitiativeKept(msgspec.Struct, frozen=True):
    """It holds from now on."""

    initiative: str


class InitiativeRefused(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend."""

    initiative: str
    reasons: tuple[str, ...]


class LibraryQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which initiatives are there, and what came of them? Every word of ``text`` must occur."""

    text: Annotated[str, Meta(max_length=200, title="Words that are looked for")] = ""
    kind: Annotated[ResultKind | None, Meta(title="Kind of result")] = None
    initiative: Annotated[str, Meta(max_length=110, title="Initiative")] = ""


class VolunteerLine(msgspec.Struct, frozen=True):
    """Who took part from when to when; without an end he still does."""

    administration: str
    joined: dt.date
    left: dt.date | None = None


class ResultLine(msgspec.Struct, frozen=True):
    """A version with its bundle."""

    version: str
    address: str
    digest: str
    octets: int
    on: dt.date


class UserLine(msgspec.Struct, frozen=True):
    """Who uses which version, since when."""

    administration: str
    version: str
    since: dt.date


class TurnLine(msgspec.Struct, frozen=True):
    """How often an administration said something of its own part."""

    administration: str
    turns: int


class InitiativeLine(msgspec.Struct, frozen=True, kw_only=True):
    """An initiative with its terms, volunteers, results and users; the latest result first."""

    initiative: str
    owner: str
    title: str
    text: str
    kind: ResultKind
    licence: str
    host: str
    funding: Funding
    ending: str
    volunteers: tuple[VolunteerLine, ...] = ()
    results: tuple[ResultLine, ...] = ()
    users: tuple[UserLine, ...] = ()
    turns: tuple[TurnLine, ...] = ()


class Library(msgspec.Struct, frozen=True):
    """The initiatives that fit, by name. known: how many there are."""

    initiatives: tuple[InitiativeLine, ...]
    known: int
