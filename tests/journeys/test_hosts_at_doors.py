"""Whose system serves whom where doors are a process of their own: a host speaks for its guest there, too."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import msgspec

from douane.assembly.node import running
from douane.channels.rest.client import Identity, Partner
from douane.configuration.settings import NodeSettings
from douane.standards.ncts import phase5
from tests.journeys.standing import identity_in
from tests.journeys.test_availability import announced

SOON = dt.timedelta(seconds=2)


async def status(door: Partner, id: str) -> int:
    """What a door says to a message in the name of France."""
    return (await door.send(phase5.write(announced("C", country="FR", sender="FR", id=id)))).status


def test_a_host_is_heard_for_its_guest_from_the_instant_of_the_choice_on_and_nobody_else(tmp_path: Path) -> None:
    identity, links = identity_in(tmp_path), (f"unix:{tmp_path / 'l'}",)
    centre = NodeSettings(
        name="centre", data=tmp_path / "EU", identity=identity.folder, development=True, platforms=("ccn2",),
        ports={"ccn2": 0}, links=links,
    )  # fmt: skip
    apart = NodeSettings(
        name="doors", data=tmp_path / "doors", identity=identity.folder, development=True, platforms=("ccn2",),
        ports={"ccn2": 0}, links=links, role="doors",
    )  # fmt: skip

    async def journey() -> None:
        async with running(centre) as core, running(apart) as doors:

            def client(name: str) -> Partner:
                files = identity.client(name)
                return Partner(doors.listeners.addresses["ccn2"].url,
                               Identity(files.certificate, files.key, identity.root))  # fmt: skip

            be, de, fr = (client(f"{code}.system") for code in ("be", "de", "fr"))
            assert await status(fr, "OWN1") == 202
            assert await status(be, "GUEST0") == 403, "before anybody chose it"
            offer = {"provider": "BE", "services": ["guarantees"], "guests": ["FR"]}
            await be.call("provision.offer", msgspec.json.encode(offer))
            choice = {"administration": "FR", "of": "guarantees", "provider": "BE", "decided_by": "Director general",
                      "since": (dt.datetime.now(dt.UTC) + SOON).isoformat(), "reason": "Doors apart"}  # fmt: skip
            await fr.call("provision.choose", msgspec.json.encode(choice))
            async with asyncio.timeout(30):
                while await status(be, "GUEST1") != 202:  # noqa: ASYNC110 - nobody tells
                    await asyncio.sleep(0.1)
            assert core.core.registry.speaks("BE", "FR")
            assert await status(de, "GUEST2") == 403, "who serves nobody speaks for nobody"
            for each in (be, de, fr):
                await each.close()

    asyncio.run(journey())
