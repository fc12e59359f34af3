"""Small values in files of mode 600, each named by the hash of a secret: who reads the folder can forge nothing.

What may be used once is taken by renaming its file: of two who try, one gets it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from douane.vocabulary.errors import StoreUnavailable

T = TypeVar("T", bound=msgspec.Struct)
_SECRET_BYTES: Final = 32


class Kept:
    """Values by kind and secret, below a folder. ``random``: as many random octets as are asked for."""

    def __init__(self, folder: Path, random: Callable[[int], bytes]) -> None:
        self._folder, self._random = folder, random

    def secret(self) -> str:
        """A name that nobody guesses."""
        return base64.urlsafe_b64encode(self._random(_SECRET_BYTES)).decode().rstrip("=")

    def path(self, kind: str, secret: str) -> Path:
        """Where a value is."""
        return self.named(kind, digest(secret))

    def named(self, kind: str, digest: str) -> Path:
        """Where a value is, by the digest of its secret."""
        return self._folder / kind / digest

    def read(self, path: Path, kind: type[T]) -> T | None:
        """The value in a file; None where there is none that can be read."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except (OSError, msgspec.MsgspecError):
            return None

    def write(self, path: Path, content: msgspec.Struct) -> None:
        """Keep a value where none is yet. Raises StoreUnavailable."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(made, "wb") as file:
                    file.write(msgspec.json.encode(content))
            except OSError:
                path.unlink()  # on a full volume: half a value would keep a whole one out for good
                raise
        except OSError as problem:
            raise StoreUnavailable(
                f"{path.parent} cannot be written.", remedy="Mend its rights, or make room."
            ) from problem

    def replace(self, path: Path, content: msgspec.Struct) -> None:
        """Put a value in the place of another; who reads has the former or the next. Raises StoreUnavailable."""
        beside = path.with_suffix(f".{self._random(8).hex()}.new")
        self.write(beside, content)
        beside.rename(path)

    def take(self, path: Path, kind: type[T]) -> T | None:
        """The value in a file, which is gone after that; None for everybody who comes later."""
        taken = path.with_suffix(f".{self._random(8).hex()}")
        try:
            path.rename(taken)
        except OSError:
            return None
        found = self.read(taken, kind)
        taken.unlink(missing_ok=True)
        return found

    def files(self, kind: str) -> Iterator[Path]:
        """Every file of a kind."""
        yield from sorted(self._folder.joinpath(kind).glob("*"))

    def sweep(self, kind: str, before: int) -> None:
        """Remove what was not touched since an instant (microseconds)."""
        for path in self._folder.joinpath(kind).glob("*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime_ns // 1000 < before:
                    path.unlink()


def digest(secret: str) -> str:
    """Under which name what belongs to a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
