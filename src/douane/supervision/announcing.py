"""A node says that it is there: to itself, and to the centre where it has a way to it, which tells who else is.

What it is made of it tells too: what decides in it, on what it runs, how it was set, what it allows. Settings go into a
digest: two nodes show whether they were set alike, and no value of a setting is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import platform
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from hashlib import sha256
from typing import Any, Final

import msgspec

from douane.channels.rest.client import Partner
from douane.configuration.artefacts import release, versions
from douane.configuration.registry import Registry
from douane.configuration.settings import NodeSettings
from douane.model.circles import Platform
from douane.model.needs import NODES
from douane.model.parties import MEMBER_STATES
from douane.reference_architecture.installed import installed_contracts
from douane.reference_architecture.instances import doors_of
from douane.reference_architecture.landscape import of_the_union
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.presence import EVERY_SECONDS, TIMES, Present
from douane.runtime.store.ports import Clock
from douane.shared_services.web.fair_use import Allowance
from douane.supervision.declaring import Declarer, declarer
from douane.vocabulary.errors import PartnerFault
from douane.vocabulary.time import SECOND, Instant

FAREWELL_SECONDS: Final = 0.8
OF_ITS_PLACE: Final = frozenset({
    "name", "data", "store", "platforms", "ports", "host", "identity", "role", "processes", "links", "worker", "pages",
    "public", "queues", "uplink", "peers", "keepers", "folders", "calendars", "systems", "witness", "time_stamps",
    "limits",
})  # fmt: skip
"""Settings that differ by place, and those that may hold a secret: they are in no digest."""
_SHOWN: Final = 12


class Told(msgspec.Struct, frozen=True):
    """What the centre tells of a node; the rest of its answer is for people."""

    administration: str
    instance: str
    host: str
    version: str
    contracts: str
    services: tuple[dict[str, Any], ...]
    facts: tuple[dict[str, str], ...] = ()
    doors: tuple[ToldDoor, ...] = ()


class ToldDoor(msgspec.Struct, frozen=True):
    """A door of a node, as the centre tells it."""

    platform: str
    services: tuple[str, ...]


class Announcer:
    """Says every few seconds that a node is there, until cancelled.

    own: what there is to say now. partner: the centre's CCN2 door, if any. operation: which it asks there.
    """

    def __init__(
        self, own: Callable[[], Present], observed: Observed, clock: Clock, partner: Partner | None, operation: str
    ) -> None:
        self._now, self._observed, self._clock = own, observed, clock
        self._own = own()
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
            self._own = self._now()
            self._observed.hear(self._own, now)
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
                "services": own.services, "leaving": leaving,
                "facts": [{"name": name, "value": value} for name, value in own.facts.items()],
                "doors": [{"platform": name, "services": there} for name, there in own.doors.items()]}  # fmt: skip
        return msgspec.json.encode({"here": here})


def announcing(
    settings: NodeSettings, catalogue: Catalogue, registry: Registry, observed: Observed, clock: Clock,
    partner: Partner | None, open_at: Callable[[], Iterable[Platform]],
) -> list[Announcer | Declarer]:  # fmt: skip
    """What tells of a node: that it is there, under its name, with the services that it provides for its
    administration, and what it offers at its doors; and what systems that administration has, where the node has a way
    to a centre. open_at: the platforms at which it has doors, in this process or linked to it."""
    own = min(settings.administrations, default=UNION)
    instance = settings.name if settings.workers == 1 else f"{settings.name}/{settings.worker}"
    observed.own = own, settings.name
    facts = facts_of(settings)
    anybody = (own, *sorted(settings.administrations - {own}), *sorted(MEMBER_STATES - settings.administrations))

    def present() -> Present:
        services = tuple(
            name for name, each in catalogue.services.items()
            if any(registry.hosts(own, operation.qualified) for operation in each.operations)
            and (own == UNION or not of_the_union(each))
        )  # fmt: skip
        there = [each for each in catalogue.services.values() if own == UNION or not of_the_union(each)]
        offered = doors_of(
            open_at(), there, lambda operation: any(registry.hosts(each, operation) for each in anybody),
            registry.present(), Instant(clock.now()),
        )  # fmt: skip
        return Present(
            own, instance, _host(), release(), installed_contracts(), services, facts=facts, doors=offered
        )  # fmt: skip

    declares = declarer(settings, catalogue, registry.hosts, clock, partner)
    announcer = Announcer(present, observed, clock, partner, catalogue.filling(NODES))
    return [announcer] if declares is None else [announcer, declares]


def _host() -> str:
    """What this machine is called."""
    return "".join(each for each in socket.gethostname() if each.isascii() and (each.isalnum() or each in "._:-"))[:253]


def _present(each: Told, now: int) -> Present:
    services = tuple(str(line.get("name", "")) for line in each.services)
    said = each.administration, each.instance, each.host, each.version, each.contracts
    facts = {str(one.get("name", "")): str(one.get("value", "")) for one in each.facts}
    return Present(*said, services, now, now, UNION, facts, {door.platform: door.services for door in each.doors})


def facts_of(settings: NodeSettings) -> dict[str, str]:
    """Each fact by its name; a version or a digest is the beginning of a SHA-256."""
    found = dict(part.split("=", 1) for part in versions(settings.calendars).split() if "=" in part)
    return found | {
        "python": platform.python_version(), "store": settings.store_address.partition(":")[0],
        "settings": _digest(settings), "limits": ", ".join(_limits(settings.limits)) or "as delivered",
    }  # fmt: skip


def _digest(settings: NodeSettings) -> str:
    said = {each.name: _plain(getattr(settings, each.name)) for each in fields(settings)
            if each.name not in OF_ITS_PLACE}  # fmt: skip
    return sha256(repr(sorted(said.items())).encode()).hexdigest()[:_SHOWN]


def _plain(value: object) -> str:
    """The same text in every process: sets and tables in order."""
    if isinstance(value, frozenset | set):
        return repr(sorted(map(str, value)))
    return repr(sorted((str(k), str(v)) for k, v in value.items())) if isinstance(value, dict) else repr(value)


def _limits(limits: Allowance) -> Iterator[str]:
    """The limits that are not as delivered."""
    usual = Allowance()
    for each in fields(limits):
        if getattr(limits, each.name) != getattr(usual, each.name):
            yield f"{each.name} {getattr(limits, each.name)}"
