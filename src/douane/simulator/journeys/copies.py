"""A replica of final data that is cut off from the centre, answers all the same, catches up, and proves itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from douane.central_repository.replica.answers import View
from douane.central_repository.replica.proving import prove, still_holds
from douane.simulator.chapters import SYSTEMS
from douane.simulator.stage import Journey, Scene
from douane.vocabulary.errors import FeedBroken, PartnerUnreachable

DATA_SET, KEEPER = "guarantees", "ie.system"
VIEW = View(DATA_SET, "full")


@dataclass(slots=True)
class Line:
    """The way of a replica to the centre, which can be cut; or somebody on it changes what passes."""

    centre: Any
    cut: bool = False
    forged: bool = False

    async def call(self, operation: str, body: bytes) -> Any:
        """What the centre answers. Raises PartnerUnreachable while the line is cut."""
        if self.cut:
            raise PartnerUnreachable("The line to the centre is cut.")
        answer = await self.centre.call(operation, body)
        if self.forged and answer.get("entries"):
            answer["entries"][-1]["content"] = answer["entries"][-1]["content"].replace("FR", "DE", 1)
        return answer


async def cut_off(scene: Scene) -> None:
    """Read, cut off, ask, catch up, prove; what somebody changed on the way is not taken."""
    replica, centre = scene.stage.copy_of(VIEW, KEEPER)
    line = Line(centre)
    first = await scene.guarantee()
    await replica.pull(line)
    scene.require(replica.look_up(DATA_SET, first.grn).content is not None, "the replica was to know the guarantee")
    (before,) = replica.standing()
    scene.fact("Read before the cut", f"{before.entries} entries, up to position {before.position}")

    line.cut = True
    later = [await scene.guarantee() for _ in range(3)]
    try:
        await replica.pull(line)
    except PartnerUnreachable:
        scene.fact("While the line is cut", f"answers {first.grn} as of its last reading, and knows no later one")
    answered = replica.look_up(DATA_SET, first.grn)
    scene.require(answered.content is not None, "a replica that is cut off was to answer")
    scene.require(replica.look_up(DATA_SET, later[0].grn).content is None, "it was not to know what it did not read")

    line.cut, line.forged = False, True
    try:
        await replica.pull(line)
    except FeedBroken as problem:
        scene.fact("Changed on the way", problem.text)
    else:
        scene.require(False, "a page that was changed on the way was not to be taken")
    scene.require(replica.standing()[0].position == before.position, "nothing of a changed page was to be taken")

    line.forged = False
    changed = await replica.pull(line)
    scene.require(changed >= len(later), f"{len(later)} entries were to come, not {changed}")
    held = json.loads(replica.look_up(DATA_SET, later[-1].grn).content or b"{}")
    scene.require(held.get("grn") == later[-1].grn, "the replica was to have caught up")
    scene.fact("Caught up", f"{changed} entries")
    proof = await prove(replica, centre, VIEW)
    scene.require(proof.equal, f"the replica was to be equal, but {proof.differing} keys differ")
    _, holds = still_holds(replica, proof.note)
    scene.require(holds, "what the centre signed was to be what the replica holds")
    scene.fact("Proven equal, verified without the centre", f"root {proof.roots[0].root.hex()[:16]}…")


JOURNEYS = (
    Journey(
        "20-replica",
        SYSTEMS,
        "A replica is cut off, catches up and proves itself",
        "Ireland keeps a replica of the general data of guarantees. Its line to the centre is cut while three more are"
        " registered; it answers all the same. A page that somebody changed on the way is not taken, with its position"
        " named. Then it catches up, and the centre signs that it is equal.",
        cut_off,
    ),
)
