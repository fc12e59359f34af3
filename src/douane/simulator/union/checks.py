"""What must hold in a store once a simulated union is calm and drained, whatever happened before.

Every check is computed again from the rows; none trusts what the runtime keeps for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from douane.model.caller import INNER
from douane.runtime.core.commands import SENT_ON
from douane.runtime.core.refusing import refusal_id
from douane.runtime.core.relaying import PASSED, PATIENCE, UNNAMED
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, FEED, JOURNAL, OWNER, SENT, TRIED, JournalRow, SentRow, receipt_of
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.records import CARRIED, Carried, CaseEntry, RecordKind, Timers, Value, kind_numbered, kind_of
from douane.shared_services.auditing.log import tile_reader
from douane.shared_services.auditing.promise import Promise, check_promise
from douane.shared_services.auditing.proving import audit_prefix
from douane.shared_services.auditing.walking import Walk
from douane.simulator.union.ledger import Ledger
from douane.simulator.union.rights import Rights
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TiledTree
from douane.vocabulary.errors import DouaneError

_PAGE = 2_000
_decode_promise = msgspec.msgpack.Decoder(tuple[str, int, tuple[bytes, ...]]).decode
_PASSED, _CARRIED = keys.text(PASSED), keys.text(CARRIED)
_KIND_CARRIED = keys.u16(kind_of(Carried).number)
_CASE, _TIMERS = kind_of(CaseEntry), kind_of(Timers)


@dataclass(frozen=True, slots=True)
class Witness:
    """A checkpoint that somebody outside saw: size and root of a partition's audit log."""

    partition: int
    size: int
    root: bytes


