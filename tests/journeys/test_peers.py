"""The centre stands still: two administrations with a route to each other finish a movement without it."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.transit.messages import Inspection
from douane.assembly.node import RunningNode, running
from douane.channels.rest.client import Identity, Partner
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings, Uplink
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.simulator.messages.declarations import HOLDER, Cover, declaration
from douane.simulator.messages.later import arrival
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.standing import identity_in


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on just now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def national(folder: Path, code: str, ports: dict[str, int], centre: int, **peers: int) -> NodeSettings:
    """A national node whose centre does not answer, with routes to some others."""
    identity, client = folder / "identity", f"{code.lower()}.system"

    def route(port: int) -> Uplink:
        return Uplink(f"https://127.0.0.1:{port}", client, identity)

    return NodeSettings(
        name=code.lower(), data=folder / code, identity=identity, development=True, administrations=frozenset({code}),
        platforms=tuple(ports), ports=ports, uplink=route(centre), peers={c: route(p) for c, p in peers.items()},
        traders="here",
    )  # fmt: skip


def caller(node: RunningNode, platform: str, name: str, identity: DevelopmentIdentity) -> Partner:
    files = identity.client(name)
    return Partner(node.url(platform), Identity(files.certificate, files.key, identity.root))


async def until(holds: Callable[[], Any], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


def came(node: RunningNode, kind: str) -> bool:
    """Whether a message of this type stands in the journal."""
    rows = node.core.store.scan_log(Log.JOURNAL, 0, keys.log_position(1, 0), 10_000)
    mark = f"<ncts:{kind}".encode()
    return any(mark in JOURNAL.read(raw).content.octets[:200] for _, raw in rows)


async def receives(partner: Partner, kind: str) -> Any:
    """The message of a type, once it is in the inbox."""
    async with asyncio.timeout(60):
        while True:
            items, _ = await partner.collect("", 2.0)
            found = next((item for item in items if item["type"] == kind), None)
            if found is not None:
                return phase5.read(found["body"].encode())


async def journey(folder: Path, identity: DevelopmentIdentity) -> None:
    numbers = Numbers(SystemClock().now, SystemIds().random)
    centre, *free = free_ports(5)
    one, other = {"speed2": free[0], "ccn2": free[1]}, {"speed2": free[2], "ccn2": free[3]}
    french = national(folder, "FR", one, centre, AT=other["ccn2"])
    austrian = national(folder, "AT", other, centre, FR=one["ccn2"])
    async with running(french) as fr, running(austrian) as at:
        holder = caller(fr, "speed2", "trader.fr.lesquin", identity)
        consignee = caller(at, "speed2", "trader.at.wien", identity)
        officer, inspector = caller(fr, "ccn2", "fr.officer", identity), caller(at, "ccn2", "at.officer", identity)
        cover = Cover(numbers.grn())
        await officer.call("guarantees.register", msgspec.json.encode(
            GuaranteeRegistration(cover.grn, "1", HOLDER, cover.access_code, Decimal(100_000), dt.date(2025, 1, 1),
                                  "fr.officer")
        ))  # fmt: skip
        lodged = await holder.send(phase5.write(declaration(numbers, cover)))
        assert lodged.status == 202, lodged.text
        mrn = (await receives(holder, "CC028C")).transit_operation.mrn
        await receives(holder, "CC029C")
        await until(lambda: came(at, "CD001C"))
        assert (await consignee.send(phase5.write(arrival(numbers, mrn)))).status == 202
        await until(lambda: came(fr, "CD006C"))
        await inspector.call(
            "transit.record_inspection", msgspec.json.encode(Inspection(mrn=mrn, officer="at.officer", code="A1"))
        )
        await receives(consignee, "CC025C")
        await receives(holder, "CC045C")
        waiting = {name for name, lane in fr.lanes.lanes.items() if lane.failures}
        assert waiting == {"rest:ccn2"}  # what was for Germany waits for the centre, and holds nobody up
        for partner in (holder, consignee, officer, inspector):
            await partner.close()


def test_a_pair_of_administrations_that_does_not_need_the_centre_goes_on(tmp_path: Path) -> None:
    asyncio.run(journey(tmp_path, identity_in(tmp_path)))
