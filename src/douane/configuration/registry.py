"""Who provides what: which administrations this node keeps, and by which lane it reaches the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from douane.configuration.partners import lane_for
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import supplier_of, supply_of
from douane.model.caller import OPERATOR
from douane.model.circles import Moves, Platform
from douane.model.needs import CASE_BEGAN, CHOICES, FIRST_CHOICES, MOVES
from douane.model.rules import Look
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.owner import Began
from douane.runtime.core.route import ADMINISTRATION
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import SECOND, Clock, Reader
from douane.runtime.store.queries import View
from douane.vocabulary.errors import Overloaded, StoreUnavailable
from douane.vocabulary.provision import ALL, ALWAYS, Chosen, Held, Provided
from douane.vocabulary.time import Instant

NONE = Agreements()
START: Final = Instant(0)
"""From when the first choices hold."""
REMEMBERED: Final = 4_096
"""Administrations and operations whose providers are kept at hand."""
UPLINK = "rest:ccn2"
"""The lane of a national node towards the centre."""


def own_of(settings: NodeSettings) -> frozenset[str]:
    """The administrations whose system a node is: the Union's for the centre, else those that it names."""
    named = settings.administrations
    return frozenset({UNION}) if not named or UNION in named else named


def seed(settings: NodeSettings) -> Iterator[Chosen]:
    """What the settings say at the first start: whom this node serves, and who has a system of his own.

    The centre of a development union serves everybody of whom nothing else is said; one in production, whom it names.
    """
    own = own_of(settings)
    named = settings.serves if ALL not in settings.serves else settings.administrations - {UNION}
    for each in named:
        yield Chosen(START, each, ALL, each if each in own else min(own))
    for each in settings.elsewhere - named:
        yield Chosen(START, each, ALL, each)
    if ALL in settings.serves and not settings.administrations and settings.development:
        yield Chosen(START, ALL, ALL, UNION)


def peer_lane(administration: str) -> str:
    """The lane towards an administration's own CCN2 door."""
    return f"rest:{administration}"


def queue_lane(administration: str) -> str:
    """The lane into the queues of an administration."""
    return f"csi_queue:{administration}"


def folder_lane(administration: str) -> str:
    """The lane into the folder of an administration."""
    return f"csi_folder:{administration}"


