"""A party of the simulated union: sends until it knows the outcome, empties its inbox, and notes what it holds."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from douane.runtime.delivery.recent import Item
from douane.runtime.door.door import Call
from douane.runtime.store.envelope import Receipt
from douane.simulator.union.ledger import Delivered, Ledger, Sending
from douane.simulator.union.loop import VirtualLoop
from douane.simulator.union.network import Host, Network, Request
from douane.vocabulary.errors import DouaneError, KnownIdChanged, OurFault, PartnerFault, SenderFault

PATIENCE: Final = 20.0
LONGEST_PAUSE: Final = 30.0
PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Outside:
    """What every party needs of the world."""

    loop: VirtualLoop
    network: Network
    ledger: Ledger


@dataclass(slots=True, eq=False)
class Correspondent:
    """Somebody with a name, a door and an inbox there."""

    id: str
    party: str
    host: Host
    platform: str
    world: Outside
    chance: random.Random
    cursor: str = ""
    waiting: list[Delivered] = field(default_factory=list)
    """Taken from the inbox and not yet looked at."""
    owed: list[str] = field(default_factory=list)
    """Items whose acknowledgement is not confirmed."""

    # --- sending

    async def send(
        self, own_id: str, body: bytes, *, type: str = "", operation: str = "", json: bool = False
    ) -> Receipt | SenderFault:
        """Send until the door says what became of it: the receipt, or the refusal."""
        sending = self._sending(own_id, body, type or operation)
        pause = 0.5
        while True:
            sending.tries += 1
            try:
                receipt: Receipt = await self._post(sending.id, body, type, operation, json)
            except SenderFault as refusal:
                self.world.ledger.refused(self.world.loop.now, sending, refusal.code)
                self._note(f"{own_id} refused {refusal.code}")
                return refusal
            except (OurFault, PartnerFault) as problem:
                self._note(f"{own_id} unknown: {problem.code}")
                await asyncio.sleep(pause * (0.5 + self.chance.random()))
                pause = min(LONGEST_PAUSE, pause * 2)
                continue
            self.world.ledger.received(self.world.loop.now, sending, receipt)
            self._note(f"{own_id} accepted {receipt.position:x} {receipt.leaf.hex()[:16]}")
            return receipt

    async def send_together(self, first: tuple[str, bytes], second: tuple[str, bytes]) -> Receipt | SenderFault:
        """Send two messages in one breath, so that one tick takes both; what became of the first."""

        async def both(doors: Any) -> None:
            await asyncio.gather(*(self.request(*each)(doors) for each in (first, second)), return_exceptions=True)

        with contextlib.suppress(OurFault, PartnerFault):
            await self._call(f"post {first[0]} {second[0]}", both)
        outcome = await self.send(*first)
        await self.send(*second)
        return outcome

    async def repeat(self, sending_id: str) -> None:
        """Send a message once more that was answered before; the ledger compares the answers."""
        sending = self.world.ledger.sendings[self.party, sending_id]
        await self.send(sending.id, sending.body, **_how(sending))

    async def change(self, sending_id: str) -> None:
        """Send other bytes under an identification that was accepted: they must be refused as such."""
        sending = self.world.ledger.sendings[self.party, sending_id]
        body = sending.body.replace(b"Service douane", b"Service Douane")
        if body == sending.body or sending.receipt is None:
            return
        pause = 1.0
        while True:
            try:
                await self._post(sending.id, body, "", "", False)
            except KnownIdChanged:
                return
            except SenderFault as refusal:
                self.world.ledger.breaks(self.world.loop.now, f"{sending_id}, changed, was refused for {refusal.code}")
                return
            except (OurFault, PartnerFault):
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
                continue
            self.world.ledger.breaks(self.world.loop.now, f"{sending_id} of {self.party} was accepted with other bytes")
            return

    def _sending(self, own_id: str, body: bytes, what: str) -> Sending:
        key = (self.party, own_id)
        found = self.world.ledger.sendings.get(key)
        if found is None:
            found = self.world.ledger.sendings[key] = Sending(self.party, own_id, what, self.host.name, body)
        return found

    async def _post(self, own_id: str, body: bytes, type: str, operation: str, json: bool) -> Any:
        return await self._call(f"post {own_id}", self.request(own_id, body, type, operation, json=json))

    def request(self, own_id: str, body: bytes, type: str = "", operation: str = "", *, json: bool = False) -> Request:
        """What sends a message in this party's name, whoever lets it be taken."""

        async def receive(doors: Any) -> Receipt:
            door = doors[self.platform]
            caller = door.authenticate(self.id.encode(), "")
            receipt: Receipt = await door.receive(Call(caller, "rest", body, json, type, operation, own_id))
            return receipt

        return receive

    async def ask(self, operation: str, question: bytes) -> Any:
        """A query; asked until it is answered. Raises what the door refuses."""

        async def answered(doors: Any) -> Any:
            door = doors[self.platform]
            caller = door.authenticate(self.id.encode(), "")
            return await door.ask(Call(caller, "rest", question, True, operation=operation))

        while True:
            try:
                return await self._call(f"ask {operation}", answered)
            except (OurFault, PartnerFault):
                await asyncio.sleep(2.0 + self.chance.random())

    # --- collecting

    async def look(self, wait: float) -> bool:
        """Collect a page, keep what is new, acknowledge; False where the door was away."""
        await self._pay()

        async def page(doors: Any) -> tuple[list[Item], str]:
            door = doors[self.platform]
            caller = door.authenticate(self.id.encode(), "")
            found: tuple[list[Item], str] = await door.collect(caller, self.cursor, PAGE, wait)
            return found

        try:
            items, cursor = await self._call("collect", page, patience=wait + PATIENCE)
        except DouaneError:
            await asyncio.sleep(1.0 + self.chance.random())
            return False
        fresh = self.world.ledger.delivered(self.world.loop.now, self.party, self.host.name, items)
        for each in fresh:
            self._note(f"took {each.position:x} {each.type} {each.id}")
        self.waiting += fresh
        self.owed += [f"{item.position:x}" for item in items]
        self.cursor = cursor if self.chance.random() > 0.03 else ""  # now and then a party forgets where it was
        await self._pay()
        return True

    async def _pay(self) -> None:
        """Confirm what was taken."""
        while self.owed:
            item = self.owed[0]

            async def take(doors: Any, item: str = item) -> None:
                door = doors[self.platform]
                await door.acknowledge(door.authenticate(self.id.encode(), ""), item, "rest")

            try:
                await self._call(f"acknowledge {item}", take)
            except SenderFault as refusal:
                self.world.ledger.breaks(
                    self.world.loop.now, f"{self.party} could not acknowledge {item}: {refusal.text}"
                )
            except DouaneError:
                return
            self.owed.pop(0)

    async def take(
        self, wanted: Callable[[Delivered], bool], patience: float, *, lazily: float = 0.0
    ) -> Delivered | None:
        """The first message that is wanted; None when patience ends. ``lazily``: seconds between two looks."""
        until = self.world.loop.now + patience
        while True:
            for number, each in enumerate(self.waiting):
                if wanted(each):
                    return self.waiting.pop(number)
            if self.world.loop.now >= until:
                return None
            await self.look(min(15.0, max(0.0, until - self.world.loop.now)))
            if lazily and not self.waiting:
                await asyncio.sleep(lazily * (0.5 + self.chance.random()))

    async def drain(self) -> None:
        """Look until nothing more comes."""
        while True:
            held = len(self.world.ledger.inboxes.get(self.party, ()))
            answered = await self.look(0.0)
            if answered and not self.owed and held == len(self.world.ledger.inboxes.get(self.party, ())):
                return

    # --- inside

    async def _call(self, what: str, request: Any, *, patience: float = PATIENCE) -> Any:
        return await self.world.network.call(self.id, self.host, what, request, patience=patience)

    def _note(self, what: str) -> None:
        self.world.ledger.trace.note(self.world.loop.now, self.id, what)


def _how(sending: Sending) -> dict[str, Any]:
    """How it was sent the first time."""
    if "." in sending.type:
        return {"operation": sending.type, "json": True}
    return {}
