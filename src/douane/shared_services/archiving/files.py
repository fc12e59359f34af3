"""Files that survive a power cut: written beside their place, flushed, renamed, and the folder flushed after them."""

from __future__ import annotations

import os
from pathlib import Path

from douane.vocabulary.errors import StoreUnavailable


def write_durably(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that after a crash it is there whole, or as it was before.

    The content lies under ``NAME.PROCESS.part`` until it is flushed: several processes may write one file at once, and
    the last one counts. Raises StoreUnavailable where the medium refuses.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)  # also where the umask is narrower: somebody else is to read it
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        flush_folder(path.parent)
    except OSError as problem:
        raise StoreUnavailable(
            f"{path} cannot be written: {problem.strerror}.", remedy="Free space on its volume, or name another folder."
        ) from problem


def make_folder(path: Path, *, new: bool = False) -> Path:
    """Make a folder (mode 700) with those above it; its name is durable when this returns. ``new``: it must not exist.

    Raises StoreUnavailable.
    """
    try:
        path.mkdir(parents=True, exist_ok=not new, mode=0o700)
        flush_folder(path.parent)
    except OSError as problem:
        raise StoreUnavailable(f"{path} cannot be made: {problem.strerror}.") from problem
    return path


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
