"""Many stored messages in little time: rows of real ticks, written again under new identifications.

A scratch node handles real declarations, most of them released at once, some of goods that an officer controls first;
the rows that each of them left are kept as templates. A copy gets subjects,
positions, references (LRN, MRN, message ids), digests and audit leaves of its own (salts are those of its template),
and is appended through the store port and the node's own audit log, many units a commit. What comes out is what the
ticks would have written, but for the balance of each guarantee, which is written once a batch.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from bench.messages import declaration
from bench.node import TRADERS, Filler, registrations, stored
from douane.applications.guarantees.records import Guarantee, Held
from douane.applications.transit.rules.mrn_series import mrn_serial
from douane.assembly.core import Core, make_core
from douane.configuration.settings import NodeSettings
from douane.runtime.core.tick import Tick
from douane.runtime.replication.sums import END, STATE_ROW, StateRow, part_of, state_key, sum_key
from douane.runtime.store import keys
from douane.runtime.store.bodies import pack
from douane.runtime.store.envelope import JOURNAL, OWNER, SENT, JournalRow, Receipt, SentRow, known_row
from douane.runtime.store.ports import HOUR, Batch, Log
from douane.runtime.store.records import kind_of
from douane.runtime.store.values import Stored
from douane.shared_services.auditing.leaf import Facts, seal
from douane.shared_services.auditing.port import journal_facts, sent_facts
from douane.standards.ncts.phase5 import CC015C
from douane.standards.replication.sums import number
from douane.vocabulary.identifiers import Mrn

TEMPLATES: Final = 256
UNITS: Final = 1_000  # a commit
FIRST: Final = 90_000_000_000_000  # numbers of the copies: above every number that a load generator takes
JOURNAL_FROM, SENT_FROM = 0x5A0000000000, 0x5B0000000000
"""Where the scratch node counts from, so that a position in a row cannot be taken for anything else."""
SPREAD: Final = 20_000  # µs between the times of two copies
_encode = msgspec.msgpack.encode
_DROPPED = frozenset({keys.OWNER, keys.AUDIT})
"""What is not of one unit: positions and audit log go on in the target."""
Make = Callable[["Values"], Any]


@dataclass(slots=True)
class Values:
    """What stands in the slots of one copy, as numbers or texts and as bytes inside keys."""

    plain: list[Any]
    coded: list[bytes]


class Slots:
    """The places of a template: texts and numbers that differ from copy to copy, by what stands there in the template.

    ``moments``: times in the future (deadlines, timers); each has a second slot for its form inside an index key, which
    is also that of a timer that counts by statutory time.
    """

    def __init__(self, texts: Sequence[str], numbers: Sequence[int], moments: Sequence[int]) -> None:
        numbered = [*numbers, *moments]
        self.numbers = {value: n for n, value in enumerate(numbered, len(texts))}
        coded = [t.encode() for t in texts] + [keys.u64(v) for v in numbered] + [keys.field(m) for m in moments]
        self._patterns = {data: n for n, data in enumerate(coded)}
        self._split = re.compile(b"(" + b"|".join(re.escape(data) for data in coded) + b")").split

    def joined(self, data: bytes) -> Callable[[Values], bytes] | None:
        """A maker of the same bytes for a copy; None where nothing in them differs."""
        literals = self._split(data)
        places = [self._patterns[part] for part in literals[1::2]]
        match places:
            case []:
                return None
            case [one]:
                head, _, tail = literals
                return lambda values: head + values.coded[one] + tail
            case [one, two]:
                head, _, middle, _, tail = literals
                return lambda values: head + values.coded[one] + middle + values.coded[two] + tail
        where = tuple(zip(range(1, len(literals), 2), places, strict=True))

        def made(values: Values) -> bytes:
            parts, coded = literals.copy(), values.coded
            for at, place in where:
                parts[at] = coded[place]
            return b"".join(parts)

        return made

    def value(self, value: Any) -> Make | None:
        """A maker of the same decoded value for a copy; None where nothing in it differs."""
        match value:
            case bool() | None:
                return None
            case int():
                at = self.numbers.get(value)
                return None if at is None else lambda values: values.plain[at]
            case str():
                made = self.joined(value.encode())
                return None if made is None else lambda values: made(values).decode()
            case bytes():
                return self.joined(value)
            case list():
                inner = [(n, m) for n, each in enumerate(value) if (m := self.value(each)) is not None]
                return _copied(value, inner) if inner else None
            case dict():
                pairs = [(k, m) for k, each in value.items() if (m := self.value(each)) is not None]
                return _copied(value, pairs) if pairs else None
            case _:
                return None


def _copied(value: Any, inner: Iterable[tuple[Any, Make]]) -> Make:
    parts = tuple(inner)

    def made(values: Values) -> Any:
        copy = value.copy()
        for at, make in parts:
            copy[at] = make(values)
        return copy

    return made


@dataclass(slots=True)
class Unit:
    """What one declaration left in the scratch node."""

    journal: list[tuple[int, JournalRow]] = field(default_factory=list)
    sent: list[tuple[int, SentRow]] = field(default_factory=list)
    pairs: dict[bytes, bytes] = field(default_factory=dict)
    known: list[bytes] = field(default_factory=list)
    series: list[bytes] = field(default_factory=list)

    def take(self, batch: Batch) -> None:
        """Add what a tick committed."""
        self.journal += [(p, JOURNAL.read(raw)) for p, raw in batch.logs.get(Log.JOURNAL, ())]
        self.sent += [(p, SENT.read(raw)) for p, raw in batch.logs.get(Log.SENT, ())]
        for key in batch.gone:
            self.pairs.pop(key, None)
        for key, value in (*batch.new.items(), *batch.put.items()):
            if key[:1] == keys.KNOWN:
                self.known.append(key)
            elif key[:1] == keys.SERIAL:
                if key[5:6] != b"@":  # what is counted by month is not copied
                    self.series.append(key)
            elif key[:1] not in _DROPPED:
                self.pairs[key] = value


class Template:
    """One unit, ready to be copied: every key and value that differs as a maker."""

    def __init__(self, unit: Unit, shared: Mapping[int, int], versions: str) -> None:
        first = unit.journal[0][1]
        self.mrn = next(_alias(k, b"mrn") for k in unit.pairs if k[:1] == keys.ALIAS and k[5:9] == b"mrn\0")
        subjects = sorted({int.from_bytes(k[3:11], "big") for k in unit.pairs if k[:1] == keys.SUBJECT} - shared.keys())
        positions = [p for p, _ in unit.journal]
        texts = [first.id, _lrn(first.id), self.mrn, *(f"{p:012X}" for p in positions)]
        numbers = [*subjects, *positions, *(p for p, _ in unit.sent), *shared]
        self.subjects, self.shared = len(subjects), tuple(shared.values())
        timers = [int.from_bytes(k[3:11], "big") for k in unit.pairs if k[:1] == keys.TIMER]
        self.moments = tuple({due & ~keys.STATUTORY for due in timers})
        slots = Slots(texts, numbers, self.moments)
        self.first_leaf = min([row.leaf for _, row in unit.journal] + [row.leaf for _, row in unit.sent])
        self.rows = [_Row(slots, JOURNAL, row, journal_facts, versions) for _, row in unit.journal]
        self.out = [_Row(slots, SENT, row, sent_facts, versions) for _, row in unit.sent]
        (known,), (self.series,) = unit.known, unit.series
        self.known = _always(slots.joined(known), known)
        pairs = [(k, v) for k, v in unit.pairs.items() if not _balance(k, shared)]
        self.pairs = [(_always(slots.joined(k), k), _stored(slots, k, v)) for k, v in pairs]
        held = next(v for k, v in pairs if _is_record(k, Held))
        self.amount = kind_of(Held).stored.read(held).reservation.amount

    @property
    def leaves(self) -> int:
        """Audit leaves of a copy."""
        return len(self.rows) + len(self.out)


class _Row:
    """A journal or sent row whose body, identifications and references differ, in its stored form."""

    def __init__(
        self, slots: Slots, stored: Stored[Any], row: JournalRow | SentRow, facts: Callable[[Any, str], Facts],
        versions: str,
    ) -> None:  # fmt: skip
        whole, body = stored.write(row), row.content.octets
        self.type, self.facts, self.versions = type(row), facts, versions
        self.head, self.model = whole[:6], msgspec.msgpack.decode(whole[6:])
        self.at = {name: n for n, name in enumerate(row.__struct_fields__)}
        self.body = _always(slots.joined(body), body)
        makers = [(n, slots.value(value)) for n, value in enumerate(self.model)]
        self.changed = [(n, make) for n, make in makers if make is not None]
        self.leaf = row.leaf

    def make(self, values: Values, leaf: int, moment: int, committed: int) -> tuple[list[Any], bytes, bytes]:
        """The fields of a copy, its stored form, its leaf hash. moment: when it was received."""
        fields, at, body = self.model.copy(), self.at, self.body(values)
        for n, make in self.changed:
            fields[n] = make(values)
        codec, kept = pack(body)
        media, _, _, attachments, _ = fields[at["content"]]
        fields[at["content"]] = [media, kept, sha256(body).digest(), attachments, codec.value]
        fields[at["leaf"]] = leaf
        if self.type is JournalRow:
            fields[at["origin"]] = [*fields[at["origin"]][:2], moment, *fields[at["origin"]][3:]]
            fields[at["committed"]] = committed
        else:
            fields[at["at"]] = committed
        row = msgspec.convert(fields, self.type)
        return fields, self.head + _encode(fields), seal(self.facts(row, self.versions), row.salt).hash()


def _alias(key: bytes, kind: bytes) -> str:
    return key[5 + len(kind) + 1 :].decode()


def _lrn(own_id: str) -> str:
    """The LRN beside a message id of the same number."""
    return f"LQ{int(own_id[2:]):014}"


def _is_record(key: bytes, kind: type[Any]) -> bool:
    return key[:1] == keys.RECORD and key[13:15] == keys.u16(kind_of(kind).number)


def _balance(key: bytes, shared: Mapping[int, int]) -> bool:
    """Rows of a guarantee's own case that every unit writes anew."""
    of_shared = key[:1] == keys.RECORD and int.from_bytes(key[5:13], "big") in shared
    return of_shared and not _is_record(key, Held)


