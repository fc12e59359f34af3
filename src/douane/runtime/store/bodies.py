"""Bodies at rest: larger ones are compressed; a codec beside each says how it is kept.

A dictionary holds what the messages of one family have in common: the names of their elements. Without one each message
spends most of its octets on saying them again. Invariants: a dictionary is never changed, since what it was used for
lies in stores for years; a better one is another codec. Which dictionary a body is kept with its first octets say, so
that reading needs the codec alone. ``python -m tools.dictionaries`` trains them.
"""

from __future__ import annotations

import enum
import hashlib
import importlib.resources
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import zstandard

from douane.vocabulary.errors import NotReadable, OurFault

SMALL: Final = 400
"""Octets of a body below which compression without a dictionary gains nothing."""
LARGEST: Final = 64 * 1024 * 1024
_LEVEL: Final = -1  # costs half of what level 3 costs and keeps a fifth more: the tick is short of time, not of space
_LEVEL_OF_FAMILIES: Final = 1  # with a dictionary it costs as much as -1, and keeps a sixth less
_HEAD: Final = 120  # octets of a body among which the mark of its family stands
_MARK: Final = b"\x28\xb5\x2f\xfd"  # begins a frame of zstd


class Codec(enum.IntEnum):
    """How a body is kept. The numbers are stored. From 2 on: zstd with a dictionary of a family, in its version."""

    PLAIN = 0
    ZSTD = 1
    NCTS_1 = 2


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What the messages of a family have in common. mark: octets of their head. digest: SHA-256 of its file."""

    codec: Codec
    file: str
    mark: bytes
    digest: str

    @property
    def octets(self) -> bytes:
        """Its file."""
        return (importlib.resources.files(__package__) / "dictionaries" / self.file).read_bytes()

    def data(self) -> zstandard.ZstdCompressionDict:
        """Its content. Raises OurFault where the file is not what it was."""
        octets = self.octets
        if hashlib.sha256(octets).hexdigest() != self.digest:
            raise OurFault(
                f"The dictionary {self.file} is damaged: bodies kept with it cannot be read.",
                remedy="Install this release again.",
            )
        made = zstandard.ZstdCompressionDict(octets, dict_type=zstandard.DICT_TYPE_FULLDICT)
        made.precompute_compress(level=_LEVEL_OF_FAMILIES)
        return made


DICTIONARIES: Final = (
    Dictionary(
        Codec.NCTS_1, "ncts-1.zdict", b'="http://ncts.dgtaxud.ec"',
        "f00c210eb213805d48117573476973924f728579276be26afc64c92f2ed82d71",
    ),
)  # fmt: skip
"""The newest of each family, by which bodies are written. One that a newer replaces stays in ``_READ``."""
_READ: Final = {each.codec: each for each in DICTIONARIES}


@dataclass(frozen=True, slots=True)
class _Coder:
    """What compresses and reads with a codec; by one thread at a time."""

    write: Callable[[bytes], bytes]
    reader: zstandard.ZstdDecompressor

    @classmethod
    def of(cls, codec: Codec) -> _Coder:
        """One for a codec."""
        known = _READ.get(codec)
        data, level = (known.data(), _LEVEL_OF_FAMILIES) if known else (None, _LEVEL)
        writer = zstandard.ZstdCompressor(level=level, dict_data=data, write_content_size=True, write_checksum=False)
        return cls(writer.compress, zstandard.ZstdDecompressor(dict_data=data))


_idle: Final[dict[Codec, list[_Coder]]] = {codec: [] for codec in Codec}
"""Those that no thread uses just now."""


def _take(codec: Codec) -> _Coder:
    try:
        return _idle[codec].pop()
    except IndexError:
        return _Coder.of(codec)


def pack(body: bytes) -> tuple[Codec, bytes]:
    """A body as it is kept, and how that is."""
    head, codec = body[:_HEAD], Codec.PLAIN if len(body) < SMALL else Codec.ZSTD
    for each in DICTIONARIES:
        if each.mark in head:
            codec = each.codec
            break
    if codec is Codec.PLAIN:
        return codec, body
    idle = _idle[codec]
    try:
        coder = idle.pop()
    except IndexError:
        coder = _Coder.of(codec)
    kept = coder.write(body)
    idle.append(coder)
    return codec, kept


def unpack(codec: Codec, kept: bytes) -> bytes:
    """The body again. Raises NotReadable when the kept bytes are damaged."""
    if codec is Codec.PLAIN:
        return kept
    coder = _take(codec)
    try:
        # nothing hides behind the frame
        return coder.reader.decompress(kept, max_output_size=LARGEST, allow_extra_data=False)
    except zstandard.ZstdError as problem:
        raise NotReadable(f"A kept body cannot be read: {problem}.", remedy="Restore it from a backup.") from problem
    finally:
        _idle[codec].append(coder)


def former_codec(kept: bytes) -> Codec:
    """How a body of a former release is kept, which told compressed ones by their mark alone."""
    return Codec.ZSTD if kept.startswith(_MARK) else Codec.PLAIN