@dataclass(slots=True)
class Registry:
    """The runtime's router: whose system serves whom, by what administrations chose.

    ``agreements`` and ``provided`` may be replaced while it runs: what is sent from then on goes by them. What the
    Union keeps once is the centre's. Until a first start has kept what the settings say, they are asked.
    """

    settings: NodeSettings
    catalogue: Catalogue
    agreements: Agreements = NONE
    provided: Provided = field(default_factory=Provided)
    moves: Moves = field(default_factory=Moves)
    """Which services have left which platforms of this node."""
    now: Callable[[], int] = lambda: 0
    changed: Callable[[], None] = lambda: None
    """Hears that others host others now."""
    again: Callable[[], None] = lambda: None
    """Looks at the store once more, where other processes write to it and this one has handled nothing for a while."""
    own: frozenset[str] = field(init=False)
    """The administrations whose system this node is; the Union's for the centre."""
    _known: dict[tuple[str, str], Held] = field(default_factory=dict, init=False)
    _lasting: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, init=False)
    """What holds from now on, until others are chosen: no clock is asked."""
    _of: Provided | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.own = own_of(self.settings)
        if not self.provided:
            self.provided = Provided(seed(self.settings))

    def hosts(self, administration: str, operation: str) -> bool:
        """Whether this node provides an operation for an administration."""
        return self.providers(administration, operation)[:1] == ("",)

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        """Who provides an operation for an administration, then who did so before; empty for nobody.

        A national node knows the choices of those that it serves or served; of others the centre knows.
        """
        if self._of is not self.provided:
            self._known, self._lasting, self._of = {}, {}, self.provided
        lasting = self._lasting.get((administration, operation))
        if lasting is not None:
            return lasting
        now, known = self.now(), self._known.get((administration, operation))
        if known is None or not known[0] <= now < known[1]:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
                self._lasting.clear()
            known = self._known[administration, operation] = self._held(administration, operation, Instant(now))
            if known[1] == ALWAYS[1]:
                self._lasting[administration, operation] = known[2]
        return known[2]

    def _held(self, administration: str, operation: str, now: Instant) -> Held:
        own, central = self.own, UNION in self.own
        since, until = ALWAYS
        if operation.partition(".")[0] == supplier_of(CHOICES):  # what nodes tell each other of choices
            found: tuple[str, ...] = (administration,)
        elif administration == UNION:
            found = (UNION,)
        elif central or administration in own or self.provided.knows(administration):
            since, until, found = self.provided.held(administration, operation, now)
        else:
            found = (administration,)
        known = operation in self.catalogue.operations
        return since, until, tuple(("" if known and each in own else each) for each in found)

    def speaks(self, host: str, guest: str) -> bool:
        """Whether the system of an administration serves, or served, another one with something."""
        now = self.now()
        return any(each.provider == host and each.since <= now for each in self.provided.of(guest))

    def left(self, platform: Platform, operation: str) -> bool:
        """Whether an operation is no longer offered by a platform of this node."""
        moves = self.present()
        return bool(moves) and platform in moves.left(operation, Instant(self.now()))

    def present(self) -> Moves:
        """The moves as they are kept now: also where another process took one, and nothing was handled here since."""
        self.again()
        return self.moves

    def abroad(self, administration: str) -> str:
        """The own administration, where this node is not the centre and serves one that chose among providers."""
        if UNION in self.own or len(self.provided.of(administration)) < 2:
            return ""
        return min(self.own)

    def began(self, name: Began) -> tuple[str, str, Any] | None:
        """By which operation, administration and message a node says to itself that a case got a name: one that an
        office makes, for what the sender chose is the centre's to know."""
        opened = self.catalogue.operations.get(name.operation)
        if not self.catalogue.filling(CASE_BEGAN) or opened is None or name.kind not in opened.issues:
            return None
        operation, own = self.catalogue.filled(CASE_BEGAN), min(self.own)
        message = operation.request(
            node=own, administration=name.administration, kind=name.kind, value=name.value, operation=name.operation,
            began=self._provided_by(own, name),
        )  # fmt: skip
        return operation.qualified, own, message

    def _provided_by(self, own: str, name: Began) -> int:
        """When a case began: where this node was chosen within the tick that opened it, from that instant on."""
        at, of = Instant(name.at), self.provided
        chosen = (each.since for each in of.of(name.administration) if each.covers(name.operation))
        if of.providers(name.administration, name.operation, at)[:1] == (own,):
            return at
        return min((each for each in chosen if at < each <= at + SECOND), default=at)

    def dismissed(self, administration: str, operation: str, provider: str) -> int:
        """Since when somebody serves an administration with an operation no longer; ``NEVER`` for who does."""
        return self.provided.dismissed(administration, operation, provider, Instant(self.now()))

    def operation_for(self, message: type) -> str:
        """The operation that takes a message type."""
        return self.catalogue.operation_for(message)

    def lane(self, party: str, message: str) -> str:
        """A national node sends everything to the centre; there partners get pushed what was agreed, others collect.

        An administration with a peer route gets its messages by that, whether the centre runs or not.
        """
        if party.startswith("feed:"):
            return ""
        if party.startswith(ADMINISTRATION) and party.removeprefix(ADMINISTRATION) in self.settings.peers:
            return peer_lane(party.removeprefix(ADMINISTRATION))
        if self.settings.traders == "here" and not party.startswith(ADMINISTRATION):
            return lane_for(self.agreements, party, message)
        if self.settings.uplink is not None:
            return UPLINK
        administration = party.removeprefix(ADMINISTRATION)
        if administration != party and administration in self.settings.folders:
            return folder_lane(administration)
        if administration != party and administration in self.settings.queue_users.values():
            return queue_lane(administration)
        return lane_for(self.agreements, party, message)


