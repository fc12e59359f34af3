"""Requirements as administrations ask for them and accept them, and what the tests of this build say of each."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.programme.messages.steps import Country, Turn

RequirementName = Annotated[
    str, Meta(pattern=r"\A[A-Z]{2,6}(?:-[A-Z0-9]{1,8}){1,3}\Z", title="Requirement",
              description="As the registry names it, or a new name: REQ-TRA-900.")
]  # fmt: skip


class RequirementAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The own administration asks for a requirement. Of one that the registry does not have, it says what and for which
    task."""

    administration: Country
    requirement: RequirementName
    text: Annotated[str, Meta(max_length=500, title="What must hold")] = ""
    task: Annotated[str, Meta(pattern=r"\A[A-Z0-9-]{0,40}\Z", title="Task")] = ""
    turn: Turn = 0


class RequirementAccepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The own administration accepts that what it asked for is met. by: the role that accepts it there; of an officer,
    that in which he enters it."""

    administration: Country
    requirement: RequirementName
    by: Annotated[str, Meta(pattern=r"\A[^\x00-\x1f]*\Z", max_length=80, title="Role that accepts it")] = ""
    turn: Turn = 0


class RequirementKept(msgspec.Struct, frozen=True):
    """It holds from now on."""

    administration: str
    requirement: str


class RequirementRefused(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend."""

    administration: str
    requirement: str
    reasons: tuple[str, ...]


class RequirementListQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which requirements are there, who asked for them, and what do tests say? Every word of ``text`` must occur."""

    text: Annotated[str, Meta(max_length=200, title="Words that are looked for")] = ""
    requirement: Annotated[str, Meta(max_length=60, title="Requirement")] = ""


class AskedLine(msgspec.Struct, frozen=True):
    """Who asks since when, and which role accepted it for him and when. text, task: as it was asked for."""

    administration: str
    on: dt.date
    text: str = ""
    task: str = ""
    accepted_by: str = ""
    accepted_on: dt.date | None = None
    turn: int = 0


class ProvingLine(msgspec.Struct, frozen=True):
    """A test with its outcome."""

    test: str
    outcome: str


class RequirementLine(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement with what it is tied to. outcome: passed, failed, skipped, not known for this build; ``not built``
    where the registry does not have it. tests: each with its own outcome."""

    requirement: str
    text: str
    outcome: str
    tasks: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    tests: tuple[ProvingLine, ...] = ()
    asked: tuple[AskedLine, ...] = ()


class Requirements(msgspec.Struct, frozen=True):
    """The requirements that fit, by name. known: how many there are."""

    requirements: tuple[RequirementLine, ...]
    known: int