def _always(make: Callable[[Values], bytes] | None, data: bytes) -> Callable[[Values], bytes]:
    return (lambda _: data) if make is None else make


def _stored(slots: Slots, key: bytes, value: bytes) -> Callable[[Values], bytes]:
    """A maker of a map value: of a record through msgpack, with its header; of anything else as bytes."""
    if key[:1] not in (keys.RECORD, keys.HISTORY):
        return _always(slots.joined(value), value)
    decoded, head = msgspec.msgpack.decode(value[6:]), value[:6]
    assert _encode(decoded) == value[6:], "a stored value is written in one way only"
    make = slots.value(decoded)
    return (lambda _: value) if make is None else lambda values: head + _encode(make(values))


class Copier:
    """Fills the store of a core with copies; the core goes on from there as if it had handled all of them."""

    def __init__(self, core: Core, *, templates: int = TEMPLATES, controlled: int = 0) -> None:
        """``templates``: of goods that are released; ``controlled``: more, each of goods that wait for an officer."""
        self.core, self.owner = core, core.node.owners[0]
        self.copies = self.owner.state.journal // 4  # never more than it has rows for: a store may be filled again
        self.began = core.clock.now() - 12 * HOUR
        self.templates = _learn(core, templates, controlled)
        self._series: dict[bytes, int] = {}

    def fill(self, messages: int, seconds: float) -> int:
        """Until so many messages are stored or the time is over; how many are."""
        owner, end = self.owner, time.monotonic() + seconds
        self._series.clear()  # the node may have gone on meanwhile
        while owner.pending:
            Tick(owner).run()
        while (left := messages - stored(self.core)) > 0 and time.monotonic() < end:
            self._commit(min(UNITS, -(-left // self.templates[0].leaves)))
        for cache in (owner.minted, owner.records, owner.aliases, owner.serials):
            cache.clear()
        owner.next_timer = 0
        return stored(self.core)

    def _commit(self, units: int) -> None:
        owner, auditor, now = self.owner, self.owner.ports.auditor, self.core.clock.now()
        batch, leaves, known, used = Batch(), list[bytes](), list[tuple[bytes, Receipt]](), dict[int, list[Template]]()
        for _ in range(units):
            template = self.templates[self.copies % len(self.templates)]
            self.copies += 1
            known.append(self._copy(template, batch, leaves, now))
            used.setdefault(template.shared[0], []).append(template)
        first = known[0][1].leaf_number
        kept, _ = auditor.promise([receipt.leaf for _, receipt in known], now)
        batch.put[keys.AUDIT + keys.u16(0) + b"p" + keys.u64(first)] = kept
        for place, (key, receipt) in enumerate(known):
            batch.new[key] = known_row(msgspec.structs.replace(receipt, promised=first, place=place))
        for subject, templates in used.items():
            self._reserve(batch, subject, templates)
        batch.put.update((key, keys.u64(number)) for key, number in self._series.items())
        leaves.append(self._carry(batch, now))
        batch.put.update(auditor.extend(leaves, now))
        owner.state.cursor = owner.state.journal
        batch.put[keys.space(keys.OWNER, 0)] = OWNER.write(owner.state)
        owner.ports.store.apply(batch, 0, owner.epoch)
        auditor.committed()
        owner.sums.committed()
        owner.minted.clear()

    def _carry(self, batch: Batch, now: int) -> bytes:
        """Add the sums of the state that a batch leads to; the leaf that commits to them."""
        owner, changes = self.owner, Counter[int]()
        written = [(key, value) for key, value in (*batch.put.items(), *batch.new.items()) if part_of(key) >= 0]
        before = owner.ports.store.read([key for key, _ in written])
        for (key, value), old in zip(written, before, strict=True):
            changes[part_of(key)] += number(key, value) - (number(key, old) if old is not None else 0)
        batch.put.update((sum_key(0, part), raw) for part, raw in owner.sums.carried(changes, END).items())
        row, state = StateRow(now, owner.sums.total()), owner.state
        batch.put[state_key(0, state.leaf)] = STATE_ROW.write(row)
        state.leaf = state.summed = state.leaf + 1
        state.committed = now
        return owner.ports.auditor.state_leaf(row)

    def _copy(self, template: Template, batch: Batch, leaves: list[bytes], now: int) -> tuple[bytes, Receipt]:
        """The rows of one copy; its known id and receipt."""
        state, moment = self.owner.state, self.began + self.copies * SPREAD
        first_leaf, journal, sent = state.leaf + 1, state.journal, state.sent
        values = self._values(template, journal, sent)
        hashes: dict[int, bytes] = {}
        opening: list[Any] = []
        for log, rows, base in ((Log.JOURNAL, template.rows, journal), (Log.SENT, template.out, sent)):
            for n, each in enumerate(rows, 1):
                leaf = first_leaf + each.leaf - template.first_leaf
                fields, stored_form, hashes[leaf] = each.make(values, leaf, moment, now)
                batch.append(log, keys.log_position(0, base + n), stored_form)
                opening = opening or fields
        leaves += [hashes[leaf] for leaf in sorted(hashes)]
        batch.put.update((key(values), value(values)) for key, value in template.pairs)
        state.journal, state.sent = journal + len(template.rows), sent + len(template.out)
        state.leaf = first_leaf + len(hashes) - 1
        first = msgspec.convert(opening, JournalRow)
        receipt = Receipt(first.id, keys.log_position(0, journal + 1), first.subject, moment, first.content.digest,
                          hashes[first.leaf], first.leaf)  # fmt: skip
        return template.known(values), receipt

    def _values(self, template: Template, journal: int, sent: int) -> Values:
        number = FIRST + self.copies
        positions = [keys.log_position(0, journal + n) for n in range(1, len(template.rows) + 1)]
        left = [keys.log_position(0, sent + n) for n in range(1, len(template.out) + 1)]
        subjects = [self.owner.mint(self.core.clock.now()) for _ in range(template.subjects)]
        texts = [f"LQ{number:016}", f"LQ{number:014}", self._mrn(template), *(f"{p:012X}" for p in positions)]
        moments = [m + self.copies * SPREAD for m in template.moments]
        numbers = [*subjects, *positions, *left, *template.shared, *moments]
        coded = [t.encode() for t in texts] + [keys.u64(n) for n in numbers] + [keys.field(m) for m in moments]
        return Values([*texts, *numbers], coded)

    def _mrn(self, template: Template) -> str:
        """The next MRN of the series that the office of the template draws from."""
        key, model = template.series, Mrn(template.mrn)
        last = self._series.get(key)
        if last is None:
            raw = self.owner.ports.store.read([key])[0]
            last = int.from_bytes(raw, "big") if raw else 0
        self._series[key] = last + 1
        procedure = model.procedure
        assert procedure is not None
        serial = mrn_serial(f"{model.country}{model[4:10]}", 0, last + 1)
        return str(Mrn.issue(2000 + model.year, model.country, serial, procedure))

    def _reserve(self, batch: Batch, subject: int, templates: Sequence[Template]) -> None:
        """The balance of a guarantee after the units of a batch that use it."""
        kind = kind_of(Guarantee)
        key = keys.record_key(0, "FR", subject, kind.number, b"")
        guarantee = self.owner.load(kind, key)
        assert isinstance(guarantee, Guarantee)
        amount = sum((t.amount for t in templates), start=guarantee.ledger.reserved)
        ledger = msgspec.structs.replace(guarantee.ledger, reserved=amount, uses=guarantee.ledger.uses + len(templates))
        self.owner.records[key] = changed = msgspec.structs.replace(guarantee, ledger=ledger)
        batch.put[key] = kind.stored.write(changed)


def _learn(target: Core, templates: int, controlled: int) -> list[Template]:
    """Handle declarations in a scratch node and keep what each of them left."""
    with tempfile.TemporaryDirectory(prefix="douane-scratch-") as folder:
        core = make_core(NodeSettings(name="bench", data=Path(folder), development=True), ended=_raise)
        owner, found = core.node.owners[0], list[Template]()
        owner.state.journal = owner.state.cursor = JOURNAL_FROM
        owner.state.sent = SENT_FROM
        owner.ports.budget = HOUR
        Tick(owner).run(registrations(core))
        apply = core.store.apply
        released, rifles = Filler(core), Filler(core, _rifles())
        rifles.number += TRADERS * (1 + templates // TRADERS)  # of the same traders
        for declarations in (*(released,) * templates, *(rifles,) * controlled):
            unit = Unit()

            def noting(batch: Batch, partition: int, epoch: int, unit: Unit = unit) -> None:
                unit.take(batch)
                apply(batch, partition, epoch)

            core.store.apply = noting  # type: ignore[method-assign]  # only looks on
            (receipt,) = Tick(owner).run([declarations.arrival()])
            assert isinstance(receipt, Receipt)
            assert not owner.pending
            found.append(Template(unit, _shared(target, unit), target.auditor.versions))
        core.close()
        return found


def _rifles() -> CC015C:
    """The declaration of a unit with goods that risk analysis has controlled: sporting rifles."""
    message = declaration()
    house, *others = message.consignment.house_consignment
    item, *rest = house.consignment_item
    assert item.commodity.commodity_code is not None
    code = replace(item.commodity.commodity_code, harmonized_system_sub_heading_code="930330")
    item = replace(item, commodity=replace(item.commodity, commodity_code=code))
    houses = (replace(house, consignment_item=(item, *rest)), *others)
    return replace(message, consignment=replace(message.consignment, house_consignment=houses))


def _shared(target: Core, unit: Unit) -> dict[int, int]:
    """The guarantee that a unit uses: its case in the scratch node, and the one of the same GRN in the target."""
    key = next(k for k in unit.pairs if _is_record(k, Guarantee))
    guarantee = kind_of(Guarantee).stored.read(unit.pairs[key])
    raw = target.store.read([keys.alias_key(0, "FR", "grn", guarantee.grn)])[0]
    assert raw is not None, "the target must know the guarantees"
    return {int.from_bytes(key[5:13], "big"): int.from_bytes(raw, "big")}


def _raise(problem: BaseException) -> None:
    raise problem