def lanes_of_administrations(settings: NodeSettings) -> dict[str, str]:
    """The administration behind each lane that leads to one."""
    queues = {queue_lane(each): each for each in settings.queue_users.values()}
    folders = {folder_lane(each): each for each in settings.folders}
    return queues | folders | {peer_lane(each): each for each in settings.peers}


AGAIN: Final = 2 * SECOND
"""How often the store is looked at for what other processes committed."""


@dataclass(slots=True)
class Choosing:
    """Keeps a registry at what the store says. several: whether other processes write to the store, too."""

    registry: Registry
    reader: Reader
    clock: Clock
    look: Callable[[dt.date], Look]
    partitions: Sequence[int] = (0,)
    several: bool = False
    _read_at: int = -AGAIN
    _missed: bool = False
    _tried_at: int = -AGAIN

    def load(self) -> None:
        """Know what is kept, if something is; a store that cannot be read now is read with the next tick."""
        choices, moves = supply_of(CHOICES), supply_of(MOVES)
        if choices is not None and moves is not None:
            own = min(own_of(self.registry.settings))
            view = View(self.reader, own, self.clock.now(), self.look, partitions=self.partitions)
            try:
                found, moved = choices(view), moves(view)
            except (StoreUnavailable, Overloaded):  # or its index is being built
                self._missed = True
                return
            self.registry.moves = moved
            if found is not None:
                hosts = self.registry.provided.hosts()
                self.registry.provided = found
                if found.hosts() != hosts:
                    self.registry.changed()
        self._read_at, self._missed = self.clock.now(), False

    def again(self) -> None:
        """Know what other processes committed, however long this one has been idle."""
        now = self.clock.now()
        if now - self._read_at > AGAIN and now - self._tried_at > AGAIN:
            self._tried_at = now
            self.load()

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick changed."""
        service = supplier_of(CHOICES)
        own = any(row.operation.partition(".")[0] == service for _, row in tick.overlay.rows)
        if own or self._missed or (self.several and self.clock.now() - self._read_at > AGAIN):
            self.load()


def following(
    settings: NodeSettings, catalogue: Catalogue, agreed: Agreements, store: Reader, clock: Clock,
    look: Callable[[dt.date], Look],
) -> tuple[Registry, Callable[[Tick], None]]:  # fmt: skip
    """The registry of a node as its store says, and what keeps it there after each tick."""
    registry = Registry(settings, catalogue, agreed, now=clock.now)
    choosing = Choosing(registry, store, clock, look, range(settings.partitions), settings.workers > 1)
    choosing.load()
    if choosing.several:
        registry.again = choosing.again
    return registry, choosing.watch


def first_choices(
    settings: NodeSettings, catalogue: Catalogue, key: str, now: int, history: Sequence[Chosen] = ()
) -> Arrival | None:
    """What a node says to itself of its settings at the first start; None where no application keeps it. history: what
    was chosen before."""
    if not catalogue.filling(FIRST_CHOICES):
        return None
    own, operation = min(own_of(settings)), catalogue.filled(FIRST_CHOICES)
    lines = [
        {"administration": each.administration, "of": each.of, "provider": each.provider, "since": each.since,
         "said_by": "settings"}
        for each in sorted((*seed(settings), *history))
    ]  # fmt: skip
    body = msgspec.json.encode({"node": own, "choices": lines, "key": key})
    origin = Origin(OPERATOR, "first choices", now, Platform.OPERATIONS.value, "command")
    content = Content(Media.JSON, body, digest_of(body))
    envelope = Envelope(RowKind.MESSAGE, operation.qualified, own, origin, content)
    return Arrival(envelope, catalogue.read_json(operation.request, body))
