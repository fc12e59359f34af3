"""Who in the demonstration uses another channel than REST, and what the central node and they need for it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.assembly.node import RunningNode
from douane.assembly.queueing import open_queues
from douane.channels.rest.client import Identity, Partner
from douane.channels.soap.client import SoapPartner
from douane.configuration.partners import FILE, webhook_key
from douane.configuration.ports import SystemClock, SystemIds
from douane.development.as4 import As4Client, as4_access, partner_listener, prepare_access_point
from douane.shared_services.web.listener import Door, Listeners
from douane.simulator.access.port import Access
from douane.simulator.access.queue import QueueAccess
from douane.simulator.access.web import SoapAccess
from douane.simulator.access.webhook import Webhook, WebhookAccess
from douane.trust.development_identity import DevelopmentIdentity, prepare

ELSEWHERE: Final = ("BE", "IT")
"""Administrations whose systems the simulator plays."""
FILES: Final = "CZ"
"""The administration whose program reads and writes files; the simulator does not play it, whoever tries it may."""
QUEUE_USERS: Final = {"nta-it": "IT"}
SOAP, AS4, QUEUE, WEBHOOK = "trader.de.rhein", "be.system", "it.system", "trader.at.linz"
_AGREEMENTS = """[[partner]]
party = "NTA.BE"
title = "Belgium"
basis = "convention"
protocol = "as4"

[[partner]]
party = "{eori}"
title = "Trader at Linz"
basis = "consent"
protocol = "webhook"
address = "{hook}"
networks = ["127.0.0.0/8"]
"""


@dataclass(slots=True)
class OtherChannels:
    """Partners of the central node whose folder is ``data``. ``queues``: the carrier that it shares with Italy."""

    data: Path
    identity: DevelopmentIdentity
    hook: Webhook
    belgium: As4Client
    listening: socket.socket
    ways: dict[str, Access] = field(default_factory=dict)
    """By client, once the node runs; who is not here uses REST."""
    _listeners: Listeners | None = None

    @property
    def queues(self) -> str:
        """Where the queues are."""
        return f"embedded:{self.data / 'queues.db'}"

    async def open(self, centre: RunningNode) -> None:
        """Give each partner its way to the node, which runs, and open Belgium's own access point."""
        core, random = centre.core, SystemIds().random
        speed2 = centre.url("speed2")
        as4 = as4_access(self.data, self.identity, self.belgium, centre.url("ccn2"), core.catalogue)
        assert as4.inbox is not None
        self.ways = {
            SOAP: SoapAccess(SoapPartner(speed2, self._card(SOAP).context(), core.catalogue.elements)),
            WEBHOOK: WebhookAccess(Partner(speed2, self._card(WEBHOOK)), self.hook),
            QUEUE: QueueAccess(open_queues(self.queues, core.clock), "IT", "nta-it", lambda: random(8).hex()),
            AS4: as4,
        }
        door = Door(partner_listener(self.identity, AS4), as4.inbox.application(), self.listening)
        self._listeners = Listeners([door], failed=centre.telemetry.failed)
        await self._listeners.start()

    async def stop(self) -> None:
        """Close Belgium's access point and the trader's address."""
        if self._listeners is not None:
            await self._listeners.stop()
        await self.hook.close()

    def _card(self, client: str) -> Identity:
        files = self.identity.client(client)
        return Identity(files.certificate, files.key, self.identity.root)


@contextlib.asynccontextmanager
async def other_channels(data: Path) -> AsyncIterator[OtherChannels]:
    """Everything that must be there before the central node of the demonstration starts, as long as the block lasts."""
    identity = prepare(data / "identity", now=SystemClock().now(), random=SystemIds().random)
    trader = identity.load_register().client(WEBHOOK)
    assert trader is not None

    def key() -> ed25519.Ed25519PublicKey:
        return webhook_key(data, SystemIds().random).public

    hook = Webhook(key)
    address = await hook.open()
    listening = socket.create_server(("127.0.0.1", 0))
    belgium = As4Client("NTA.BE", AS4, f"https://localhost:{listening.getsockname()[1]}/msh")
    prepare_access_point(data, identity, [belgium])
    (data / FILE).write_text(_AGREEMENTS.format(eori=trader.eori, hook=address))
    made = OtherChannels(data, identity, hook, belgium, listening)
    try:
        yield made
    finally:
        await made.stop()
