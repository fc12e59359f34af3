"""Payloads as files of a folder, named by the SHA-256 of their content.

A draft is written beside the others and published by a rename; file and folder are synced, since a rename without its
folder is undone by a power cut. What was never published is removed at the next start.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from douane.runtime.store.ports import Instant, Payload
from douane.shared_services.payloads.shares import Shares
from douane.vocabulary.errors import NotFound, StoreUnavailable

CHUNK: Final = 256 * 1024
_DRAFTS: Final = "incoming"


@dataclass(frozen=True, slots=True)
class Published:
    """A payload in its place. ``written``: when it was published last."""

    digest: str
    path: Path
    size: int
    written: Instant


class FilePayloads:
    """Payloads below one folder. ``random`` names drafts.

    sweep: remove drafts that a former process left; only one process of those that share the folder may do so.
    reserve: octets of the volume that no payload takes. shares: what each party may publish in a day; None: all.
    """

    def __init__(
        self, folder: Path, random: Callable[[int], bytes], *, sweep: bool = True, reserve: int = 0,
        shares: Shares | None = None,
    ) -> None:  # fmt: skip
        self._folder, self._random = folder, random
        self._reserve, self._shares = reserve, shares
        self._drafts = folder / _DRAFTS
        self._drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self._drafts.iterdir() if sweep else ():
            left.unlink()

    def draft(self) -> FileDraft:
        """A payload to be written. Raises StoreUnavailable where the volume is nearly full."""
        if self._reserve:
            with _store_faults():
                volume = os.statvfs(self._folder)
            if volume.f_bavail * volume.f_frsize < self._reserve:
                raise StoreUnavailable(
                    "The volume of the payload store is nearly full.", remedy="Send it without attachments, or later."
                )
        return FileDraft(self._drafts / self._random(16).hex(), self._folder)

    def admit(self, party: str, sizes: Mapping[str, int]) -> None:
        """Count what is new of a party's payloads against its share of the day. Raises Overloaded."""
        new = sum(size for digest, size in sizes.items() if not self.holds(digest))
        if self._shares is not None and new:
            with _store_faults():
                self._shares.take(party, new)

    def open(self, digest: str) -> Iterator[bytes]:
        """The content of a published payload in pieces. Raises NotFound."""
        path = place(self._folder, digest)
        try:
            file = path.open("rb")
        except OSError as problem:
            raise NotFound(f"There is no payload {digest[:64]!r}.", remedy="Restore it from a backup.") from problem
        return _pieces(file)

    def published(self) -> Iterator[Published]:
        """Every payload that is here."""
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*")):
            with contextlib.suppress(FileNotFoundError):
                found = path.stat()
                yield Published(path.name, path, found.st_size, found.st_mtime_ns // 1000)

    def remove(self, payload: Published) -> bool:
        """Remove a payload, unless it was written again since it was looked at."""
        with contextlib.suppress(FileNotFoundError):
            if payload.path.stat().st_mtime_ns // 1000 == payload.written:
                payload.path.unlink()
                return True
        return False

    def forget_drafts(self, before: Instant, *, remove: bool) -> int:
        """Drafts that were last written before an instant: their process is gone. How many; removed where asked."""
        found = 0
        for path in self._drafts.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime_ns // 1000 < before:
                    found += 1
                    if remove:
                        path.unlink()
        return found

    def holds(self, digest: str) -> bool:
        """Whether a payload is here."""
        return place(self._folder, digest).exists()


class FileDraft:
    """A payload that is being written. Nobody else can read it before it is published."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path, self._folder = path, folder
        self._hash = hashlib.sha256()
        self._ours = 0  # the inode that we published, where nothing was published under its digest
        self.size = 0
        with _store_faults():
            self._file = path.open("x+b")

    def write(self, octets: bytes) -> None:
        """Add octets. Raises StoreUnavailable on a full disk."""
        with _store_faults():
            self._file.write(octets)
        self._hash.update(octets)
        self.size += len(octets)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written."""
        return self._hash.hexdigest()

    def read(self) -> Iterator[bytes]:
        """What was written, in pieces."""
        with _store_faults():
            self._file.flush()
            return _pieces(self._path.open("rb"))

    def publish(self, *, revocable: bool = False) -> Payload:
        """Make it durable under its digest; the same content is kept once. Raises StoreUnavailable.

        revocable: keep the file open until ``discard``, so that its inode is nobody else's when it is taken back.
        """
        found = Payload(self.digest, self.size)
        final = place(self._folder, found.digest)
        with _store_faults():
            self._file.flush()
            os.fsync(self._file.fileno())
            inode = os.fstat(self._file.fileno()).st_ino if revocable else 0
            if not revocable:
                self._file.close()
            final.parent.mkdir(exist_ok=True, mode=0o700)
            with _alone(final.parent):
                self._ours = 0 if final.exists() else inode
                self._path.replace(final)
            for folder in (final.parent, self._folder):
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
        return found

    def discard(self) -> None:
        """Leave nothing behind; after ``publish`` it changes nothing."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def take_back(self) -> None:
        """Remove what ``publish`` put there, unless it was there before or others have published it since."""
        final = place(self._folder, self.digest)
        if self._ours:
            with _store_faults(), _alone(final.parent), contextlib.suppress(FileNotFoundError):
                if final.stat().st_ino == self._ours:
                    final.unlink()


def place(folder: Path, digest: str) -> Path:
    """Where a payload lies."""
    name = digest if len(digest) == 64 and digest.isalnum() else "none"
    return folder / name[:2] / name


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file as opened:
        while piece := opened.read(CHUNK):
            yield piece


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other process publishes into a folder meanwhile, or takes back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _store_faults() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StoreUnavailable(
            "The payload store cannot write now.", remedy="Send the same message again later."
        ) from problem
