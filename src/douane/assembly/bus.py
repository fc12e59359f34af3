"""What carries the lanes of the service bus: made at the first message of one, since few nodes ever have one."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from douane.configuration.partners import webhook_key
from douane.configuration.ports import SystemIds
from douane.model.caller import CORE, OFFICE_OF, relayed
from douane.model.circles import ActorKind, Platform
from douane.model.needs import ENDPOINT, REPLY
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.delivery.lanes import FIRST_PAUSE, Terms
from douane.runtime.door.link import CoreEnd, Question
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Attempt, Offered

if TYPE_CHECKING:
    from douane.channels.webhook.services import Place, Reply, ServiceTransport

TERMS: Final = Terms(longest=FIRST_PAUSE)
"""A provider that was away is tried again every second: its calls have seconds, not minutes."""


@dataclass(slots=True)
class BusTransport:
    """The transport of lanes whose name begins with ``+bus:``.

    trust: the root of the node's own authorities, believed beside the public ones.
    """

    core: CoreEnd
    data: Path
    trust: Path
    _made: ServiceTransport | None = field(default=None, init=False)

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer items to wherever the lane leads now."""
        if self._made is None:
            self._made = self._make()
        return await self._made.send(lane, items)

    async def close(self) -> None:
        """Close the connections, where there are any."""
        if self._made is not None:
            await self._made.close()

    def _make(self) -> ServiceTransport:
        from douane.channels.webhook.pushing import Pushing
        from douane.channels.webhook.services import ServiceTransport

        context = ssl.create_default_context()
        context.load_verify_locations(cafile=str(self.trust))
        pushing = Pushing(webhook_key(self.data, SystemIds().random), self.core.clock, context)
        return ServiceTransport(pushing, self.core.clock, self._place, self._reply)

    def _place(self, key: str) -> Place:
        from douane.channels.webhook.services import Place

        asked = self.core.catalogue.filled(ENDPOINT)
        question: Any = msgspec.convert({"key": key}, asked.request)
        found = self.core.answer(Question(asked.qualified, UNION, CORE, frozenset(), question))
        return Place(found.address, tuple(ipaddress.ip_network(each) for each in found.networks))

    async def _reply(self, reply: Reply) -> None:
        """Hand in what a provider answered at once, as its own message; known by the exchange that it ends."""
        content: dict[str, Any] = {
            "reference": reply.reference, "form": reply.form, "body": reply.body, "refused": reply.refused,
        }  # fmt: skip
        body = msgspec.json.encode(content)
        operation = self.core.catalogue.filled(REPLY)
        message: Any = msgspec.convert(content, operation.request)
        caller = relayed(ActorKind.MEMBER_STATE, reply.provider.removeprefix(OFFICE_OF), via=UNION)
        origin = Origin(caller, f"reply.{reply.reference}", self.core.clock.now(), Platform.CCN2.value, "bus")
        envelope = Envelope(
            RowKind.MESSAGE, operation.qualified, UNION, origin, Content(Media.JSON, body, digest_of(body))
        )
        await self.core.submit(Arrival(envelope, message))
