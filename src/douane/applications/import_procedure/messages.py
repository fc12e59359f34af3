"""Messages of the import procedure: a short declaration, its acceptance, control and release."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.single_window.contract import DeclaredDocument

Office = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Customs office", extra={"code_list": "CL141"})]
Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country", extra={"code_list": "CL008"})]
Number = Annotated[str, Meta(pattern=r"\A[!-~]{1,22}\Z", title="LRN", extra={"element": "12 09 000 000"})]


class ImportItem(msgspec.Struct, frozen=True):
    """A goods item."""

    commodity: Annotated[str, Meta(pattern=r"\A[0-9]{6,10}\Z", title="Commodity code")]
    description: Annotated[str, Meta(min_length=1, max_length=512, extra={"confidential": True})]
    gross_mass: Annotated[Decimal, Meta(title="Gross mass, kg")]
    value: Annotated[Decimal, Meta(title="Value, EUR", extra={"confidential": True})]
    origin: Country | None = None
    documents: Annotated[tuple[DeclaredDocument, ...], Meta(max_length=99, title="Supporting documents")] = ()


class ImportDeclaration(msgspec.Struct, frozen=True):
    """Declare goods for import."""

    lrn: Number
    declarant: Annotated[
        str, Meta(min_length=3, max_length=17, title="EORI of the declarant", extra={"confidential": True})
    ]
    office: Office
    country_of_dispatch: Country
    country_of_destination: Country
    items: Annotated[tuple[ImportItem, ...], Meta(min_length=1, max_length=999)]
    transport_mode: Annotated[str, Meta(pattern=r"\A[1-9]\Z", extra={"code_list": "CL218"})] = "3"


class ImportAccepted(msgspec.Struct, frozen=True):
    """The declaration is accepted."""

    lrn: str
    mrn: str
    accepted_on: dt.date


class ImportControlled(msgspec.Struct, frozen=True):
    """The goods will be controlled; reasons are for the office alone, the declarant learns the kinds of control."""

    lrn: str
    mrn: str
    controls: tuple[str, ...]


class ImportReleased(msgspec.Struct, frozen=True):
    """The goods are released."""

    lrn: str
    mrn: str
    released_on: dt.date


class ImportRefused(msgspec.Struct, frozen=True):
    """The declaration is refused, or the goods are not released."""

    lrn: str
    reasons: tuple[str, ...]


class ImportControl(msgspec.Struct, frozen=True):
    """An officer records what a control showed."""

    mrn: str
    officer: str
    satisfactory: bool
    remarks: Annotated[str, Meta(max_length=512)] = ""
