"""A movement that never arrives: limits run out, an enquiry in its stages, recovery of the duty, and a late proof."""

from __future__ import annotations

from douane.simulator.chapters import TRANSIT
from douane.simulator.messages.declarations import DEPARTURE, declaration
from douane.simulator.messages.declarations import HOLDER as EORI
from douane.simulator.messages.later import whereabouts
from douane.simulator.stage import Journey, Scene

HOLDER, OFFICER = "trader.fr.lesquin", "fr.officer"
ENQUIRY_DAYS = 15
"""Eight days to arrive and seven until the enquiry begins (Implementing Regulation art. 297, 310)."""
SPARE = 30.0
DUTY = "812.50"
"""In EUR."""


async def lost(scene: Scene) -> None:
    """Nothing arrives at Wien; neither Austria nor the holder knows; the duty is claimed; then there is a proof."""
    cover = await scene.guarantee()
    lodged = await scene.send(HOLDER, declaration(scene.stage.numbers, cover))
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    await scene.receives(HOLDER, "CC029C")
    patience = ENQUIRY_DAYS * scene.stage.day + SPARE
    await scene.receives(HOLDER, "CC140C", patience=patience)
    await scene.until("the enquiry to Austria", scene.passed("NTA.FR", "NTA.AT", "CD142C"))
    await scene.until("Austria's answer", scene.passed("NTA.AT", "NTA.FR", "CD143C"))
    await scene.send(HOLDER, whereabouts(scene.stage.numbers, mrn, EORI, DEPARTURE))
    remarks = "Not arrived, the holder knows nothing."
    await scene.tries(OFFICER, "transit.close_enquiry", mrn=mrn, discharged=False, remarks=remarks, amount=DUTY)
    await scene.receives(HOLDER, "CC035C")
    held = await scene.account(cover)
    scene.fact("Guarantee", f"{held['reserved']} {held['currency']} stay in use until the debt is paid")
    scene.fact("Claimed", f"{DUTY} EUR, the duty on the goods (UCC art. 101), not what the guarantee covers")
    proof = {"proof": "certified by customs at destination", "document": "AT100000-2026-77"}
    await scene.tries(OFFICER, "transit.accept_proof", mrn=mrn, **proof)
    await scene.receives(HOLDER, "CC045C")
    freed = await scene.account(cover)
    scene.fact("After a late proof", f"{freed['reserved']} {freed['currency']} in use: the movement is discharged")
    scene.fact("Clock of this journey", f"a day of a time limit takes {scene.stage.day:g} s")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC029C", "CC140C", "CC035C", "CC045C")
    scene.expect("NTA.DE", "CD050C", "CD063C")
    scene.expect("NTA.AT", "CD001C", "CD142C", "CD063C", "CD059C")
    scene.way("FR", lodged.case, "departure")
    scene.way_by("AT", "destination", mrn, alias="arrival")


JOURNEYS = (
    Journey(
        "07-lost",
        TRANSIT,
        "Lost, recovered, and proven after all",
        "Released, and never seen again. When the limits have run out, the office of departure asks Austria (CD142C),"
        " which has not seen the goods (CD143C), then the holder (CC140C), who knows nothing (CC141C). The duty on the"
        " goods is claimed (CC035C) and the offices on the way are told (CD063C); a late proof discharges the movement"
        " (CC045C).",
        lost,
    ),
)
