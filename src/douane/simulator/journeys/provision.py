"""Under load France moves its guarantees: to its own system, to Belgium's, and back to the centre."""

from __future__ import annotations

from douane.simulator.chapters import SYSTEMS
from douane.simulator.moving import ORDER, Moving
from douane.simulator.stage import Journey, Scene

SERVES = 4.0
"""Seconds for which each provider serves: the rest of the show goes on beside it."""
AT_ONCE = 2


async def moved(scene: Scene) -> None:
    """Nothing lost, nothing doubled, every movement discharged, every copy equal to what its system keeps."""
    if scene.stage.moving is None:
        scene.outcome.absent = "this show has no nodes of its own for it"
        return
    async with scene.stage.moving() as three:
        moving = Moving(three.doors(), scene.stage.numbers, scene.stage.now, SERVES, AT_ONCE)
        result = await moving.play()
        scene.require(not result.lost, f"lost: {result.lost}")
        scene.require(not result.doubled, f"doubled: {result.doubled}")
        scene.require(result.across > 0, "movements were to be open while a provider changed")
        scene.require(set(result.used.values()) == {0}, "every guarantee was to be free again")
        scene.fact("Providers, one after the other", " → ".join(ORDER))
        scene.fact("Movements", f"{len(result.declared)}, {result.across} of them open while a provider changed")
        scene.fact("Lost, doubled, not discharged", "0, 0, 0")
        for code in three.nodes:
            proof = await three.proof(code)
            scene.require(proof.equal, f"a copy of what {code} keeps was to be equal")
            entries = sum(each.entries for each in proof.roots)
            roots = ", ".join(each.root.hex()[:16] for each in proof.roots)
            scene.fact(f"Kept by {code}", f"{entries} guarantees; a copy has the same root {roots}, signed")


JOURNEYS = (
    Journey(
        "24-provision",
        SYSTEMS,
        "Whose system serves, moved under load",
        "Traders go on declaring while France moves its guarantees from the centre to its own system, to Belgium's and"
        " back. A movement ends with the guarantee and the system with which it began; whoever copies what a system"
        " keeps proves it equal.",
        moved,
    ),
)
