"""Gzip as a stream, one member, with a cap on what comes out: a bomb is refused before it is unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from douane.vocabulary.errors import NotDecompressed

GZIP: Final = 31  # zlib's name for the gzip container with the largest window
CHUNK: Final = 64 * 1024
FREE: Final = 10 * 1024 * 1024
RATIO: Final = 200


class Gunzip:
    """Unpacks one gzip member. ``most``: octets that may come out at all.

    Beyond 10 MiB the ratio may be 200 to 1 at most; customs messages reach 42 to 1.
    """

    def __init__(self, most: int) -> None:
        self._most, self._state = most, zlib.decompressobj(GZIP)
        self._taken = self._given = 0

    def update(self, octets: bytes) -> Iterator[bytes]:
        """What the next octets unpack to, in pieces. Raises NotDecompressed."""
        self._taken += len(octets)
        rest = octets
        while rest:
            try:
                piece = self._state.decompress(rest, CHUNK)
            except zlib.error as problem:
                raise NotDecompressed(
                    "The content is not gzip, or damaged.", remedy="Compress it by gzip."
                ) from problem
            rest = self._state.unconsumed_tail
            if self._state.unused_data:
                raise NotDecompressed("Something follows the compressed content.", remedy="Compress it as one member.")
            self._given += len(piece)
            if self._given > self._most or self._given > max(FREE, RATIO * self._taken):
                raise NotDecompressed(f"The content unpacks to more than is allowed ({self._most} octets).",
                                      remedy="Send less, or agree on a higher limit.")  # fmt: skip
            if piece:
                yield piece

    def finish(self) -> None:
        """The content is whole. Raises NotDecompressed when it is cut off."""
        if not self._state.eof:
            raise NotDecompressed("The compressed content is cut off.", remedy="Send it whole.")


class Gzip:
    """Packs a stream. The container names no file and no time, so the same content packs to the same octets."""

    def __init__(self, level: int) -> None:
        self._state = zlib.compressobj(level, zlib.DEFLATED, GZIP)

    def update(self, octets: bytes) -> bytes:
        """Packed octets, as far as they are ready."""
        return self._state.compress(octets)

    def finish(self) -> bytes:
        """The rest."""
        return self._state.flush()


def unpack(octets: bytes, most: int) -> bytes:
    """The whole content of a small payload."""
    state = Gunzip(most)
    content = b"".join(state.update(octets))
    state.finish()
    return content


def pack(octets: bytes, level: int = 6) -> bytes:
    """A small payload packed."""
    state = Gzip(level)
    return state.update(octets) + state.finish()
