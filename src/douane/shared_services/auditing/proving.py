"""From stored rows to evidence: ``douane audit prove``, and the leaves computed again for an inspection."""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from douane.runtime.replication.sums import STATE_ROW, StateRow, state_key
from douane.runtime.store import keys
from douane.runtime.store.decided import went_back
from douane.runtime.store.envelope import JOURNAL, OWNER, REFUSAL, SENT, JournalRow, Refusal, SentRow, receipt_of
from douane.runtime.store.ports import DAY, Log, Reader
from douane.shared_services.auditing.evidence import Evidence, prove
from douane.shared_services.auditing.leaf import CLOCK, SENSITIVE, Facts, Leaf, opening, seal, sealed_hash
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.port import (
    journal_facts,
    promise_again,
    refusal_facts,
    sent_facts,
    state_facts,
    state_salt,
    versions_at,
    versions_key,
)
from douane.shared_services.auditing.promise import Promise
from douane.shared_services.auditing.state import rows_of
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TiledTree
from douane.vocabulary.errors import NotFound, ProofFailed

_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Made:
    """A stored row and its leaf: the index, what it says, its salt."""

    index: int
    facts: Facts
    salt: bytes
    row: JournalRow | SentRow | Refusal | StateRow


def audit_prefix(partition: int) -> bytes:
    """Where a partition's audit log lies in the map."""
    return keys.space(keys.AUDIT, partition)


def prove_row(
    reader: Reader,
    key: Key,
    log: Log,
    position: int,
    *,
    fields: Iterable[str] = SENSITIVE,
    checkpoint: str | None = None,
    earlier: str = "",
    octets: Octets | None = None,
) -> Evidence:
    """Evidence for the row at a position of a log, with the named fields disclosed.

    checkpoint: the signed one under which it is proven; the newest where None. earlier: one that somebody kept and that
    lacks the message, so that it is shown between which moments it came; empty for none. octets: looks at what the row
    names by digest; without it, at what the store itself holds.

    Raises NotFound where there is no such row or no checkpoint covers it yet, ProofFailed where row, octets or log were
    changed.
    """
    (raw,) = reader.read_log(log, [position])
    if raw is None:
        raise NotFound(f"There is no message at position {position} of the {log.name.lower()} log.")
    prefix = audit_prefix(position >> 48)
    stored = made(lambda index: versions_at(reader, prefix, index), log, position, raw)
    index, facts, salt, row = stored.index, stored.facts, stored.salt, stored.row
    if isinstance(row, JournalRow | SentRow):
        difference = next((octets or Octets()).differing(reader, position >> 48, row), None)
        if difference is not None:
            raise ProofFailed(f"{difference.field} of this message: {difference.text}", remedy=_CHANGED)
        _must_stand_here(reader, log, position, row)
    if checkpoint is not None:
        under: tuple[str, Checkpoint] | None = (checkpoint, open_checkpoint(checkpoint, key.name, [key]))
    else:
        under = newest_checkpoint(reader.read, key.name, key, prefix=prefix)
    if under is None or under[1].size <= index:
        raise NotFound("No checkpoint covers this message yet.", remedy="Ask again in a moment.")
    get_tile = tile_reader(reader.read, prefix=prefix)
    proof = prove(
        seal(facts, salt),
        index,
        checkpoint=under[0],
        key=key,
        get_tile=get_tile,
        opening=opening(facts, salt, fields=fields),
        promise=_promise(reader, position >> 48, facts) if log is Log.JOURNAL else None,
    )
    since = open_checkpoint(earlier, key.name, [key]).time if earlier else 0
    return proof.between(earlier, _around(reader, position >> 48, stored, under[1].size, since), get_tile)


def checkpoint_text(reader: Reader, key: Key, prefix: bytes, since: int | None = None) -> str:
    """The newest checkpoint of a log; with ``since`` in the form of C2SP tlog-witness, with the proof before it.

    Raises NotFound where the log has none or is smaller than ``since``.
    """
    newest = newest_checkpoint(reader.read, key.name, key, prefix=prefix)
    if newest is None or (since or 0) > newest[1].size:
        raise NotFound("The log has no checkpoint of that size yet.", remedy="Leave --since out, or ask later.")
    if since is None:
        return newest[0]
    proof = TiledTree(newest[1].size, tile_reader(reader.read, prefix=prefix)).consistency_proof(since)
    lines = [f"old {since}", *(b64encode(each).decode() for each in proof)]
    return "\n".join(lines) + "\n\n" + newest[0]


def stored_leaves(reader: Reader, partition: int) -> Iterator[bytes]:
    """The leaf hashes of a partition computed again from its rows, in the order of the log: for ``inspect``.

    Stops with ProofFailed at the first leaf that no row is there for.
    """
    logs = (_all(reader, partition, log) for log in Log)
    rows = merge(*logs, _states(reader, partition), key=lambda each: each.index)
    for expected, each in enumerate(rows):
        if each.index != expected:
            raise ProofFailed(f"No row is stored for leaf {expected}, or two rows are.")
        yield sealed_hash(each.facts, each.salt)


def _all(reader: Reader, partition: int, log: Log) -> Iterator[Made]:
    after, versions = keys.log_position(partition, 0), versions_of(reader, audit_prefix(partition))
    end = keys.log_position(partition + 1, 0) - 1
    while rows := reader.scan_log(log, after, end, _ROWS):
        for position, raw in rows:
            yield made(versions, log, position, raw)
        after = rows[-1][0]


def _states(reader: Reader, partition: int) -> Iterator[Made]:
    versions = versions_of(reader, audit_prefix(partition))
    return (made_state(versions, index, row) for index, row in rows_of(reader, partition))


