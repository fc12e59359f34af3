"""From stored rows to evidence: ``douane audit prove``, and the leaves computed again for an inspection."""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, REFUSAL, SENT, JournalRow, Refusal, SentRow, receipt_of
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.auditing.evidence import Evidence, prove
from douane.shared_services.auditing.leaf import SENSITIVE, Facts, opening, seal, sealed_hash
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.port import (
    journal_facts,
    promise_again,
    refusal_facts,
    sent_facts,
    versions_at,
    versions_key,
)
from douane.shared_services.auditing.promise import Promise
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
    row: JournalRow | SentRow | Refusal


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
    octets: Octets | None = None,
) -> Evidence:
    """Evidence for the row at a position of a log, with the named fields disclosed.

    checkpoint: the signed one under which it is proven; the newest where None. octets: looks at what the row names by
    digest; without it, at what the store itself holds.

    Raises NotFound where there is no such row or no checkpoint covers it yet, ProofFailed where row, octets or log were
    changed.
    """
    (raw,) = reader.read_log(log, [position])
    if raw is None:
        raise NotFound(f"There is no message at position {position} of the {log.name.lower()} log.")
    prefix = audit_prefix(position >> 48)
    stored = made(lambda index: versions_at(reader, prefix, index), log, position, raw)
    index, facts, salt, row = stored.index, stored.facts, stored.salt, stored.row
    if not isinstance(row, Refusal):
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
    return prove(
        seal(facts, salt),
        index,
        checkpoint=under[0],
        key=key,
        get_tile=tile_reader(reader.read, prefix=prefix),
        opening=opening(facts, salt, fields=fields),
        promise=_promise(reader, position >> 48, facts) if log is Log.JOURNAL else None,
    )


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
    rows = merge(*(_all(reader, partition, log) for log in Log), key=lambda each: each.index)
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