@dataclass(slots=True)
class Inspection:
    """One machine's store beside what the outside holds of it."""

    name: str
    reader: Reader
    signers: Mapping[int, Key]
    ledger: Ledger
    witnesses: list[Witness]
    blocked: frozenset[int] = frozenset()
    """Positions of messages that were seen to hold up their case."""
    now: int = 0
    """What the clock of the machine shows: one that two operators set back by a day lets names be waited for that much
    longer."""
    journal: dict[int, JournalRow] = field(init=False)
    sent: dict[int, SentRow] = field(init=False)

    def __post_init__(self) -> None:
        self.journal = {p: JOURNAL.read(raw) for p, raw in self._log(Log.JOURNAL)}
        self.sent = {p: SENT.read(raw) for p, raw in self._log(Log.SENT)}

    def findings(self) -> Iterator[str]:
        """Everything that is wrong, each in a sentence."""
        for check in (self._positions, self._aside, self._receipts, self._once, self._order, self._sequences,
                      self._cases, self._deliveries, self._records, self._aliases, self._timers, self._rights,
                      self._audit):  # fmt: skip
            for found in check():
                yield f"{self.name}: {found}"

    def published(self, feed: str) -> Iterator[tuple[SentRow, bytes]]:
        """What was published in a feed, in order."""
        yield from ((row, row.content.octets) for row in self.sent.values() if row.party == feed)

    def carried(self, nation: Inspection, code: str) -> Iterator[str]:
        """What the centre and a nation sent each other: each message arrived once, those of a case in their order."""
        up = [(p, r) for p, r in nation.sent.items() if r.lane]
        down = [(p, r) for p, r in self.sent.items() if r.party == f"NTA.{code}"]
        for source, target, rows in ((nation, self, up), (self, nation, down)):
            arrived: dict[tuple[str, bytes], list[int]] = {}  # identifications are unique for their sender only
            for position, row in target.journal.items():
                if row.origin.platform:
                    arrived.setdefault((row.id, row.content.digest), []).append(position)
                if row.kind.is_refusal:  # kept under an identification of its own
                    refused = [each for _, each in rows if refusal_id(each.id, row.content.digest) == row.id]
                    arrived.update({(each.id, row.content.digest): [position] for each in refused})
            last: dict[tuple[int, int], int] = {}
            for _, sent in rows:
                places = arrived.get((sent.id, sent.content.digest), [])
                if len(places) != 1:
                    yield f"{sent.type} {sent.id} of {source.name} arrived {len(places)} times at {target.name}"
                    continue
                lane = (sent.subject, places[0] >> 48)
                if places[0] < last.get(lane, 0):
                    yield f"{sent.type} {sent.id} of {source.name} was overtaken on its way to {target.name}"
                last[lane] = places[0]
        yield from self._passed_on(nation)

    def _passed_on(self, nation: Inspection) -> Iterator[str]:
        """What a nation's case sent under its reference to parties of the centre stands together there."""
        named = {
            int.from_bytes(raw, "big") for key, raw in self._map(keys.ALIAS) if key[5:].startswith((_PASSED, _CARRIED))
        }
        arrived = {(row.id, row.content.digest): row.subject for row in self.journal.values() if row.relay_to}
        places: dict[tuple[int, str], set[int]] = {}
        for sent in nation.sent.values():
            subject = arrived.get((sent.id, sent.content.digest))
            if subject in named:
                places.setdefault((sent.subject, sent.party), set()).add(subject)
        for (case, _), subjects in places.items():
            if len(subjects) > 1:
                yield f"messages of case {case:x} of {nation.name} were passed on in {len(subjects)} places"

    # --- positions, receipts, order

    def _positions(self) -> Iterator[str]:
        for partition in self.signers:
            (raw,) = self.reader.read([keys.space(keys.OWNER, partition)])
            if raw is None:
                continue
            state = OWNER.read(raw)
            for name, rows, counted in (("journal", self.journal, state.journal), ("sent", self.sent, state.sent)):
                numbers = [keys.position_number(p) for p in rows if p >> 48 == partition]
                if numbers != list(range(1, counted + 1)):
                    yield f"positions of {name} {partition} are not dense up to {counted}"
            if state.cursor != state.journal:
                yield f"partition {partition} handled {state.cursor} of {state.journal} messages"

    def _aside(self) -> Iterator[str]:
        for key, _ in self._map(keys.WAIT):
            row = self.journal.get(int.from_bytes(key[3:], "big"))
            yield f"{row.operation if row else '?'} {row.id if row else key.hex()} is still set aside"

    def _receipts(self) -> Iterator[str]:
        for sending in self.ledger.sendings.values():
            if sending.machine != self.name:
                continue
            receipt = sending.receipt
            if receipt is None:
                if not sending.refused:
                    yield f"nobody knows what became of {sending.id} of {sending.party}"
                continue
            row = self.journal.get(receipt.position)
            if row is None or (row.id, row.content.digest, row.subject) != (
                sending.id,
                receipt.digest,
                receipt.subject,
            ):
                yield f"{sending.id} of {sending.party} was acknowledged and is not where its receipt says"
                continue
            known = self.reader.read([keys.known_key(receipt.position >> 48, row.sender, row.id)])[0]
            if known is None or receipt_of(known).leaf != receipt.leaf:
                yield f"{sending.id} of {sending.party} was acknowledged and is not known"

    def _once(self) -> Iterator[str]:
        names = Counter((r.sender, r.id) for r in self.journal.values() if r.origin.platform)
        for (sender, own_id), times in names.items():
            if times > 1:
                yield f"{own_id} of {sender} is journalled {times} times"
        held = {(s.party, s.id) for s in self.ledger.sendings.values() if s.receipt is not None}
        for row in self.journal.values():
            mine = (row.sender, row.id) in self.ledger.sendings
            if row.origin.platform and mine and (row.sender, row.id) not in held:
                yield f"{row.id} of {row.sender} is journalled and was never acknowledged"

    def _order(self) -> Iterator[str]:
        """Effects of a case follow the order in which its messages were accepted."""
        last: dict[int, int] = {}
        for position, row in self.sent.items():
            if row.cause < last.get(row.subject, 0):
                yield f"{row.type} {position:x} of case {row.subject:x} was overtaken"
            last[row.subject] = max(row.cause, last.get(row.subject, 0))

    def _sequences(self) -> Iterator[str]:
        """Messages of a lane are counted from 1, without gaps in their partition."""
        last: Counter[tuple[int, str]] = Counter()
        for position, row in self.sent.items():
            lane = (position >> 48, row.lane)
            if row.lane and not row.lane.startswith(INNER):
                last[lane] += 1
                if row.sequence != last[lane]:
                    yield f"{row.type} {position:x} is number {row.sequence} of its lane, in place {last[lane]}"

    def _cases(self) -> Iterator[str]:
        """Every message stands in the partition of its case, and in the timeline of its case."""
        wanted = set()
        for mark, rows in ((b"j", self.journal), (b"s", self.sent)):
            for position, row in rows.items():
                partition, home = position >> 48, keys.subject_partition(row.subject)
                if partition != home:
                    yield f"{row.id} {position:x} is of a case of partition {home}"
                wanted.add(keys.space(keys.SUBJECT, partition) + keys.u64(row.subject) + mark + keys.u64(position))
        stored = {key for key, _ in self._map(keys.SUBJECT)}
        if stored != wanted:
            yield f"{len(stored ^ wanted)} places in timelines differ from the logs"

    def _may_wait(self, row: SentRow) -> bool:
        """Whether the name of its case may still be told, by the clock of whoever waits for it."""
        return row.lane.startswith(f"{UNNAMED}:") and self.now - row.at <= PATIENCE

    def _deliveries(self) -> Iterator[str]:
        for space in (keys.INBOX, keys.LANE):
            for key, _ in self._map(space):
                row = self.sent.get(int.from_bytes(key[-8:], "big"))
                if row is not None and self._may_wait(row):
                    continue
                if row is None or not row.party.startswith(FEED):
                    what = f"{row.type} {row.id} for {row.party}" if row else "something"
                    where = "an inbox" if space == keys.INBOX else f"the lane {row.lane}" if row else "a lane"
                    yield f"{what} was never delivered: it waits in {where} since {row.at if row else 0}"
        reports = {int.from_bytes(key[3:], "big"): DELIVERY.read(raw) for key, raw in self._map(keys.REPORT)}
        for position, row in self.sent.items():
            report = reports.pop(position, None)
            if row.party.startswith(FEED):
                continue
            if self._may_wait(row) and (report is None or report.state == TRIED):
                continue
            waited = row.lane.startswith(f"{UNNAMED}:")
            wanted = SENT_ON if waited else "arrived" if row.lane else "delivered"
            if report is None or report.state != wanted:
                yield f"{row.type} {row.id} for {row.party} ended as {report.state if report else 'nothing'}"
            inbox = self.ledger.inboxes.get(row.party)
            if inbox is not None and not row.lane and (self.name, position) not in inbox:
                yield f"{row.type} {position:x} was confirmed by {row.party}, who never saw it"
        if reports:
            yield f"{len(reports)} delivery reports are about nothing"

    # --- records, indexes, names, timers

    def _records(self) -> Iterator[str]:
        wanted: dict[bytes, bytes] = {}
        cases: dict[tuple[bytes, bytes], CaseEntry] = {}
        sources: dict[tuple[bytes, bytes], tuple[RecordKind, Value]] = {}
        for key, raw in self._map(keys.RECORD):
            kind = kind_numbered(int.from_bytes(key[13:15], "big"))
            value = kind.stored.read(raw)
            for entry in kind.entries(value, keys.INDEX + key[1:5], key[5:13] + key[15:]):
                wanted[entry] = key
            if isinstance(value, CaseEntry):
                cases[key[1:5], key[5:13]] = value
            elif kind.case is not None:
                sources[key[1:5], key[5:13]] = (kind, value)
        stored = dict(self._map(keys.INDEX))
        if stored != wanted:
            yield f"{len(stored.keys() ^ wanted.keys())} index entries differ from the records"
        if cases.keys() != sources.keys():
            yield f"{len(cases.keys() ^ sources.keys())} cases have no entry in the case index, or no record"
        for place in cases.keys() & sources.keys():
            held, (kind, value) = cases[place], sources[place]
            if not _agrees(held, kind, value):
                yield f"the case index says of {place[1].hex()} that it is {held.state}, its record says otherwise"

    def _aliases(self) -> Iterator[str]:
        """Every name leads to one case, which knows it, and back."""
        bound = {(key[1:5], *key[5:].split(b"\0", 1), raw) for key, raw in self._map(keys.ALIAS)}
        bound -= (led := {each for each in bound if each[1] + b"\0" == _CARRIED})
        meanings = Counter((place[2:], kind, value) for place, kind, value, _ in bound if kind + b"\0" != _PASSED)
        for (_, kind, value), times in meanings.items():
            if times > 1:
                yield f"{kind.decode()} {value.decode()} names {times} cases"
        named = set()
        for key, raw in self._map(keys.RECORD):
            if int.from_bytes(key[13:15], "big") == _CASE.number:
                entry = _CASE.stored.read(raw)
                if entry.kind == Carried.__name__:  # its names are of its party alone
                    continue
                named |= {(key[1:5], kind.encode(), value.encode(), key[5:13]) for kind, value in entry.aliases}
        missing = named - bound
        if missing:
            yield f"{len(missing)} names of cases lead nowhere or elsewhere"
        carried = {(key[1:5], key[5:13]) for key, _ in self._map(keys.RECORD) if key[13:15] == _KIND_CARRIED}
        lost = {(place, subject) for place, _, _, subject in led} - carried
        if lost:
            yield f"{len(lost)} names of carried cases lead nowhere"

    def _timers(self) -> Iterator[str]:
        wanted = set()
        for key, raw in self._map(keys.RECORD):
            if int.from_bytes(key[13:15], "big") == _TIMERS.number:
                partition, subject = int.from_bytes(key[1:3], "big"), int.from_bytes(key[5:13], "big")
                due = _TIMERS.stored.read(raw).due
                wanted |= {keys.timer_key(partition, at, subject, name) for name, at in due}
        stored = {key for key, _ in self._map(keys.TIMER)}
        if stored != wanted:
            yield f"{len(stored ^ wanted)} timers differ between their queue and their cases"

    def _rights(self) -> Iterator[str]:
        """Nobody touched a case in which he had no part."""
        yield from Rights(
            self.journal, self.sent, self._map(keys.RECORD), self._map(keys.ALIAS), self.blocked
        ).findings()

    # --- evidence

    def _audit(self) -> Iterator[str]:
        for partition, key in self.signers.items():
            prefix = audit_prefix(partition)
            try:
                for found in Walk(partition, key).slice(self.reader):
                    yield f"audit log {partition}, {found.where}: {found.text}"
            except DouaneError as problem:
                yield f"audit log {partition}: {problem.text}"
                continue
            yield from self._witnessed(partition, prefix)
        yield from self._promises()

    def _witnessed(self, partition: int, prefix: bytes) -> Iterator[str]:
        get_tile = tile_reader(self.reader.read, prefix=prefix)
        for seen in self.witnesses:
            if seen.partition != partition:
                continue
            try:
                root = TiledTree(seen.size, get_tile).root()
            except DouaneError as problem:
                yield f"audit log {partition} lost what was signed at {seen.size} leaves: {problem.text}"
                continue
            if root != seen.root:
                yield f"audit log {partition} contradicts the checkpoint of {seen.size} leaves that was seen outside"

    def _promises(self) -> Iterator[str]:
        """Each receipt's leaf is in the log where it was promised, under a signature of this log."""
        salts = Counter(r.salt for r in self.journal.values()) + Counter(r.salt for r in self.sent.values())
        if any(times > 1 for times in salts.values()):
            yield "a salt was used twice"
        for sending in self.ledger.sendings.values():
            receipt = sending.receipt
            if sending.machine != self.name or receipt is None:
                continue
            partition = receipt.position >> 48
            get_tile = tile_reader(self.reader.read, prefix=audit_prefix(partition))
            index, at = divmod(receipt.leaf_number - 1, 256)
            logged = get_tile(0, index, at + 1)[at * 32 : at * 32 + 32]
            if logged != receipt.leaf:
                yield f"the leaf promised for {sending.id} of {sending.party} is not in the audit log"
            try:
                promise = _decode_promise(receipt.promise)
                check_promise(Promise(*promise), receipt.leaf, self.signers[partition].name, [self.signers[partition]])
            except (DouaneError, msgspec.DecodeError) as problem:
                yield f"the promise for {sending.id} of {sending.party} does not hold: {problem}"

    # --- reading

    def _log(self, log: Log) -> Iterator[tuple[int, bytes]]:
        for partition in self.signers:
            after, end = keys.log_position(partition, 0), keys.log_position(partition + 1, 0) - 1
            while rows := self.reader.scan_log(log, after, end, _PAGE):
                yield from rows
                after = rows[-1][0]

    def _map(self, space: bytes) -> Iterator[tuple[bytes, bytes]]:
        start = space
        while rows := self.reader.scan(start, keys.after(space), _PAGE):
            yield from rows
            start = rows[-1][0] + b"\0"


def _agrees(entry: CaseEntry, kind: RecordKind, value: Value) -> bool:
    case = kind.case
    assert case is not None
    wanted = (
        kind.type.__name__, getattr(value, case.office) if case.office else "",
        str(getattr(value, case.state)) if case.state else "", getattr(value, case.deadline) if case.deadline else 0,
    )  # fmt: skip
    return (entry.kind, entry.office, entry.state, entry.deadline) == wanted


__all__ = ["Inspection", "JournalRow", "SentRow", "Witness"]
