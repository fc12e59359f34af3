"""A representative: refused while nobody empowered him, and lawful once the holder did."""

from __future__ import annotations

from msgspec.structs import replace

from douane.simulator.chapters import TRANSIT
from douane.simulator.messages.declarations import Cover, declaration
from douane.simulator.stage import Journey, Scene
from douane.standards.ncts import phase5 as p5

HOLDER, REPRESENTATIVE = "trader.fr.lesquin", "representative.be"
PRINCIPAL = "FR40123456700017"


async def represented(scene: Scene) -> None:
    """The same declaration before and after the holder lets the representative act."""
    eori, cover = scene.stage.party(REPRESENTATIVE).lane, await scene.guarantee()
    await scene.send(REPRESENTATIVE, _by(scene, cover, eori))
    refused = (await scene.receives(REPRESENTATIVE, "CC056C")).content()
    places = {each.error_pointer for each in refused.functional_error}
    scene.require(any("Representative" in each for each in places), f"who declares was to be refused, not {places}")
    scene.fact("Told at first", refused.functional_error[0].error_pointer)

    power = {"administration": "FR", "principal": PRINCIPAL, "representative": eori}
    day = scene.stage.numbers.today()
    await scene.states(HOLDER, "representation.empower", **power, kind="direct", valid_from=day)
    await scene.receives(HOLDER, "EmpowermentKept")
    found = await scene.ask(REPRESENTATIVE, "representation.check", **power)
    scene.fact("The register says", f"{found['kind']}, from {day} on")
    await scene.send(REPRESENTATIVE, _by(scene, cover, eori))
    for each in ("CC928C", "CC028C", "CC029C"):
        await scene.receives(REPRESENTATIVE, each)
    scene.expect(REPRESENTATIVE, "CC056C", "CC928C", "CC028C", "CC029C")


def _by(scene: Scene, cover: Cover, eori: str) -> p5.CC015C:
    made = declaration(scene.stage.numbers, cover)
    named = p5.Representative02(identification_number=eori, status="2")
    return replace(made, message_sender=eori, representative=named)


JOURNEYS = (
    Journey(
        "16-representation",
        TRANSIT,
        "On behalf of the holder",
        "A representative declares on the holder's guarantee and is refused: France knows of no power. The holder lets"
        " him act, and the same declaration is released.",
        represented,
    ),
)
