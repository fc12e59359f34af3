"""A movement that never arrives: time limits run out, an enquiry is opened, recovery begins."""

from __future__ import annotations

from douane.simulator.messages.declarations import declaration
from douane.simulator.stage import Journey, Scene

HOLDER, OFFICER = "trader.fr.lesquin", "fr.officer"
ENQUIRY_DAYS = 15
"""Eight days to arrive and seven until the enquiry begins (Implementing Regulation art. 297, 310)."""
SPARE = 30.0


async def lost(scene: Scene) -> None:
    """Nothing arrives at Wien; Austria knows nothing; the officer closes the enquiry with recovery."""
    cover = await scene.guarantee()
    lodged = await scene.send(HOLDER, declaration(scene.stage.numbers, cover))
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    await scene.receives(HOLDER, "CC029C")
    patience = ENQUIRY_DAYS * scene.stage.day + SPARE
    await scene.receives(HOLDER, "CC140C", patience=patience)
    await scene.until("the enquiry to Austria", scene.passed("NTA.FR", "NTA.AT", "CD142C"))
    await scene.until("Austria's answer", scene.passed("NTA.AT", "NTA.FR", "CD143C"))
    remarks = "Not arrived, the holder knows nothing."
    await scene.tries(OFFICER, "transit.close_enquiry", mrn=mrn, discharged=False, remarks=remarks)
    await scene.receives(HOLDER, "CC035C")
    held = await scene.account(cover)
    scene.fact("Guarantee", f"{held['reserved']} {held['currency']} stay in use until the debt is paid")
    scene.fact("Clock of this journey", f"a day of a time limit takes {scene.stage.day:g} s")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC029C", "CC140C", "CC035C")
    scene.expect("NTA.DE", "CD050C")
    scene.expect("NTA.AT", "CD001C", "CD142C")
    scene.way("FR", lodged.case, "departure")
    scene.way_by("AT", "destination", mrn, alias="arrival")


JOURNEYS = (
    Journey(
        "07-lost",
        "Lost and enquired about",
        "Released, and never seen again. When the time limits have run out, the office of departure asks the holder"
        " (CC140C) and Austria (CD142C); Austria has not seen the goods (CD143C), and recovery begins (CC035C).",
        lost,
    ),
)
