"""Retention beside intake: messages move to the archive of a node as if it were six years later."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from douane.assembly.core import Core
from douane.configuration.ports import SystemIds
from douane.configuration.retaining import ARCHIVE_FOLDER
from douane.runtime.core.retire import Retire
from douane.runtime.store.ports import DAY, Clock, Instant
from douane.shared_services.archiving import moving
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.archiving.retention import Policy

SEGMENT: Final = 1 << 18  # bytes: small ones, so that a short run moves some
AHEAD: Final = 6 * 366 * DAY


class _Later:
    """A clock that is ahead."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> Instant:
        """Six years from now."""
        return self._clock.now() + AHEAD


class Retiring:
    """Moves messages of a node, with pauses. A movement that nobody ended stays, and is marked as such."""

    def __init__(self, core: Core) -> None:
        self._core, self._moved, self._goes_on, ids = core, 0, asyncio.Event(), SystemIds()
        moving.BYTES = SEGMENT  # type: ignore[misc]  # the only place that wants other segments than a node
        self._mover = moving.Mover(
            core.store, 0, Policy(), folder=core.settings.data / ARCHIVE_FOLDER, key=SealingKey(ids.random(32)),
            clock=_Later(core.clock), ids=ids, command=self._perform, offload=asyncio.to_thread,
        )  # fmt: skip
        self._task = asyncio.ensure_future(self._mover.run())

    async def _perform(self, command: Retire) -> None:
        await self._goes_on.wait()
        await self._core.node.command(command)
        self._moved += len(command.took)

    def go_on(self) -> None:
        """Move until told to pause."""
        self._goes_on.set()

    def pause(self) -> dict[str, Any]:
        """Move nothing, and say how far it got. Raises what ended it before."""
        if self._task.done():
            self._task.result()
        self._goes_on.clear()
        return {"judged": self._mover.summary.verdicts.total(), "moved": self._moved}

    def end(self) -> None:
        """Move nothing more."""
        self._task.cancel()
