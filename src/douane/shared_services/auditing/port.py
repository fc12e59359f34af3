"""The audit port of the runtime: rows become sealed leaves, a tick's leaves extend the log in the tick's own commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from douane.runtime.envelope import JournalRow, Refusal, SentRow
from douane.runtime.ports import SECOND, Instant, Reader
from douane.shared_services.auditing.leaf import Facts, Kind, leaf_hash, seal
from douane.shared_services.auditing.log import AuditLog, State
from douane.shared_services.auditing.promise import Promise, paths
from douane.standards.transparency_log.note import Signer

PROMISED_WITHIN: Final[Instant] = 60 * SECOND
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[str, list[bytes]]).decode


def journal_facts(row: JournalRow) -> Facts:
    """What the leaf of a journalled message says. Also the way back: an auditor recomputes the leaf from the row."""
    return Facts(
        Kind.ACCEPTED, row.operation, row.platform, row.received, row.conflict or "accepted", message=row.id,
        sender=row.sender, subject=f"{row.subject:016x}", payload=row.digest.hex(), actor=row.sender,
        on_behalf_of=row.acting_for,
    )  # fmt: skip


def sent_facts(row: SentRow) -> Facts:
    """What the leaf of a message that left the node says; its ``sender`` is the party it is for."""
    return Facts(
        Kind.SENT, row.type, "", row.at, "sent", message=row.id, sender=row.party, subject=f"{row.subject:016x}",
        payload=row.digest.hex(),
    )  # fmt: skip


def refusal_facts(refusal: Refusal) -> Facts:
    """What the leaf of a refusal says."""
    return Facts(
        Kind.REFUSED, refusal.operation, refusal.platform, refusal.at, refusal.code, message=refusal.id,
        sender=refusal.sender, payload=refusal.digest.hex(),
    )  # fmt: skip


class AuditPort:
    """One partition's log behind the runtime's audit port."""

    def __init__(self, signer: Signer, prefix: bytes, reader: Reader) -> None:
        self.log = AuditLog(signer, prefix=prefix)
        self._state: State = self.log.open(reader.read)
        self._next: State = self._state

    def journal_leaf(self, row: JournalRow) -> bytes:
        """Leaf hash of a journal row."""
        return leaf_hash(seal(journal_facts(row), row.salt))

    def sent_leaf(self, row: SentRow) -> bytes:
        """Leaf hash of a sent row."""
        return leaf_hash(seal(sent_facts(row), row.salt))

    def refusal_leaf(self, refusal: Refusal) -> bytes:
        """Leaf hash of a refusal."""
        return leaf_hash(seal(refusal_facts(refusal), refusal.salt))

    def promise(self, leaves: Sequence[bytes], now: Instant) -> tuple[bytes, list[bytes]]:
        """One signature for all of them; each receipt carries the note and its own path."""
        given = self.log.promise(leaves, now + PROMISED_WITHIN)
        return _encode((given[0].note, list(leaves))), [_encode(each) for each in given]

    def promised(self, kept: bytes, place: int) -> bytes:
        """The promise of one leaf, from what was kept of all."""
        note, leaves = _decode(kept)
        return _encode(Promise(note, place, paths(leaves)[place]))

    def extend(self, leaves: Sequence[bytes], now: Instant) -> Sequence[tuple[bytes, bytes]]:
        """Rows to commit; the state counts only after ``committed``."""
        extension = self.log.extend(self._state, leaves, now)
        if extension is None:
            return ()
        self._next = extension.state
        return extension.writes

    def committed(self) -> None:
        """The rows are durable."""
        self._state = self._next

    @property
    def size(self) -> int:
        """Leaves in the log."""
        return self._state.frontier.size
