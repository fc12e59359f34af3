"""The link between a door and the core: what a door may ask, and the core's end of it, bound to one platform.

A door holds no store. It hands over admitted envelopes, asks queries, collects inboxes and acknowledges; nothing else
crosses. The core trusts a link for one platform only, whatever the door behind it asserts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, Protocol, TypeVar

import msgspec

from douane.model.caller import INNER, OFFICE_OF, PARTY_KINDS, UUMDS, Caller, PartyKind, Strength
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import SIGN_IN, Kind, Operation
from douane.model.needs import Need
from douane.runtime.catalogue.arrived import needs_reading, read
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.catalogue.delegating import is_judged
from douane.runtime.core.commands import Acknowledge
from douane.runtime.core.node import Submit
from douane.runtime.core.owner import CLOCKS_DIFFER
from douane.runtime.delivery.claims import Claims
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Item, octets_of
from douane.runtime.delivery.sight import INBOX_ROLE, Sight, sight_of
from douane.runtime.delivery.status import MessageStatus, no_message_of_yours, status_of
from douane.runtime.door.bounds import refuse_beyond, refuse_unnamed
from douane.runtime.door.decoding import Decoding
from douane.runtime.door.letting_in import lets_in, must_concern, reaches, shown
from douane.runtime.door.moving import Offers
from douane.runtime.door.named import misnamed
from douane.runtime.door.resting import Resting
from douane.runtime.door.unasked import as_found, no_delegates, nothing_handed, untold
from douane.runtime.store.bodies import Codec
from douane.runtime.store.envelope import BOX, FEED, Arrival, Envelope, Receipt, RowKind, SentRow, Word, pack_faults
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import DAY, MINUTE, Clock, Instant
from douane.runtime.turns.keeping import Keeping
from douane.runtime.turns.later import Later, may_wait
from douane.runtime.turns.spending import Asker, Charged, Spending
from douane.vocabulary.code_lists import Entry
from douane.vocabulary.errors import Fault, Moved, NotFound, NotValid, WrongCircle

T = TypeVar("T")
MOST_REMEMBERED: Final = 10_000
"""Callers of whom a link knows that they fit its platform."""
LONGEST_AT_A_DOOR: Final[Instant] = MINUTE
"""For so long a message may wait at its door and still be received when its door says."""
MOST_LATER: Final = 2
"""How often something is done beside the event loop for one answer: what all of them need, and itself."""
PAGES_AT_ONCE: Final = 8
LOOKED_AT: Final = 50
"""Pages of an inbox that are looked through for what a reader may see of it, and messages of one."""
LONGEST_ADDRESS: Final = 45
"""Characters of an address of IPv6, in its longest form (RFC 4291, 2.2)."""
SAID_BY_DOORS = frozenset(
    {RowKind.MESSAGE, RowKind.RELAY, RowKind.UNREADABLE, RowKind.UNACCEPTABLE, RowKind.TURNED_AWAY}
)
"""Everything else is made by the core itself: no message from outside is of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it crosses the link: which one, in which administration, who asks in which roles, and what.

    platform: by which it came in, as the core's end of the link says; empty before, and for questions of the core.
    stranger: of somebody who proved nothing, the address that he asks from, as his door says.
    """

    operation: str
    administration: str
    caller: Caller
    roles: frozenset[str]
    request: Any
    platform: str = ""
    stranger: str = ""


class Reader(msgspec.Struct, frozen=True, array_like=True):
    """Who reads an inbox as it crosses the link: ``box`` is one beside it, or a feed; roles as proven."""

    caller: Caller
    box: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Under which name what he reads is kept."""
        if self.box.startswith(FEED):
            return self.box
        return f"{self.caller.name}{BOX}{self.box}" if self.box else self.caller.name

    @property
    def sees_all(self) -> bool:
        """Whether everything there is his to see: a feed, or with the role for it the inbox of his party."""
        return self.box.startswith(FEED) or INBOX_ROLE in self.roles


