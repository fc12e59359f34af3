"""What traders and officers send: messages of published forms, made from the examples of the documentation."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

EXAMPLES: Final = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION: Final = (EXAMPLES / "declaration.xml").read_text(encoding="utf-8")
HOLDER, RECEIVER = "FR40123456700017", "ATEOS1000012345"
GOODS: Final = "Roasted coffee"
WRONG_TYPE: Final = "T2SM"
"""A type of declaration for San Marino, which these goods do not go to."""
_ROUTING: Final = re.compile(r" *<CountryOfRoutingOfConsignment>.*</CountryOfRoutingOfConsignment>\n", re.DOTALL)
_ELEMENTS: Final = {
    "31 04 000 008": "1", "32 04 000 223": "0", "33 05 000 016": "Anne Petit", "33 06 000 016": "Luc Martin",
    "33 06 000 076": "luc.martin@example.org", "33 07 010 016": "Jeanne Roux", "34 03 010 019": "1 rue du Port",
    "34 03 010 021": "59000", "34 03 010 022": "Lille", "38 01 000 009": "General ledger",
    "38 02 000 009": "Stock records", "38 12 000 213": "1", "46 01 000 295": "40000.00", "46 01 000 296": "EUR",
    "46 01 000 297": "Transit by road", "46 02 000 257": "80", "46 02 050 295": "40000.00", "46 02 050 296": "EUR",
    "46 03 000 299": "1", "46 04 000 291": "BD",
}  # fmt: skip
"""Data elements of an application for a comprehensive guarantee (DA Annex A)."""


@dataclass(frozen=True)
class Way:
    """From where to where goods go. decides: the office that decides on applications."""

    code: str
    departure: str
    transit: tuple[str, str]
    destination: str
    routing: tuple[str, ...]
    decides: str


WAYS: Final = {
    each.code: each
    for each in (
        Way("DE", "DE004055", ("CH001251", "AT330100"), "AT100000", ("DE", "CH", "AT"), "DE003450"),
        Way("AT", "AT100000", ("CH003301", "DE004055"), "DE005881", ("AT", "CH", "DE"), "AT100000"),
        Way("BE", "BE101000", ("CH001251", "DE004055"), "AT100000", ("BE", "CH", "DE", "AT"), "BE000001"),
        Way("IT", "IT015100", ("CH003301", "AT330100"), "AT100000", ("IT", "CH", "AT"), "IT015100"),
        Way("CZ", "CZ510202", ("CH003301", "AT330100"), "AT100000", ("CZ", "CH", "AT"), "CZ510202"),
    )
}


def check_digit(text: str) -> str:
    """By ISO 6346, as for an MRN: values of letters leave out multiples of 11, weights are powers of two."""
    values = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
    total = sum((int(sign) if sign.isdigit() else values[sign]) << place for place, sign in enumerate(text))
    return str(total % 11 % 10)


def grn(country: str, run: str, number: int = 1) -> str:
    """The number of a guarantee of this run (Annex B, 99 02 069 000)."""
    body = f"26{country}{number:04d}{run}"
    return body + check_digit(body)


def mrn(country: str, run: str, number: int = 1) -> str:
    """An MRN of this run, for transit."""
    body = f"26{country}{number:04d}{run}J"
    return body + check_digit(body)


def guarantee(number: str, office: str = "") -> dict[str, Any]:
    """The registration of a guarantee of the holder."""
    return {
        "grn": number, "type": "1", "holder": HOLDER, "access_code": "A1B2", "limit": "100000.00",
        "valid_from": "2026-01-01", **({"office": office} if office else {}),
    }  # fmt: skip


def declaration(way: Way, lrn: str, cover: str, kind: str = "T1") -> str:
    """An IE015 of the holder. lrn: also the identification of the message; cover: the number of the guarantee."""
    out, back = way.transit
    routing = "".join(
        f"    <CountryOfRoutingOfConsignment><sequenceNumber>{n}</sequenceNumber><country>{country}</country>"
        "</CountryOfRoutingOfConsignment>\n"
        for n, country in enumerate(way.routing, 1)
    )
    made = _ROUTING.sub(routing, DECLARATION)
    said = {
        "NTA.FR": f"NTA.{way.code}", "FR005350": way.departure, "AT100000": way.destination, "CH001251": out,
        "DE004055": back, "QUICKSTART-1": lrn, "QS-0000001": lrn, "26FR0000010001477": cover,
        "<countryOfDispatch>FR": f"<countryOfDispatch>{way.code}",
        "<countryOfDestination>AT": f"<countryOfDestination>{way.destination[:2]}",
        "<declarationType>T1<": f"<declarationType>{kind}<",
    }  # fmt: skip
    former = re.compile("|".join(map(re.escape, said)))  # by one look: what is new for one may be what another had
    return former.sub(lambda found: said[found[0]], made)


def arrival(reference: str, office: str, message: str) -> str:
    """An IE007: the receiver presents the goods of a movement at an office."""
    now = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%S}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ncts:CC007C xmlns:ncts="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
        f"<messageSender>{RECEIVER}</messageSender><messageRecipient>NTA.{office[:2]}</messageRecipient>"
        f"<preparationDateAndTime>{now}</preparationDateAndTime><messageIdentification>{message}"
        "</messageIdentification><messageType>CC007C</messageType><TransitOperation>"
        f"<MRN>{reference}</MRN><arrivalNotificationDateAndTime>{now}</arrivalNotificationDateAndTime>"
        "<simplifiedProcedure>0</simplifiedProcedure><incidentFlag>0</incidentFlag></TransitOperation>"
        f"<CustomsOfficeOfDestinationActual><referenceNumber>{office}</referenceNumber>"
        "</CustomsOfficeOfDestinationActual><TraderAtDestination><identificationNumber>"
        f"{RECEIVER}</identificationNumber></TraderAtDestination><Consignment><LocationOfGoods>"
        "<typeOfLocation>A</typeOfLocation><qualifierOfIdentification>V</qualifierOfIdentification><CustomsOffice>"
        f"<referenceNumber>{office}</referenceNumber></CustomsOffice></LocationOfGoods></Consignment></ncts:CC007C>"
    )


def application(way: Way, own: str) -> dict[str, Any]:
    """An application for a comprehensive guarantee, to an office where the main accounts are held."""
    elements = _ELEMENTS | {"34 03 010 020": way.code, "34 04 010 020": way.code}
    values = [{"element": each, "value": value} for each, value in elements.items()]
    return {"own_reference": own, "type": "CGU", "applicant": HOLDER, "office": way.decides, "elements": values}


def exporter(own: str, authority: str) -> dict[str, Any]:
    """An application to be registered as an exporter (IA Annex 22-06A)."""
    form = {
        "name": "Wien Handel", "street_and_number": "1 Hafenstraße", "post_code": "1020", "town": "Wien",
        "activity": "producer", "goods": "Woven fabrics", "headings": ["5208"], "undertakes": True,
        "signed_by": "Eva Gruber", "signed_on": "2026-01-05", "publish": False,
    }  # fmt: skip
    return {"own_reference": own, "exporter": RECEIVER, "authority": authority, "form": form}
