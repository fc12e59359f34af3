"""Handing to the core what its registers hold from the first start on."""

from __future__ import annotations

import asyncio
from typing import Final

from douane.runtime.core.node import Submit
from douane.runtime.store.envelope import Arrival
from douane.vocabulary.errors import DouaneError

PAUSE: Final = 0.5


async def fill(submit: Submit, arrival: Arrival) -> None:
    """Hand it to the core. A known one changes nothing, so each start may say it again; a node that cannot take it now
    is asked again."""
    while True:
        try:
            await submit(arrival)
        except DouaneError:
            await asyncio.sleep(PAUSE)
        else:
            return