def asker_of(caller: Caller, stranger: str = "") -> Asker:
    """Who is charged for a question: a trader's party; of an administration each person and each program for itself.

    stranger: where nobody is known, the address. A door may lie about it: all strangers together are bounded too.
    """
    if caller.kind is ActorKind.PUBLIC:
        return Asker(stranger, stranger=True)
    return Asker(caller.name if caller.circle is Circle.UNTRUSTED else caller.id)


Published = tuple[Mapping[str, Instant], str, tuple[Entry, ...]]
"""When each published code list was published, by number; then name and entries of one."""
ReadNote = Callable[[Caller, str, object, Instant], object]
INBOX_READ: Final = "inbox"
STATUS_READ: Final = "status"
"""As what a delegate's reads stand in the audit log; each names the digest of the identification of a message."""


class Link(Protocol):
    """What a door needs of the core, whether both share a process or not."""

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope over; its receipt once it is durable. Raises what the core refuses, or CoreUnreachable."""

    async def ask(self, question: Question) -> Any:
        """The typed answer to a query, from a committed state."""

    async def collect(self, reader: Reader, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        """What waits for a reader (or in a feed) after a cursor, and the next cursor; an empty page only after waiting
        ``wait`` seconds for something to come."""

    async def acknowledge(self, reader: Reader, item: str, channel: str) -> None:
        """A reader took a message from the inbox. NotFound when there is none of this id in it for him."""

    async def claim(self, reader: Reader, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim the first of these messages of an inbox that nobody has claimed, for so long.

        Which one, and id and conversation of the transmission that it answers; all empty for none.
        """

    async def note(self, reader: Reader, item: str, note: bytes) -> None:
        """Remember something with a claim; an empty note gives the claim up."""

    async def status(self, reader: Reader, item: str, after: str, limit: int) -> MessageStatus:
        """What became of a message of the reader, with a page of what answered it. NotFound for what is not his."""

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of a claim that was made through this link's platform, and its note; both empty for none."""

    async def came_in(self, caller: Caller, address: str) -> None:
        """Tell the audit log that somebody came in by pages, and from which address."""

    async def published(self, number: str) -> Published:
        """Which code lists are published, and one of them with its entries; none for an empty number."""

    async def approved(self) -> Mapping[str, tuple[str, ...]]:
        """The digests of followed files that hold, by the name of each; the same for every platform."""

    async def handed(self, name: str, digest: str) -> bytes:
        """The octets of a followed file that hold, by its digest. NotFound for others, and for what this platform's
        hosts do not go by."""

    async def sealing(self) -> tuple[bytes, ...]:
        """The keys of what sign-ins are sealed by, that of now first; for the sign-in pages of UUM&DS alone."""


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
    reads: ReadNote
    """Notes a read that leaves a leaf: who, by which verb, what, when."""
    claims: Claims = field(default_factory=Claims)
    came_in: Callable[[Caller, str, Instant], None] = untold
    """Notes who came in by pages, from where, when."""
    published: Callable[[str], Published] = lambda _number: ({}, "", ())
    """Which code lists are published, and one of them."""
    approved: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    """The digests of followed files that hold."""
    handed: Callable[[Platform, str, str], bytes] = nothing_handed
    """The octets of one of them, for the hosts of a platform, by its name and digest. Raises NotFound."""
    sealing: Callable[[Instant], tuple[bytes, ...]] = lambda _at: ()
    """The keys by which sign-ins are sealed at an instant."""
    vouched: Callable[[Caller], frozenset[str]] = no_delegates
    """The references of the cases that the delegation of a person names. Raises NotAuthorised where none holds."""
    speaks: Callable[[str, str], bool] = lambda _host, _guest: False
    """Whether the system of an administration serves another one, and so speaks for it."""
    onward: Callable[[Question, Any], Awaitable[Any]] = as_found
    """The answer to a question, given what was found here: that of another node where that one keeps what was asked."""
    resting: Resting | None = None
    """Services that rest for maintenance; None where none ever does."""
    offers: Offers | None = None
    """At which platforms operations are offered; None where none ever moves."""
    spending: Mapping[str, Spending] = field(default_factory=dict)
    """By platform: what questions that come in by it may cost."""
    decoding: Decoding = field(default_factory=Decoding)
    """Reads what doors of other processes hand over; their large messages wait for each other, parties in turn."""
    keeping: Keeping | None = None
    """What parties outside may have kept; None where nobody counts."""
    working: Decoding = field(default_factory=Decoding)
    """Does what answers need first, and what reads nothing of the store."""
    collects: Callable[[Reader], object] = lambda _reader: None  # a sign of life of whoever reads an inbox
    takes: Callable[[Reader], object] = lambda _reader: None  # that a message was taken out of an inbox
    readable_again: Instant = 30 * DAY
    """For how long (microseconds) answers can be read again after they were sent."""

    def dated(self, arrival: Arrival) -> Arrival:
        """The arrival as of when it was received. A door is believed an instant shortly before the core got it, for a
        party may wait there for its turn, or hardly after it, for clocks differ; else it is the core's own, marked."""
        now, envelope = self.clock.now(), arrival.envelope
        if now - LONGEST_AT_A_DOOR <= envelope.origin.received <= now + CLOCKS_DIFFER:
            return arrival if envelope.clock is Word.DOOR else Arrival(_said_by(envelope, Word.DOOR), arrival.message)
        origin = msgspec.structs.replace(envelope.origin, received=now)
        return Arrival(_said_by(msgspec.structs.replace(envelope, origin=origin), Word.CORE), arrival.message)

    async def read(self, arrival: Arrival) -> Arrival:
        """The arrival with its message as the core reads it: at once, or beside the event loop where it is large."""
        if not needs_reading(arrival):
            return arrival
        envelope, codecs = arrival.envelope, self.catalogue
        return await self.decoding.read(len(envelope.content.body), envelope.sender, lambda: read(codecs, arrival))

    def must_work(self, operation: str, caller: Caller) -> None:
        """Raise UnderMaintenance where the service of an operation rests for the circle of a caller."""
        if self.resting is not None:
            self.resting.refuse(operation, caller.circle)

    def status(self, party: str, item: str, after: str, limit: int, since: Instant) -> MessageStatus:
        """What became of a message of a party."""
        return status_of(self.inbox.reader, party, item, after=after, limit=limit, readable_since=since)


