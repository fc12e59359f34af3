"""What doors in a process of their own tell their core of whom they refused, and what it believes of that."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from douane.shared_services.monitoring.catalogue import LIMITED, QUARANTINED, REFUSED
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import LinkViolation
from tests.contracts import toy
from tests.contracts.test_link import CATALOGUE, Core, remote, up


def test_a_door_counts_for_its_own_platform_and_only_what_doors_refuse(tmp_path: Path) -> None:
    telemetry = Telemetry(CATALOGUE, toy.Clock(), tmp_path / "node.log")
    core = Core(tmp_path, counted=telemetry.counted)
    own, shared = ("speed2", "rest", "404"), ("uumds", "uumds", "401")

    async def journey() -> None:
        await core.listeners.start()
        async with up(remote(core)) as link:
            await link.count(
                [(REFUSED.name, own, 3.0), (REFUSED.name, shared, 1.0), (LIMITED.name, ("speed2", "x"), 1.0)]
            )
            for wrong in (
                (REFUSED.name, ("ccn2", "rest", "404"), 1.0), (REFUSED.name, own[:2], 1.0), (REFUSED.name, own, -1.0),
                (REFUSED.name, own, 0.0), (REFUSED.name, own, 1e300), (REFUSED.name, own, float("nan")),
                (QUARANTINED.name, ("speed2",), 1.0), (REFUSED.name, (), 1.0), ("", own, 1.0),
            ):  # fmt: skip
                with pytest.raises(LinkViolation, match="does not count"):
                    await link.count([(REFUSED.name, own, 1.0), wrong])
        await core.listeners.stop()

    asyncio.run(journey())
    shown = dict(telemetry.metrics.read(REFUSED))
    assert shown == {own: 3.0, shared: 1.0}, "of a report with a wrong figure nothing is counted"
    assert dict(telemetry.metrics.read(LIMITED)) == {("speed2", "other"): 1.0}
