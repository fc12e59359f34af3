"""Who used a node lately: senders of messages by operation, receivers by type, read off its journal and sent log."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from douane.reference_architecture.consumers import Seen
from douane.runtime.store import keys
from douane.runtime.store.envelope import BOX, JOURNAL, OWNER, SENT, SentKind
from douane.runtime.store.ports import Instant, Log, Reader

_PAGE = 2_000
_PARTITIONS = 10_000


def seen_since(reader: Reader, since: Instant) -> Seen:
    """Everybody outside who sent a message, or was sent one, since an instant."""
    senders: dict[str, dict[str, Instant]] = {}
    receivers: dict[str, dict[str, Instant]] = {}
    for key, value in reader.scan(keys.OWNER, keys.after(keys.OWNER), _PARTITIONS):
        partition, state = int.from_bytes(key[1:3], "big"), OWNER.read(value)
        for raw in _rows(reader, Log.JOURNAL, partition, state.journal, lambda r: JOURNAL.read(r).received, since):
            row = JOURNAL.read(raw)
            if row.origin.platform:  # what came through a door; the rest are messages of the node itself
                _note(senders, row.operation, row.sender, row.received)
        for raw in _rows(reader, Log.SENT, partition, state.sent, lambda r: SENT.read(r).at, since):
            sent = SENT.read(raw)
            if sent.kind not in (SentKind.TRANSFER, SentKind.EVENT):
                _note(receivers, sent.type, sent.party.partition(BOX)[0], sent.at)
    return Seen(senders, receivers)


def _note(found: dict[str, dict[str, Instant]], name: str, party: str, at: Instant) -> None:
    parties = found.setdefault(name, {})
    parties[party] = max(at, parties.get(party, 0))


def _rows(
    reader: Reader, log: Log, partition: int, last: int, time: Callable[[bytes], Instant], since: Instant
) -> Iterator[bytes]:
    """The rows of a log from an instant on. Times rise with positions, so the first is found by halving."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        raw = reader.read_log(log, [keys.log_position(partition, middle)])[0]
        if raw is None or time(raw) < since:  # rows that moved to an archive are older than those that did not
            low = middle + 1
        else:
            high = middle
    after, end = keys.log_position(partition, low - 1), keys.log_position(partition, last)
    while page := reader.scan_log(log, after, end, _PAGE):
        for position, raw in page:
            after = position
            yield raw
