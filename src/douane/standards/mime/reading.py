"""Splitting a multipart body as it comes, without I/O: octets in, events out.

Everything is bounded before it is kept: number of parts, octets of headers, of each part and of all. Text before the
first part and after the last belongs to nobody and is dropped (RFC 2046, 5.1.1). A transfer encoding is undone (WS-I
Attachments Profile, R2934): signatures cover what it carried (WSS SwA profile, 5.4). Headers that no reader needs are
refused.
"""

from __future__ import annotations

import binascii
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
_PADDING: Final = 100
"""Blanks after a boundary: who carries a message may add them (RFC 2046, 5.1.1)."""
_CONTENT_ID = re.compile(r"[!-~]{1,255}")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many parts; octets of one part's headers, of all headers, of one part's content, of the whole body.

    What stands before the first part or after the last may be as long as one part's headers.
    """

    parts: int = 64
    head: int = 8 * 1024
    heads: int = 64 * 1024
    part: int = 64 * 1024 * 1024
    total: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PartStart:
    """A part begins. ``content_id`` without brackets, empty if there is none; ``base64``: how it came.

    disposition: as it stands in its header (RFC 7578, 4.2); a browser writes names of files in UTF-8.
    """

    media_type: MediaType
    content_id: str
    base64: bool = False
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class PartData:
    """Octets of the part that began last, their transfer encoding undone."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class PartEnd:
    """The part that began last is whole."""


Event = PartStart | PartData | PartEnd
_BEFORE, _AFTER_DELIMITER, _HEAD, _BODY, _DONE = range(5)


class Base64:
    """Undoes base64 as it comes: lines of any length, no other signs than its own. Raises BadPackaging."""

    def __init__(self) -> None:
        self._rest, self._ended = b"", False

    def update(self, octets: bytes) -> bytes:
        """What these octets complete."""
        signs = self._rest + octets.translate(None, b"\r\n\t ")
        whole = len(signs) - len(signs) % 4
        self._rest = signs[whole:]
        if not signs:
            return b""
        try:
            if self._ended:
                raise binascii.Error("something follows the padding")
            self._ended = signs[:whole].endswith(b"=")
            return binascii.a2b_base64(signs[:whole], strict_mode=True) if whole else b""
        except binascii.Error as problem:
            raise BadPackaging(
                f"A part is not base64: {problem}.", remedy="Encode it anew, or send it as binary."
            ) from problem

    def finish(self) -> None:
        """The part is whole."""
        if self._rest:
            raise BadPackaging("A part in base64 is cut off.", remedy="Send it whole, with its padding.")


class Splitter:
    """Takes the octets of a multipart body; gives events. Raises BadPackaging, BadHeader or TooLarge."""

    def __init__(self, boundary: bytes, limits: Limits) -> None:
        self._limits = limits
        self._delimiter = b"\r\n--" + boundary
        self._buffer = bytearray(b"\r\n")  # so that the first delimiter looks like the others
        self._state = _BEFORE
        self._base64: Base64 | None = None
        self._total = self._parts = self._heads = self._size = self._dropped = 0

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
                        if self._base64 is not None:
                            self._base64.finish()
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
                    self._drop(len(self._buffer))
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
            self._drop(len(octets))
            return at >= 0, None
        if self._base64 is not None:
            octets = self._base64.update(octets)
        self._size += len(octets)
        if self._size > self._limits.part:
            raise _large("A part", self._limits.part)
        return at >= 0, PartData(octets) if octets else None

    def _drop(self, octets: int) -> None:
        """Octets before the first part or after the last."""
        self._dropped += octets
        if self._dropped > self._limits.head:
            raise _large("What stands outside of all parts", self._limits.head)

    def _delimited(self) -> bool:
        """What follows a delimiter: two hyphens after the last part, else a line end. False: not yet known."""
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        if buffer.startswith(b"--"):
            del buffer[:2]
            self._state = _DONE
            return True
        end = buffer.find(b"\r\n", 0, _PADDING)
        if end < 0 and len(buffer) < _PADDING and not buffer.strip(b" \t\r"):
            return False
        if end < 0 or buffer[:end].strip(b" \t"):
            raise BadPackaging("A boundary is followed by other text.", remedy="End its line with CRLF.")
        del buffer[:end]
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
        self._base64 = Base64() if start.base64 else None
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
        named = key == "content-disposition"
        if (not value.isascii() and not named) or _CONTROL.search(value):
            raise BadHeader(f"The part header {key} has signs that are not allowed.", remedy="Use printable ASCII.")
        headers[key] = value.decode("utf-8", "replace").strip()
    encoding = headers.get("content-transfer-encoding", "").lower()
    if encoding not in _IDENTITY and encoding != "base64":
        raise BadPackaging(
            f"A part has the transfer encoding {encoding[:40]!r}.", remedy="Send it as binary or base64."
        )
    media_type = read_media_type(headers.get("content-type", "application/octet-stream"))
    return PartStart(media_type, _content_id(headers.get("content-id", "")), encoding == "base64",
                     headers.get("content-disposition", ""))  # fmt: skip


def _content_id(value: str) -> str:
    """A Content-ID without its brackets, which some senders leave out."""
    inner = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if inner and not _CONTENT_ID.fullmatch(inner):
        raise BadHeader(f"The Content-ID {value[:80]!r} is malformed.", remedy="Write <id@host> without blanks.")
    return inner


def _large(what: str, most: int) -> TooLarge:
    return TooLarge(f"{what} has more than {most} octets.", remedy="Send less, or agree on a higher limit.")