def _written(found: object) -> int:
    """Octets of an answer as JSON."""
    return len(msgspec.json.encode(found))


def _said_by(envelope: Envelope, clock: Word) -> Envelope:
    return msgspec.structs.replace(envelope, clock=clock)


class DirectLink:
    """The core's end of a link, bound to the platform of its door.

    The core trusts no door: of every verb it checks what it can know itself.

    A door speaks for callers that its platform admits, whose kind, circle and party fit each other, and in nobody's
    name but theirs; it says messages, relays and refusals, and nothing that the core makes itself; what it submits or
    asks must be open at this platform to that kind of caller. So a captured door of SPEED2 can speak for any trader of
    its circle, and for nobody else; that is all that it can do (docs/circles.md). What its messages say the core reads
    itself, from the bodies that it keeps (``catalogue.arrived``).
    """

    def __init__(self, platform: Platform, core: CoreEnd) -> None:
        self.platform, self.core = platform, core
        self._submit, self._name = core.submit, platform.value
        self._fitting: set[Caller] = set()  # for whom a door here may speak, whatever else changes

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope to the core; its receipt once it is durable."""
        arrival = self.core.dated(arrival)
        envelope, origin = arrival.envelope, arrival.envelope.origin
        if origin.platform != self._name:
            raise self._foreign(f"what {origin.platform[:40]} says")
        if envelope.kind is RowKind.TURNED_AWAY:  # only a leaf: somebody of another circle came to this door
            if not envelope.faults or origin.wire or origin.caller.via or envelope.content.body:
                raise self._foreign("a refusal without a reason")
            refuse_beyond(envelope)
            self._keep(envelope, f"{self._name} {origin.caller.name}")  # no door takes of a share at another's
            return await self._submit(arrival)
        self._must_speak(origin.caller)
        if (
            envelope.reply_to is not None or envelope.conflict or envelope.content.media is Media.VALUE
            or envelope.content.codec is not Codec.PLAIN or envelope.kind not in SAID_BY_DOORS
        ):  # fmt: skip
            raise WrongCircle("No door speaks for a process of the core.", remedy="Send the message as its sender did.")
        self._must_be_open(envelope)
        refuse_beyond(envelope)
        self.core.must_work(envelope.operation, origin.caller)
        self._keep(envelope, envelope.sender)
        arrival = await self._read(arrival)
        if lets_in(self.platform, origin.caller):
            if arrival.message is not None:
                must_concern(self.core.catalogue, self.platform, envelope.operation, arrival.message, self._of_accounts)
            return await self._submit(arrival)
        if self.core.keeping is not None and not envelope.faults:
            self.core.keeping.must_have_room(
                self._name, envelope.sender, envelope.operation, arrival.message, envelope.administration
            )
        if self.core.offers is not None and envelope.kind is RowKind.MESSAGE and not envelope.faults:
            gone = self._gone(self.core.catalogue.operations.get(envelope.operation), origin.caller)
            if gone is not None:
                return await self._known_only(arrival, gone)
        return await self._submit(arrival)

    def _keep(self, envelope: Envelope, party: str) -> None:
        """Count what is kept of a party outside. Raises TooMany beyond its share of the day."""
        if self.core.keeping is not None and envelope.origin.caller.circle is Circle.UNTRUSTED:
            sent = envelope.transmission
            beside = len(envelope.answer) + (len(sent.statement) + len(sent.body) if sent is not None else 0)
            self.core.keeping.take(self._name, party, len(envelope.content.body) + beside)

    async def _read(self, arrival: Arrival) -> Arrival:
        """The arrival with its message, under the names that the message has."""
        read = await self.core.read(arrival)
        if arrival.message is None and read.message is not None:
            otherwise = misnamed(self.core.catalogue, read.envelope, read.message)
            if otherwise:
                raise self._foreign(f"a message that says otherwise {otherwise}")
        return read

    def _gone(self, operation: Operation | None, caller: Caller) -> Moved | None:
        """What to say of an operation that has left this platform; None where it is offered here."""
        if operation is None or self.core.offers is None:
            return None
        codes = self.core.catalogue.codes_of(operation.qualified)
        return self.core.offers.gone(operation, self.platform, caller.kind, codes)

    async def _known_only(self, arrival: Arrival, gone: Moved) -> Receipt:
        """The original receipt of what was accepted before its operation left this platform; anything else leaves a
        leaf and is refused."""
        faults = pack_faults((Fault("", gone.code, gone.text),))
        try:
            return await self._submit(
                Arrival(msgspec.structs.replace(arrival.envelope, faults=faults), arrival.message)
            )
        except NotValid:
            raise gone from None

    async def ask(self, question: Question) -> Any:
        """The answer to a query that is open to this kind of caller at this platform."""
        self._must_speak(question.caller)
        operation = self.core.catalogue.operation(question.operation)
        if operation.kind is not Kind.QUERY or not self._reaches(operation, question.caller):
            raise NotFound(f"{operation.qualified} is not asked through {self.platform.value}.")
        own = question.caller.administration
        by_all = self.core.catalogue.is_read_by_all(operation, question.request)
        if own and not by_all and question.administration != own:
            raise self._foreign(f"questions of {own} about {question.administration[:40]}")
        self.core.must_work(question.operation, question.caller)
        if lets_in(self.platform, question.caller):
            return shown(self.core.catalogue, self.platform, operation.qualified, await self._answer(question))
        if (gone := self._gone(operation, question.caller)) is not None:
            raise gone
        question = replace(question, platform=self._name)
        return await self.core.onward(question, await self._answer(question))

    async def _answer(self, question: Question) -> Any:
        """What is found here, charged to who asks; to nobody what the platform asks itself, to let people in.

        What an answer needs first and what reads nothing of the store is done beside the event loop, askers in turn.
        """
        spending = self.core.spending.get(self._name)
        if spending is None or question.caller.kind is ActorKind.SERVICE:
            return self.core.answer(question)
        asker, find = asker_of(question.caller, question.stranger), partial(self.core.answer, question)
        for times in range(MOST_LATER):
            try:
                with may_wait():
                    return spending.answered(asker, find, _written, begun=times > 0)
            except Later as needed:
                work = Charged(spending, asker, needed.work, needed.keep)
                await self.core.working.beside(asker.name, work, work.may, work.ended)
        return spending.answered(asker, find, _written, begun=True)

    def _read_by(self, reader: Reader, find: Callable[[], T], octets: Callable[[T], int], *, begun: bool = False) -> T:
        """What a reader finds here of his own, charged to him as an answer to a question is."""
        spending = self.core.spending.get(self._name)
        return find() if spending is None else spending.answered(asker_of(reader.caller), find, octets, begun=begun)

    def _of_accounts(self, need: Need, keeper: str, said: dict[str, Any]) -> Any:
        """What the register of accounts answers the core itself, before it believes the pages of a platform."""
        operation = self.core.catalogue.filled(need)
        request = operation.request(keeper=keeper, **said)
        return self.core.answer(Question(operation.qualified, keeper, UUMDS, frozenset({SIGN_IN}), request))

    async def collect(self, reader: Reader, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        """A page of an inbox or feed; waits for the next commit that fills it, so that waiting costs nothing."""
        self._must_read(reader)
        items, after, ended = self._read_by(reader, lambda: self._page(reader, cursor, limit), octets_of)
        if not items and wait and ended:
            await self.core.changed(wait, reader.place)
            items, after, _ = self._read_by(reader, lambda: self._page(reader, after, limit), octets_of, begun=True)
        self._note(reader, INBOX_READ, (item.row for item in items))
        return items, after

    async def acknowledge(self, reader: Reader, item: str, channel: str) -> None:
        """Take a message out of an inbox."""
        position = self._position(reader, item)
        party, by = reader.place, reader.caller.by
        carried = self.core.claims.carried(party, item)
        await self.core.acknowledge(Acknowledge(party, position, self.core.clock.now(), channel, carried, by))
        self.core.claims.end(item)
        self.core.takes(reader)

    async def claim(self, reader: Reader, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim the first of these messages that nobody has claimed."""
        self._must_read(reader)
        party = reader.place
        item = self.core.claims.take(party, items, seconds, self.core.clock.now(), self.platform.value)
        if not item:
            return "", "", ""
        try:
            position = self._position(reader, item)
        except NotFound:  # taken meanwhile, or never this party's: a captured door claims nothing of others
            self.core.claims.end(item)
            raise
        return item, *self.core.inbox.answers(party, position)

    async def note(self, reader: Reader, item: str, note: bytes) -> None:
        """Remember something with a claim; an empty note gives the claim up."""
        self._must_read(reader)
        known = self.core.claims.find(item)
        if note:
            self.core.claims.note(reader.place, item, note)
        elif known is not None and known.party == reader.place:
            self.core.claims.end(item)

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of a claim that was made through this platform, and what was noted with it."""
        known = self.core.claims.find(item)
        return ("", b"") if known is None or known.platform != self.platform.value else (known.party, known.note)

    async def came_in(self, caller: Caller, address: str) -> None:
        """Note who came in by the pages of this platform."""
        self._must_speak(caller)
        self.core.came_in(caller, address[:LONGEST_ADDRESS], self.core.clock.now())

    async def published(self, number: str) -> Published:
        """Which code lists are published, and one of them: everybody may know them."""
        return self.core.published(number)

    async def approved(self) -> Mapping[str, tuple[str, ...]]:
        """The digests of followed files that hold: whoever has a file can tell its digest."""
        return self.core.approved()

    async def handed(self, name: str, digest: str) -> bytes:
        """The octets of a followed file, where they hold and hosts of this platform go by it."""
        return self.core.handed(self.platform, name, digest)

    async def sealing(self) -> tuple[bytes, ...]:
        """The keys of sign-ins; no other platform has any."""
        if self.platform is not Platform.UUMDS:
            raise self._foreign("keys of sign-ins")
        return self.core.sealing(self.core.clock.now())

    async def status(self, reader: Reader, item: str, after: str, limit: int) -> MessageStatus:
        """What became of a message that a reader sent."""
        self._must_read(reader)
        found = self._read_by(reader, lambda: self._status(reader, item, after, limit), _written)
        self._note(reader, STATUS_READ, (each.row for each in found.answers if each.readable))
        return found

    # --- what a door may say

    def _status(self, reader: Reader, item: str, after: str, limit: int) -> MessageStatus:
        since = self.core.clock.now() - self.core.readable_again
        found = self.core.status(reader.place, item, after, limit, since)
        if not reader.sees_all:
            inbox, sight = self.core.inbox, self._sight(reader)
            if not inbox.said(item, sight):
                raise no_message_of_yours(item)
            own = tuple(each for each in found.answers if inbox.shows(each.row, sight))
            found = msgspec.structs.replace(found, answers=own)
        return found

    def _sight(self, reader: Reader) -> Sight:
        cases = self.core.vouched(reader.caller) if is_judged(reader.caller) else frozenset()
        return sight_of(reader.caller, reader.roles, self.core.catalogue.operations.values(), cases)

    def _note(self, reader: Reader, verb: str, rows: Iterable[SentRow]) -> None:
        """Note each message that is handed to a delegate; of a party's own reading its acknowledgement is evidence."""
        if reader.caller.by:
            now = self.core.clock.now()
            for row in rows:
                self.core.reads(reader.caller, verb, row.id, now)

    def _page(self, reader: Reader, cursor: str, limit: int) -> tuple[list[Item], str, bool]:
        """A page of what a reader may see, the cursor behind it, and whether the inbox ends there.

        Of what is not his to see so many pages are passed over, so that one reading costs a bounded time.
        """
        inbox = self.core.inbox
        if reader.sees_all:
            items, after = inbox.read(reader.place, cursor, limit)
            return items, after, not items
        sight, after = self._sight(reader), cursor
        for _ in range(PAGES_AT_ONCE):
            found, after = inbox.read(reader.place, after, min(limit, LOOKED_AT))
            items = [item for item in found if inbox.shows(item.row, sight)]
            if items or not found:
                return items, after, not found
        return [], after, False

    def _position(self, reader: Reader, item: str) -> int:
        """Where a message lies that a reader may take. Raises NotFound; nobody takes from a feed what all are told."""
        self._must_read(reader)
        if reader.box.startswith(FEED):
            raise NotFound("Nobody takes anything out of a feed.", remedy="Follow it by cursor.")
        position = self.core.inbox.position_of(reader.place, item)
        if not reader.sees_all and not self.core.inbox.shows_at(position, self._sight(reader)):
            raise NotFound(
                f"There is no message {item[:40]!r} in this inbox.", remedy="GET /v1/inbox lists what waits."
            )
        return position

    def _must_speak(self, caller: Caller) -> None:
        """Raise unless a door of this platform may speak for such a caller."""
        if caller in self._fitting:
            return
        refuse_unnamed(caller)
        party = caller.party
        fits = lets_in(self.platform, caller) or (
            self.platform.admits(caller.kind) and caller.circle is caller.kind.circle
            and party.kind is PARTY_KINDS[caller.kind] and (not caller.via or self._hosted(caller))
            and (party.kind is not PartyKind.ADMINISTRATION or party.identifier == caller.administration)
            and bool(caller.administration) is (
                caller.circle is Circle.TRUSTED or caller.kind is ActorKind.THIRD_COUNTRY
            )
            and not party.identifier.startswith((INNER, FEED, OFFICE_OF))
            and (self.platform is not Platform.UUMDS or caller.kind is ActorKind.SERVICE)
        )  # fmt: skip
        if not fits:
            raise self._foreign(f"for {caller.name[:40]}")
        if not caller.via and len(self._fitting) < MOST_REMEMBERED:  # whom a host speaks for changes
            self._fitting.add(caller)

    def _hosted(self, caller: Caller) -> bool:
        """Whether an administration is spoken for by another one whose system it chose."""
        system = caller.kind is ActorKind.MEMBER_STATE and caller.strength is Strength.RELAYED
        return system and self.core.speaks(caller.via, caller.administration)

    def _must_read(self, reader: Reader) -> None:
        """Raise unless a caller of this platform may collect here: the own inbox, or a feed that is open to him."""
        self._must_speak(reader.caller)
        if lets_in(self.platform, reader.caller):
            raise self._foreign("what UUM&DS is sent")
        if is_judged(reader.caller):
            self.core.vouched(reader.caller)
        if reader.box.startswith(FEED):
            operation = self.core.catalogue.operation(reader.box.removeprefix(FEED))
            if operation.kind is not Kind.EVENT or not self._reaches(operation, reader.caller):
                raise NotFound(f"{operation.qualified} is not followed through {self.platform.value}.")
            if (gone := self._gone(operation, reader.caller)) is not None:
                raise gone
        self.core.collects(reader)

    def _must_be_open(self, envelope: Envelope) -> None:
        """Raise unless what an envelope is for is open at this platform to its caller."""
        caller, catalogue = envelope.origin.caller, self.core.catalogue
        if envelope.kind is RowKind.MESSAGE:
            operation = catalogue.operations.get(envelope.operation)
            refused = bool(envelope.faults)  # of which a leaf is left, and nothing else
            open_here = operation is not None and self._reaches(operation, caller) and (
                operation.kind is Kind.COMMAND or operation.asked_by_message(caller.kind)
            )  # fmt: skip
            open_here = open_here or self._answers(envelope)
            if not (open_here or (refused and operation is None)) or envelope.relay_to:
                raise NotFound(
                    f"There is no operation {envelope.operation[:60]} here.", remedy="GET /openapi.json lists what is."
                )
            if caller.kind is ActorKind.OFFICER and not refused and envelope.administration != caller.administration:
                raise self._foreign(f"an officer of {caller.administration} for {envelope.administration[:40]}")
        elif envelope.kind is RowKind.RELAY:
            named = catalogue.names().get(envelope.operation)
            if caller.kind is not ActorKind.MEMBER_STATE or named is None or not catalogue.replies(named):
                raise self._foreign("what only administrations pass on")
            if envelope.administration != caller.administration:
                raise self._foreign(f"relays of {caller.administration} for {envelope.administration[:40]}")

    def _answers(self, envelope: Envelope) -> bool:
        """Whether the system of an administration says that it answers a question; the core knows whether one waits."""
        catalogue, origin = self.core.catalogue, envelope.origin
        named = catalogue.names().get(envelope.operation)
        system = origin.caller.kind in (ActorKind.MEMBER_STATE, ActorKind.COMMISSION) and bool(origin.correlation)
        return system and named is not None and catalogue.replies(named) and not catalogue.taking(named)

    def _reaches(self, operation: Operation, caller: Caller) -> bool:
        if lets_in(self.platform, caller):
            return reaches(self.core.catalogue, operation)
        legacy = self.core.catalogue.services[operation.service].legacy_queue
        carried = self.platform is not Platform.CCN_CSI or legacy
        if self.platform is Platform.UUMDS:  # it lets persons in, and speaks for none of them
            return any(each.kind is ActorKind.SERVICE and each.name == SIGN_IN for each in operation.by)
        return carried and self.platform.admits(caller.kind) and operation.open_to(caller.kind)

    def _foreign(self, what: str) -> WrongCircle:
        return WrongCircle(
            f"The link of {self.platform.value} does not carry {what}.",
            remedy="Send through the door whose circle the sender belongs to.",
        )
