"""What growth costs on PostgreSQL: a unit and four questions with few and with many messages stored, in turn.

``python -m bench grown_database``: 20,000 messages beside 200,000; with ``--growth`` beside ten million, which takes
about an hour to fill and 30 GB of disk. A private server; its CPU a unit is that of all its processes, from the
scheduler's own count, beside the CPU of the core that asks.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench import lookups
from bench.brief import size
from bench.filling import Copier
from bench.in_turn import compare
from bench.node import registrations, settings_for
from douane.assembly.core import make_core
from douane.backends.postgresql import migrations
from douane.configuration.settings import NodeSettings
from douane.runtime.core.tick import Tick
from tests.services import postgresql as servers

FEW: Final = size(20_000, brief=300)
SOME, MANY = size(200_000, brief=600), 10_000_000
LONGEST_FILL: Final = 3 * 3600.0
UNITS: Final = size(3_200, brief=32)
LOOKUPS: Final = size(400, brief=5)
FIRST: Final = 950_000_000
"""Above every number of a declaration that fills a store."""
SERVER: Final = {"shared_buffers": size("2GB", brief="32MB"), "max_wal_size": "8GB", "checkpoint_timeout": "15min"}
"""Of a server of some gigabytes; everything that keeps what was committed is as it comes."""
Row = dict[str, Any]


@contextlib.contextmanager
def server() -> Iterator[servers.Instance]:
    """A private PostgreSQL, ended with the block."""
    place = servers.folder()
    servers.end_with(os.getpid(), place)
    instance = servers.make(place, **SERVER)
    others = set(range(os.cpu_count() or 1)) - os.sched_getaffinity(0)
    for process in instance.processes():  # those that it starts later begin where it is
        os.sched_setaffinity(process, others or os.sched_getaffinity(0))
    try:
        yield instance
    finally:
        bin_ = servers.binaries()
        assert bin_ is not None
        servers.run([bin_ / "pg_ctl", "stop", "-D", instance.data, "-m", "immediate", "-s"])


class Used:
    """Nanoseconds of CPU of a server, by the scheduler's count: of its processes that live, and of those that ended."""

    def __init__(self, instance: servers.Instance) -> None:
        self._instance, self._last = instance, dict[int, int]()

    def __call__(self) -> int:
        """By now."""
        for process in self._instance.processes():
            with contextlib.suppress(OSError):  # it has just ended
                self._last[process] = int(Path(f"/proc/{process}/schedstat").read_text().split()[0])
        return sum(self._last.values())


def filled(instance: servers.Instance, folder: Path, name: str, messages: int) -> tuple[NodeSettings, list[Row]]:
    """A node on a database of its own with so many messages; its size, and the questions to it."""
    with instance.administer() as db:
        db.execute(f"CREATE DATABASE {name}")
    address = instance.address(name)
    migrations.migrate(address)
    settings = settings_for(folder / name, address)
    core, began = make_core(settings, ended=_raise), time.perf_counter()
    owner = core.node.owners[0]
    Tick(owner).run(registrations(core))
    while owner.pending:
        Tick(owner).run()
    number = Copier(core).fill(messages, LONGEST_FILL)
    took = time.perf_counter() - began
    with instance.administer(name) as db:
        db.execute("VACUUM (ANALYZE)")  # as its autovacuum does within the hour
        (size,) = db.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
    asked = lookups.measure(core, LOOKUPS)
    core.close()
    facts: Row = {"stored": number, "database_mb": size // 1_000_000, "fill_s": round(took, 1)}
    return settings, [facts, *({"stored": number} | each for each in asked)]


def run(seconds: float, *, growth: bool = False) -> dict[str, Any]:
    """Fill, ask, and handle units in turn; ``seconds`` changes nothing but, below one, how many there are."""
    result: dict[str, Any] = {"name": "growth on PostgreSQL", "rows": [], "ratios": {}, "notes": []}
    if servers.binaries() is None:
        result["rows"].append({"absent": servers.MISSING})
        return result
    brief = seconds < 1
    numbers = (8_000, 16_000) if brief else (FEW, MANY if growth else SOME)
    with server() as instance, tempfile.TemporaryDirectory(prefix="douane-bench-") as name:
        nodes = []
        for number in numbers:
            settings, rows = filled(instance, Path(name), f"grown{number}", number)
            nodes.append(settings)
            result["rows"] += rows
        for scattered in (False, True):
            rows = compare(nodes, 64 if brief else UNITS, FIRST + scattered * 10_000_000, scattered=scattered,
                           server=Used(instance))  # fmt: skip
            result["rows"] += rows
            small, large = rows
            words = f"{large['case']}, with {large['stored']:,} stored / with {small['stored']:,}"
            result["ratios"][f"CPU per unit, {words}"] = large["ratio"]
            result["ratios"][f"CPU per unit of the server, {words}"] = large["server_ratio"]
    result["notes"].append(
        "Both databases lie in one server (shared_buffers 2 GB) and are driven in turn, tick by tick of 16 units, so"
        " that what the machine does meanwhile meets both. A ratio is the median over pairs of neighbouring ticks."
    )
    return result


def _raise(problem: BaseException) -> None:
    raise problem
