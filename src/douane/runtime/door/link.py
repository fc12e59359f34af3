"""The link between a door and the core: what a door may ask, and the core's end of it, bound to one platform.

A door holds no store. It hands over admitted envelopes, asks queries, collects inboxes and acknowledges; nothing else
crosses. The core trusts a link for one platform only, whatever the door behind it asserts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from douane.model.caller import INNER as INNER_MARK
from douane.model.caller import Caller
from douane.model.circles import ActorKind, Platform
from douane.model.declare import Kind, Operation
from douane.runtime.core.catalogue import Catalogue
from douane.runtime.core.commands import Acknowledge
from douane.runtime.core.node import Submit
from douane.runtime.core.route import ADMINISTRATION
from douane.runtime.delivery.claims import Claims
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Item
from douane.runtime.store.envelope import FEED, Arrival, Envelope, Receipt, RowKind
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Clock
from douane.vocabulary.errors import NotFound, TooLarge, WrongCircle
from douane.vocabulary.faults import NAMED

LARGEST_BODY = 8 * 1024 * 1024
"""Octets of a message that the core takes, whatever a door was set to or says."""
MOST_ATTACHMENTS = 1_000
SAID_BY_DOORS = frozenset(
    {RowKind.MESSAGE, RowKind.RELAY, RowKind.UNREADABLE, RowKind.UNACCEPTABLE, RowKind.TURNED_AWAY}
)
"""Everything else is made by the core itself: no message from outside is of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it crosses the link: which one, in which administration, who asks in which roles, and what."""

    operation: str
    administration: str
    caller: Caller
    roles: frozenset[str]
    request: Any


class Link(Protocol):
    """What a door needs of the core, whether both share a process or not."""

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope over; its receipt once it is durable. Raises what the core refuses, or CoreUnreachable."""

    async def ask(self, question: Question) -> Any:
        """The typed answer to a query, from a committed state."""

    async def collect(self, party: str, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        """What waits for a party (or in a feed) after a cursor, and the next cursor; an empty page only after waiting
        ``wait`` seconds for something to come."""

    async def acknowledge(self, party: str, item: str, channel: str) -> None:
        """A party took a message from its inbox. NotFound when there is none of this id in it."""

    async def claim(self, party: str, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim the first of these messages of an inbox that nobody has claimed, for so long.

        Which one, and id and conversation of the transmission that it answers; all empty for none.
        """

    async def note(self, party: str, item: str, note: bytes) -> None:
        """Remember something with a claim; an empty note gives the claim up."""

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of the claim on a message and what was noted with it; both empty for none."""


@dataclass(frozen=True, slots=True)
class CoreEnd:
    """What the core does for the doors at its links."""

    catalogue: Catalogue
    submit: Submit
    inbox: Inbox
    changed: Callable[[float, str], Awaitable[None]]
    answer: Callable[[Question], Any]
    acknowledge: Callable[[Acknowledge], Awaitable[None]]
    clock: Clock
    claims: Claims = field(default_factory=Claims)


class DirectLink:
    """The core's end of a link, bound to the platform of its door: a captured door cannot speak for another."""

    def __init__(self, platform: Platform, core: CoreEnd) -> None:
        self.platform, self.core = platform, core
        self._circles = frozenset(kind.circle for kind in platform.kinds)
        self._submit = core.submit

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope to the core; its receipt once it is durable."""
        envelope, origin = arrival.envelope, arrival.envelope.origin
        only_a_leaf = envelope.kind is RowKind.TURNED_AWAY and bool(envelope.faults) and not origin.wire
        if origin.platform != self.platform.value or not (origin.caller.circle in self._circles or only_a_leaf):
            raise WrongCircle(
                f"The link of {self.platform.value} does not carry what {origin.platform[:40]} says of"
                f" {origin.caller.circle.value}.",
                remedy="Send through the door whose circle the sender belongs to.",
            )
        inner = envelope.reply_to is not None or envelope.content.media is Media.VALUE or bool(origin.caller.via)
        if inner or envelope.kind not in SAID_BY_DOORS:
            raise WrongCircle("No door speaks for a process of the core.", remedy="Send the message as its sender did.")
        if not only_a_leaf:
            self._must_carry(envelope.sender)
        refuse_large(envelope)
        return await self._submit(arrival)

    async def ask(self, question: Question) -> Any:
        """The answer to a query that is open to somebody at this platform."""
        operation = self.core.catalogue.operation(question.operation)
        if operation.kind is not Kind.QUERY or not self._reaches(operation):
            raise NotFound(f"{operation.qualified} is not asked through {self.platform.value}.")
        self._must_carry(question.caller.name)
        return self.core.answer(question)

    async def collect(self, party: str, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        """A page of an inbox or feed; waits for the next commit that fills it, so that waiting costs nothing."""
        self._must_read(party)
        read = self.core.inbox.read
        items, after = read(party, cursor, limit)
        if not items and wait:
            await self.core.changed(wait, party)
            items, after = read(party, cursor, limit)
        return items, after

    async def acknowledge(self, party: str, item: str, channel: str) -> None:
        """Take a message out of an inbox."""
        self._must_carry(party)
        position = self.core.inbox.position_of(party, item)
        carried = self.core.claims.carried(party, item)
        await self.core.acknowledge(Acknowledge(party, position, self.core.clock.now(), channel, carried))
        self.core.claims.end(item)

    async def claim(self, party: str, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim the first of these messages that nobody has claimed."""
        self._must_carry(party)
        item = self.core.claims.take(party, items, seconds, self.core.clock.now())
        if not item:
            return "", "", ""
        try:
            position = self.core.inbox.position_of(party, item)
        except NotFound:  # taken meanwhile, or never this party's: a captured door claims nothing of others
            self.core.claims.end(item)
            raise
        return item, *self.core.inbox.answers(party, position)

    async def note(self, party: str, item: str, note: bytes) -> None:
        """Remember something with a claim; an empty note gives the claim up."""
        self._must_carry(party)
        known = self.core.claims.find(item)
        if note:
            self.core.claims.note(party, item, note)
        elif known is not None and known.party == party:
            self.core.claims.end(item)

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of the claim on a message and what was noted with it."""
        known = self.core.claims.find(item)
        if known is None or not speaks_for(self.platform, known.party):
            return "", b""
        return known.party, known.note

    def _must_read(self, party: str) -> None:
        """Raise unless a party of this platform may collect here: its own inbox, or a feed that is open to it."""
        if party.startswith(FEED):
            operation = self.core.catalogue.operation(party.removeprefix(FEED))
            if operation.kind is not Kind.EVENT or not self._reaches(operation):
                raise NotFound(f"{operation.qualified} is not followed through {self.platform.value}.")
            return
        self._must_carry(party)

    def _must_carry(self, party: str) -> None:
        if not speaks_for(self.platform, party):
            raise WrongCircle(f"The link of {self.platform.value} does not speak for {party[:40]}.",
                              remedy="Use the platform of that party.")  # fmt: skip

    def _reaches(self, operation: Operation) -> bool:
        return any(self.platform.admits(actor.kind) for actor in operation.by)


def refuse_large(envelope: Envelope) -> None:
    """Raise TooLarge for what no door of ours hands over: the core holds what it takes in memory, and for ever."""
    for what, size, most in (
        ("octets", len(envelope.content.octets), LARGEST_BODY),
        ("attachments", len(envelope.content.attachments), MOST_ATTACHMENTS),
        ("faults", len(envelope.faults), NAMED),
    ):
        if size > most:
            raise TooLarge(f"A message of {size} {what} does not cross the link.", remedy=f"Send at most {most}.")


def speaks_for(platform: Platform, party: str) -> bool:
    """Whether a party can stand behind a platform: administrations do where they enter, inner names nowhere."""
    if party.startswith(ADMINISTRATION):
        return platform.admits(ActorKind.MEMBER_STATE) or platform.admits(ActorKind.COMMISSION)
    return not party.startswith((INNER_MARK, FEED))
