"""Inboxes: what waits for a party, read by cursor and acknowledged one by one.

A cursor is one position per partition. Positions of a partition are dense and in commit order, so a cursor never
skips a message that commits late; order within a case is kept because a case lives in one partition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from douane.runtime.core.wire import transmission_of
from douane.runtime.delivery.recent import Item, Recent
from douane.runtime.delivery.sight import Sight, shows
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, JOURNAL, SENT, Delivery, Sealed, SentRow
from douane.runtime.store.hold import Hold, hold_of, refuse_held
from douane.runtime.store.ports import Log, Reader
from douane.vocabulary.errors import BadQuery, Damaged, NotFound


class Inbox:
    """Reads inboxes and event feeds of a node. ``recent`` knows what its own ticks sent lately."""

    def __init__(
        self, reader: Reader, partitions: Sequence[int], recent: Recent | None = None, *,
        hold: Callable[[], Hold | None] | None = None,
    ) -> None:  # fmt: skip
        """``hold``: what the owners in this process know of a hold; without it each reading asks the store."""
        self._reader, self._partitions, self._recent = reader, tuple(partitions), recent
        self._start = {p: keys.log_position(p, 0) for p in sorted(partitions)}
        self._hold = hold or (lambda: hold_of(reader, self._partitions))

    @property
    def reader(self) -> Reader:
        """The store that it reads."""
        return self._reader

    def read(self, party: str, cursor: str = "", limit: int = 50) -> tuple[list[Item], str]:
        """Messages after a cursor, oldest first, and the cursor after the last of them. Raises Held."""
        refuse_held(self._hold())
        after = self.parse(cursor)
        known = self._recent.after(party, after, limit) if self._recent is not None else None
        items = self._stored(party, after, limit) if known is None else known
        for item in items:
            after[item.position >> 48] = max(after[item.position >> 48], item.position)
        return items, self.write(after)

    def _stored(self, party: str, after: dict[int, int], limit: int) -> list[Item]:
        found: list[int] = []
        for partition in self._partitions:
            prefix = keys.INBOX + keys.u16(partition) + keys.text(party)
            start = prefix + keys.u64(after[partition] + 1)
            found += [int.from_bytes(k[-8:], "big") for k, _ in self._reader.scan(start, keys.after(prefix), limit)]
        chosen = found[:limit]
        rows = self._reader.read_log(Log.SENT, chosen)
        items: list[Item] = []
        for position, raw in zip(chosen, rows, strict=True):
            row = SENT.read(raw) if raw is not None else None
            if row is None:
                continue
            if was_changed(row):
                if items:
                    break  # what stands before it may go
                raise Damaged(
                    f"Message {position:x} of this inbox was changed in the store; it is not handed out.",
                    remedy="Its operator finds out with douane audit inspect, and restores it from a backup.",
                )
            items.append(Item(position, row, row.content.octets))
        return items

    def parse(self, cursor: str) -> dict[int, int]:
        """A cursor as positions by partition; empty means from the beginning."""
        positions = dict(self._start)
        try:
            for part in cursor.split(".") if cursor else ():
                position = int(part, 16)
                if position >> 48 not in positions:
                    raise ValueError(part)
                positions[position >> 48] = position
        except ValueError as problem:
            raise BadQuery(
                "The cursor is none that this inbox gave.", remedy="Leave it out to begin anew."
            ) from problem
        return positions

    def write(self, positions: dict[int, int]) -> str:
        """The cursor as text."""
        return ".".join([f"{positions[p]:x}" for p in self._start])

    def position_of(self, party: str, item: str) -> int:
        """The position of an inbox item by its id; NotFound when it is not this party's."""
        try:
            position = int(item, 16)
        except ValueError:
            position = 0
        raw = self._reader.read_log(Log.SENT, [position])[0] if 0 < position < 1 << 62 else None
        if raw is None or SENT.read(raw).party != party:
            raise NotFound(
                f"There is no message {item[:40]!r} in this inbox.", remedy="GET /v1/inbox lists what waits."
            )
        return position

    def shows_at(self, position: int, sight: Sight) -> bool:
        """Whether the message at a position is to be seen."""
        raw = self._reader.read_log(Log.SENT, [position])[0]
        return raw is not None and shows(self._reader, SENT.read(raw), sight)

    def shows(self, row: SentRow, sight: Sight) -> bool:
        """Whether a message is to be seen."""
        return shows(self._reader, row, sight)

    def said(self, item: str, sight: Sight) -> bool:
        """Whether the journal's message at a position, in hexadecimal, is the reader's."""
        raw = self._reader.read_log(Log.JOURNAL, [int(item, 16)])[0]
        return raw is not None and sight.said(JOURNAL.read(raw))

    def answers(self, party: str, position: int) -> tuple[str, str]:
        """The transmission that an item of a party's inbox answers: its id and conversation; empty for none."""
        raw = self._reader.read_log(Log.SENT, [position])[0]
        return transmission_of(self._reader, self._partitions, party, SENT.read(raw).correlation) if raw else ("", "")

    def delivery(self, position: int) -> Delivery | None:
        """What became of a delivery; None while it waits and no attempt failed."""
        raw = self._reader.read([keys.REPORT + keys.u16(position >> 48) + keys.u64(position)])[0]
        return DELIVERY.read(raw) if raw else None


def was_changed(row: SentRow) -> bool:
    """Whether the octets are not those of the digest that the leaf commits to; of release 0.1 the inspection tells."""
    return row.sealed is not Sealed.FORMER and not row.content.intact
