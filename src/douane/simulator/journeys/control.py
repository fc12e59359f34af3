"""Stopped by risk analysis: an officer controls the goods and decides."""

from __future__ import annotations

from douane.simulator.chapters import TRANSIT
from douane.simulator.messages.declarations import COFFEE, RIFLES, declaration
from douane.simulator.messages.later import amendment
from douane.simulator.stage import Journey, Scene

HOLDER, OFFICER = "trader.fr.lesquin", "fr.officer"


async def control(scene: Scene) -> None:
    """Two declarations of sporting rifles: one is in order, one is not."""
    await _decided(scene, satisfactory=True)
    await _decided(scene, satisfactory=False)
    notified = ("CC928C", "CC028C", "CC060C", "CC056C")
    scene.expect(HOLDER, *notified, "CC029C", *notified, "CC051C")


async def _decided(scene: Scene, *, satisfactory: bool) -> None:
    cover = await scene.guarantee()
    lodged_as = declaration(scene.stage.numbers, cover, (COFFEE, RIFLES))
    lodged = await scene.send(HOLDER, lodged_as)
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    notice = (await scene.receives(HOLDER, "CC060C")).content()
    kinds = ", ".join(each.type for each in notice.type_of_controls) or "not named"
    scene.fact("Controls notified (CL716)", kinds)
    await scene.send(HOLDER, amendment(scene.stage.numbers, lodged_as, mrn, cover.amount, of_guarantee=False))
    late = (await scene.receives(HOLDER, "CC056C")).content()
    codes = [each.error_code for each in late.functional_error]
    scene.require(codes == ["92"], f"an amendment after the notice was to be refused with 92, not {codes}")
    scene.fact("Amendment after the notice", late.transit_operation.rejection_reason)
    remarks = "Licence seen, serial numbers agree." if satisfactory else "Two rifles are not on the licence."
    await scene.order(OFFICER, "transit.decide_control", mrn=mrn, satisfactory=satisfactory, remarks=remarks)
    await scene.receives(HOLDER, "CC029C" if satisfactory else "CC051C")
    scene.fact("Decision", ("released: " if satisfactory else "not released: ") + remarks)
    scene.way("FR", lodged.case, "departure")


JOURNEYS = (
    Journey(
        "04-control",
        TRANSIT,
        "Stopped by risk and control",
        "Sporting rifles among the goods: the risk tables ask for a physical control (profile ARM-01). After the notice"
        " nothing is amended any more (UCC art. 173(2)). The officer at Lesquin releases the first consignment and"
        " keeps the second.",
        control,
    ),
)
