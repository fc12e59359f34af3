"""What the registers hold of the parties of journeys: operators, one authorised consignee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from douane.applications.aeo.messages import AuthorisationGranted
from douane.applications.authorisations.contract import AuthorisationStated
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.applications.guarantees.messages import CarnetRegistration
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER

SINCE = dt.date(2020, 1, 1)
OPERATORS = (
    TRADER, CONSIGNEE, "FR40123456700017", "DE1234567890123", "BE0123456789", "ATEOS1000067890",
)  # fmt: skip
AEO = "FRAEOF00012345"
ACE = "ATACE2024000123"
ASSOCIATION = "FR78484900000013"


def operators(*numbers: str) -> Iterator[tuple[str, OperatorRecords]]:
    """Deliveries of these numbers, each by its administration."""
    for code in sorted({number[:2] for number in numbers}):
        entries = tuple(
            OperatorEntry(eori=number, legal_name=f"Operator {number}", country=code, valid_from=SINCE)
            for number in numbers
            if number[:2] == code
        )
        yield f"NTA.{code}", OperatorRecords(entries)


def act(reference: str, holder: str, number: int = 1, **more: Any) -> tuple[str, AuthorisationStated]:
    """An act about an authorisation, by the authority of its reference."""
    since = dt.datetime.combine(SINCE, dt.time(), dt.UTC)
    known = {"reference": reference, "number": number, "holder": holder, "effect_from": since}
    return f"NTA.{reference[:2]}", AuthorisationStated(**{**known, **more})


def carnet(**more: Any) -> CarnetRegistration:
    """The carnet of the base TIR declaration, which its holder's association stands for."""
    known = {
        "carnet": "XB75123456", "tir_holder": "FRA/053/26041", "holder": TRADER, "association": ASSOCIATION,
        "office": "FR005350", "valid_to": dt.date(2027, 6, 30),
    }  # fmt: skip
    return CarnetRegistration(**{**known, **more})


def trusted() -> tuple[str, AuthorisationGranted]:
    """The grant of the AEO authorisation under which the holder of the base declaration is trusted."""
    return "NTA.FR", AuthorisationGranted(number=AEO, holder=TRADER, legal_name="Transports", country="FR", since=SINCE)


def stated(kept: Collection[str]) -> Iterator[tuple[str, Any]]:
    """What is stated in a node that keeps these administrations, with who states it."""
    if "EU" in kept and "FR" in kept:
        yield from operators(*OPERATORS)
    if "AT" in kept:
        yield act(ACE, CONSIGNEE)
