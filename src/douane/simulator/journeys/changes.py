"""A declaration that is amended, and declarations that are invalidated before and after release."""

from __future__ import annotations

from decimal import Decimal

from douane.simulator.chapters import TRANSIT
from douane.simulator.messages.declarations import Cover, declaration
from douane.simulator.messages.later import amendment, invalidation_request
from douane.simulator.stage import Journey, Scene
from douane.standards.ncts import phase5 as p5

HOLDER, OFFICER = "trader.fr.lesquin", "fr.officer"
TOO_MUCH, ENOUGH = Decimal("4500.00"), Decimal("1800.00")


async def amended(scene: Scene) -> None:
    """The guarantee does not reach; the holder amends the amount, and the goods are released."""
    cover, message, case, mrn = await _uncovered(scene)
    await scene.send(HOLDER, amendment(scene.stage.numbers, message, mrn, ENOUGH))
    await scene.receives(HOLDER, "CC004C")
    await scene.receives(HOLDER, "CC029C")
    held = await scene.account(cover)
    scene.require(Decimal(held["reserved"]) == ENOUGH, f"{ENOUGH} was to be reserved, not {held['reserved']}")
    scene.fact("Reserved after the amendment", f"{held['reserved']} {held['currency']}")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC055C", "CC004C", "CC029C")
    scene.way("FR", case, "departure")


async def invalidated(scene: Scene) -> None:
    """On request before release; afterwards the request is refused and only the office can."""
    _, message, case, mrn = await _uncovered(scene)
    await scene.send(HOLDER, invalidation_request(scene.stage.numbers, message, mrn))
    await scene.receives(HOLDER, "CC009C")
    scene.way("FR", case, "departure")

    cover = await scene.guarantee()
    message = declaration(scene.stage.numbers, cover)
    lodged = await scene.send(HOLDER, message)
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    await scene.receives(HOLDER, "CC029C")
    await scene.send(HOLDER, invalidation_request(scene.stage.numbers, message, mrn))
    errors = (await scene.receives(HOLDER, "CC056C")).content().functional_error
    codes = sorted({each.error_code for each in errors})
    scene.require(codes == ["92"], f"the late request was to be refused with code 92, not {codes}")
    scene.fact("Request after release", "refused with code 92, out of sequence")
    justification = "The goods never left the premises."
    await scene.order(OFFICER, "transit.invalidate_by_office", mrn=mrn, justification=justification)
    await scene.receives(HOLDER, "CC009C")
    free = await scene.until_equal(lambda: scene.account(cover), "reserved", Decimal(0))
    scene.fact("Guarantee afterwards", f"{free['available']} {free['currency']} available")
    scene.expect(HOLDER, "CC928C", "CC028C", "CC055C", "CC009C", "CC928C", "CC028C", "CC029C", "CC056C", "CC009C")
    scene.way("FR", lodged.case, "departure")


async def _uncovered(scene: Scene) -> tuple[Cover, p5.CC015C, str, str]:
    """A declaration whose guarantee does not reach: its cover, message, case and MRN."""
    cover = await scene.guarantee(Decimal(2_000), TOO_MUCH)
    message = declaration(scene.stage.numbers, cover)
    lodged = await scene.send(HOLDER, message)
    await scene.receives(HOLDER, "CC928C")
    mrn = (await scene.receives(HOLDER, "CC028C")).content().transit_operation.mrn
    await scene.receives(HOLDER, "CC055C")
    scene.fact("Guarantee", f"limit 2000 EUR, {TOO_MUCH} EUR to be covered: not valid")
    return cover, message, lodged.case, mrn


JOURNEYS = (
    Journey(
        "05-amended",
        TRANSIT,
        "Amended",
        "The guarantee does not reach for the amount declared (CC055C). The holder amends the declaration in time, the"
        " amendment is accepted, and the goods are released.",
        amended,
    ),
    Journey(
        "06-invalidated",
        TRANSIT,
        "Invalidated",
        "Before release the holder may have a declaration invalidated. After release the same request is out of"
        " sequence; only the office of departure can still invalidate.",
        invalidated,
    ),
)
