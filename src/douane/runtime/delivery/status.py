"""What became of a message, for its sender: its state, the faults of a refusal, and what answered it.

Only the party that sent a message learns of it; to everybody else it does not exist. Answers can be read again for a
while after they were taken from the inbox, page by page.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from douane.runtime.delivery.recent import Item
from douane.runtime.store import keys
from douane.runtime.store.bodies import Codec
from douane.runtime.store.decided import discarded
from douane.runtime.store.envelope import (
    DELIVERY,
    JOURNAL,
    OWNER,
    PARKED,
    SENT,
    FaultFacts,
    JournalRow,
    SentRow,
)
from douane.runtime.store.ports import Instant, Log, Reader
from douane.vocabulary.errors import NotFound


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """A message that answers: where it lies, its row without a body once its time is over, and its delivery's state."""

    position: int
    row: SentRow
    state: str
    readable: bool

    @property
    def item(self) -> Item:
        """The same as an inbox shows it."""
        return Item(self.position, self.row, self.row.content.octets if self.readable else b"")


class MessageStatus(msgspec.Struct, frozen=True, array_like=True):
    """state: waiting, handled, set aside, discarded, refused. received: microseconds since 1970 (UTC). after: cursor of
    the next page of answers; empty at the end."""

    id: str
    operation: str
    received: Instant
    state: str
    faults: tuple[FaultFacts, ...] = ()
    answers: tuple[Answered, ...] = ()
    after: str = ""


def status_of(
    reader: Reader, party: str, item: str, *, after: str = "", limit: int = 50, readable_since: Instant = 0
) -> MessageStatus:  # fmt: skip
    """The status of a message by its position, for the party that sent it. Raises NotFound for everybody else."""
    position = _position(item)
    raw = reader.read_log(Log.JOURNAL, [position])[0] if position else None
    row = JOURNAL.read(raw) if raw is not None else None
    if row is None or not row.origin.platform or row.sender != party:
        raise no_message_of_yours(item)
    found = _answers(reader, row, position, party)
    start = _position(after)
    page = [each for each in found if each[0] > start][:limit]
    answers = tuple(_answered(reader, at, sent, readable_since) for at, sent in page)
    more = f"{page[-1][0]:x}" if page and page[-1] != found[-1] else ""
    return MessageStatus(row.id, row.named, row.received, _state(reader, position, row), row.faults, answers, more)


def no_message_of_yours(item: str) -> NotFound:
    """What is told of a message that is none of the caller's, whether there is one or not."""
    return NotFound(f"You sent no message {item[:40]!r}.", remedy="Its address stands in the receipt (Location).")


def _state(reader: Reader, position: int, row: JournalRow) -> str:
    partition = position >> 48
    owner, parked = reader.read(
        [keys.space(keys.OWNER, partition), keys.space(keys.WAIT, partition) + keys.u64(position)]
    )
    if parked is not None and PARKED.read(parked).position == position:
        return "set aside"
    if row.faults or row.conflict:
        return "refused"
    if (decided := discarded(reader, position)) is not None and decided.by:
        return "discarded"
    handled = owner is not None and keys.position_number(position) <= OWNER.read(owner).cursor
    return "handled" if handled else "waiting"


def _answers(reader: Reader, row: JournalRow, position: int, party: str) -> list[tuple[int, SentRow]]:
    """What the party was sent in the case since its message, unless it answers another one; oldest first."""
    prefix = keys.SUBJECT + keys.u16(position >> 48) + keys.u64(row.subject) + b"s"
    positions: list[int] = []
    start = prefix
    while found := reader.scan(start, keys.after(prefix), 1000):
        positions += [int.from_bytes(key[-8:], "big") for key, _ in found]
        start = found[-1][0] + b"\0"
    rows = zip(positions, _sent(reader, positions), strict=True)
    return [
        (at, sent) for at, sent in rows
        if sent is not None and sent.party == party and sent.cause >= position and sent.correlation in ("", row.id)
    ]  # fmt: skip


def _sent(reader: Reader, positions: Sequence[int]) -> list[SentRow | None]:
    return [SENT.read(raw) if raw is not None else None for raw in reader.read_log(Log.SENT, positions)]


def _answered(reader: Reader, position: int, row: SentRow, readable_since: Instant) -> Answered:
    (raw,) = reader.read([keys.REPORT + keys.u16(position >> 48) + keys.u64(position)])
    readable = row.at >= readable_since
    bare = msgspec.structs.replace(row, content=msgspec.structs.replace(row.content, body=b"", codec=Codec.PLAIN))
    return Answered(position, row if readable else bare, DELIVERY.read(raw).state if raw else "waiting", readable)


def _position(text: str) -> int:
    """A position in hexadecimal; 0, where nothing stands, for anything else."""
    try:
        position = int(text, 16) if len(text) <= 16 else 0
    except ValueError:
        return 0
    return position if 0 < position < 1 << 62 else 0
