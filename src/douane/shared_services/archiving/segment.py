"""Segments: rows of a store as one sealed file of bounded size. Backups and the archive use the same form.

A file is a header (magic, then set, number and table as msgpack) and the rows as msgpack, compressed with zstd,
sealed with AES-256-GCM over the header too. So a segment that is changed, cut, or put in another's place does not open.
Each set has its own data key, made from the secret and the set's id (HKDF); the nonce is the segment's number.
"""

from __future__ import annotations

import enum
import hmac
from collections.abc import Sequence
from typing import Final

import msgspec
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from douane.runtime.store.ports import Log
from douane.shared_services.archiving.key import SealingKey
from douane.vocabulary.errors import Damaged

MAGIC: Final = b"douane.segment.1\n"
LARGEST: Final = 1 << 30  # bytes of a segment unpacked; no segment comes near it unless one row does
_LENGTH: Final = 2


class Table(enum.StrEnum):
    """What the rows of a segment are."""

    MAP = "map"  # key, value
    JOURNAL = "journal"  # position, row
    SENT = "sent"
    REFUSAL = "refusal"
    FILES = "files"  # name, content: keys, identity, settings
    PAYLOAD = "payload"  # digest and number of a piece, the piece

    @property
    def log(self) -> Log:
        """The log of the store that the rows belong to; not for MAP and what lies beside the store."""
        return Log[self.name]


BESIDE: Final = frozenset({Table.FILES, Table.PAYLOAD})
"""What a node keeps beside its store."""
Row = tuple[int | bytes, bytes]


class Header(msgspec.Struct, frozen=True, array_like=True):
    """What stands in clear before the sealed rows."""

    set: str
    number: int
    table: str
    key: str


class Opened(msgspec.Struct, frozen=True):
    """A segment that was read: what it says of itself, and its rows."""

    header: Header
    rows: list[Row]


_encode_rows = msgspec.msgpack.Encoder().encode
_decode_rows = msgspec.msgpack.Decoder(list[Row]).decode
_decode_header = msgspec.msgpack.Decoder(Header).decode


class Sealer:
    """Seals and opens the segments of one set."""

    def __init__(self, key: SealingKey, set_id: str, *, level: int = 3) -> None:
        self.key, self.set_id = key, set_id
        self._aead = AESGCM(_derive(key, set_id, b"data"))
        self._content = _derive(key, "", b"content")
        self._compress = zstandard.ZstdCompressor(level=level, write_content_size=True).compress

    def content_of(self, rows: Sequence[Row]) -> tuple[bytes, str]:
        """The rows as bytes, and a keyed digest of them: equal digests mean equal rows, and tell nothing else."""
        raw = _encode_rows(rows)
        return raw, hmac.digest(self._content, raw, "sha256").hex()

    def seal(self, number: int, table: Table, raw: bytes) -> bytes:
        """The file of a segment; no two segments of a set may have the same number."""
        head = _head(Header(self.set_id, number, table.value, self.key.id))
        return head + self._aead.encrypt(_nonce(number), self._compress(raw), head)

    def open(self, data: bytes, where: str) -> Opened:
        """The rows of a segment. Raises Damaged, naming ``where``, for anything that is not what was sealed."""
        header, size = read_header(data, where)
        if header.set != self.set_id:
            raise Damaged(f"{where} belongs to the set {header.set!r}, not to {self.set_id!r}.")
        try:
            packed = self._aead.decrypt(_nonce(header.number), data[size:], data[:size])
            raw = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST)
            return Opened(header, _decode_rows(raw))
        except InvalidTag as problem:
            raise Damaged(
                f"{where} does not open under key {self.key.id}: it was changed, or sealed under another key.",
                remedy="Take another copy of this file, or the key that it was sealed with.",
            ) from problem
        except (zstandard.ZstdError, msgspec.DecodeError, msgspec.ValidationError) as problem:
            raise Damaged(f"{where} opens, but its rows cannot be read: {problem}.") from problem


def read_header(data: bytes, where: str) -> tuple[Header, int]:
    """What a segment says of itself, and where its sealed part begins. Nothing is verified by this."""
    start = len(MAGIC) + _LENGTH
    if not data.startswith(MAGIC) or len(data) < start:
        raise Damaged(f"{where} is no segment: its first bytes are wrong.")
    size = start + int.from_bytes(data[len(MAGIC) : start], "big")
    try:
        return _decode_header(data[start:size]), size
    except (msgspec.DecodeError, msgspec.ValidationError) as problem:
        raise Damaged(f"{where} has a header that cannot be read.") from problem


def _head(header: Header) -> bytes:
    content = msgspec.msgpack.encode(header)
    return MAGIC + len(content).to_bytes(_LENGTH, "big") + content


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _derive(key: SealingKey, set_id: str, purpose: bytes) -> bytes:
    info = MAGIC + purpose
    return HKDF(algorithm=SHA256(), length=32, salt=set_id.encode() or None, info=info).derive(key.secret)
