"""The names of the files of a folder: one for each partition, and one of numbers that no partition has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

PARTITIONS: Final = 1 << 10
"""Numbers from here on are no partitions: a subject id carries ten bits of one (``keys.subject_partition``)."""
PRESENT: Final = "workers.db"
_NAME: Final = re.compile(r"partition-(\d{4})\.db\Z")


def file_of(folder: Path, partition: int) -> Path:
    """Where a partition lies, or a number that is none."""
    return folder / (f"partition-{partition:04}.db" if partition < PARTITIONS else PRESENT)


def partitions_in(folder: Path) -> list[int]:
    """The partitions that have a file, ascending."""
    return sorted(int(found[1]) for path in folder.iterdir() if (found := _NAME.match(path.name)))
