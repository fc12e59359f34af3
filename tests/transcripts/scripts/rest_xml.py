"""REST with messages of NCTS in XML: movements from Lesquin to Wien, and what goes wrong with them."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests.base_messages import amendment, presentation
from douane.standards.ncts import phase5
from tests.hostile import messages
from tests.journeys.office import CATALOGUE
from tests.transcripts.recording import Recorder, mrn_in

HOLDER, CONSIGNEE, OFFICER, THERE, BROKER = (
    "trader.fr.lesquin",
    "trader.at.wien",
    "fr.officer",
    "at.officer",
    "representative.be",
)
GRN = messages.grn("FR", 410_001)


def declared(number: int, **more: str | bool) -> str:
    """A declaration under a reference of its own."""
    return messages.declaration(f"XML26-{number:06d}", f"XML-{number}", **{"grn": GRN} | more)  # type: ignore[arg-type]


def written(message: object) -> str:
    """A message of the product's own tests, of a party of the demonstration."""
    text = CATALOGUE.encode(message)[2].decode()
    return text.replace(base.TRADER, messages.HOLDER).replace(base.GRN, GRN)


def record(node: Recorder) -> None:
    """Forty exchanges and more."""
    node.json(OFFICER, "guarantees.register", "ccn2", id="XML-G", **messages.registration(GRN))
    node.collect(OFFICER, "ccn2")
    _discharged(node)
    _amended(node)
    _refused(node)
    _as_json(node)


def _discharged(node: Recorder) -> None:
    first = declared(1)
    receipt = node.xml(HOLDER, first)
    told = node.collect(HOLDER)
    mrn = mrn_in(told)
    node.ask(HOLDER, receipt["headers"]["location"])
    node.ask(HOLDER, f"/v1/inbox/{told[0]['item']}/ack", method="POST")
    node.ask(HOLDER, f"/v1/inbox/{told[0]['item']}/ack", method="POST")
    node.xml(HOLDER, first)
    node.xml(HOLDER, declared(1, prelodged=True))
    node.json(HOLDER, "transit.find_movement", mrn=mrn)
    node.xml(CONSIGNEE, messages.arrival("XML-A1", mrn))
    node.collect(CONSIGNEE)
    node.collect(HOLDER)
    node.json(THERE, "transit.record_inspection", "ccn2", id="XML-I1", mrn=mrn, officer="at.officer", code="A1")
    node.collect(HOLDER)
    node.collect(CONSIGNEE)
    node.json(HOLDER, "transit.find_movement", mrn=mrn)
    node.ask(
        HOLDER,
        "/transit/v1/find_movement",
        f'{{"mrn":"{mrn}"}}',
        content_type="application/json",
        accept="application/xml",
    )
    node.json(HOLDER, "transit.movement_file", mrn=mrn)
    node.json(OFFICER, "transit.movement_file", "ccn2", mrn=mrn)
    node.json("trader.de.rhein", "transit.find_movement", mrn=mrn)


def _amended(node: Recorder) -> None:
    text = declared(2, prelodged=True)
    node.xml(HOLDER, text)
    node.collect(HOLDER)
    lodged = phase5.read(text.encode())
    assert isinstance(lodged, phase5.CC015C)
    changed = amendment(lodged)
    named = replace(changed.transit_operation, mrn=None, lrn="XML26-000002")
    node.xml(HOLDER, written(replace(changed, message_identification="XML-B2", transit_operation=named)))
    node.collect(HOLDER)
    presented = written(presentation()).replace(base.LRN, "XML26-000002")
    node.xml(HOLDER, presented)
    mrn = mrn_in(node.collect(HOLDER))
    node.xml(HOLDER, messages.invalidation("XML-V2", sender=messages.HOLDER, mrn=mrn))
    node.collect(HOLDER)
    node.json(OFFICER, "transit.invalidate_by_office", "ccn2", id="XML-VO2", mrn=mrn, justification="A mistake.")
    node.collect(HOLDER)
    node.collect(OFFICER, "ccn2")
    node.xml(HOLDER, declared(3, prelodged=True))
    node.collect(HOLDER)
    node.xml(HOLDER, messages.invalidation("XML-V3", sender=messages.HOLDER, lrn="XML26-000003"))
    node.collect(HOLDER)


def _refused(node: Recorder) -> None:
    node.xml(HOLDER, declared(4, code="ZZZZ"))
    node.collect(HOLDER)
    node.xml(HOLDER, declared(5, grn=messages.grn("FR", 410_099)))
    node.collect(HOLDER)
    node.xml(HOLDER, declared(6).replace("FR005350", "FR999999"))
    node.collect(HOLDER)
    node.xml(HOLDER, declared(7).replace("<declarationType>T1", "<declarationType>T9"))
    node.collect(HOLDER)
    node.xml(HOLDER, declared(8, sender=messages.STRANGER))
    node.xml(BROKER, declared(9, sender="BE0123456789", representative="BE0123456789"))
    node.collect(BROKER)
    node.xml(CONSIGNEE, messages.arrival("XML-A10", "26FR005350999999J5"))
    node.collect(CONSIGNEE)
    node.xml(HOLDER, messages.invalidation("XML-V11", sender=messages.HOLDER, lrn="UNKNOWN-1"))
    node.collect(HOLDER)
    node.xml(
        "at.system",
        messages.arrival_advice("XML-S12", "26FR005350999999J5", sender="NTA.AT", office="AT100000"),
        "ccn2",
    )
    node.collect("at.system", "ccn2")


def _as_json(node: Recorder) -> None:
    node.ask(HOLDER, "/v1/messages", '{"TransitOperation": {"LRN": "x"}}', content_type="application/json")
    node.ask(HOLDER, "/v1/messages?type=CC015C", '{"TransitOperation": {"LRN": "x"}}', content_type="application/json")
