"""Clearance: one procedure from the declaration to the release of goods, run for import and for export.

What differs between the two is data (``Procedure``): the names of messages, the letter of the MRN, who controls, what a
destination may be. Each is a service of its own, as its callers know it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from douane.applications.clearance.messages import (
    Accepted,
    Controlled,
    ControlResult,
    ExportAccepted,
    ExportControl,
    ExportControlled,
    ExportDeclaration,
    ExportNotRecorded,
    ExportRefused,
    ExportReleased,
    GoodsDeclaration,
    ImportAccepted,
    ImportControl,
    ImportControlled,
    ImportDeclaration,
    ImportNotRecorded,
    ImportRefused,
    ImportReleased,
    NotRecorded,
    Refused,
    Released,
)
from douane.applications.clearance.tasks import Clearing
from douane.author import (
    COMPETENT,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Law,
    Length,
    Level,
    LimitKind,
    OfCase,
    Operation,
    Party,
    Poison,
    ProcessLevel,
    Requirement,
    Silence,
    Start,
    Task,
    TimeLimit,
    Who,
    command,
    derived,
    service,
    trader,
)
from douane.author import Procedure as Letter

CONTROL: Final = TimeLimit(
    id="CLR-CONTROL", article="ours: UCC art. 188 names no day", kind=LimitKind.ACT, length=Length(days=1),
    text="An officer controls the goods.",
    start=Start("the declarant is told of the control"), place="office of the declaration", silence=Silence.ESCALATES,
)  # fmt: skip
DECLARING: Final = CaseRole("declarant", "Lodged the declaration, or had it lodged in its name (UCC art. 5(15))")
DECLARANT: Final = Actor("declarant", ActorKind.TRADER, "Declares goods in the own name or for another")


def administration_of(message: Any) -> str:
    """The administration of the office that a declaration or an officer names."""
    return str(getattr(message, "office", "") or message.officer)[:2].upper()


def own_name(message: Any, caller: Caller) -> tuple[str, str]:
    """A declaration under its LRN, which is scoped by who sends it."""
    return "lrn", f"{caller.party.identifier}/{message.lrn}"


def declaring(message: Any, caller: Caller) -> tuple[tuple[Party, CaseRole], ...]:
    """The declarant, and who sends the declaration."""
    return (caller.party, DECLARING), (trader(message.declarant), DECLARING)


class State(enum.StrEnum):
    """States of a declaration; the values are stored, and are what people read in English."""

    ACCEPTED = "accepted"
    UNDER_CONTROL = "under control"
    RELEASED = "released"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Procedure:
    """What is particular to a procedure. word: what it is called. process: as what the process of clearance runs.
    abroad: whether the goods go to a country outside the customs territory, or come into it."""

    word: str
    process: str
    letter: Letter
    task: str
    abroad: bool
    officer: Actor
    declaration: type[GoodsDeclaration[Any]]
    accepted: type[Accepted]
    controlled: type[Controlled]
    released: type[Released]
    refused: type[Refused]
    control: type[ControlResult]
    not_recorded: type[NotRecorded]


IMPORT: Final = Procedure(
    "import", "importing", Letter.IMPORT, "IMP", abroad=False,
    officer=Actor("customs officer of import", ActorKind.OFFICER, "Controls goods and releases them"),
    declaration=ImportDeclaration, accepted=ImportAccepted, controlled=ImportControlled, released=ImportReleased,
    refused=ImportRefused, control=ImportControl, not_recorded=ImportNotRecorded,
)  # fmt: skip
EXPORT: Final = Procedure(
    "export", "exporting", Letter.EXPORT, "EXP", abroad=True,
    officer=Actor("customs officer of export", ActorKind.OFFICER, "Controls goods and releases them"),
    declaration=ExportDeclaration, accepted=ExportAccepted, controlled=ExportControlled, released=ExportReleased,
    refused=ExportRefused, control=ExportControl, not_recorded=ExportNotRecorded,
)  # fmt: skip
PROCEDURES: Final = (IMPORT, EXPORT)


def _declare(own: Procedure) -> Operation:
    """The operation by which goods are declared."""

    def declare(_self: object) -> None: ...

    declare.__doc__ = f"Declare goods for {own.word}."
    return command(
        own.declaration,
        replies=(own.accepted, own.controlled, own.released, own.refused),
        task=f"{own.task}-DEC-01",
        who=Who(by=(DECLARANT,), senders=lambda m: (trader(m.declarant),)),
        law=Law(legal=("UCC art. 172",), requirements=(f"REQ-{own.task}-001", f"REQ-{own.task}-003")),
        case=OfCase(opens=own_name, parties=declaring, issues=("mrn",)),
    )(declare)


def _record_control(own: Procedure) -> Operation:
    """The operation by which an officer records what a control showed."""

    def record_control(_self: object) -> None:
        """Record what a control showed; the goods are released or not."""

    return command(
        own.control,
        replies=(own.released, own.refused, own.not_recorded),
        task=f"{own.task}-CTL-01",
        who=Who(by=(own.officer,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 188",), requirements=(f"REQ-{own.task}-002",)),
        case=OfCase(
            ends=(Clearing.control._replace(process=own.process),), about=lambda m, _: ("mrn", m.mrn),
            poison=Poison.WAIT,
        ),
    )(record_control)  # fmt: skip


def _service(own: Procedure, *, legal: tuple[str, ...]) -> Callable[[type], type]:
    """A procedure as a service under the name that its callers know."""
    return service(
        f"{own.word}_procedure", title=own.word.capitalize(), owner="Member States", level=Level.SILVER,
        agreed=derived("goods wait for it, and UCC art. 6(3)(b) has another way meanwhile"),
        legal=("UCC art. 158", *legal), administration=administration_of, realises=(f"customs {own.word}",),
    )  # fmt: skip


@_service(IMPORT, legal=("UCC art. 201",))
class ImportProcedure:
    """Import: declaration, risk analysis, control, release."""

    declare = _declare(IMPORT)
    record_control = _record_control(IMPORT)


@_service(EXPORT, legal=("UCC art. 263",))
class ExportProcedure:
    """Export: declaration, risk analysis, control, release."""

    declare = _declare(EXPORT)
    record_control = _record_control(EXPORT)


_ANALYSIS, _RULES = "tests/journeys/test_one_risk_analysis.py", "tests/journeys/test_clearance.py"


def _elements(own: Procedure) -> tuple[ProcessLevel | Task | Requirement, ...]:
    """Where a procedure stands in the Reference Architecture."""
    word, area = own.word, f"{own.word} declaration"
    sensible = "leave the customs territory" if own.abroad else "come into the customs territory"
    return (
        ProcessLevel(
            area, 2, f"From the declaration to the release of goods for {word}", "customs procedures",
            (f"customs {word}",),
        ),
        Task(f"{own.task}-DEC-01", f"Declare goods for {word}", area),
        Task(f"{own.task}-CTL-01", "Record the result of a control", area),
        Requirement(
            f"REQ-{own.task}-001", f"Goods declared for {word} are judged by risk analysis: released, or controlled.",
            (_ANALYSIS,),
        ),
        Requirement(
            f"REQ-{own.task}-002", "Goods that are controlled are released only when an officer found them in order.",
            (_ANALYSIS,),
        ),
        Requirement(
            f"REQ-{own.task}-003", f"A declaration for {word} is accepted only of goods that exist and {sensible}; "
            "what is wrong is told at its place.", (_RULES,), ("UCC art. 162", "UCC art. 172"),
        ),
    )  # fmt: skip


ARCHITECTURE = tuple(each for own in PROCEDURES for each in _elements(own))
