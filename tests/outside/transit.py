"""Transit, seen from outside: a declaration that breaks a rule, a guarantee that is used, one that is free again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Final

from douane.standards.ncts import phase5
from tests.outside.case import Case, Seen
from tests.outside.door import Caller, Doors

EXAMPLE: Final = (Path(__file__).parents[2] / "docs/examples/declaration.xml").read_text(encoding="utf-8")
HOLDER, RECEIVER = "FR40123456700017", "ATEOS1000012345"
CODE, AMOUNT = "A1B2", Decimal(4500)
DESTINATION: Final = "NL000510"
DAY: Final = dt.timedelta(days=1)


def _grn(doors: Doors, case: int) -> str:
    """A guarantee reference number of this run, with its check digit (Annex B, 99 02 069 000)."""
    body = f"26FR{case}0000{doors.run}"[:16]
    return body + _check_digit(body)


def _check_digit(body: str) -> str:
    """By ISO 6346, as for an MRN: values of letters leave out multiples of 11, weights are powers of two."""
    values = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
    total = sum((int(sign) if sign.isdigit() else values[sign]) << place for place, sign in enumerate(body))
    return str(total % 11 % 10)


def _declaration(doors: Doors, case: int) -> str:
    """An IE015 from Lille to Rotterdam, of this run."""
    return (
        EXAMPLE.replace("QUICKSTART-1", f"OUT{doors.run}{case}")
        .replace("QS-0000001", f"OUT{doors.run}{case}")
        .replace("26FR0000010001477", _grn(doors, case))
        .replace("AT100000", DESTINATION)
    )


def _registered(doors: Doors, case: int) -> Caller:
    """The officer of guarantee, who has registered the guarantee of a case."""
    officer = Caller(doors, "fr.officer", "ccn2")
    officer.call(
        "guarantees",
        "register",
        grn=_grn(doors, case),
        type="1",
        holder=HOLDER,
        access_code=CODE,
        limit="100000.00",
        valid_from="2026-01-01",
        officer="fr.officer",
    )
    officer.gets("GuaranteeRegistered", about=_grn(doors, case))
    return officer


def _released(doors: Doors, case: int) -> str:
    """A movement under way; its MRN."""
    trader = Caller(doors, "trader.fr.lesquin", "speed2")
    trader.send(_declaration(doors, case))
    released = phase5.read(trader.gets("CC029C", about=f"OUT{doors.run}{case}").body.encode())
    assert isinstance(released, phase5.CC029C)
    return released.transit_operation.mrn


def _reserved(officer: Caller, grn: str) -> str:
    return f"{Decimal(str(officer.call('guarantees', 'show', grn=grn)['reserved'])):.2f}"


def expected_before_written(doors: Doors) -> Seen:
    """Goods are expected at the office of transit on the day before the declaration is written."""
    _registered(doors, 1)
    declaration = phase5.read(_declaration(doors, 1).encode())
    assert isinstance(declaration, phase5.CC015C)
    estimated = declaration.customs_office_of_transit_declared[0].arrival_date_and_time_estimated
    assert estimated is not None
    late = declaration.preparation_date_and_time - DAY
    trader = Caller(doors, "trader.fr.lesquin", "speed2")
    trader.send(_declaration(doors, 1).replace(f"{estimated:%Y-%m-%dT%H:%M:%S}", f"{late:%Y-%m-%dT%H:%M:%S}"))
    told = phase5.read(trader.gets("CC056C", "CC029C", "CC055C", about=f"OUT{doors.run}1").body.encode())
    faults = [f"{each.error_reason} {each.error_pointer}" for each in getattr(told, "functional_error", ())]
    return Seen(
        "CC056C R0005 /CC015C/CustomsOfficeOfTransitDeclared[1]/arrivalDateAndTimeEstimated",
        " ".join([type(told).__name__, *faults]),
    )


def amount_reserved(doors: Doors) -> Seen:
    """The goods are released: the guarantee stands for what may become due, and not for more."""
    officer = _registered(doors, 2)
    _released(doors, 2)
    return Seen(f"{AMOUNT:.2f}", _reserved(officer, _grn(doors, 2)))


def amount_free_again(doors: Doors) -> Seen:
    """The goods arrived and were found in order: the movement is discharged, the guarantee stands for nothing."""
    officer = _registered(doors, 3)
    mrn = _released(doors, 3)
    receiver = Caller(doors, "trader.at.wien", "speed2")
    receiver.send(_arrival(doors, mrn))
    inspector = Caller(doors, "nl.officer", "ccn2")
    inspector.call("transit", "record_inspection", mrn=mrn, officer="nl.officer", code="A1")
    receiver.gets("CC025C", about=mrn)
    return Seen("0.00", _reserved(officer, _grn(doors, 3)))


def _arrival(doors: Doors, mrn: str) -> str:
    """IE007: the receiver presents the goods at Rotterdam."""
    now = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%S}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ncts:CC007C xmlns:ncts="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
        f"<messageSender>{RECEIVER}</messageSender><messageRecipient>NTA.{DESTINATION[:2]}</messageRecipient>"
        f"<preparationDateAndTime>{now}</preparationDateAndTime><messageIdentification>OUT{doors.run}A</messageIdentification>"
        f"<messageType>CC007C</messageType><TransitOperation><MRN>{mrn}</MRN><arrivalNotificationDateAndTime>{now}"
        "</arrivalNotificationDateAndTime><simplifiedProcedure>0</simplifiedProcedure><incidentFlag>0</incidentFlag>"
        f"</TransitOperation><CustomsOfficeOfDestinationActual><referenceNumber>{DESTINATION}</referenceNumber>"
        "</CustomsOfficeOfDestinationActual><TraderAtDestination><identificationNumber>"
        f"{RECEIVER}</identificationNumber></TraderAtDestination><Consignment><LocationOfGoods>"
        "<typeOfLocation>A</typeOfLocation><qualifierOfIdentification>V</qualifierOfIdentification><CustomsOffice>"
        f"<referenceNumber>{DESTINATION}</referenceNumber></CustomsOffice></LocationOfGoods></Consignment></ncts:CC007C>"
    )


CASES: Final = (
    Case(
        1,
        "goods expected at an office of transit before the declaration was written",
        "NCTS, rule R0005",
        expected_before_written,
    ),
    Case(2, "a release reserves what may become due", "UCC art. 89, IA 2015/2447 art. 155", amount_reserved),
    Case(3, "a discharge frees what was reserved", "UCC art. 98, 215", amount_free_again),
)
