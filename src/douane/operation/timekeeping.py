"""The console of a node alone, for as long as two operators need it to let the clock of their log go back.

The clock of the machine does not let the node begin. A node of several processes that was running serves its console
on; any other one opens it here, at the address that its settings say, until two agreed or it is told to stop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from douane.assembly.node import running
from douane.assembly.pages.sites import PLATFORMS
from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.operators import Doer
from douane.model.circles import Platform
from douane.supervision.gathering import Gathering
from douane.supervision.operating.declared import GO_BACK
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.timekeeping.going_back import GoingBack
from douane.vocabulary.errors import BadRequest, DeclarationFault

CONSOLE: Final = next(name for name, platform in PLATFORMS.items() if platform is Platform.OPERATIONS)
LOOKS: Final = 0.2
"""Seconds between two looks at whether two agreed."""


def propose(settings: NodeSettings, reason: str, doer: Doer) -> Outcome:
    """Propose in the name of an account that the clock goes back. Raises BadRequest where it is not behind."""
    return GoingBack(settings).perform(Asked(GO_BACK, SystemIds().random(16).hex(), reason=reason), doer)


async def open_console(settings: NodeSettings, stop: asyncio.Event, told: Callable[[str], None]) -> bool:
    """Serve the console until two agreed, or told to stop; whether they did. told: hears its address.

    Raises BadRequest where the clock is not behind, DeclarationFault where the node has no console.
    """
    kept = GoingBack(settings)
    if kept.behind() is None:
        raise BadRequest("The clock is not behind what is committed.", remedy="Start the node.")
    async with running(_alone(settings), gathering=_nobody(settings)) as part:
        told(part.pages.url(CONSOLE))
        while not stop.is_set():
            if kept.agreed():
                return True
            await asyncio.sleep(LOOKS)
    return False


def _alone(settings: NodeSettings) -> NodeSettings:
    """The operator's door with the console, and nothing else of the node."""
    pages, several = settings.pages, max(settings.processes, settings.workers) > 1
    operations = Platform.OPERATIONS.value
    if pages is None or operations not in settings.platforms:
        raise DeclarationFault(
            "This node has no console, so nobody can sign in.",
            remedy="State [pages] with a public address of the console (docs/console.md).",
        )
    own = pages.of_console() if several else pages
    return replace(settings, role="doors", platforms=(operations,), pages=own, processes=1, workers=1, worker=0)


def _nobody(settings: NodeSettings) -> Gathering:
    """What the operator's door tells of the other processes of a node of which none runs."""
    return Gathering(settings.data, {}, {}, settings.partitions, (), secret=SystemIds().random(32))
