"""From the working state of a tick to its one batch. Index changes are derived once, from first and last version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from douane.model.caller import CORE
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.admission import parties_in
from douane.runtime.core.overlay import GONE, Overlay
from douane.runtime.core.tally import count_case, count_exchanges
from douane.runtime.replication.keeping import Finals, keep_final
from douane.runtime.replication.summaries import OUTSIDE, OneView, Summary, followed_by, issued, outside
from douane.runtime.replication.sums import (
    END,
    PARTS,
    STATE_ROW,
    StateRow,
    entries_after,
    part_of,
    progress_key,
    state_key,
    sum_key,
)
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER, PARKED, REFUSAL, SENT, WIRE, JournalRow, in_inbox, known_row
from douane.runtime.store.history import past_entries, version_key, version_value
from douane.runtime.store.hold import hold_key
from douane.runtime.store.indexing import build_slice
from douane.runtime.store.ports import Batch, Log
from douane.runtime.store.records import (
    Carried,
    Case,
    CaseEntry,
    Counted,
    HumanTask,
    Parties,
    RecordKind,
    Timers,
    Value,
    kind_of,
)
from douane.standards.replication.sums import number

_CASE, _CARRIED, _SUMMARY = kind_of(CaseEntry), kind_of(Carried), kind_of(Summary)
_TASK, _TIMERS, _ONE_VIEW = kind_of(HumanTask), kind_of(Timers), kind_of(OneView)
_SHOWN = frozenset({CaseEntry, HumanTask, Timers, Parties, OneView})
"""Records of which summaries are made."""


def flush(tick: Overlay) -> Batch:
    """The batch of a tick; empty when the tick had no effect."""
    batch = Batch()
    if tick.rows or tick.before or tick.names:
        _cases(tick)
        if tick.owner.ports.tells is not None:
            _summaries(tick, tick.owner.ports.tells)
    count_exchanges(tick)
    _logs(tick, batch)
    finals = _records(tick, batch)
    _names(tick, batch)
    _timers(tick, batch)
    for command in tick.building:
        changed = {key: tick.owner.records.get(key) for key in tick.before}
        beyond = tick.owner.beyond(tick.now)
        earlier = build_slice(tick.owner.ports.store, tick.partition, command, changed, beyond, batch)
        finals += [(kind, key, None, value) for kind, key, value in earlier if key not in tick.before]
    if finals or tick.vanished:
        keep_final(tick.owner.ports.store, tick.partition, finals, tick.now, batch, tick.vanished)
    carry(tick, batch)
    if tick.leaves:
        batch.put.update(tick.owner.ports.auditor.extend(tick.leaves, tick.now))
    if batch or tick.handled:
        tick.owner.state.registers += tick.changed(UNION)
        tick.owner.state.committed = tick.now
        batch.put[keys.space(keys.OWNER, tick.partition)] = OWNER.write(tick.owner.state)
    return batch


def _logs(tick: Overlay, batch: Batch) -> None:
    p = tick.partition
    for position, row in tick.rows:
        batch.append(Log.JOURNAL, position, JOURNAL.write(row))
        batch.put[keys.SUBJECT + keys.u16(p) + keys.u64(row.subject) + b"j" + keys.u64(position)] = b""
    for position, sent in tick.sent:
        batch.append(Log.SENT, position, SENT.write(sent))
        batch.put[keys.SUBJECT + keys.u16(p) + keys.u64(sent.subject) + b"s" + keys.u64(position)] = b""
        if sent.lane:  # a message waits in the lane that pushes it, in the inbox that its party reads, or in both
            batch.put[keys.LANE + keys.u16(p) + keys.text(sent.lane) + keys.u64(position)] = b""
        if not sent.lane or in_inbox(sent.lane):
            batch.put[keys.INBOX + keys.u16(p) + keys.text(sent.party) + keys.u64(position)] = b""
    for position, refusal in tick.refusals:
        batch.append(Log.REFUSAL, position, REFUSAL.write(refusal))
    for where, (report, delivery) in tick.delivered.items():
        batch.gone.add(where)
        batch.put[report] = delivery
    batch.put.update(tick.reported)
    if tick.promise_kept:
        batch.put[keys.AUDIT + keys.u16(p) + b"p" + keys.u64(tick.promise_number)] = tick.promise_kept
    for key, receipt in tick.known.items():
        batch.new[key] = known_row(receipt)
    for key, wire in tick.wires.items():
        batch.new[key] = WIRE.write(wire)
    batch.put.update(tick.certificates)
    batch.put.update(tick.aside.put)
    batch.gone |= tick.aside.gone
    batch.retired = tick.aside.retired
    if tick.releases:
        batch.gone.add(hold_key(p))
    for position, parked in tick.parked.items():
        key = keys.space(keys.WAIT, p) + keys.u64(position)
        if parked is None:
            batch.gone.add(key)
        else:
            batch.put[key] = PARKED.write(parked)


def _records(tick: Overlay, batch: Batch) -> Finals:
    """The records that changed; of these, those that are final data."""
    finals: Finals = []
    for key, (kind, old) in tick.before.items():
        value = tick.owner.records.get(key)
        if value is None:
            if old is not None:
                batch.gone.add(key)
        elif value != old:
            batch.put[key] = kind.stored.write(value)
        if kind.final is not None:
            finals.append((kind, key, old, value))
        if kind.indexes:
            _index(kind, key, old, value, batch)
    _history(tick, batch)
    return finals


def _history(tick: Overlay, batch: Batch) -> None:
    """Keep each version, and the index entries of the one that it replaces."""
    last: dict[bytes, Value | None] = {}
    for kind, key, version in tick.history:
        replaced = last[key] if key in last else tick.before[key][1]
        if replaced is not None:
            batch.put.update(dict.fromkeys(past_entries(kind, key, replaced), key))
        batch.put[version_key(key, version)] = version_value(kind, version)
        last[key] = version.value


def _index(kind: RecordKind, key: bytes, old: Value | None, value: Value | None, batch: Batch) -> None:
    head, tail = keys.INDEX + key[1:5], key[5:13] + key[15:]
    for index in kind.indexes:
        was = index.values(old) if old is not None else None
        now = index.values(value) if value is not None else None
        if was != now:
            gone = set(index.entries(was, head, tail)) if was is not None else set()
            entries = set(index.entries(now, head, tail)) if now is not None else set()
            batch.gone.update(gone - entries)
            for entry in entries - gone:
                batch.put[entry] = key


def _cases(tick: Overlay) -> None:
    """Keep the case index: one entry a case, from whichever of its records declares the fields."""
    touched: dict[bytes, tuple[str, int]] = {}
    for key, (kind, _) in list(tick.before.items()):
        if kind.case is not None:
            touched[key] = (key[3:5].decode(), int.from_bytes(key[5:13], "big"))
    for key, (administration, subject) in touched.items():
        kind, _ = tick.before[key]
        value = tick.owner.records.get(key)
        prefix = keys.subject_prefix(tick.partition, administration, subject)
        where = prefix + _CASE.mark
        old = tick.owner.load(_CASE, where)
        if value is None:
            tick.change(_CASE, where, GONE)
            continue
        known = old.aliases if isinstance(old, CaseEntry) else ()
        opened = old.opened if isinstance(old, CaseEntry) else tick.now
        fresh = tuple(n for n in tick.names.get(subject, ()) if n not in known)
        parties = parties_in(tick, administration, subject, prefix)
        entry = _entry(kind, value, parties, known + fresh, opened)
        if entry != old:
            tick.change(_CASE, where, entry)
        if not isinstance(old, CaseEntry) and kind is not _CARRIED:  # its keeper counts that one
            count_case(tick, administration, kind)


def _entry(
    kind: RecordKind, value: Value, parties: Parties | None, aliases: tuple[tuple[str, str], ...], opened: int
) -> CaseEntry:
    case = kind.case
    assert case is not None
    return CaseEntry(
        kind=kind.type.__name__,
        parties=tuple(dict.fromkeys([each.party.name for each in parties.members])) if parties is not None else (),
        office=getattr(value, case.office) if case.office else "",
        state=str(getattr(value, case.state)) if case.state else "",
        deadline=getattr(value, case.deadline) if case.deadline else 0,
        aliases=aliases,
        opened=opened,
        others=_others(value, case),
    )


def _others(value: Value, case: Case) -> tuple[str, ...]:
    """The offices of a case beside the one that has it."""
    if not case.others:
        return ()
    own = getattr(value, case.office)
    return tuple([each for each in getattr(value, case.others) if each != own])


# --- what is told of a case to the centre


def _summaries(tick: Overlay, articles: Mapping[str, str]) -> None:
    """Keep the summaries of the cases that a tick changed. articles: of time limits, by their ids."""
    spoke: dict[tuple[str, int], set[str]] = {}
    for _, row in tick.rows:
        if _by_the_centre(row):
            spoke.setdefault((row.administration, row.subject), set()).add(row.caller.party.name)
    changed = {
        (key[3:5].decode(), int.from_bytes(key[5:13], "big"))
        for key, (kind, _) in tick.before.items() if kind.type in _SHOWN
    }  # fmt: skip
    for administration, subject in sorted(spoke.keys() | changed):
        if keys.subject_partition(subject) == tick.partition:
            _tell(tick, (administration, subject), articles, spoke.get((administration, subject), set()))


def _tell(tick: Overlay, of: tuple[str, int], articles: Mapping[str, str], spoke: Collection[str]) -> None:
    """Keep the summary of a case, or let it go. spoke: who spoke in it by the centre in this tick."""
    administration, subject = of
    prefix = keys.subject_prefix(tick.partition, administration, subject)
    was, entry = tick.record(_SUMMARY, prefix + _SUMMARY.mark), tick.record(_CASE, prefix + _CASE.mark)
    known = was if isinstance(was, Summary) else None
    if known is None:
        fresh = prefix + _CASE.mark in tick.before and tick.before[prefix + _CASE.mark][1] is None
        by_the_centre = fresh and _by_the_centre(_opening(tick, subject))
        if not by_the_centre and not any(_wants(tick, prefix, each) for each in spoke):
            return
    elif _no_longer(tick, of, prefix):
        tick.change(_SUMMARY, prefix + _SUMMARY.mark, GONE)
        return
    if not isinstance(entry, CaseEntry) or entry.kind == Carried.__name__:
        if known is not None:
            tick.change(_SUMMARY, prefix + _SUMMARY.mark, GONE)
        return
    made = _summary(tick, administration, subject, entry, articles, known)
    final = _SUMMARY.final
    assert final is not None
    if known is None or final.read(made) != final.read(known):
        tick.change(_SUMMARY, prefix + _SUMMARY.mark, made)


def _summary(
    tick: Overlay, administration: str, subject: int, entry: CaseEntry, articles: Mapping[str, str],
    known: Summary | None,
) -> Summary:  # fmt: skip
    prefix = keys.subject_prefix(tick.partition, administration, subject)
    kind, reference = issued(entry) or ("", "")
    timers = tick.record(_TIMERS, prefix + _TIMERS.mark)
    limits: tuple[Counted, ...] = timers.limits if isinstance(timers, Timers) else ()
    limit = next((each for each in limits if entry.deadline and each.ends == entry.deadline), None)
    tasks = tick.under(_TASK, prefix + _TASK.mark, administration, CORE)
    waits = next((each for _, each in sorted(tasks.items()) if each is not None and not each.done), None)
    return Summary(
        administration, kind, reference, known.operation if known is not None else _operation(_opening(tick, subject)),
        entry.opened, entry.state, entry.office, entry.deadline, limit,
        articles.get(limit.limit, "") if limit is not None else "", waits.role if waits is not None else "",
        waits.office if waits is not None else "", outside(parties_in(tick, administration, subject, prefix)),
        tick.now, tick.owner.ports.statutory.pace.date(tick.now),
    )  # fmt: skip


def _opening(tick: Overlay, subject: int) -> JournalRow | None:
    """The message by which a case began: it may have come in an earlier tick than the one that handles it."""
    prefix = keys.SUBJECT + keys.u16(tick.partition) + keys.u64(subject) + b"j"
    store = tick.owner.ports.store
    found = store.scan(prefix, keys.after(prefix), 1)
    raw = store.read_log(Log.JOURNAL, [int.from_bytes(found[0][0][-8:], "big")])[0] if found else None
    return JOURNAL.read(raw) if raw is not None else next((r for _, r in tick.rows if r.subject == subject), None)


def _wants(tick: Overlay, prefix: bytes, party: str) -> bool:
    """Whether a party that speaks by the centre may be shown its case there: it may unless it wants that no more."""
    said = tick.record(_ONE_VIEW, prefix + _ONE_VIEW.mark + followed_by(party))
    return not isinstance(said, OneView) or said.wanted


def _no_longer(tick: Overlay, of: tuple[str, int], prefix: bytes) -> bool:
    """Whether a party said in this tick that it wants its case told no more, no other one asked for that, and the case
    did not begin by the centre."""
    mark = prefix + _ONE_VIEW.mark
    if not any(key.startswith(mark) for key in tick.before):
        return False
    wishes = tick.under(_ONE_VIEW, mark, of[0], CORE).values()
    return not any(each is not None and each.wanted for each in wishes) and not _by_the_centre(_opening(tick, of[1]))


def _operation(row: JournalRow | None) -> str:
    return row.operation if row is not None else ""


def _by_the_centre(row: JournalRow | None) -> bool:
    """Whether a message is of a party outside, and came by the centre."""
    return row is not None and row.caller.via == UNION and row.caller.party.kind in OUTSIDE


# --- names and timers


def _names(tick: Overlay, batch: Batch) -> None:
    for key, subject in tick.bound.items():
        known = batch.put if key in tick.unbound else batch.new
        known[key] = subject.to_bytes(8, "big")
    batch.gone |= tick.unbound - tick.bound.keys()
    for key, last in tick.serials_used.items():
        batch.put[key] = keys.u64(last)


def _timers(tick: Overlay, batch: Batch) -> None:
    for key in tick.timers_new:
        subject = int.from_bytes(key[11:19], "big")
        batch.put[key] = tick.timer_administrations[subject].encode()
    batch.gone.update(tick.timers_gone)


# --- the state, and the leaf that commits to it


def carry(tick: Overlay, batch: Batch) -> None:
    """Add the sums that a batch leads to, and the leaf that commits to them.

    The batch tells every entry that the tick writes, whoever decided it, so no writer can forget to be summed. What was
    there before is read from the store: whoever changed it there behind the owner's back makes the sum differ.
    """
    sums = tick.owner.sums
    come, upto = _summed((*batch.put.items(), *batch.new.items())), sums.upto
    go = _before(tick, batch, come)
    if not sums.whole:
        come, go = _upto(come, upto), _upto(go, upto)
        if tick.summing:
            most = max(each.entries for each in tick.summing)
            rows, upto = entries_after(tick.owner.ports.store, tick.partition, sums.upto, most)
            come += _summed(_as_left(dict(rows), batch, sums.upto, upto).items())
    changes = dict.fromkeys(range(PARTS), 0) if sums.fresh and upto != sums.upto else {}
    for part, key, value in come:
        changes[part] = changes.get(part, 0) + number(key, value)
    for part, key, value in go:
        changes[part] = changes.get(part, 0) - number(key, value)
    if not changes and upto == sums.upto:
        return
    kept = sums.carried(changes, upto)
    for part, raw in kept.items():
        batch.put[sum_key(tick.partition, part)] = raw
    if upto != END:
        batch.put[progress_key(tick.partition)] = upto
    elif kept or not sums.whole:
        _commit(tick, batch, anew=not sums.whole)


Entries = list[tuple[int, bytes, bytes]]
"""Entries that are summed: part, key and value."""


def _summed(entries: Iterable[tuple[bytes, bytes]]) -> Entries:
    return [(part, key, value) for key, value in entries if (part := part_of(key)) >= 0]


def _commit(tick: Overlay, batch: Batch, *, anew: bool) -> None:
    """Let a leaf say what the state is."""
    if anew:
        batch.gone.add(progress_key(tick.partition))
    row = StateRow(tick.now, tick.owner.sums.total(), anew)
    number_of_leaf = tick.leaf(tick.owner.ports.auditor.state_leaf(row))
    batch.put[state_key(tick.partition, number_of_leaf - 1)] = STATE_ROW.write(row)
    tick.owner.state.summed = number_of_leaf


def _before(tick: Overlay, batch: Batch, come: Entries) -> Entries:
    """What was there under the keys that a batch writes or deletes; those that certainly are new are not read."""
    before, timers_gone, put, new = tick.before, tick.timers_gone, batch.put, batch.new
    asked = [key for key in batch.gone if part_of(key) >= 0 and key not in put and key not in new]
    for _, key, _ in come:
        if key in before:
            fresh = before[key][1] is None
        else:
            fresh = key in new or (key[:1] == keys.TIMER and key not in timers_gone)
        if not fresh:
            asked.append(key)
    found = tick.owner.ports.store.read(asked) if asked else ()
    return [(part_of(key), key, raw) for key, raw in zip(asked, found, strict=True) if raw is not None]


def _upto(entries: Entries, upto: bytes) -> Entries:
    return [each for each in entries if each[1] <= upto]


def _as_left(rows: dict[bytes, bytes], batch: Batch, after: bytes, upto: bytes) -> dict[bytes, bytes]:
    """Stored entries within bounds, as a batch leaves them."""
    left = {key: value for key, value in rows.items() if key not in batch.gone and part_of(key) >= 0}
    written = (*batch.put.items(), *batch.new.items())
    return left | {key: value for key, value in written if after < key <= upto and part_of(key) >= 0}
