"""On the way: goods come to another office of destination than declared; something happens to goods."""

from __future__ import annotations

from msgspec.structs import replace

from douane.simulator.chapters import TRANSIT
from douane.simulator.messages.declarations import DEPARTURE, TRANSIT_IN, declaration, office_premises
from douane.simulator.messages.later import arrival
from douane.simulator.stage import Journey, Scene
from douane.standards.ncts import phase5 as p5

HOLDER, CONSIGNEE, OFFICER = "trader.fr.lesquin", "trader.at.wien", "de.officer"
ELSEWHERE = "DE005881"
"""Karlsruhe, where the goods come to though Wien was declared."""
SEALED_ANEW = "DE-ZOLL-4711"


async def released(scene: Scene) -> tuple[str, str]:
    """A movement on its way, whose passage into Germany is recorded: its case and its MRN."""
    numbers = scene.stage.numbers
    cover = await scene.guarantee()
    lodged = await scene.send(HOLDER, declaration(numbers, cover))
    await scene.receives(HOLDER, "CC928C")
    mrn: str = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    await scene.receives(HOLDER, "CC029C")
    scene.fact("MRN", mrn)
    day = numbers.today(TRANSIT_IN)
    await scene.tries(OFFICER, "transit.record_passage", mrn=mrn, office=TRANSIT_IN, passed_on=day)
    await scene.until("the passage at Weil am Rhein", scene.passed("NTA.DE", "NTA.FR", "CD118C"))
    return lodged.case, mrn


async def diverted(scene: Scene) -> None:
    """The consignee takes the goods in Germany: its office asks for their record, and Austria waits no longer."""
    case, mrn = await released(scene)
    await scene.order(OFFICER, "transit.request_arrival", mrn=mrn, office=ELSEWHERE)
    await scene.until("the record for Germany", scene.passed("NTA.FR", "NTA.DE", "CD003C"))
    notice = replace(
        arrival(scene.stage.numbers, mrn), message_recipient="NTA.DE",
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=ELSEWHERE),
        consignment=p5.Consignment01(location_of_goods=office_premises(ELSEWHERE)),
    )  # fmt: skip
    await scene.send(CONSIGNEE, notice)
    await scene.until("the arrival advice", scene.passed("NTA.DE", "NTA.FR", "CD006C"))
    await scene.until("Austria is told", scene.passed("NTA.FR", "NTA.AT", "CD024C"))
    await scene.tries(OFFICER, "transit.record_inspection", mrn=mrn, code="A1")
    await scene.receives(CONSIGNEE, "CC025C")
    await scene.receives(HOLDER, "CC045C")
    view = await scene.ask(HOLDER, "transit.find_movement", mrn=mrn)
    ended = (view["state"], view["office_of_destination"])
    scene.require(ended == ("discharged", ELSEWHERE), f"the movement was to be discharged at {ELSEWHERE}, not {ended}")
    scene.fact("What the holder sees", f"{ended[0]} at {ended[1]}; not seen at {', '.join(view['not_crossed'])}")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC029C", "CC045C")
    scene.expect(CONSIGNEE, "CC025C")
    scene.expect("NTA.DE", "CD050C", "CD003C", "CC007C")
    scene.expect("NTA.AT", "CD001C", "CD024C")
    scene.way("FR", case, "journey")
    scene.way_by("DE", "destination", mrn, alias="arrival")


async def incident(scene: Scene) -> None:
    """The seals break; the German office puts another one, and tells it to all whom it concerns."""
    case, mrn = await released(scene)
    await scene.order(
        OFFICER, "transit.record_incident", mrn=mrn, office=TRANSIT_IN, departure=DEPARTURE, code="2",
        text="Seal broken in a collision; the goods are complete and were sealed anew.", un_locode="DEWEL",
        seals=[SEALED_ANEW],
    )  # fmt: skip
    told = (await scene.receives(HOLDER, "CC182C")).content()
    (what,) = told.consignment.incident
    (equipment,) = what.transport_equipment
    scene.require([each.identifier for each in equipment.seal] == [SEALED_ANEW], "the holder was to learn of the seal")
    scene.fact("Told to the holder", f"{what.text} ({equipment.seal[0].identifier}, {what.location.un_locode})")
    await scene.until("Austria is told", scene.passed("NTA.FR", "NTA.AT", "CD181C"))
    await scene.send(CONSIGNEE, arrival(scene.stage.numbers, mrn))
    await scene.until("the arrival advice", scene.passed("NTA.AT", "NTA.FR", "CD006C"))
    await scene.tries("at.officer", "transit.record_inspection", mrn=mrn, code="A1", remarks="New seal in good state.")
    await scene.receives(CONSIGNEE, "CC025C")
    await scene.receives(HOLDER, "CC045C")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC029C", "CC182C", "CC045C")
    scene.expect(CONSIGNEE, "CC025C")
    scene.expect("NTA.DE", "CD050C")
    scene.expect("NTA.AT", "CD001C", "CD181C", "CC007C")
    scene.way("FR", case, "journey")


JOURNEYS = (
    Journey(
        "17-diverted",
        TRANSIT,
        "Taken at another office than declared",
        "Wien was declared, but the consignee takes the goods in Germany. The office there does not know them: it asks"
        " France for their record (CD002C, CD003C), and only then may the consignee tell the arrival. Austria is told"
        " that nothing comes (CD024C); the movement is discharged by the results from Germany.",
        diverted,
    ),
    Journey(
        "18-incident",
        TRANSIT,
        "A seal breaks on the way",
        "In Germany a seal breaks. The officer at Weil am Rhein seals the goods anew and registers it (CD180C); France"
        " tells the holder (CC182C) and Austria (CD181C), which expects the goods and finds the new seal.",
        incident,
    ),
)
