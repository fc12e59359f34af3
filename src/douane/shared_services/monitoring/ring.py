"""The node's own ring of figures: one sample a minute for a day, so that its console draws curves without anybody else.

It is bounded, and written down beside the store each minute, so that a restart keeps it. Nothing rests on it.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from douane.runtime.store.ports import MINUTE, Instant

KEPT: Final = 1_440
"""Samples, one a minute: a day."""
LARGEST: Final = 1024 * 1024
"""Octets of a file that is read."""


class Sample(msgspec.Struct, frozen=True, array_like=True):
    """A minute. at: when (microseconds). accepted: messages accepted in it. pending: accepted and not yet handled.
    waiting: for partners, delivered or collected; oldest: seconds since the first of them was written. commit, late:
    seconds that a commit took, and by which the process came round late."""

    at: Instant
    accepted: int = 0
    pending: int = 0
    waiting: int = 0
    oldest: float = 0.0
    commit: float = 0.0
    late: float = 0.0


@dataclass(slots=True)
class Ring:
    """The samples of a process. path: where they are written down; None for nowhere."""

    path: Path | None = None
    samples: deque[Sample] = field(default_factory=lambda: deque(maxlen=KEPT))
    _total: int = -1

    @classmethod
    def read(cls, path: Path | None) -> Ring:
        """What was written down before; empty where that cannot be read."""
        made = cls(path)
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            if path is not None and path.stat().st_size <= LARGEST:
                made.samples.extend(msgspec.msgpack.decode(path.read_bytes(), type=list[Sample]))
        return made

    def add(self, now: Instant, total: int, sample: Sample) -> None:
        """Keep a sample, the last of each minute, and write them down when a minute begins. total: messages accepted
        since the store began."""
        before = self.samples[-1] if self.samples else Sample(0)
        since, self._total = self._total if 0 <= self._total <= total else total, total
        if now // MINUTE == before.at // MINUTE:
            self.samples[-1] = msgspec.structs.replace(sample, at=now, accepted=before.accepted + total - since)
            return
        self.samples.append(msgspec.structs.replace(sample, at=now, accepted=total - since))
        if self.path is not None:
            with contextlib.suppress(OSError):  # a full disk stops nobody
                self.path.parent.mkdir(mode=0o700, exist_ok=True)
                fresh = self.path.with_suffix(".new")
                fresh.write_bytes(msgspec.msgpack.encode(list(self.samples)))
                os.replace(fresh, self.path)
