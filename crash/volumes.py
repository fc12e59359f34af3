"""The volumes under test, and what the disk under them can do."""

from __future__ import annotations

import os
import time
from pathlib import Path

RECORD = bytes(2_048)


def flush_rate(folder: Path, seconds: float = 1.0) -> float:
    """Records of 2 kB appended and flushed, one after another, per second: the bound of a store that syncs each."""
    path = folder / "flush-rate"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    began, done = time.perf_counter(), 0
    try:
        while time.perf_counter() - began < seconds:
            os.write(file, RECORD)
            os.fdatasync(file)
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        os.close(file)
        path.unlink()
