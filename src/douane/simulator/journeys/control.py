"""Stopped by risk analysis: an officer controls the goods and decides."""

from __future__ import annotations

from douane.simulator.messages.declarations import COFFEE, RIFLES, declaration
from douane.simulator.stage import Journey, Scene

HOLDER, OFFICER = "trader.fr.lesquin", "fr.officer"


async def control(scene: Scene) -> None:
    """Two declarations of sporting rifles: one is in order, one is not."""
    await _decided(scene, satisfactory=True)
    await _decided(scene, satisfactory=False)
    scene.expect(HOLDER, "CC928C", "CC028C", "CC060C", "CC029C", "CC928C", "CC028C", "CC060C", "CC051C")


async def _decided(scene: Scene, *, satisfactory: bool) -> None:
    cover = await scene.guarantee()
    lodged = await scene.send(HOLDER, declaration(scene.stage.numbers, cover, (COFFEE, RIFLES)))
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    notice = (await scene.receives(HOLDER, "CC060C")).content()
    kinds = ", ".join(each.type for each in notice.type_of_controls) or "not named"
    scene.fact("Controls notified (CL716)", kinds)
    remarks = "Licence seen, serial numbers agree." if satisfactory else "Two rifles are not on the licence."
    await scene.order(OFFICER, "transit.decide_control", mrn=mrn, satisfactory=satisfactory, remarks=remarks)
    await scene.receives(HOLDER, "CC029C" if satisfactory else "CC051C")
    scene.fact("Decision", ("released: " if satisfactory else "not released: ") + remarks)
    scene.way("FR", lodged.case, "departure")


JOURNEYS = (
    Journey(
        "04-control",
        "Stopped by risk and control",
        "Sporting rifles among the goods: the risk tables ask for a physical control (profile ARM-01). The officer at"
        " Lesquin releases the first consignment and keeps the second.",
        control,
    ),
)
