"""Where each process of a node writes down what it sees, and how it is read again."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.settings import NodeSettings
from douane.runtime.observing.observed import Seen

FOLDER: Final = "observed"
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a file that is read."""


def read(path: Path) -> Seen | None:
    """What a process wrote down; None where there is nothing that can be read."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        return msgspec.msgpack.decode(path.read_bytes(), type=Seen)
    except (OSError, msgspec.MsgspecError):
        return None


def file_of(folder: Path, worker: int) -> Path:
    """The file of a process."""
    return folder / f"{worker}.msgpack"


def kept(settings: NodeSettings) -> list[Seen]:
    """What the processes of a node wrote down, for a command beside it."""
    paths = (file_of(settings.data / FOLDER, each) for each in range(settings.workers))
    return [seen for path in paths if (seen := read(path)) is not None]
