"""When doors that run by themselves count as ready: also without a core, for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from douane.assembly import apart
from douane.configuration.settings import NodeSettings
from douane.shared_services.link.workers import Workers
from tests.contracts.test_link import CATALOGUE, Core, remote, up


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - a line comes and goes without an event
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("several", [False, True])
def test_a_door_whose_core_is_renewed_stays_ready_for_a_while(
    tmp_path: Path, several: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a balancer finds no door at all at that moment, and refuses what doors would hold."""

    async def journey() -> None:
        core = Core(tmp_path)
        link = remote(core)
        links = {"speed2": Workers([link, remote(core)], CATALOGUE) if several else link}
        settings = NodeSettings()
        monkeypatch.setattr(apart, "PATIENCE", 600.0)
        assert not apart.readiness(links, settings).ready, "it never had a core"
        await core.listeners.start()
        async with up(link):
            await until(lambda: link.connected)
            assert apart.readiness(links, settings).ready
            await core.listeners.stop()
            await until(lambda: not link.connected)
            assert apart.readiness(links, settings).ready
            monkeypatch.setattr(apart, "PATIENCE", 0.0)
            assert apart.readiness(links, settings).parts == {"link speed2": "no core answers"}

    asyncio.run(journey())
