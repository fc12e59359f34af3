"""Messages of transit that are not in a published family: what officers decide at their desk, queries, outcomes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.model.parties import Acting

Reference = Annotated[
    str, Meta(pattern=r"\A[0-9]{2}[A-Z]{2}[A-Z0-9]{14}\Z", title="MRN", extra={"element": "12 01 000 000"})
]
Office = Annotated[
    str,
    Meta(
        pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Office of transit",
        description="Two letters, then six letters or digits: DE004055.",
    ),
]  # fmt: skip
Text = Annotated[str, Meta(max_length=512)]
Remarks = Annotated[str, Meta(max_length=512, title="Remarks")]


class ControlDecision(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure records what the control of the goods showed; the movement is released or not."""

    mrn: Reference
    officer: Acting = ""
    satisfactory: Annotated[bool, Meta(title="Result of the control")]
    remarks: Remarks = ""
    seals: tuple[str, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at an office of transit records that the goods crossed the frontier."""

    mrn: Reference
    office: Office
    officer: Acting = ""
    passed_on: Annotated[dt.date, Meta(title="Day of the passage")]


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at destination records what the control showed; ``code`` as in CL047 (A1 satisfactory, A2
    considered satisfactory, B1 not satisfactory)."""

    mrn: Reference
    officer: Acting = ""
    code: Annotated[str, Meta(pattern=r"\A(?:A1|A2|B1)\Z", title="Result of the control")]
    remarks: Remarks = ""


class OfficeInvalidation(msgspec.Struct, frozen=True, kw_only=True):
    """The office of departure invalidates a movement on its own initiative, also after release."""

    mrn: Reference
    officer: Acting = ""
    justification: Text


class EnquiryClosure(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at departure closes an enquiry: goods found (discharge) or a recovery is opened."""

    mrn: Reference
    officer: Acting = ""
    discharged: Annotated[bool, Meta(title="How the enquiry ends")]
    remarks: Remarks = ""


class DeskRefusal(msgspec.Struct, frozen=True):
    """What an officer decided cannot be recorded: the movement is unknown (90) or elsewhere in its procedure (92)."""

    mrn: str
    code: str
    reason: str


class MovementQuery(msgspec.Struct, frozen=True):
    """Ask for a movement by its MRN, or by the LRN of one's own declaration and the office of departure."""

    mrn: str = ""
    lrn: str = ""
    office: str = ""


class MovementView(msgspec.Struct, frozen=True):
    """A movement as its parties may see it."""

    mrn: str
    lrn: str
    state: str
    office_of_departure: str
    office_of_destination: str
    released_on: dt.date | None
    limit_date: dt.date | None
    discharged_on: dt.date | None


class MovementOutcome(msgspec.Struct, frozen=True):
    """Final data of a movement, published once it is over: discharged, invalidated, not released, or under recovery."""

    mrn: str
    outcome: str
    office_of_departure: str
    office_of_destination: str
    on: dt.date
