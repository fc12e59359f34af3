"""Looking into a store from outside: where a reference leads, what happened to each message of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from douane.model.rules import Look
from douane.runtime import keys
from douane.runtime.envelope import DELIVERY, JOURNAL, OWNER, PARKED, SENT, JournalRow, Parked, SentRow, receipt_of
from douane.runtime.inbox import FEED
from douane.runtime.moved import Reaches, left_key, reaches_of, segment_of
from douane.runtime.ports import Log, Reader
from douane.runtime.queries import View
from douane.runtime.tick import TIMER
from douane.vocabulary.errors import DeclarationFault, NotFound

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Happening:
    """One message of a case.

    ``state`` of what came in: handled, waiting, parked; of what left: queued, arrived, delivered, exception, expired,
    or published in a feed.
    """

    time: int
    position: int
    direction: str
    """in: from outside; inside: from another case of this node; out: to a party outside."""
    what: str
    party: str
    id: str
    state: str
    reason: str
    administration: str
    subject: int

    @property
    def place(self) -> str:
        """Where the message stands, as commands take it: ``1f`` in the journal, ``out:1f`` among what left."""
        return f"out:{self.position:x}" if self.direction == "out" else f"{self.position:x}"


@dataclass(frozen=True, slots=True)
class Case:
    """A case that a reference leads to, under which kind of name, with its messages in order of time."""

    subject: int
    administration: str
    known_as: str
    happenings: tuple[Happening, ...]


class Cases:
    """Everything that a store knows of messages and cases."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        owners = reader.scan(keys.OWNER, keys.after(keys.OWNER), _PAGE)
        self._cursors = {int.from_bytes(key[1:3], "big"): OWNER.read(value).cursor for key, value in owners}
        self._reaches: dict[int, Reaches] = {}
        self._parked = {p.position: p for p in self.parked()}

    def parked(self) -> list[Parked]:
        """Every message set aside, oldest first."""
        found: list[Parked] = []
        for partition in self._cursors:
            prefix = keys.space(keys.WAIT, partition)
            start = prefix
            while rows := self._reader.scan(start, keys.after(prefix), _PAGE):
                found += [PARKED.read(value) for _, value in rows]
                start = rows[-1][0] + b"\0"
        return found

    def timelines(self, reference: str) -> list[Case]:
        """Every case of this node that a reference leads to. Raises NotFound."""
        found: dict[int, tuple[str, str]] = {}
        for administration, kind, subject in self._aliases(reference):
            found.setdefault(subject, (administration, kind))
        if not found:
            position, row = self.message(reference)
            found[row.subject] = (row.administration, f"message {position:x}")
        cases = [self._case(subject, *name) for subject, name in found.items()]
        return sorted(cases, key=lambda case: case.happenings[0].time if case.happenings else 0)

    def message(self, reference: str) -> tuple[int, JournalRow | SentRow]:
        """A message by its place (``1f``, ``out:1f``) or its own identification. Raises NotFound."""
        out = reference.startswith("out:")
        position = _position(reference.removeprefix("out:"))
        (raw,) = self._reader.read_log(Log.SENT if out else Log.JOURNAL, [position])
        if raw is not None:
            return position, SENT.read(raw) if out else JOURNAL.read(raw)
        for position in self._known(reference):
            (raw,) = self._reader.read_log(Log.JOURNAL, [position])
            if raw is not None:
                return position, JOURNAL.read(raw)
        sent = self._sent(reference)
        if sent is not None:
            return sent
        self._say_where(Log.SENT if out else Log.JOURNAL, _position(reference.removeprefix("out:")))
        raise NotFound(
            f"Nothing in this store is called {reference[:80]!r}.",
            remedy="Give an MRN, LRN or GRN, a message identification or a position from douane timeline.",
        )

    def _say_where(self, log: Log, position: int) -> None:
        """Raise NotFound that names the segment of the archive a message moved to."""
        segment = segment_of(self._reader, log, position) if position else ""
        if segment:
            raise NotFound(
                f"Message {position:x} is archived in segment {segment}.", remedy="Give this command the archive's key."
            )

    def happening(self, position: int, row: JournalRow | SentRow) -> Happening:
        """What there is to say of a message in one line."""
        if isinstance(row, SentRow):
            return self._out(position, row)
        number = keys.position_number(position)
        aside = self._parked.get(position)
        segment = self._archived(Log.JOURNAL, position)
        handled = "handled" if number <= self._cursors.get(position >> 48, 0) else "waiting"
        state = "archived" if segment else "parked" if aside else handled
        what = f"timer {row.id}" if row.operation == TIMER else row.operation
        direction = "in" if row.platform else "inside"
        reason = aside.reason if aside else row.conflict and f"the reference is {row.conflict}"
        reason = f"in segment {segment}" if segment else reason
        return Happening(row.received, position, direction, what, row.sender, row.id, state, reason,
                         row.administration, row.subject)  # fmt: skip

    def _out(self, position: int, row: SentRow) -> Happening:
        (raw,) = self._reader.read([keys.REPORT + keys.u16(position >> 48) + keys.u64(position)])
        delivery = DELIVERY.read(raw) if raw else None
        waiting = "published" if row.party.startswith(FEED) else "queued"  # a feed is read by cursor, not delivered
        state, reason = (delivery.state, delivery.reason) if delivery else (waiting, "")
        segment = self._archived(Log.SENT, position)
        if segment:
            state, reason = "archived", f"{state}; in segment {segment}"
        return Happening(row.at, position, "out", row.type, row.party, row.id, state, reason, row.administration,
                         row.subject)  # fmt: skip

    def _archived(self, log: Log, position: int) -> str:
        """The segment that a message moved to; empty while it is in its log."""
        partition = position >> 48
        if partition not in self._reaches:
            self._reaches[partition] = reaches_of(self._reader, partition)
        if keys.position_number(position) > self._reaches[partition].of(log):
            return ""
        if self._reader.read([left_key(partition, log, position)])[0] is not None:
            return ""
        return segment_of(self._reader, log, position)

    def _case(self, subject: int, administration: str, known_as: str) -> Case:
        view = View(self._reader, administration, 0, _no_look, partitions=tuple(self._cursors))
        rows = view.timeline(subject)
        return Case(subject, administration, known_as, tuple(self.happening(p, row) for p, row in rows))

    def _aliases(self, value: str) -> Iterator[tuple[str, str, int]]:
        """Cases under any kind of name in any administration; the kinds are found by skipping from one to the next."""
        for partition in self._cursors:
            space = keys.space(keys.ALIAS, partition)
            start = space
            while rows := self._reader.scan(start, keys.after(space), 1):
                administration, kind = rows[0][0][3:5], rows[0][0][5:].partition(b"\0")[0]
                head = space + administration + kind + b"\0"
                for subject in self._under(head, value.encode()):
                    yield administration.decode(), kind.decode(), subject
                start = keys.after(head)

    def _under(self, head: bytes, value: bytes) -> Iterator[int]:
        """Cases of this name, and of this name at any holder where names are ``HOLDER/NAME`` (an LRN)."""
        (raw,) = self._reader.read([head + value])
        if raw is not None:
            yield int.from_bytes(raw, "big")
        start = head
        while rows := self._reader.scan(start, keys.after(head), 1):
            holder, slash, _ = rows[0][0][len(head) :].partition(b"/")
            if not slash:
                return
            (raw,) = self._reader.read([head + holder + b"/" + value])
            if raw is not None:
                yield int.from_bytes(raw, "big")
            start = head + holder + b"0"  # the next byte after the slash: past every name of this holder

    def _known(self, message_id: str) -> Iterator[int]:
        """Journal positions under a message identification, whoever sent it."""
        for partition in self._cursors:
            space = keys.space(keys.KNOWN, partition)
            start = space
            while rows := self._reader.scan(start, keys.after(space), 1):
                head = space + rows[0][0][3:].partition(b"\0")[0] + b"\0"
                (raw,) = self._reader.read([head + message_id.encode()])
                if raw is not None:
                    yield receipt_of(raw).position
                start = keys.after(head)

    def _sent(self, message_id: str) -> tuple[int, SentRow] | None:
        """A message that left, by its identification: these are made from the position of their cause."""
        (raw,) = self._reader.read_log(Log.JOURNAL, [_position(message_id[:12])])
        if raw is None:
            return None
        subject = JOURNAL.read(raw).subject
        view = View(self._reader, "", 0, _no_look)
        rows = ((p, row) for p, row in view.timeline(subject) if isinstance(row, SentRow) and row.id == message_id)
        return next(rows, None)


def _position(text: str) -> int:
    """A position in hexadecimal; 0, where nothing stands, for anything else."""
    try:
        position = int(text, 16)
    except ValueError:
        return 0
    return position if 0 < position < 1 << 62 else 0


def _no_look(_date: object) -> Look:
    raise DeclarationFault("A store that is looked at from outside evaluates no rules.")