def versions_of(reader: Reader, prefix: bytes) -> Callable[[int], str]:
    """The versions that held when a leaf was made, read once for all leaves: they change with releases only."""
    start, changes = versions_key(prefix, 0), list[tuple[int, str]]()
    while rows := reader.scan(start, versions_key(prefix, (1 << 64) - 1), _ROWS):
        changes += [(int.from_bytes(key[-8:], "big"), raw.decode()) for key, raw in rows]
        start = rows[-1][0] + b"\0"
    firsts = [index for index, _ in changes]

    def at(index: int) -> str:
        found = bisect_right(firsts, index)
        return changes[found - 1][1] if found else ""

    return at


def made(versions: Callable[[int], str], log: Log, position: int, raw: bytes) -> Made:
    """A row as stored, and what its leaf says."""
    match log:
        case Log.JOURNAL:
            row = JOURNAL.read(raw)
            return Made(row.leaf - 1, journal_facts(row, versions(row.leaf - 1)), row.salt, row)
        case Log.SENT:
            sent = SENT.read(raw)
            return Made(sent.leaf - 1, sent_facts(sent, versions(sent.leaf - 1)), sent.salt, sent)
        case Log.REFUSAL:
            refusal, index = REFUSAL.read(raw), keys.position_number(position) - 1
            return Made(index, refusal_facts(refusal, versions(index)), refusal.salt, refusal)


def made_state(versions: Callable[[int], str], index: int, row: StateRow) -> Made:
    """What commits to the state of the partition, and what its leaf says."""
    return Made(index, state_facts(row, versions(index)), state_salt(row), row)


def position_of(reader: Reader, partition: int, log: Log, index: int) -> int:
    """After which position of a log the rows of this leaf and later ones stand; found by halving."""
    base = keys.log_position(partition, 0)
    if log is Log.REFUSAL or not index:
        return base + index
    (raw,) = reader.read([keys.space(keys.OWNER, partition)])
    low, high = 0, 0
    if raw is not None:
        high = OWNER.read(raw).sent if log is Log.SENT else OWNER.read(raw).journal
    while low < high:
        middle = (low + high + 1) // 2  # does every row up to the middle belong to an earlier leaf?
        found = reader.scan_log(log, base + middle - 1, base + high, 1)
        if found and made(lambda _: "", log, *found[0]).index >= index:
            high = middle - 1
        else:
            low = middle
    return base + low


def made_at(reader: Reader, partition: int, index: int) -> Made | None:
    """What the leaf at an index of a log says; None where its row is not there any more."""
    versions = versions_of(reader, audit_prefix(partition))
    raw, refused = reader.read([state_key(partition, index)])[0], keys.log_position(partition, index + 1)
    if raw is not None:
        return made_state(versions, index, STATE_ROW.read(raw))
    (found,) = reader.read_log(Log.REFUSAL, [refused])
    if found is not None:
        return made(versions, Log.REFUSAL, refused, found)
    for log in (Log.JOURNAL, Log.SENT):
        after, end = position_of(reader, partition, log, index), keys.log_position(partition + 1, 0) - 1
        for position, row in reader.scan_log(log, after, end, 1):
            each = made(versions, log, position, row)
            if each.index == index:
                return each
    return None


def _around(reader: Reader, partition: int, own: Made, size: int, since: int) -> list[tuple[int, Leaf]]:
    """The leaves beside one, where their rows are there, and the newest one by which the clock of the log went back
    where it is dated before them, or within the day before. size: of the log under which it is proven; since: when an
    earlier state of it was."""
    beside = [at for at in (own.index - 1, own.index + 1) if 0 <= at < size]
    found = [each for each in (made_at(reader, partition, at) for at in beside) if each is not None]
    committed = own.facts.committed
    if not committed or any(each.facts.operation == CLOCK for each in found):
        pass
    elif told := [each.leaf for each in went_back(reader, partition)
                  if each.leaf < own.index - 1 and abs(committed - each.at) <= DAY]:  # fmt: skip
        found += [each for each in [made_at(reader, partition, told[-1])] if each is not None]
    elif committed < since:  # a former release kept no list of them
        set_back = [each for each in _all(reader, partition, Log.JOURNAL)
                    if each.facts.operation == CLOCK and each.index < own.index - 1]  # fmt: skip
        found += set_back[-1:]
    return [(each.index, seal(each.facts, each.salt)) for each in found]


def _must_stand_here(reader: Reader, log: Log, position: int, row: JournalRow | SentRow) -> None:
    """Raise ProofFailed for a row at the place of another: rows of a log stand in the order of their leaves."""
    (before,) = reader.read_log(log, [position - 1])
    later = reader.scan_log(log, position, keys.log_position((position >> 48) + 1, 0) - 1, 1)
    around = [raw for raw in (before, *(raw for _, raw in later)) if raw is not None]
    leaves = [JOURNAL.read(raw).leaf if log is Log.JOURNAL else SENT.read(raw).leaf for raw in around]
    if (before is not None and leaves[0] >= row.leaf) or (later and leaves[-1] <= row.leaf):
        raise ProofFailed("The message stands at the place of another one.", remedy=_CHANGED)


_CHANGED = "What is stored was changed: douane audit inspect names every row; restore it from a backup."


def _promise(reader: Reader, partition: int, facts: Facts) -> Promise | None:
    """The promise that stood in the message's receipt; internal messages have none."""
    (raw,) = reader.read([keys.known_key(partition, facts.party, facts.message)])
    receipt = receipt_of(raw) if raw else None
    if receipt is None or not receipt.promised:
        return None
    (kept,) = reader.read([audit_prefix(partition) + b"p" + keys.u64(receipt.promised)])
    return promise_again(kept, receipt.place) if kept else None
