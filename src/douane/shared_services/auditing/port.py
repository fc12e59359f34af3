"""The audit port of the runtime: rows become sealed leaves, a tick's leaves extend the log in the tick's own commit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from douane.model.caller import FORMER_DELEGATE, Caller
from douane.runtime.replication.sums import StateRow
from douane.runtime.store.envelope import JournalRow, Refusal, RowKind, Sealed, SentRow, Word
from douane.runtime.store.ports import SECOND, Instant, Reader
from douane.shared_services.auditing.leaf import SALT_BYTES, Facts, Kind, sealed_hash
from douane.shared_services.auditing.log import AuditLog, State, tile_reader
from douane.shared_services.auditing.promise import Promise, paths
from douane.standards.transparency_log.note import Signer
from douane.standards.transparency_log.tiles import TILE_WIDTH, tile_width
from douane.standards.transparency_log.tree import HASH_BYTES

STATE: Final = "@state"
"""What stands in a state leaf where others name an operation."""
PROMISED_WITHIN: Final[Instant] = 60 * SECOND
_WORD = re.compile(r"@?[A-Za-z0-9_.:-]{0,80}").fullmatch
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[str, list[bytes]]).decode


_KINDS: Final = {RowKind.READ: Kind.READ, RowKind.INTERVENED: Kind.INTERVENED, RowKind.CLOCK: Kind.INTERVENED}
"""Rows that tell of something else than an accepted message."""


def journal_facts(row: JournalRow, versions: str = "") -> Facts:
    """What the leaf of a journalled message says. Also the way back: an auditor recomputes the leaf from the row.

    Of a row of a former release it is what that release said: no caller, and of an internal message, whose digest no
    sender computed, the digest of its body as it is kept.
    """
    origin, content, wire = row.origin, row.content, ""
    if row.transmission is not None:
        wire = hashlib.sha256(row.transmission.statement).hexdigest()
    if row.sealed is Sealed.FORMER:
        return Facts(
            Kind.ACCEPTED, word(_former_name(row)), word(origin.platform), origin.received,
            word(row.conflict) or "accepted", message=origin.id, party=row.sender, subject=f"{row.subject:016x}",
            payload=(content.digest or hashlib.sha256(content.body).digest()).hex(),
            on_behalf_of=_former_acting_for(origin.caller), versions=versions, wire=wire,
        )  # fmt: skip
    caller, kind = origin.caller, _KINDS.get(row.kind, Kind.ACCEPTED)
    name = (row.kind is RowKind.MESSAGE and row.operation) or row.named
    return tuple.__new__(Facts, (  # as ``Facts(...)``, which is called for each row
        kind, word(name), word(origin.platform), origin.received, word(row.conflict) or "accepted",
        origin.id, caller.name, f"{row.subject:016x}", content.digest.hex(), caller.id,
        caller.name if caller.by else "", "", versions, b"", wire, whole(row),
        row.committed if row.sealed is Sealed.TIMED else 0, row.clock.value if row.sealed is Sealed.TIMED else "",
    ))  # fmt: skip


def sent_facts(row: SentRow, versions: str = "") -> Facts:
    """What the leaf of a message that left the node says."""
    return Facts(
        Kind.SENT, word(row.type), "", row.at, "sent", message=row.id, party=row.party,
        subject=f"{row.subject:016x}", payload=row.content.digest.hex(), versions=versions,
        row="" if row.sealed is Sealed.FORMER else whole(row),
        committed=row.at if row.sealed is Sealed.TIMED else 0, clock=Word.CORE if row.sealed is Sealed.TIMED else "",
    )  # fmt: skip


def refusal_facts(refusal: Refusal, versions: str = "") -> Facts:
    """What the leaf of a refusal says."""
    origin, timed = refusal.origin, refusal.sealed is Sealed.TIMED
    if refusal.sealed is Sealed.FORMER:
        party, actor, row = (f"!{refusal.who}" if refusal.turned_away else refusal.who), "", ""
    else:
        party, actor, row = refusal.who, origin.caller.id, whole(refusal)
    return Facts(
        Kind.REFUSED, word(refusal.operation), word(origin.platform), origin.received, word(refusal.code),
        message=refusal.id, party=party, payload=refusal.digest.hex(), actor=actor, versions=versions, row=row,
        committed=refusal.committed if timed else 0, clock=refusal.clock if timed else "",
    )  # fmt: skip


def state_facts(row: StateRow, versions: str = "") -> Facts:
    """What the leaf that commits to the state says."""
    return Facts(
        Kind.STATE, STATE, "", row.at, "anew" if row.anew else "carried", payload=row.total.hex(), versions=versions,
        row=hashlib.sha256(_encode((row.at, row.total, row.anew))).hexdigest(), committed=row.at, clock=Word.CORE,
    )  # fmt: skip


def state_salt(row: StateRow) -> bytes:
    """The salt of a state leaf. Nobody guesses the state of a partition, so it need not be drawn."""
    return hashlib.sha256(b"state\0" + row.total).digest()[:SALT_BYTES]


def whole(row: JournalRow | SentRow | Refusal) -> str:
    """SHA-256 over every field of a row but these: salt and leaf number, which place the leaf, and octets that another
    part of the leaf commits to (the body by its digest, those of the transmission by its statement)."""
    if isinstance(row, Refusal):
        parts: tuple[object, ...] = (row.origin, row.operation, row.code, row.digest, row.turned_away)
        return hashlib.sha256(_encode(parts)).hexdigest()
    content = row.content
    beside = content.media, content.digest, content.attachments, content.codec
    if isinstance(row, SentRow):
        parts = (
            row.kind, row.subject, row.party, row.type, row.id, row.correlation, beside, row.at,
            row.cause, row.administration, row.lane, row.expires, row.origin, row.sequence,
        )  # fmt: skip
    else:
        sent = row.transmission
        parts = (
            row.kind, row.subject, row.operation, row.administration, row.origin, beside, row.conflict,
            row.reply_to, row.answers, row.cause, row.relay_to,
            sent and (sent.statement, sent.stored, sent.token, sent.key, sent.id), row.faults, row.steps,
        )  # fmt: skip
    return hashlib.sha256(_encode(parts)).hexdigest()


def _former_name(row: JournalRow) -> str:
    """The operation of a row as release 0.1 wrote it."""
    if row.kind is RowKind.MESSAGE or (row.operation and (row.kind is RowKind.ANSWER or "." in row.operation)):
        return row.operation
    return row.named


def _former_acting_for(caller: Caller) -> str:
    return caller.name if caller.by == FORMER_DELEGATE else caller.by


@lru_cache(maxsize=1024)
def word(text: str) -> str:
    """A name as it may stand in clear in a leaf; what a door let through that is none of ours becomes ``other``."""
    return text if _WORD(text) else "other"


class AuditPort:
    """One partition's log behind the runtime's audit port.

    versions: the artefacts that run (``leaf.artefact_versions``). They stand in every leaf; where they changed, a row
    keeps from which leaf on they hold, so that old leaves can be computed again.
    """

    def __init__(self, signer: Signer, prefix: bytes, reader: Reader, *, versions: str = "") -> None:
        self.log = AuditLog(signer, prefix=prefix)
        self.versions = versions
        self._reader = reader
        self.begin()

    def begin(self) -> None:
        """Read the edge of the log from the store; raises ProofFailed where tiles and signed root differ."""
        self._state: State = self.log.open(self._reader.read)
        self._next: State = self._state
        self._recorded = versions_at(self._reader, self.log.prefix, self._state.frontier.size)

    def journal_leaf(self, row: JournalRow) -> bytes:
        """Leaf hash of a journal row."""
        return sealed_hash(journal_facts(row, self.versions), row.salt)

    def sent_leaf(self, row: SentRow) -> bytes:
        """Leaf hash of a sent row."""
        return sealed_hash(sent_facts(row, self.versions), row.salt)

    def refusal_leaf(self, refusal: Refusal) -> bytes:
        """Leaf hash of a refusal."""
        return sealed_hash(refusal_facts(refusal, self.versions), refusal.salt)

    def state_leaf(self, row: StateRow) -> bytes:
        """Leaf hash of what commits to the state."""
        return sealed_hash(state_facts(row, self.versions), state_salt(row))

    def holds(self, index: int, leaf: bytes) -> bool:
        """Whether the log has this leaf at this index."""
        if not 0 <= index < self.size:
            return False
        tile, at = divmod(index, TILE_WIDTH)
        hashes = tile_reader(self._reader.read, prefix=self.log.prefix)(0, tile, tile_width(0, tile, self.size))
        return hashes[at * HASH_BYTES : (at + 1) * HASH_BYTES] == leaf

    def promise(self, leaves: Sequence[bytes], now: Instant) -> tuple[bytes, list[bytes]]:
        """One signature for all of them; each receipt carries the note and its own path."""
        given = self.log.promise(leaves, now + PROMISED_WITHIN)
        return _encode((given[0].note, list(leaves))), [_encode(each) for each in given]

    def promised(self, kept: bytes, place: int) -> bytes:
        """The promise of one leaf, from what was kept of all."""
        return promised(kept, place)

    def extend(self, leaves: Sequence[bytes], now: Instant) -> Sequence[tuple[bytes, bytes]]:
        """Rows to commit; the state counts only after ``committed``."""
        extension = self.log.extend(self._state, leaves, now)
        if extension is None:
            return ()
        self._next = extension.state
        if self.versions == self._recorded:
            return extension.writes
        changed = (versions_key(self.log.prefix, extension.first), self.versions.encode())
        return (*extension.writes, changed)

    def committed(self) -> None:
        """The rows are durable."""
        if self._state is not self._next:
            self._state, self._recorded = self._next, self.versions

    def sign(self, text: str) -> str:
        """A text under the signature of the log: a signed note. Its first line tells it from a checkpoint."""
        return self.log.signer.sign(text)

    @property
    def size(self) -> int:
        """Leaves in the log."""
        return self._state.frontier.size


def promised(kept: bytes, place: int) -> bytes:
    """The promise of one leaf as its receipt carries it, from what was kept of all that one signature covers."""
    return _encode(promise_again(kept, place))


def promise_again(kept: bytes, place: int) -> Promise:
    """The promise of one leaf, from what was kept of all that one signature covers."""
    note, leaves = _decode(kept)
    return Promise(note, place, paths(leaves)[place])


def versions_key(prefix: bytes, index: int) -> bytes:
    """Where the versions lie that hold from a leaf on."""
    return prefix + b"v" + index.to_bytes(8, "big")


def versions_at(reader: Reader, prefix: bytes, index: int) -> str:
    """The versions that held when the leaf was made; empty where none were recorded."""
    found = reader.scan(versions_key(prefix, 0), versions_key(prefix, index + 1), 1, reverse=True)
    return found[0][1].decode() if found else ""
