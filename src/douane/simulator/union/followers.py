"""Administrations that keep a replica of final data: each follows the feed by its own cursor, at its own pace."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import msgspec

from douane.runtime.delivery.recent import Item
from douane.simulator.replicas import FEED as FINAL
from douane.simulator.replicas import entry, state_hash
from douane.simulator.union.network import Host
from douane.simulator.union.parties import Outside
from douane.vocabulary.errors import DouaneError


@dataclass(slots=True, eq=False)
class Follower:
    """One administration's replica at CCN2, written down with its cursor: both survive, or neither."""

    administration: str
    host: Host
    world: Outside
    chance: random.Random
    pause: float
    entries: dict[str, str] = field(default_factory=dict)
    cursor: str = ""
    read: int = 0
    """How many outcomes were read; each is read once."""

    @property
    def hash(self) -> str:
        """The hash of its state."""
        return state_hash(self.entries)

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            await asyncio.sleep(self.pause * (0.5 + self.chance.random()))
            await self.follow(self.chance.random() * 20)

    async def follow(self, wait: float = 0.0) -> bool:
        """Read one page on; whether it held anything."""

        async def page(doors: object) -> tuple[list[Item], str]:
            door = doors["ccn2"]  # type: ignore[index]  # what a machine serves: doors by platform
            caller = door.authenticate(f"{self.administration.lower()}.system".encode(), "")
            found: tuple[list[Item], str] = await door.follow(caller, FINAL, self.cursor, 50, wait)
            return found

        try:
            items, cursor = await self.world.network.call(
                f"replica.{self.administration}", self.host, "follow", page, patience=wait + 15.0
            )
        except DouaneError:
            return False
        for item in items:
            content = msgspec.json.decode(item.body)
            known = self.entries.get(content["mrn"])
            if known is not None:
                self._breaks(f"the replica of {self.administration} read {content['mrn']} twice")
            self.entries[content["mrn"]] = entry(content)
            self.read += 1
        self.cursor = cursor
        return bool(items)

    def _breaks(self, what: str) -> None:
        self.world.ledger.breaks(self.world.loop.now, what)


__all__ = ["FINAL", "Follower"]
