"""Messages of clearance: a short declaration, its acceptance, control and release; each procedure has its own names.

What the names of a procedure hold stands once: a field that is added here is a field of both.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from douane.applications.single_window.contract import DeclaredDocument
from douane.author import Acting

Office = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Customs office", extra={"code_list": "CL141"})]
Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country", extra={"code_list": "CL008"})]
Lrn = Annotated[str, Meta(pattern=r"\A[!-~]{1,22}\Z", title="LRN", extra={"element": "12 09 000 000"})]


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


class GoodsFault(Struct, frozen=True):
    """What is wrong with a declaration. pointer: JSON pointer to the place. code: of the functional error (CL180)."""

    pointer: str
    code: str
    remedy: str
    value: str = ""


class Refused(Struct, frozen=True):
    """The declaration is refused, or the goods are not released. faults: of one that is refused, each at its place."""

    lrn: str
    reasons: tuple[str, ...]
    faults: tuple[GoodsFault, ...] = ()


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


# --- import ---------------------------------------------------------------------------------------------------------


class ImportItem(GoodsItem, frozen=True):
    """A goods item."""


class ImportDeclaration(GoodsDeclaration[ImportItem], frozen=True):
    """Declare goods for import."""


class ImportAccepted(Accepted, frozen=True):
    """The declaration is accepted."""


class ImportControlled(Controlled, frozen=True):
    """The goods will be controlled; reasons are for the office alone, the declarant learns the kinds of control."""


class ImportReleased(Released, frozen=True):
    """The goods are released."""


class ImportRefused(Refused, frozen=True):
    """The declaration is refused, or the goods are not released."""


class ImportControl(ControlResult, frozen=True):
    """An officer records what a control showed."""


class ImportNotRecorded(NotRecorded, frozen=True):
    """The result of a control is not recorded: the declaration is unknown, or no control of it is open."""


# --- export ---------------------------------------------------------------------------------------------------------


class ExportItem(GoodsItem, frozen=True):
    """A goods item."""


class ExportDeclaration(GoodsDeclaration[ExportItem], frozen=True):
    """Declare goods for export."""


class ExportAccepted(Accepted, frozen=True):
    """The declaration is accepted."""


class ExportControlled(Controlled, frozen=True):
    """The goods will be controlled; reasons are for the office alone, the declarant learns the kinds of control."""


class ExportReleased(Released, frozen=True):
    """The goods are released."""


class ExportRefused(Refused, frozen=True):
    """The declaration is refused, or the goods are not released."""


class ExportControl(ControlResult, frozen=True):
    """An officer records what a control showed."""


class ExportNotRecorded(NotRecorded, frozen=True):
    """The result of a control is not recorded: the declaration is unknown, or no control of it is open."""
