"""Acts on what stands beside messages: archive, code lists, agreements, the register of clients, services at rest.

Invariants. (1) What is taken over is a file that was lodged, named by its digest: the leaf says which. (2) It is judged
by whoever will read it before anything is journalled or written. (3) A file that was replaced stays lodged, so the
former state is two persons away. (4) Asked again, an act is finished and not done twice. (5) What two persons answer
for is done here where the store says that they agreed on this very file; that it holds is in the same commit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.configuration.partners import FILE as AGREEMENTS_FILE
from douane.configuration.partners import judged
from douane.configuration.retaining import Retaining
from douane.identity.operators import FILE as OPERATORS_FILE
from douane.identity.operators import parse as parse_operators
from douane.identity.register import Register
from douane.model.caller import Caller
from douane.model.circles import ActorKind, Platform
from douane.model.declare import Operation
from douane.model.needs import LIST_VERSION
from douane.platforms.speed2.agreements import read
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.commands import Act, Holds, Journal, LetRest
from douane.runtime.core.node import Node
from douane.runtime.door.resting import Rest
from douane.runtime.store import keys
from douane.runtime.store.decided import Approved, Proposal, approvals, maintained, proposals
from douane.runtime.store.envelope import Arrival, Envelope, Parked, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Reader
from douane.shared_services.archiving.files import write_durably
from douane.shared_services.archiving.moving import MOVED
from douane.supervision.operating.declared import AGREE, MOVE, OPERATORS, PROVIDERS, PUBLISH, REGISTER, REST, WORK
from douane.supervision.operating.differences import AGREEMENTS, CLIENTS, Kind, drawn, sentences_of_list
from douane.supervision.operating.differences import OPERATORS as KIND_OF_OPERATORS
from douane.supervision.operating.differences import PROVIDERS as KIND_OF_PROVIDERS
from douane.supervision.operating.holding import digests
from douane.supervision.operating.lodging import lodge, lodged
from douane.supervision.operating.maintenance import begun, decision, holding, named_by, rest_of, write_down
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.operating.telling import notices, tell
from douane.supervision.operating.two_persons import Drawn
from douane.trust.development_identity import CLIENTS_FILE
from douane.trust.holding import Digests, Holding
from douane.trust.providers import PROVIDERS as PROVIDERS_FILE
from douane.trust.providers import must_hold
from douane.trust.providers import parse as parse_providers
from douane.vocabulary.code_lists import CodeList
from douane.vocabulary.errors import BadRequest, DeclarationFault, Elsewhere, NotFound, NotValid

PUBLISHED: Final = "published"
REPLACED: Final = "replaced"
RESTS: Final = "rests"
WORKS: Final = "works"
Doing = Callable[[Asked, Act], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class File:
    """A followed file. judge: raises for what its reader would refuse."""

    act: str
    path: Path
    kind: Kind
    judge: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Beside:
    """Does them in one process of a node. channels: those that carry messages here. reread: has files read anew.
    published: the code list of a number that was published last, never the built-in selection."""

    node: Node
    catalogue: Catalogue
    retaining: Retaining
    data: Path
    identity: Path
    channels: Callable[[], Mapping[str, Any]]
    reread: Callable[[], None]
    published: Callable[[str], CodeList | None]
    holding: Holding | None = None

    def acts(self) -> Mapping[str, Doing]:
        """Each act with what does it."""
        return {MOVE: self._move, PUBLISH: self._publish, REST: self._rest, WORK: self._work,
                **{act: partial(self._replace, each) for act, each in self._files().items()}}  # fmt: skip

    def drawing(self) -> Mapping[str, Callable[[Asked], Drawn]]:
        """What each act that two persons answer for would do."""
        return {PUBLISH: self._draw_list, **{act: partial(self._draw, each) for act, each in self._files().items()}}

    def _files(self) -> Mapping[str, File]:
        return {
            AGREE: File(AGREE, self.data / AGREEMENTS_FILE, AGREEMENTS, self._judge_agreements),
            REGISTER: File(REGISTER, self.identity / CLIENTS_FILE, CLIENTS, self._judge_clients),
            OPERATORS: File(OPERATORS, self.identity / OPERATORS_FILE, KIND_OF_OPERATORS, self._judge_operators),
            PROVIDERS: File(PROVIDERS, self.identity / PROVIDERS_FILE, KIND_OF_PROVIDERS, self._judge_providers),
        }

    async def _move(self, _asked: Asked, act: Act) -> Outcome:
        """Every process moves what lies in its own partitions."""
        for owner in self.node.owners:
            if not owner.ended:
                await self.node.command(Journal(keys.log_position(owner.partition, 0), act))
        return Outcome(MOVED, counts=(await self.retaining.run()).counts())

    async def _publish(self, asked: Asked, act: Act) -> Outcome:
        """A version of a code list goes through the core as every message; its own leaf names who had it published."""
        operation, body, version = self._list(asked)
        id, now = self._agreed_list(asked, act), self.node.owners[0].ports.clock.now()
        origin = Origin(act.caller, id, now, Platform.OPERATIONS.value, "act")
        content = Content(Media.JSON, body, digest_of(body))
        envelope = Envelope(RowKind.MESSAGE, operation.qualified, UNION, origin, content)
        receipt = await self.node.submit(Arrival(envelope, version))
        while any(each.position == receipt.position for owner in self.node.owners for each in owner.pending):
            await self.node.changed(1.0)
        aside = self._aside(receipt.position)
        if aside is not None:
            raise NotValid(f"It was not published: {aside.reason}", remedy="douane message quarantine")
        return Outcome(PUBLISHED)

    def _agreed_list(self, asked: Asked, act: Act) -> str:
        """The id of the message that publishes a list, by whichever of the two it is finished. Raises BadRequest."""
        reader, partitions = self._store()
        last = proposals(reader, partitions).get(f"{PUBLISH} {asked.on}")
        if last is not None and last.over:
            return last.digest
        if approvals(reader, partitions):
            raise _nobody_agreed()
        return act.id

    def _list(self, asked: Asked) -> tuple[Operation, bytes, Any]:
        operation = self.catalogue.filled(LIST_VERSION)
        body = lodged(self.data, asked.on)
        try:
            return operation, body, msgspec.json.decode(body, type=operation.request)
        except msgspec.DecodeError as problem:
            raise NotValid(f"This is no version of a code list: {problem}.") from problem

    def _draw_list(self, asked: Asked) -> Drawn:
        """Each version of a list is a thing of its own: several are published side by side."""
        _, _, version = self._list(asked)
        return Drawn(
            f"{PUBLISH} {asked.on}", sentences_of_list(version, self.published(version.number)), self._own_position()
        )

    def _done(self, act: Act) -> bool:
        read = self.node.owners[0].ports.store.read
        return any(raw is not None for raw in read([act.key(owner.partition) for owner in self.node.owners]))

    def _aside(self, position: int) -> Parked | None:
        return next((found for o in self.node.owners if (found := o.parked_at(position)) is not None), None)

    def _write_down(self, more: Digests) -> None:
        if known := digests(*self._store()):
            (self.holding or Holding(self.data, needed=False)).take({**known, **more})

    def _judge_clients(self, text: str) -> None:
        """Where operators are persons (operators.toml), no program needs to be one."""
        found = Register.parse(text)
        kept = (self.identity / OPERATORS_FILE).is_file()
        if not kept and all(each.kind is not ActorKind.OPERATOR for each in found):
            raise DeclarationFault("Nobody in this register is an operator.", remedy="Leave one in it, or more.")

    def _judge_agreements(self, text: str) -> None:
        judged(read(text, "the file"), self.channels())

    def _judge_providers(self, text: str) -> None:
        found = parse_providers(text, self.identity)
        if self.holding is not None and self.holding.needed:
            for each in found.values():
                must_hold(each)

    def _judge_operators(self, text: str) -> None:
        kept, left = _content(self.identity / OPERATORS_FILE), len(parse_operators(text).accounts)
        if left < (2 if kept else 1):
            raise DeclarationFault(
                "Fewer than two operators would be left, and two persons answer for what cannot be undone.",
                remedy="Leave two of them, or more.",
            )

    def _draw(self, file: File, asked: Asked) -> Drawn:
        text = _text(lodged(self.data, asked.on))
        file.judge(text)
        holds = self._octets(file).decode(errors="replace")
        position = self._own_position()

        def effect(agreed: Proposal) -> Holds:
            return Holds(file.path.name, Approved(agreed.at, asked.on, agreed.by, agreed.second))

        return Drawn(file.act, drawn(file.kind, holds, text), position, effect)

    def _octets(self, file: File) -> bytes:
        """Of a file those that hold: in production the approved ones, whatever somebody wrote in their place."""
        agreed = approvals(*self._store()).get(file.path.name)
        if agreed is None or self.holding is None or not self.holding.needed:
            return _content(file.path)
        return lodged(self.data, agreed.digest)

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

    def _own_position(self) -> int:
        """A position in a partition of this process. Raises Elsewhere where it has none."""
        ours = next((owner.partition for owner in self.node.owners if not owner.ended), None)
        if ours is None:
            raise Elsewhere(self.node.owners[0].partition)
        return keys.log_position(ours, 0)

    async def _replace(self, file: File, asked: Asked, act: Act) -> Outcome:
        """Put a file in the place of another one, which stays lodged. Raises BadRequest for one on which nobody agreed,
        or on another one since."""
        self._must_be_agreed(file, asked.on)
        content, former = lodged(self.data, asked.on), _content(file.path)
        before = lodge(self.data, former)
        if former != content:
            await self._tell(file, former, content, act.caller)
            self._must_be_agreed(file, asked.on)  # now that others had their turn
            held = self.holding.now(file.path) if self.holding is not None else ()
            # what holds goes on to hold while the other one takes its place; what nobody approved begins nothing
            self._write_down({file.path.name: {asked.on, *held} & {asked.on, before}})
            write_durably(file.path, content)
        self._write_down({})
        self.reread()
        return Outcome(REPLACED, f"the former one stays lodged: {before}" if former != content else "no change")

    def _must_be_agreed(self, file: File, digest: str) -> None:
        """Raise where the store says that other octets hold; before a node first began one person sets it up."""
        agreed = approvals(*self._store())
        if agreed and (file.path.name not in agreed or agreed[file.path.name].digest != digest):
            raise _nobody_agreed()

    async def _tell(self, file: File, former: bytes, content: bytes, caller: Caller) -> None:
        """Tell whom it concerns. What one person sets up before a node first began concerns nobody yet."""
        agreed = approvals(*self._store()).get(file.path.name)
        if agreed is not None and agreed.by:
            told = notices(file.kind, former, content, _content(self.identity / CLIENTS_FILE))
            await tell(self.node, self.catalogue, told, agreed, caller)


def _nobody_agreed() -> BadRequest:
    return BadRequest(
        "This is not what two persons agreed on last.", remedy="Read what is proposed now, and what holds; propose it."
    )


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as problem:
        raise DeclarationFault("This file is no text in UTF-8.") from problem
