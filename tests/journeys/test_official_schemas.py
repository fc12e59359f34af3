"""Every message that leaves an office is valid against the official schemas, where those are at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from douane.applications.transit.messages import (
    AlternativeProof,
    GuarantorNotice,
    InformationForOffice,
    Inspection,
    OfficeInvalidation,
    Passage,
    Proof,
    RecoveryTransfer,
)
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, normal, prelodged, several, tir
from douane.applications.transit.tests.base_messages import (
    amendment,
    arrival,
    invalidation_request,
    remarks,
    simplified_arrival,
)
from douane.runtime.store.ports import DAY
from douane.standards.ncts.phase5 import CC015C, write
from tests.journeys.movements import Movement, by_trusted_holder, covering, risky
from tests.journeys.office import Office

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
NCTS = ROOT.parent / "shared/data/ncts"
OTHERS = ("NTA.DE", "NTA.AT")
FEW = frozenset({"FR"})


@cache
def schema(name: str) -> etree.XMLSchema:
    """The published schema of a message, else the one derived from the published layouts."""
    files = (NCTS / folder / f"{name.lower()}.xsd" for folder in ("xsd-p5-51.8.6", "xsd-p5-derived"))
    return etree.XMLSchema(etree.parse(next(file for file in files if file.exists())))


def judge(office: Office, *parties: str) -> set[str]:
    """The types of everything that waits for these parties, each valid."""
    seen: dict[str, Any] = {}
    for party in parties:
        for message in office.sent(party):
            if hasattr(message, "message_type"):
                seen.setdefault(f"{type(message).__name__}{len(write(message))}", message)
    for message in seen.values():
        found = schema(type(message).__name__)
        document = etree.fromstring(write(message))
        assert found.validate(document), (type(message).__name__, found.error_log)
    return {type(message).__name__ for message in seen.values()}


def released(declaration: CC015C) -> Movement:
    movement = Movement(declaration, Office(FEW))
    assert movement.case.state == "released", movement.office.sent(TRADER)
    return movement


def at_departure() -> set[str]:
    """What a holder and other offices get from departure, by as many ways as there are messages."""
    found = judge(released(several()).office, TRADER, *OTHERS)
    holder = tir().holder_of_the_transit_procedure  # who holds it sends it
    named = replace(holder, identification_number=TRADER, name=None, address=None)
    found |= judge(released(replace(tir(), holder_of_the_transit_procedure=named)).office, TRADER, *OTHERS)
    controlled = Movement(risky(), Office(FEW))
    controlled.office.give(controlled.about(amendment(risky())), TRADER)  # refused: CC056C
    controlled.decide(good=False)
    found |= judge(controlled.office, TRADER)
    uncovered = Movement(covering(normal(), "20000.00"), Office(FEW))
    mended = amendment(covering(normal(), "20000.01"), of_guarantee=True)
    uncovered.office.give(uncovered.about(mended), TRADER)
    uncovered.office.give(uncovered.about(invalidation_request()), TRADER)
    found |= judge(uncovered.office, TRADER)
    unknown = replace(normal().consignment, container_indicator=None)
    refused = Movement(replace(normal(), consignment=unknown), Office(FEW))
    found |= judge(refused.office, TRADER)
    waiting = Movement(by_trusted_holder(replace(prelodged(), consignment=risky().consignment)), Office(FEW))
    waiting.office.wait(31 * DAY)
    found |= judge(waiting.office, TRADER)
    lost = released(normal())
    lost.days(16)  # Austria is silent
    lost.days(28)
    lost.days(8)
    lost.office.give(lost.information("Unloaded at Linz."), TRADER)
    lost.decided(InformationForOffice(mrn=lost.mrn, text="The holder names Linz: were the goods presented there?"))
    lost.days(41)
    grounds = "The goods were sold at Linz."
    lost.decided(RecoveryTransfer(mrn=lost.mrn, authority="AT330100", grounds=grounds))
    lost.days(29)
    lost.close(discharged=False, amount="812.50")
    lost.decided(GuarantorNotice(mrn=lost.mrn, guarantor="FR11122233300011"))
    proof = AlternativeProof(mrn=lost.mrn, proof=Proof.DESTINATION, document="AT-7711")
    lost.decided(proof)
    found |= judge(lost.office, TRADER, "FR11122233300011", *OTHERS)
    invalidated = released(normal())
    decision = OfficeInvalidation(mrn=invalidated.mrn, officer="fr.officer", justification="Destroyed.")
    invalidated.office.give(decision, "fr.officer", administration="FR")
    return found | judge(invalidated.office, TRADER, *OTHERS)


def elsewhere() -> set[str]:
    """What destination and transit say, and how a movement with discrepancies ends."""
    near = Movement(office=Office(frozenset({"FR", "AT"})))
    near.office.give(near.about(simplified_arrival()), CONSIGNEE)
    near.office.give(near.about(arrival()), CONSIGNEE)
    near.office.give(near.about(remarks()), CONSIGNEE)
    found = judge(near.office, TRADER, CONSIGNEE)
    far = Office(frozenset({"DE", "AT"}))
    source = released(normal())
    for party in OTHERS:
        for message in source.office.sent(party):
            far.give(message, "NTA.FR", administration=party[-2:])
    assert source.case.released_on is not None
    passage = Passage(mrn=source.mrn, office="DE004055", officer="de.officer", passed_on=source.case.released_on)
    far.give(passage, "de.officer", administration="DE")
    far.give(source.about(arrival()), CONSIGNEE)
    far.give(
        Inspection(mrn=source.mrn, officer="at.officer", code="B1", remarks="Cartons are missing."),
        "at.officer",
        administration="AT",
    )
    found |= judge(far, "NTA.FR", CONSIGNEE)
    for message in far.sent("NTA.FR"):
        source.office.give(message, message.message_sender, administration="FR")
    return found | judge(source.office, TRADER)


def test_every_message_is_valid_against_the_official_schemas() -> None:
    if not NCTS.exists() and "CI" not in os.environ:
        pytest.skip("the official schemas are not beside the checkout (../shared/data/ncts)")
    assert at_departure() | elsewhere() >= {
        "CC004C", "CC009C", "CC019C", "CC025C", "CC028C", "CC029C", "CC035C", "CC043C", "CC051C", "CC055C", "CC056C",
        "CC057C", "CC060C", "CC140C", "CC928C", "CC045C", "CD001C", "CD006C", "CD010C", "CD018C", "CD050C", "CD118C",
        "CD142C", "CD144C", "CD150C", "CD063C", "CC023C", "CD059C",
    }  # fmt: skip
