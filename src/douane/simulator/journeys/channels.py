"""One movement in which each party uses another channel."""

from __future__ import annotations

from msgspec.structs import replace

from douane.simulator.chapters import SYSTEMS
from douane.simulator.messages.declarations import Cover, declaration
from douane.simulator.messages.later import arrival
from douane.simulator.messages.offices import crossing, guarantee_reserved
from douane.simulator.stage import Journey, Scene
from douane.standards.ncts import phase5 as p5

HOLDER, CONSIGNEE, GUARANTOR, OFFICE = "trader.de.rhein", "trader.at.linz", "be.system", "it.system"
TRANSIT = "IT015100"


async def channels(scene: Scene) -> None:
    """Five channels, one history; nobody notices what the others use."""
    numbers = scene.stage.numbers
    scene.channels(
        (HOLDER, "lodges the declaration, collects the answers"), ("NTA.FR", "office of departure"),
        (GUARANTOR, "reserves the guarantee"), (OFFICE, "office of transit"),
        ("NTA.AT", "office of destination"), (CONSIGNEE, "notifies the arrival, is told of the release"),
    )  # fmt: skip
    cover = Cover(numbers.grn("BE"))
    scene.references.add(cover.grn)
    lodged = await scene.send(HOLDER, _declaration(scene, cover))
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    scene.fact("MRN", mrn)
    asked = await scene.receives(GUARANTOR, "CD203C")
    await scene.tells(GUARANTOR, guarantee_reserved(numbers, asked.content()))
    await scene.receives(HOLDER, "CC029C")

    announced = await scene.receives(OFFICE, "CD050C")
    await scene.tells(OFFICE, crossing(numbers, announced.content(), TRANSIT))
    await scene.until("the passage in Italy", scene.passed("NTA.IT", "NTA.FR", "CD118C"))
    await scene.until("the record for Austria", scene.passed("NTA.FR", "NTA.AT", "CD001C"))

    eori = scene.stage.party(CONSIGNEE).lane
    notice = arrival(numbers, mrn)
    notice = replace(
        notice, message_sender=eori,
        trader_at_destination=replace(notice.trader_at_destination, identification_number=eori),
    )  # fmt: skip
    await scene.send(CONSIGNEE, notice)
    await scene.until("the arrival advice", scene.passed("NTA.AT", "NTA.FR", "CD006C"))
    await scene.tries("at.officer", "transit.record_inspection", mrn=mrn, code="A1")
    await scene.receives(CONSIGNEE, "CC025C")
    await scene.receives(HOLDER, "CC045C")
    await scene.receives(GUARANTOR, "CD209C")
    view = await scene.ask(HOLDER, "transit.find_movement", mrn=mrn)
    scene.require(view["state"] == "discharged", f"the movement was to be discharged, not {view['state']}")
    scene.fact("Its whole history", f"douane timeline {mrn} --data {scene.stage.data}")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC029C", "CC045C")
    scene.expect(CONSIGNEE, "CC025C")
    scene.expect(GUARANTOR, "CD203C", "CD209C")
    scene.expect(OFFICE, "CD050C")
    scene.expect("NTA.AT", "CD001C", "CC007C")
    scene.way("FR", lodged.case, "departure")


def _declaration(scene: Scene, cover: Cover) -> p5.CC015C:
    """Goods of a German holder that go from Lesquin through Switzerland and Italy to a consignee of Linz at Wien."""
    eori, consignee = scene.stage.party(HOLDER).lane, scene.stage.party(CONSIGNEE).lane
    made = declaration(scene.stage.numbers, cover)
    offices = made.customs_office_of_transit_declared
    route = made.consignment.country_of_routing_of_consignment
    return replace(
        made, message_sender=eori,
        holder_of_the_transit_procedure=replace(made.holder_of_the_transit_procedure, identification_number=eori),
        customs_office_of_transit_declared=(offices[0], replace(offices[1], reference_number=TRANSIT)),
        consignment=replace(
            made.consignment,
            consignee=p5.Consignee01(identification_number=consignee),
            country_of_routing_of_consignment=tuple(
                replace(each, country="IT") if each.country == "DE" else each for each in route
            ),
        ),
    )  # fmt: skip


JOURNEYS = (
    Journey(
        "13-channels",
        SYSTEMS,
        "One movement, each party by its own channel",
        "The holder speaks SOAP, the Belgian guarantee system AS4, Italy's office of transit an old program that knows"
        " queues, Austria's system REST, and the trader at destination is told by webhook. The same messages, the same"
        " rules, one history.",
        channels,
    ),
)
