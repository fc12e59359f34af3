"""Plays every journey, one after the other, and those that only wait beside them."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Callable, Iterable

from douane.simulator import journeys
from douane.simulator.chapters import Chapter
from douane.simulator.exchanges import Failed, Outcome
from douane.simulator.stage import Journey, Scene, Stage
from douane.vocabulary.errors import DouaneError

BESIDE = frozenset({"07-lost", "24-provision"})
"""Journeys that wait for time limits, or have nodes of their own: they run beside the others."""
LAST = frozenset({"11-replicas", "12-proof"})
"""Journeys that look at what the others left."""
AHEAD = frozenset({"21-inward", "22-overlay", "23-operator"})
"""Journeys in which days pass at once: they are played when all others are over, whose limits that would end."""


def script(chapter: Chapter | None = None) -> list[Journey]:
    """Every journey, or those of a chapter, in order of key; a new module in the folder needs no entry anywhere."""
    found: list[Journey] = []
    for each in pkgutil.iter_modules(journeys.__path__):
        if each.name != "tests":
            found += importlib.import_module(f"{journeys.__name__}.{each.name}").JOURNEYS
    chosen = (each for each in found if chapter in (None, each.chapter))
    return sorted(chosen, key=lambda journey: journey.key)


class Performance:
    """One run of the journeys. ``done`` is told of each as it ends."""

    def __init__(self, stage: Stage, done: Callable[[Outcome], None]) -> None:
        self._stage, self._done = stage, done
        self._played: list[tuple[Scene, Outcome]] = []

    async def run(self, chosen: Iterable[Journey]) -> list[Outcome]:
        """Play them all; their outcomes in order of key."""
        wanted = list(chosen)
        beside = [asyncio.create_task(self._play(each)) for each in wanted if each.key in BESIDE]
        try:
            for each in (j for j in wanted if j.key not in BESIDE | LAST | AHEAD):
                await self._play(each)
            await asyncio.gather(*beside)
            for each in (j for j in wanted if j.key in LAST):
                await self._play(each)
        finally:
            for task in beside:
                task.cancel()
        for scene, _ in self._played:
            scene.close()  # once more: what came after its journey ended counts too
        for each in (j for j in wanted if j.key in AHEAD):
            await self._play(each)
        return sorted((outcome for _, outcome in self._played), key=lambda outcome: outcome.key)

    async def _play(self, journey: Journey) -> None:
        outcome = Outcome(journey.key, journey.chapter, journey.title, journey.story, started=self._stage.now())
        scene = Scene(self._stage, outcome, self._stage.centre.mark())
        try:
            await journey.play(scene)
        except (Failed, DouaneError) as problem:
            outcome.failure = str(problem)
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            # an answer of another shape than the script reads
            outcome.failure = f"{type(problem).__name__}: {problem}"
        outcome.ended = self._stage.now()
        scene.close()
        self._played.append((scene, outcome))
        self._done(outcome)
