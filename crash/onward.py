"""What follows the release of a movement in a crash run: arrival, inspection, unloading, an incident, a diversion.

The traders of the run are the consignees of their own movements; officers act between. A message waits for its turn:
for an answer that its sender collected, and for a case or a task that another office has to know first. In the world
hours lie between; here a message that came too early would be refused, and rightly.
"""

from __future__ import annotations

import functools
from typing import Any

from msgspec.structs import replace

from crash.messages import PLACES, Form, Writer, eori
from douane.applications.authorisations.messages import AuthorisationStated
from douane.applications.transit.messages import ArrivalRequest, IncidentReport, Inspection
from douane.applications.transit.tests import base_messages as base
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.time import Instant, moment

WIEN, KARLSRUHE, WEIL, LESQUIN = "AT100000", "DE005881", "DE004055", "FR005350"
OFFICERS = ("at.officer", "de.officer")
ENDED = "CC045C"
KINDS = ("inspected", "unloaded", "incident", "diverted")
"""What may become of a movement that was lodged at once."""
_BEGAN = Instant(1_735_689_600_000_000)  # 2025
PATHS = {
    "Inspection": "/transit/v1/record_inspection", "IncidentReport": "/transit/v1/record_incident",
    "ArrivalRequest": "/transit/v1/request_arrival",
}  # fmt: skip
"""Where officers say what."""


def authorisation(trader: int) -> AuthorisationStated:
    """The trader is an authorised consignee in Austria, as its authority states it."""
    return AuthorisationStated(
        reference=f"ATACE2024000{100 + trader}", number=1, holder=eori(trader), effect_from=moment(_BEGAN)
    )


class OnwardForms:
    """The forms of a trader for what follows a release."""

    def __init__(self, trader: int) -> None:
        number, reference = eori(trader), authorisation(trader).reference
        self.inspected = Form(_by(number, base.arrival()))
        self.diverted = Form(_at(KARLSRUHE, _by(number, base.arrival())))
        simplified = _by(number, base.simplified_arrival())
        (used,) = simplified.authorisation
        place = replace(simplified.consignment.location_of_goods, authorisation_number=reference)
        self.simplified = Form(
            replace(
                simplified, authorisation=(replace(used, reference_number=reference),),
                consignment=replace(simplified.consignment, location_of_goods=place),
            )
        )  # fmt: skip
        self.remarks = Form(_by(number, base.remarks()))


def _by(number: str, message: Any) -> Any:
    """The message of this trader at destination."""
    named = replace(message.trader_at_destination, identification_number=number)
    return replace(message, message_sender=number, trader_at_destination=named,
                   message_identification=PLACES["id"])  # fmt: skip


def _at(office: str, message: p5.CC007C) -> p5.CC007C:
    """The arrival at another office."""
    goods = message.consignment
    premises = replace(goods.location_of_goods, customs_office=p5.CustomsOffice(reference_number=office))
    return replace(
        message,
        message_recipient=f"NTA.{office[:2]}",
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=office),
        consignment=replace(goods, location_of_goods=premises),
    )


@functools.cache
def onward_forms(trader: int) -> OnwardForms:
    """The forms of a trader, made once."""
    return OnwardForms(trader)


def go_on(writer: Writer, kind: str) -> None:
    """Write what follows the release of a movement that is of one of ``KINDS``."""
    forms, released = onward_forms(writer.trader), "CC029C"
    if kind == "unloaded":
        writer.arrive("CC007C", forms.simplified, ("CC043C",), needs=released, office=WIEN)
        writer.arrive("CC044C", forms.remarks, ("CC025C",), needs="CC043C")
        return
    place, arrival = WIEN, forms.inspected
    if kind == "incident":
        told = IncidentReport(
            mrn=base.MRN, office=WEIL, officer="de.officer", departure=LESQUIN, code="4", un_locode="DEWEL",
            text="Part of the goods was unloaded under supervision and sealed anew.", seals=("DE-1",),
        )  # fmt: skip
        writer.act(told, "de.officer", ("CC182C",), needs=released)
        released = "CC182C"
    elif kind == "diverted":
        place, arrival = KARLSRUHE, forms.diverted
        writer.act(ArrivalRequest(mrn=base.MRN, office=place, officer="de.officer"), "de.officer", (), needs=released)
    writer.arrive("CC007C", arrival, (), needs=released, office=place)
    officer = f"{place[:2].lower()}.officer"
    writer.act(Inspection(mrn=base.MRN, officer=officer, code="A2"), officer, ("CC025C",), office=place)
