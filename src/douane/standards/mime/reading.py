"""Splitting a multipart body as it comes, without I/O: octets in, events out.

Everything is bounded before it is kept: number of parts, octets of headers, of each part and of all. What a signature
could not cover is refused: text before the first part or after the last, headers that no reader needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from douane.standards.mime.media_type import MediaType, read_media_type
from douane.vocabulary.errors import BadHeader, BadPackaging, TooLarge

HEADERS: Final = frozenset({
    "content-type", "content-id", "content-transfer-encoding", "content-disposition", "content-description",
    "content-length", "mime-version",
})  # fmt: skip
"""Headers that a part may have."""
_IDENTITY = frozenset({"binary", "8bit", "7bit", ""})
_CONTENT_ID = re.compile(r"[!-~]{1,255}")


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many parts; octets of one part's headers, of all headers, of one part's body, of the whole body."""

    parts: int = 64
    head: int = 8 * 1024
    heads: int = 64 * 1024
    part: int = 64 * 1024 * 1024
    total: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PartStart:
    """A part begins. ``content_id`` without brackets, empty if there is none."""

    media_type: MediaType
    content_id: str


@dataclass(frozen=True, slots=True)
class PartData:
    """Octets of the part that began last."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class PartEnd:
    """The part that began last is whole."""


Event = PartStart | PartData | PartEnd
_BEFORE, _AFTER_DELIMITER, _HEAD, _BODY, _DONE = range(5)


class Splitter:
    """Takes the octets of a multipart body; gives events. Raises BadPackaging, BadHeader or TooLarge."""

    def __init__(self, boundary: bytes, limits: Limits) -> None:
        self._limits = limits
        self._delimiter = b"\r\n--" + boundary
        self._buffer = bytearray(b"\r\n")  # so that the first delimiter looks like the others
        self._state = _BEFORE
        self._total = self._parts = self._heads = self._size = 0

    def feed(self, octets: bytes) -> Iterator[Event]:
        """The events that these octets complete."""
        self._total += len(octets)
        if self._total > self._limits.total:
            raise _large("The message", self._limits.total)
        self._buffer += octets
        while True:
            match self._state:
                case 0 | 3:
                    found, event = self._content()
                    if event is not None:
                        yield event
                    if not found:
                        return
                    if self._state == _BODY:
                        yield PartEnd()
                    self._state = _AFTER_DELIMITER
                case 1:
                    if not self._delimited():
                        return
                case 2:
                    start = self._head()
                    if start is None:
                        return
                    yield start
                case _:
                    if self._buffer.strip():
                        raise BadPackaging("Something follows the last part.", remedy="End with the last boundary.")
                    self._buffer.clear()
                    return

    def close(self) -> None:
        """The body ended: it must be whole."""
        if self._state != _DONE:
            raise BadPackaging("The message is cut off.", remedy="Send it whole, up to the last boundary.")

    def _content(self) -> tuple[bool, PartData | None]:
        """Octets up to the next delimiter, as far as they are here."""
        buffer, delimiter = self._buffer, self._delimiter
        at = buffer.find(delimiter)
        end = at if at >= 0 else max(0, len(buffer) - len(delimiter) + 1)
        octets = bytes(buffer[:end])
        del buffer[: end + len(delimiter) if at >= 0 else end]
        if self._state == _BEFORE:
            if octets.strip():
                raise BadPackaging("Something stands before the first part.", remedy="Begin with the boundary.")
            return at >= 0, None
        self._size += len(octets)
        if self._size > self._limits.part:
            raise _large("A part", self._limits.part)
        return at >= 0, PartData(octets) if octets else None

    def _delimited(self) -> bool:
        """What follows a delimiter: two hyphens after the last part, else a line end. False: not yet known."""
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        if buffer.startswith(b"--"):
            del buffer[:2]
            self._state = _DONE
            return True
        if not buffer.startswith(b"\r\n"):
            raise BadPackaging("A boundary is followed by other text.", remedy="End its line with CRLF.")
        if self._parts >= self._limits.parts:
            raise TooLarge(f"The message has more than {self._limits.parts} parts.",
                           remedy="Send fewer parts, or agree on a higher limit.")  # fmt: skip
        self._parts, self._size, self._state = self._parts + 1, 0, _HEAD
        return True

    def _head(self) -> PartStart | None:
        buffer = self._buffer
        at = buffer.find(b"\r\n\r\n")
        size = at if at >= 0 else len(buffer)
        if size > self._limits.head or self._heads + size > self._limits.heads:
            raise _large("The header of a part", self._limits.head)
        if at < 0:
            return None
        self._heads += size
        start = _read_head(bytes(buffer[2:at]) if at else b"")
        del buffer[: at + 2]  # the last line end may begin the delimiter of an empty part
        if buffer.startswith(self._delimiter):
            self._state = _BODY
            return start
        del buffer[:2]
        self._state = _BODY
        return start


def _read_head(raw: bytes) -> PartStart:
    headers: dict[str, str] = {}
    for line in raw.replace(b"\r\n\t", b" ").replace(b"\r\n ", b" ").split(b"\r\n"):
        if not line:
            continue
        name, colon, value = line.partition(b":")
        key = name.decode("latin-1").lower()
        if not colon or key not in HEADERS or key in headers:
            raise BadPackaging(f"The part header {key[:40]!r} is not known, or stands twice.",
                               remedy=f"Use each at most once: {', '.join(sorted(HEADERS))}.")  # fmt: skip
        if not value.isascii() or any(sign < 32 and sign != 9 for sign in value):
            raise BadHeader(f"The part header {key} has signs that are not allowed.", remedy="Use printable ASCII.")
        headers[key] = value.decode("ascii").strip()
    if headers.get("content-transfer-encoding", "").lower() not in _IDENTITY:
        raise BadPackaging("A part has a transfer encoding.", remedy="Send it as binary.")
    media_type = read_media_type(headers.get("content-type", "application/octet-stream"))
    return PartStart(media_type, _content_id(headers.get("content-id", "")))


def _content_id(value: str) -> str:
    """A Content-ID without its brackets, which some senders leave out."""
    inner = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if inner and not _CONTENT_ID.fullmatch(inner):
        raise BadHeader(f"The Content-ID {value[:80]!r} is malformed.", remedy="Write <id@host> without blanks.")
    return inner


def _large(what: str, most: int) -> TooLarge:
    return TooLarge(f"{what} has more than {most} octets.", remedy="Send less, or agree on a higher limit.")
