"""Clearance: the goods, the declaration and the answers that the procedures of import and export have alike.

It offers no service. Each procedure declares message types under names of its own, with the fields that stand here.
"""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Any, Final, Generic, TypeVar

from msgspec import Meta, Struct

from douane.applications.single_window.contract import DeclaredDocument
from douane.model.caller import Caller, Party
from douane.model.circles import ActorKind
from douane.model.declare import Actor
from douane.model.parties import Acting, CaseRole, trader
from douane.vocabulary.limits import Length, LimitKind, Silence, Start, TimeLimit

CONTROL: Final = TimeLimit(
    id="CLR-CONTROL", article="ours: UCC art. 188 names no day", kind=LimitKind.ACT, length=Length(days=1),
    text="An officer controls the goods.",
    start=Start("the declarant is told of the control"), place="office of the declaration", silence=Silence.ESCALATES,
)  # fmt: skip
Office = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Customs office", extra={"code_list": "CL141"})]
Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country", extra={"code_list": "CL008"})]
Lrn = Annotated[str, Meta(pattern=r"\A[!-~]{1,22}\Z", title="LRN", extra={"element": "12 09 000 000"})]

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


class GoodsItem(Struct, frozen=True):
    """A goods item."""

    commodity: Annotated[str, Meta(pattern=r"\A[0-9]{6,10}\Z", title="Commodity code")]
    description: Annotated[str, Meta(min_length=1, max_length=512, extra={"confidential": True})]
    gross_mass: Annotated[Decimal, Meta(title="Gross mass, kg")]
    value: Annotated[Decimal, Meta(title="Value, EUR", extra={"confidential": True})]
    origin: Country | None = None
    documents: Annotated[tuple[DeclaredDocument, ...], Meta(max_length=99, title="Supporting documents")] = ()


ItemT = TypeVar("ItemT", bound=GoodsItem)


class GoodsDeclaration(Struct, Generic[ItemT], frozen=True):
    """Declare goods."""

    lrn: Lrn
    declarant: Annotated[
        str, Meta(min_length=3, max_length=17, title="EORI of the declarant", extra={"confidential": True})
    ]
    office: Office
    country_of_dispatch: Country
    country_of_destination: Country
    items: Annotated[tuple[ItemT, ...], Meta(min_length=1, max_length=999)]
    transport_mode: Annotated[str, Meta(pattern=r"\A[1-9]\Z", extra={"code_list": "CL218"})] = "3"


class Accepted(Struct, frozen=True):
    """The declaration is accepted."""

    lrn: str
    mrn: str
    accepted_on: dt.date


class Controlled(Struct, frozen=True):
    """The goods will be controlled; reasons are for the office alone, the declarant learns the kinds of control."""

    lrn: str
    mrn: str
    controls: tuple[str, ...]


class Released(Struct, frozen=True):
    """The goods are released."""

    lrn: str
    mrn: str
    released_on: dt.date


class Refused(Struct, frozen=True):
    """The declaration is refused, or the goods are not released."""

    lrn: str
    reasons: tuple[str, ...]


class ControlResult(Struct, frozen=True, kw_only=True):
    """An officer records what a control showed."""

    mrn: str
    officer: Acting = ""
    satisfactory: bool
    remarks: Annotated[str, Meta(max_length=512)] = ""


class NotRecorded(Struct, frozen=True):
    """The result of a control is not recorded: the declaration is unknown, or no control of it is open."""

    mrn: str
    reasons: tuple[str, ...]
