"""Bodies at rest: larger ones are compressed; a codec beside each says how it is kept."""

from __future__ import annotations

import enum
from typing import Final

import zstandard

from douane.vocabulary.errors import NotReadable

SMALL: Final = 400
LARGEST: Final = 64 * 1024 * 1024
_MARK: Final = b"\x28\xb5\x2f\xfd"  # begins a frame of zstd
_compress = zstandard.ZstdCompressor(level=-1, write_content_size=True, write_checksum=False).compress
# Level -1 costs half of what level 3 costs and keeps a fifth more: the tick is short of time, not the disk of space.
_decompress = zstandard.ZstdDecompressor().decompress


class Codec(enum.IntEnum):
    """How a body is kept. The numbers are stored; those of dictionaries for compression will follow."""

    PLAIN = 0
    ZSTD = 1


def pack(body: bytes) -> tuple[Codec, bytes]:
    """A body as it is kept, and how that is."""
    return (Codec.PLAIN, body) if len(body) < SMALL else (Codec.ZSTD, _compress(body))


def unpack(codec: Codec, kept: bytes) -> bytes:
    """The body again. Raises NotReadable when the kept bytes are damaged."""
    match codec:
        case Codec.PLAIN:
            return kept
        case Codec.ZSTD:
            try:
                return _decompress(kept, max_output_size=LARGEST, allow_extra_data=False)  # nothing hides behind it
            except zstandard.ZstdError as problem:
                raise NotReadable(
                    f"A kept body cannot be read: {problem}.", remedy="Restore it from a backup."
                ) from problem


def former_codec(kept: bytes) -> Codec:
    """How a body of a former release is kept, which told compressed ones by their mark alone."""
    return Codec.ZSTD if kept.startswith(_MARK) else Codec.PLAIN
