"""The main journey: goods from Lesquin to Wien, released, on the way, arrived, inspected, discharged."""

from __future__ import annotations

from decimal import Decimal

from douane.simulator.chapters import TRANSIT
from douane.simulator.messages.declarations import TRANSIT_IN, declaration
from douane.simulator.messages.later import arrival
from douane.simulator.stage import Journey, Scene

HOLDER, CONSIGNEE, STRANGER = "trader.fr.lesquin", "trader.at.wien", "trader.de.rhein"


async def movement(scene: Scene) -> None:
    """Every office does its part; the guarantee is free again at the end."""
    numbers = scene.stage.numbers
    cover = await scene.guarantee()
    lodged = await scene.send(HOLDER, declaration(numbers, cover))
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    await scene.receives(HOLDER, "CC029C")
    scene.fact("MRN", mrn)
    held = await scene.account(cover)
    scene.require(
        Decimal(held["reserved"]) == cover.amount, f"{cover.amount} was to be reserved, not {held['reserved']}"
    )
    scene.fact("Guarantee after release", f"{held['reserved']} {held['currency']} in use")

    await scene.until("the record for Germany", scene.passed("NTA.FR", "NTA.DE", "CD050C"))
    day = numbers.today(TRANSIT_IN)
    await scene.tries("de.officer", "transit.record_passage", mrn=mrn, office=TRANSIT_IN, passed_on=day)
    await scene.until("the passage at Weil am Rhein", scene.passed("NTA.DE", "NTA.FR", "CD118C"))

    await scene.until("the record for Austria", scene.passed("NTA.FR", "NTA.AT", "CD001C"))
    await scene.send(CONSIGNEE, arrival(numbers, mrn))
    await scene.until("the arrival advice", scene.passed("NTA.AT", "NTA.FR", "CD006C"))
    await scene.tries("at.officer", "transit.record_inspection", mrn=mrn, code="A1")
    await scene.receives(CONSIGNEE, "CC025C")
    await scene.receives(HOLDER, "CC045C")

    free = await scene.until_equal(lambda: scene.account(cover), "reserved", Decimal(0))
    scene.fact("Guarantee after discharge", f"{free['available']} {free['currency']} available")
    view = await scene.ask(HOLDER, "transit.find_movement", mrn=mrn)
    scene.require(view["state"] == "discharged", f"the movement was to be discharged, not {view['state']}")
    scene.fact("What the holder sees", f"{view['state']} on {view['discharged_on']}")
    scene.require(await scene.hidden(STRANGER, "transit.find_movement", mrn=mrn), "a stranger was to see nothing")
    scene.fact("What another trader sees", "nothing: no movement is known under this reference")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC029C", "CC045C")
    scene.expect(CONSIGNEE, "CC025C")
    scene.expect("NTA.DE", "CD050C")
    scene.expect("NTA.AT", "CD001C", "CC007C")
    scene.way("FR", lodged.case, "departure")
    scene.way_by("DE", "passage", mrn)
    scene.way_by("AT", "destination", mrn, alias="arrival")


JOURNEYS = (
    Journey(
        "01-movement",
        TRANSIT,
        "From Lesquin to Wien",
        "Roasted coffee, bed linen and tyres leave Lesquin (FR005350) under T1, cross Switzerland, come back into the"
        " Union at Weil am Rhein-Autobahn (DE004055) and end at Wien (AT100000). France uses the central service;"
        " Germany and Austria run their own systems.",
        movement,
    ),
)
