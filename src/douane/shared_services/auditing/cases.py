"""Looking into a store from outside: where a reference leads, and every message of a case, in every partition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from douane.model.rules import Look
from douane.runtime.core.refusing import MARK
from douane.runtime.store import keys
from douane.runtime.store.envelope import (
    JOURNAL,
    PARKED,
    REFUSAL,
    SENT,
    JournalRow,
    Parked,
    RowKind,
    SentRow,
    receipt_of,
)
from douane.runtime.store.moved import segment_of
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.queries import View
from douane.shared_services.auditing.happenings import OUT, Describer, Happening, cause_of, position_at
from douane.vocabulary.errors import DeclarationFault, NotFound

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """A case that a reference leads to, under which kind of name, with its messages in order of time.

    What services of this node told each other for it stands among them, though it belongs to cases of theirs.
    """

    subject: int
    administration: str
    known_as: str
    happenings: tuple[Happening, ...]

    def parties(self) -> dict[str, list[str]]:
        """Who outside took part, in the order of their first message, each with the channels used."""
        found: dict[str, list[str]] = {}
        for each in self.happenings:
            channels = found.setdefault(each.party, []) if each.direction != "inside" else [each.channel]
            if each.channel not in channels:
                channels.append(each.channel)
        return found


class Cases:
    """Everything that a store knows of messages and cases."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._partitions = [int.from_bytes(key[1:3], "big") for key, _ in _owners(reader)]
        self._describer = Describer(reader, {p.position: p for p in self.parked()})

    def parked(self) -> list[Parked]:
        """Every message set aside, oldest first."""
        found: list[Parked] = []
        for partition in self._partitions:
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
        refused: list[Happening] = []
        if not found:
            for place, came in self._by_identification(reference):
                found.setdefault(came.subject, (came.administration, f"message {place:x}"))
            refused = self._refused(reference)
        if not found and not refused:
            position, row = self.message(reference)
            found[row.subject] = (row.administration, f"message {position:x}")
        cases = [self._case(subject, *name) for subject, name in found.items()]
        cases += [Case(0, "", "message", tuple(refused))] if refused else []
        return sorted(cases, key=lambda case: case.happenings[0].time if case.happenings else 0)

    def message(self, reference: str) -> tuple[int, JournalRow | SentRow]:
        """A message by its place (``1f``, ``0/31``, ``out:1f``) or its own identification. Raises NotFound."""
        out = reference.startswith(OUT)
        position = position_at(reference.removeprefix(OUT))
        (raw,) = self._reader.read_log(Log.SENT if out else Log.JOURNAL, [position])
        if raw is not None:
            return position, SENT.read(raw) if out else JOURNAL.read(raw)
        for found in self._by_identification(reference):
            return found
        sent = self._sent(reference)
        if sent is not None:
            return sent
        self._say_where(Log.SENT if out else Log.JOURNAL, position_at(reference.removeprefix(OUT)))
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
            return self._describer.left(position, row)
        return self._describer.came(position, row)

    def _case(self, subject: int, administration: str, known_as: str) -> Case:
        view = View(self._reader, administration, 0, _no_look, partitions=tuple(self._partitions))
        rows = view.timeline(subject)
        happenings = [self.happening(position, row) for position, row in (*rows, *self._behind(rows))]
        happenings.sort(key=lambda each: (each.time, each.leaf))  # what a message causes has a later leaf
        return Case(subject, administration, known_as, tuple(happenings))

    def _behind(self, rows: list[tuple[int, JournalRow | SentRow]]) -> Iterator[tuple[int, JournalRow | SentRow]]:
        """The way of each answer that a case got inside this node: the question in the case of the service asked."""
        known = {(position, isinstance(row, SentRow)) for position, row in rows}
        waiting: list[JournalRow | SentRow] = [row for _, row in rows if _is_answer(row)]
        while waiting:
            row = waiting.pop()
            if isinstance(row, SentRow):
                sent, position = False, row.cause
            else:
                place = cause_of(row)
                sent, position = place.startswith(OUT), position_at(place.removeprefix(OUT))
            if not position or (position, sent) in known:
                continue
            known.add((position, sent))
            (raw,) = self._reader.read_log(Log.SENT if sent else Log.JOURNAL, [position])
            if raw is not None:
                found: JournalRow | SentRow = SENT.read(raw) if sent else JOURNAL.read(raw)
                waiting.append(found)
                yield position, found

    def _refused(self, reference: str) -> list[Happening]:
        """Refusals of a message of this identification. They have no index: the whole log of them is read."""
        found: list[Happening] = []
        for partition in self._partitions:
            after, end = keys.log_position(partition, 0), keys.log_position(partition + 1, 0) - 1
            while rows := self._reader.scan_log(Log.REFUSAL, after, end, _PAGE):
                after = rows[-1][0]
                read = ((keys.position_number(position) - 1, REFUSAL.read(raw)) for position, raw in rows)
                found += [self._describer.refused(leaf, refusal) for leaf, refusal in read if refusal.id == reference]
        return found

    def _aliases(self, value: str) -> Iterator[tuple[str, str, int]]:
        """Cases under any kind of name in any administration; the kinds are found by skipping from one to the next."""
        for partition in self._partitions:
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

    def _by_identification(self, reference: str) -> Iterator[tuple[int, JournalRow]]:
        """Messages that came under this identification, whoever sent it; the one that was taken before refused ones."""
        for position in self._known(reference):
            (raw,) = self._reader.read_log(Log.JOURNAL, [position])
            if raw is not None:
                yield position, JOURNAL.read(raw)

    def _known(self, message_id: str) -> Iterator[int]:
        """Journal positions under a message identification, whoever sent it."""
        for partition in self._partitions:
            space = keys.space(keys.KNOWN, partition)
            start = space
            while rows := self._reader.scan(start, keys.after(space), 1):
                head = space + rows[0][0][3:].partition(b"\0")[0] + b"\0"
                mine = head + message_id.encode()
                (raw,) = self._reader.read([mine])
                if raw is not None:
                    yield receipt_of(raw).position
                for _, refused in self._reader.scan(mine + MARK.encode(), keys.after(mine + MARK.encode()), _PAGE):
                    yield receipt_of(refused).position
                start = keys.after(head)

    def _sent(self, message_id: str) -> tuple[int, SentRow] | None:
        """A message that left, by its identification: its cause's position in at least 12 digits, and a number."""
        causes = [position_at(message_id[:cut]) for cut in range(12, min(len(message_id), 17))]
        for raw in self._reader.read_log(Log.JOURNAL, [position for position in causes if position]):
            if raw is None:
                continue
            view = View(self._reader, "", 0, _no_look)
            for position, row in view.timeline(JOURNAL.read(raw).subject):
                if isinstance(row, SentRow) and row.id == message_id:
                    return position, row
        return None


def _is_answer(row: JournalRow | SentRow) -> bool:
    return isinstance(row, JournalRow) and row.kind is RowKind.ANSWER


def _owners(reader: Reader) -> Iterator[tuple[bytes, bytes]]:
    """The owner's row of each partition."""
    return iter(reader.scan(keys.OWNER, keys.after(keys.OWNER), _PAGE))


def _no_look(_date: object) -> Look:
    raise DeclarationFault("A store that is looked at from outside evaluates no rules.")
