"""Acts on what stands beside messages: archive, code lists, agreements, the register of clients, services at rest.

Invariants. (1) What is taken over is a file that was lodged, named by its digest: the leaf says which. (2) It is judged
by whoever will read it before anything is journalled or written. (3) A file that was replaced stays lodged, so the
former state is one act away. (4) Asked again, an act is finished and not done twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.configuration.partners import FILE as AGREEMENTS_FILE
from douane.configuration.partners import judged
from douane.configuration.retaining import Retaining
from douane.identity.register import Register
from douane.model.circles import ActorKind, Platform
from douane.model.needs import LIST_VERSION
from douane.platforms.speed2.agreements import read
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.commands import Act, Journal, LetRest
from douane.runtime.core.node import Node
from douane.runtime.door.resting import Rest
from douane.runtime.store import keys
from douane.runtime.store.decided import maintained
from douane.runtime.store.envelope import Arrival, Envelope, Parked, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Reader
from douane.shared_services.archiving.files import write_durably
from douane.shared_services.archiving.moving import MOVED
from douane.supervision.operating.lodging import forget, lodge, lodged
from douane.supervision.operating.maintenance import begun, decision, holding, named_by, rest_of, write_down
from douane.supervision.operating.outcome import Asked, Outcome
from douane.vocabulary.errors import DeclarationFault, Elsewhere, NotFound, NotValid

MOVE: Final = "retention.run"
PUBLISH: Final = "reference.publish"
AGREE: Final = "agreements.replace"
REGISTER: Final = "clients.replace"
REST: Final = "maintenance.begin"
WORK: Final = "maintenance.end"

PUBLISHED: Final = "published"
REPLACED: Final = "replaced"
RESTS: Final = "rests"
WORKS: Final = "works"
Doing = Callable[[Asked, Act], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Does them in one process of a node. channels: those that carry messages here. reread: has files read anew."""

    node: Node
    catalogue: Catalogue
    retaining: Retaining
    data: Path
    clients: Path
    channels: Callable[[], Mapping[str, Any]]
    reread: Callable[[], None]

    def acts(self) -> Mapping[str, Doing]:
        """Each act with what does it."""
        return {MOVE: self._move, PUBLISH: self._publish, AGREE: self._agree, REGISTER: self._register,
                REST: self._rest, WORK: self._work}  # fmt: skip

    async def _move(self, _asked: Asked, act: Act) -> Outcome:
        """Every process moves what lies in its own partitions."""
        for owner in self.node.owners:
            if not owner.ended:
                await self.node.command(Journal(keys.log_position(owner.partition, 0), act))
        return Outcome(MOVED, counts=(await self.retaining.run()).counts())

    async def _publish(self, asked: Asked, act: Act) -> Outcome:
        """A version of a code list goes through the core as every message; its own leaf names who had it published."""
        if self._done(act):
            return Outcome(PUBLISHED)
        operation = self.catalogue.filled(LIST_VERSION)
        body = lodged(self.data, asked.on)
        try:
            version: Any = msgspec.json.decode(body, type=operation.request)
        except msgspec.DecodeError as problem:
            raise NotValid(f"This is no version of a code list: {problem}.") from problem
        origin = Origin(act.caller, asked.id, self.node.owners[0].ports.clock.now(), Platform.OPERATIONS.value, "act")
        content = Content(Media.JSON, body, digest_of(body))
        envelope = Envelope(RowKind.MESSAGE, operation.qualified, UNION, origin, content)
        receipt = await self.node.submit(Arrival(envelope, version))
        await self.node.command(Journal(receipt.position, act))
        while any(each.position == receipt.position for owner in self.node.owners for each in owner.pending):
            await self.node.changed(1.0)
        aside = self._aside(receipt.position)
        if aside is not None:
            raise NotValid(f"It was not published: {aside.reason}", remedy="douane message quarantine")
        forget(self.data, asked.on)
        return Outcome(PUBLISHED)

    def _done(self, act: Act) -> bool:
        read = self.node.owners[0].ports.store.read
        return any(raw is not None for raw in read([act.key(owner.partition) for owner in self.node.owners]))

    def _aside(self, position: int) -> Parked | None:
        return next((found for o in self.node.owners if (found := o.parked_at(position)) is not None), None)

    async def _agree(self, asked: Asked, act: Act) -> Outcome:
        content = lodged(self.data, asked.on)
        judged(read(_text(content), "the file"), self.channels())
        return await self._replace(self.data / AGREEMENTS_FILE, content, act)

    async def _register(self, asked: Asked, act: Act) -> Outcome:
        content = lodged(self.data, asked.on)
        if all(each.kind is not ActorKind.OPERATOR for each in Register.parse(_text(content))):
            raise DeclarationFault("Nobody in this register is an operator.", remedy="Leave one in it, or more.")
        return await self._replace(self.clients, content, act)

    async def _rest(self, asked: Asked, act: Act) -> Outcome:
        now, by = self.node.owners[0].ports.clock.now(), act.caller.person
        rest = rest_of(asked.on, self.catalogue.services, now, by=by, reason=asked.reason)
        await self._decide(rest.name, begun(self._rests(), rest), act)
        return Outcome(RESTS)

    async def _work(self, asked: Asked, act: Act) -> Outcome:
        name, rests = named_by(asked.on, self.catalogue.services), self._rests()
        if not self._done(act) and name not in {each.name for each in rests}:
            known = ", ".join(each.name for each in rests) or "nothing"
            raise NotFound(f"{name} does not rest.", remedy=f"What rests: {known}.")
        await self._decide(name, None, act)
        return Outcome(WORKS)

    def _rests(self) -> tuple[Rest, ...]:
        return holding(self.data, *self._store())

    def _store(self) -> tuple[Reader, list[int]]:
        return self.node.owners[0].ports.store, [each.partition for each in self.node.owners]

    async def _decide(self, name: str, rest: Rest | None, act: Act) -> None:
        """Decide it in a partition of this process, which every host of the node reads, and write it down here."""
        reader, partitions = self._store()
        decided = decision(rest, self.node.owners[0].ports.clock.now(), maintained(reader, partitions).get(name))
        await self.node.command(LetRest(self._own_position(), name, act, decided))
        write_down(self.data, reader, partitions)
        self.reread()

    async def _journal(self, act: Act) -> None:
        await self.node.command(Journal(self._own_position(), act))

    def _own_position(self) -> int:
        """A position in a partition of this process. Raises Elsewhere where it has none."""
        ours = next((owner.partition for owner in self.node.owners if not owner.ended), None)
        if ours is None:
            raise Elsewhere(self.node.owners[0].partition)
        return keys.log_position(ours, 0)

    async def _replace(self, path: Path, content: bytes, act: Act) -> Outcome:
        """Put a file in the place of another one, which stays lodged."""
        former = _content(path)
        before = lodge(self.data, former)
        await self._journal(act)
        if former != content:
            write_durably(path, content)
        self.reread()
        return Outcome(REPLACED, f"the former one stays lodged: {before}" if former != content else "no change")


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as problem:
        raise DeclarationFault("This file is no text in UTF-8.") from problem
