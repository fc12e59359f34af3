"""How a national node reaches the centre in the simulation: the client of the REST channel, without sockets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from douane.channels.rest.client import Partner
from douane.channels.rest.translation import item_json, receipt_json
from douane.runtime.door.door import Call
from douane.shared_services.web.answers import problem, status_of
from douane.shared_services.web.sending import Answer
from douane.simulator.union.network import Host, Network
from douane.vocabulary.errors import DouaneError, PartnerRefused, PartnerUnreachable


class Line(Partner):
    """A platform of a partner over the simulated network. Nothing below the door's own calls is simulated away."""

    def __init__(self, network: Network, source: str, target: Host, platform: str, certificate: bytes) -> None:
        self.url = f"{platform}@{target.name}"
        self._network, self._source, self._target = network, source, target
        self._platform, self._certificate = platform, certificate

    async def close(self) -> None:
        """Nothing is open."""

    async def send(
        self, body: bytes, *, json: bool = False, query: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Post a message; the receipt or problem document that the REST channel gives. Raises PartnerUnreachable."""
        own_id = (headers or {}).get("message-id", "")
        type_name = query.removeprefix("type=")

        async def post(doors: Any) -> object:
            door = doors[self._platform]
            caller = door.authenticate(self._certificate, "")
            return await door.receive(Call(caller, "rest", body, json, type_name, id=own_id[:35]))

        try:
            receipt: Any = await self._network.call(self._source, self._target, f"post {own_id}", post)
        except PartnerUnreachable:
            raise
        except DouaneError as refusal:
            return Answer(status_of(refusal), {}, problem(refusal).body)
        return Answer(202, {}, msgspec.json.encode(receipt_json(receipt)))

    async def collect(
        self, after: str = "", wait: float = 0, limit: int = 100, feed: str = "", box: str = ""
    ) -> tuple[list[dict[str, Any]], str]:
        """A page of the own inbox, of a box beside it, or of a feed, and the next cursor."""

        async def page(doors: Any) -> Any:
            door = doors[self._platform]
            caller = door.authenticate(self._certificate, "")
            if feed:
                return await door.follow(caller, feed, after, limit, wait)
            return await door.collect(caller, after, limit, wait, box)

        items, cursor = await self._asked("collect", page, patience=wait + 15.0)
        return [item_json(item) for item in items], cursor

    async def acknowledge(self, item: str, box: str = "") -> None:
        """Confirm that a message was taken."""

        async def take(doors: Any) -> None:
            door = doors[self._platform]
            await door.acknowledge(door.authenticate(self._certificate, ""), item, "rest", box)

        await self._asked(f"acknowledge {item}", take)

    async def _asked(self, what: str, request: Any, *, patience: float = 15.0) -> Any:
        try:
            return await self._network.call(self._source, self._target, what, request, patience=patience)
        except PartnerUnreachable:
            raise
        except DouaneError as refusal:
            raise PartnerRefused(f"{self.url} refuses with {status_of(refusal)}: {refusal.text[:200]}") from refusal
