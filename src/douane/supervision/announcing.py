"""A node says that it is there: to itself, and to the centre where it has a way to it, which tells who else is."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import Any, Final

import msgspec

from douane.channels.rest.client import Partner
from douane.configuration.artefacts import release
from douane.configuration.settings import NodeSettings
from douane.model.needs import NODES
from douane.reference_architecture.installed import installed_contracts
from douane.reference_architecture.landscape import of_the_union
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.presence import EVERY_SECONDS, TIMES, Present
from douane.runtime.store.ports import Clock
from douane.supervision.declaring import Declarer, declarer
from douane.vocabulary.errors import PartnerFault
from douane.vocabulary.time import SECOND

FAREWELL_SECONDS: Final = 0.8


class Told(msgspec.Struct, frozen=True):
    """What the centre tells of a node; the rest of its answer is for people."""

    administration: str
    instance: str
    host: str
    version: str
    contracts: str
    services: tuple[dict[str, Any], ...]


class Announcer:
    """Says every few seconds that a node is there, until cancelled.

    partner: the centre's CCN2 door, if any. operation: which it asks there.
    """

    def __init__(self, own: Present, observed: Observed, clock: Clock, partner: Partner | None, operation: str) -> None:
        self._own, self._observed, self._clock = own, observed, clock
        self._partner, self._operation = partner if operation else None, operation

    async def run(self) -> None:
        """Announce, and take over who else the centre hears. A centre that is away is told when it is back."""
        try:
            await self._announce()
        finally:
            await self._leave()

    async def _announce(self) -> None:
        own = centre = self._observed.presence.gone_after / SECOND
        while True:
            now = self._clock.now()
            self._observed.presence.hear(self._own, now)
            if self._partner is not None:
                with contextlib.suppress(PartnerFault, msgspec.MsgspecError):
                    answer = await self._partner.call(self._operation, self._said())
                    told = msgspec.convert(answer["nodes"], tuple[Told, ...])
                    self._observed.elsewhere = tuple(_present(each, self._clock.now()) for each in told)
                    centre = int(answer["gone_after"])
            await asyncio.sleep(min(EVERY_SECONDS, own / TIMES, max(centre, 1) / TIMES))

    async def _leave(self) -> None:
        """Tell the centre that this node ends, if it listens."""
        if self._partner is not None:
            with contextlib.suppress(PartnerFault, TimeoutError):
                async with asyncio.timeout(FAREWELL_SECONDS):
                    await self._partner.call(self._operation, self._said(leaving=True))

    def _said(self, *, leaving: bool = False) -> bytes:
        own = self._own
        here = {"instance": own.instance, "host": own.host, "version": own.version, "contracts": own.contracts,
                "services": own.services, "leaving": leaving}  # fmt: skip
        return msgspec.json.encode({"here": here})


def announcing(
    settings: NodeSettings, catalogue: Catalogue, hosts: Callable[[str, str], bool], observed: Observed, clock: Clock,
    partner: Partner | None,
) -> list[Announcer | Declarer]:  # fmt: skip
    """What tells of a node: that it is there, under its name, with the services that it provides for its
    administration; and what systems that administration has, where the node has a way to a centre."""
    own = min(settings.administrations, default=UNION)
    services = tuple(
        name for name, each in catalogue.services.items()
        if any(hosts(own, operation.qualified) for operation in each.operations)
        and (own == UNION or not of_the_union(each))
    )  # fmt: skip
    instance = settings.name if settings.workers == 1 else f"{settings.name}/{settings.worker}"
    present = Present(own, instance, _host(), release(), installed_contracts(), services)
    declares = declarer(settings, catalogue, hosts, clock, partner)
    announcer = Announcer(present, observed, clock, partner, catalogue.filling(NODES))
    return [announcer] if declares is None else [announcer, declares]


def _host() -> str:
    """What this machine is called."""
    return "".join(each for each in socket.gethostname() if each.isascii() and (each.isalnum() or each in "._:-"))[:253]


def _present(each: Told, now: int) -> Present:
    services = tuple(str(line.get("name", "")) for line in each.services)
    said = each.administration, each.instance, each.host, each.version, each.contracts
    return Present(*said, services, now, now, UNION)
