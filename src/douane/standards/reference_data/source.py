"""A file of reference data in whichever published form it comes: zip, gzip or plain; XML or JSON."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Protocol

from douane.standards.reference_data.code_list_payload import PayloadReader
from douane.standards.reference_data.generic_export import read_generic_export
from douane.standards.reference_data.listed import ListedEntry
from douane.vocabulary.errors import NotWellFormed, TooLarge

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_BYTES = 2**30
"""The most that a file may hold when unpacked."""


class Source:
    """Entries of one file. ``snapshot``: the date the file states for itself, known once the first entry is read."""

    def __init__(self, entries: Iterator[ListedEntry], snapshot: Callable[[], dt.date | None]) -> None:
        self._entries, self._snapshot = entries, snapshot

    def __iter__(self) -> Iterator[ListedEntry]:
        return self._entries

    @property
    def snapshot(self) -> dt.date | None:
        """The date the file states for itself, or None."""
        return self._snapshot()


def open_source(file: IO[bytes]) -> Source:
    """Read a file that was opened for reading at its start (a zip must be seekable)."""
    plain, name = _unpacked(file)
    stated = re.search(r"(20\d{2})(\d{2})(\d{2})", name)
    head = plain.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        date = _date(stated)
        return Source(read_generic_export(plain), lambda: date)
    if head.startswith(b"{"):
        reader = PayloadReader(plain)
        return Source(iter(reader), lambda: reader.snapshot)
    raise NotWellFormed(
        "The file is neither a generic export (XML) nor a code-list payload (JSON).",
        remedy="Give the file as it was published, packed or not.",
    )


def _date(stated: re.Match[str] | None) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in stated.groups())) if stated else None
    except ValueError:
        return None


def _unpacked(file: IO[bytes]) -> tuple[io.BufferedReader[_Bounded], str]:
    """The content of a package, or of the file itself, and the name of the file in the package."""
    plain = io.BufferedReader(_Bounded(file))
    head = plain.peek(2)
    if head.startswith(b"\x1f\x8b"):
        return io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=plain))), ""
    if not head.startswith(b"PK"):
        return plain, ""
    try:
        file.seek(0)
        package = zipfile.ZipFile(file)
        members = package.infolist()
        if len(members) != 1:
            raise NotWellFormed(f"The package holds {len(members)} files.", remedy="Give a package with one file.")
        return io.BufferedReader(_Bounded(package.open(members[0]))), members[0].filename
    except (*_DAMAGED, NotImplementedError, RuntimeError) as bad:  # the last two: unknown methods, encryption
        raise _damaged(bad) from bad


_DAMAGED = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)


def _damaged(bad: Exception) -> NotWellFormed:
    return NotWellFormed(f"The package cannot be unpacked: {bad}.", remedy="Fetch the file again.")


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Bounded(io.RawIOBase):
    """A stream that refuses to go on for ever; a damaged package is a fault of the file."""

    def __init__(self, stream: _Reads) -> None:
        self._stream = stream
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        place = memoryview(buffer)
        try:
            found = self._stream.read(len(place))
        except _DAMAGED as bad:
            raise _damaged(bad) from bad
        self._count += len(found)
        if self._count > MOST_BYTES:
            raise TooLarge(f"The file holds more than {MOST_BYTES} bytes.")
        place[: len(found)] = found
        return len(found)
