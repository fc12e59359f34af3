"""Bodies at rest: larger ones are compressed; the frame's own mark tells which are."""

from __future__ import annotations

from typing import Final

import zstandard

from douane.vocabulary.errors import NotReadable

SMALL: Final = 400
LARGEST: Final = 64 * 1024 * 1024
_MARK: Final = b"\x28\xb5\x2f\xfd"  # no document and no msgpack container begins so
_compress = zstandard.ZstdCompressor(level=-1, write_content_size=True, write_checksum=False).compress
# Level -1 costs half of what level 3 costs and keeps a fifth more: the tick is short of time, not the disk of space.
_decompress = zstandard.ZstdDecompressor().decompress


def pack(body: bytes) -> bytes:
    """A body as it is kept."""
    return body if len(body) < SMALL and not body.startswith(_MARK) else _compress(body)


def unpack(kept: bytes) -> bytes:
    """The body again. Raises NotReadable when the kept bytes are damaged."""
    if not kept.startswith(_MARK):
        return kept
    try:
        return _decompress(kept, max_output_size=LARGEST)
    except zstandard.ZstdError as problem:
        raise NotReadable(f"A kept body cannot be read: {problem}.", remedy="Restore it from a backup.") from problem
