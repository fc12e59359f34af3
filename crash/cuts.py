"""Power cuts in process: the core on a disk that forgets what was not synced, cut at a numbered write or sync.

Every cut may keep, lose or tear any part of what no sync made lasting (``backends/sqlite/volume.py``). Some lives end
otherwise: the process is killed and the disk keeps everything, or a write fails and the next owner begins on the same
open file.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import apsw

from crash.checker import Finding, Harm, Told
from crash.inside import Inside
from crash.stored import Stored
from douane.backends.sqlite.backend import SqliteStore
from douane.backends.sqlite.faulty import mounted
from douane.backends.sqlite.volume import Volume
from douane.vocabulary.errors import DouaneError

LONGEST = 250
"""Changes of the disk (writes, syncs, truncations) until the latest cut of a life: about a dozen ticks."""
CUT, KILL, FAIL = "power cut", "kill", "failed write"
SHARES = {CUT: 85, KILL: 10, FAIL: 5}


@dataclass(frozen=True, slots=True)
class Cuts:
    """What came of a series of lives on one volume."""

    seed: int
    told: Told
    findings: list[Finding]
    ends: Counter[str]
    processed: int
    released: int
    seconds: float


class Series:
    """Lives of a core on one volume, each ended by a fault."""

    def __init__(self, seed: int, scratch: Path) -> None:
        self.inside = Inside(self.store, seed=seed)
        self.volume = Volume(self.inside.chance.randrange)
        self.ends: Counter[str] = Counter()
        self._path, self._vfs = scratch / "node.db", f"cuts-{seed}"
        self._opened: SqliteStore | None = None

    def store(self) -> SqliteStore:
        """The store of this life, opened once."""
        if self._opened is None:
            self._opened = SqliteStore(str(self._path), vfs=self._vfs)
        return self._opened

    def run(self, cuts: int) -> Cuts:
        """Lives until the power was cut so often, then one without faults that drains and is judged."""
        began = time.monotonic()
        with mounted(self.volume, self._vfs):
            while self.ends[CUT] < cuts:
                self._life()
            self.inside.begin()
            self.inside.register()
            released = self.inside.drain()
            store = self.store()
            findings = [*self.inside.findings(), *(Finding(Harm.BROKEN, each) for each in store.damage())]
            processed = Stored.of(store).processed(self.inside.told)
            store.close()
        return Cuts(
            self.inside.seed, self.inside.told, findings, self.ends, processed, released, time.monotonic() - began
        )

    def _life(self) -> None:
        chance, volume = self.inside.chance, self.volume
        (end,) = chance.choices(list(SHARES), list(SHARES.values()))
        if end == CUT:
            volume.cut_at(chance.randrange(1, LONGEST))
        elif end == FAIL:
            volume.fail(chance.randrange(1, LONGEST))
        with contextlib.suppress(apsw.Error, DouaneError):
            self.inside.begin()
            self.inside.register()
            for _ in range(chance.randrange(1, 30) if end == KILL else LONGEST):
                self.inside.step()
        self.ends[end] += 1
        if end == FAIL:  # the process lives; a new owner begins on the file as it is open
            volume.calm()
            return
        if end == CUT:
            volume.power_cut()
        else:
            volume.kill()
        if self._opened is not None:
            with contextlib.suppress(apsw.Error):
                self._opened.close()
            self._opened = None
        volume.start()


def cut(seed: int, cuts: int) -> Cuts:
    """So many power cuts on one volume, then quiet, then the judgement."""
    with tempfile.TemporaryDirectory(prefix="cuts") as folder:
        return Series(seed, Path(folder)).run(cuts)
