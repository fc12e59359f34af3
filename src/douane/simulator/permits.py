"""A national system that provides a service on the bus, played: it collects its calls, or is called at an address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.rest.client import Partner
from douane.simulator.access.webhook import SignedServer
from douane.vocabulary.errors import PartnerUnreachable

WAIT, PAUSE = 20.0, 0.5


class PermitSystem:
    """Says whether a permit is valid. ``collected`` and ``called``: how many questions came each way."""

    def __init__(self, key: Callable[[], ed25519.Ed25519PublicKey], valid: frozenset[str]) -> None:
        self._valid, self.collected, self.called = valid, 0, 0
        self._server = SignedServer(key, self._asked)

    async def open(self) -> str:
        """Begin to listen; the address."""
        return await self._server.open()

    async def close(self) -> None:
        """Listen no more."""
        await self._server.close()

    async def follow(self, door: Partner, box: str) -> None:
        """Answer what waits in the box of the service, until cancelled."""
        cursor = ""
        while True:
            try:
                items, cursor = await door.collect(cursor, WAIT, box=box)
                for item in items:
                    request = json.loads(item["body"])
                    reply = self._answer(request["body"].encode())
                    path = f"/exchanges/{request['reference']}"
                    await door.post(path, reply, {"content-type": "application/json"})
                    self.collected += 1
                    await door.acknowledge(item["id"], box=box)
            except PartnerUnreachable:
                await asyncio.sleep(PAUSE)

    def _asked(self, _headers: dict[str, str], body: bytes) -> bytes:
        self.called += 1
        return self._answer(body)

    def _answer(self, body: bytes) -> bytes:
        return json.dumps({"valid": json.loads(body)["permit"] in self._valid}).encode()
