"""Frames of the link: a length of four bytes, then one msgpack array whose first item tells its kind.

Pure: bytes in, frames out. Many requests share one connection; answers come in any order and name their request. The
reader never holds more than one frame of the largest size that is allowed at that moment.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

import msgspec

from douane.runtime.store.envelope import FaultFacts
from douane.vocabulary.errors import LinkViolation

VERSION: Final = 3
LARGEST: Final = 24 * 1024 * 1024
"""Bytes of a frame: a body of the size that doors take, and how it came."""
FIRST: Final = 4096
"""Bytes of a frame before the two ends know each other."""
_LENGTH: Final = struct.Struct(">I")


class _Frame(msgspec.Struct, frozen=True, array_like=True):
    pass


class Hello(_Frame, frozen=True, tag=1):
    """The first frame of a door: for which platform it speaks, what it is called, and what its clock says."""

    version: int
    platform: str
    name: str
    now: int


class Welcome(_Frame, frozen=True, tag=2):
    """The core's answer: who it is, which partitions it owns now, and which there are at all. Sent again on change.

    hosts: whose system serves whom, from when on (microseconds); a core of a former release does not say it.
    """

    version: int
    worker: str
    owned: tuple[int, ...]
    partitions: tuple[int, ...]
    hosts: tuple[tuple[str, str, int], ...] = ()


class Request(_Frame, frozen=True, tag=3):
    """Something asked; ``id`` is the asking end's own count."""

    id: int
    method: str
    content: msgspec.Raw


class Answer(_Frame, frozen=True, tag=4):
    """The answer to a request."""

    id: int
    content: msgspec.Raw


class Failure(_Frame, frozen=True, tag=5):
    """The refusal of a request, or with id 0 of the whole link: an error of the tree by its code.

    number: of an Overloaded or TooMany the seconds to wait, of an Elsewhere the partition. notices: of maintenance, by
    language. why: of a refusal for lack of right.
    """

    id: int
    code: str
    text: str
    remedy: str
    faults: tuple[FaultFacts, ...]
    number: int = 0
    notices: tuple[tuple[str, str], ...] = ()
    why: tuple[str, str, str] | None = None


class Cancel(_Frame, frozen=True, tag=6):
    """Nobody waits for the answer any more."""

    id: int


class Ping(_Frame, frozen=True, tag=7):
    """Are you there?"""

    id: int


class Pong(_Frame, frozen=True, tag=8):
    """Yes."""

    id: int


class Leaving(_Frame, frozen=True, tag=9):
    """This end takes no new request; what it took will be answered."""


Frame = Hello | Welcome | Request | Answer | Failure | Cancel | Ping | Pong | Leaving

_encode = msgspec.msgpack.Encoder().encode
_decode: Callable[[bytes], Frame] = msgspec.msgpack.Decoder(Frame, strict=True).decode


def write(frame: Frame) -> bytes:
    """The bytes of a frame. Raises LinkViolation beyond the largest size."""
    content = _encode(frame)
    if len(content) > LARGEST:
        raise LinkViolation(f"A frame of {len(content)} bytes is too large for a link.")
    return _LENGTH.pack(len(content)) + content


class FrameReader:
    """Collects bytes as they come and gives whole frames. After a LinkViolation it is of no further use."""

    __slots__ = ("_buffer", "largest")

    def __init__(self, largest: int = FIRST) -> None:
        self._buffer = bytearray()
        self.largest = largest

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that these bytes complete. Raises LinkViolation for what is no frame, or too large."""
        buffer = self._buffer
        buffer += data
        frames: list[Frame] = []
        start = 0
        while len(buffer) - start >= 4:
            (length,) = _LENGTH.unpack_from(buffer, start)
            if length > self.largest:
                raise LinkViolation(f"A frame of {length} bytes is announced; {self.largest} are allowed.")
            end = start + 4 + length
            if len(buffer) < end:
                break
            frames.append(_read(bytes(memoryview(buffer)[start + 4 : end])))
            start = end
        if start:
            del buffer[:start]
        return frames


def _read(content: bytes) -> Frame:
    try:
        return _decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise LinkViolation(f"What came over the link is no frame: {type(problem).__name__}.") from problem
