"""Three nodes beside the show, whose providers change: a centre, and systems of France and of Belgium."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from douane.assembly.node import RunningNode, running
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.proving import Proof, prove
from douane.central_repository.replica.replica import Replica
from douane.channels.rest.client import Identity, Partner
from douane.configuration import discovery
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings, Uplink
from douane.simulator.moving import CENTRE, HOST, OWN, Doors
from douane.trust.demo import demo_clients
from douane.trust.development_identity import DevelopmentIdentity, prepare

VIEW = View("guarantees", "full")
AUDITOR = "de.system"
"""Who reads and proves what each system keeps: an administration that has no part in it."""


@dataclass(slots=True)
class ThreeNodes:
    """The nodes while they run, and clients at their doors."""

    identity: DevelopmentIdentity
    nodes: dict[str, RunningNode] = field(default_factory=dict)
    _partners: list[Partner] = field(default_factory=list)

    def client(self, node: str, platform: str, name: str) -> Partner:
        """A client at a door of a node."""
        files = self.identity.client(name)
        made = Partner(self.nodes[node].url(platform), Identity(files.certificate, files.key, self.identity.root))
        self._partners.append(made)
        return made

    def doors(self) -> Doors:
        """Everybody who takes part."""
        return Doors(
            holder=self.client(CENTRE, "speed2", "trader.fr.lesquin"),
            consignee=self.client(CENTRE, "speed2", "trader.at.wien"),
            inspector=self.client(CENTRE, "ccn2", "at.officer"),
            officer={each: self.client(each, "ccn2", "fr.officer") for each in self.nodes},
            system={code: self.client(CENTRE, "ccn2", f"{code.lower()}.system") for code in (OWN, HOST)},
        )

    async def proof(self, node: str) -> Proof:
        """That a copy of what a node keeps of guarantees is equal, as that node signs it for whoever reads."""
        store = discovery.open_store("memory:")
        try:
            replica = Replica(store, [VIEW], self.nodes[node].core.auditor.log.signer.key, SystemClock())
            centre = self.client(node, "ccn2", AUDITOR)
            await replica.pull(centre)
            return await prove(replica, centre, VIEW)
        finally:
            store.close()

    async def close(self) -> None:
        """Hang up."""
        for each in self._partners:
            await each.close()


def three_nodes(folder: Path) -> Callable[[], AbstractAsyncContextManager[ThreeNodes]]:
    """What starts them in a folder of their own, on free ports, and ends them."""

    @contextlib.asynccontextmanager
    async def started() -> AsyncIterator[ThreeNodes]:
        identity = prepare(
            folder / "identity", now=SystemClock().now(), random=SystemIds().random, clients=demo_clients()
        )
        three = ThreeNodes(identity)
        async with contextlib.AsyncExitStack() as up:
            three.nodes[CENTRE] = await up.enter_async_context(running(_settings(folder, identity, CENTRE)))
            for code in (OWN, HOST):
                uplink = Uplink(three.nodes[CENTRE].url("ccn2"), f"{code.lower()}.system", identity.folder)
                settings = _settings(folder, identity, code, uplink)
                three.nodes[code] = await up.enter_async_context(running(settings))
            try:
                yield three
            finally:
                await three.close()

    return started


def _settings(folder: Path, identity: DevelopmentIdentity, code: str, uplink: Uplink | None = None) -> NodeSettings:
    """Of the centre, or of a national system that serves nobody until it is chosen."""
    if uplink is None:
        return NodeSettings(
            name="centre", data=folder / code, identity=identity.folder, development=True,
            platforms=("speed2", "ccn2"), ports={"speed2": 0, "ccn2": 0},
        )  # fmt: skip
    return NodeSettings(
        name=code.lower(), data=folder / code, identity=identity.folder, development=True,
        administrations=frozenset({code}), serves=frozenset(), platforms=("ccn2",), ports={"ccn2": 0}, uplink=uplink,
    )  # fmt: skip
