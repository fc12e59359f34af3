"""More than one process: doors apart from one SQLite core, and workers that drain a journal together.

``douane run`` as an operator starts it. The doors' part is measured under the load of the unit of work; since server
and generator share two cores, the ceiling of each arrangement is computed from the CPU time of its busiest process. The
journal is filled first, in eight partitions, and copied for each run: on files of their own one, two, four and eight
workers; in PostgreSQL one worker with the database on one core, two workers with the database on two. Where there are
more workers than cores, the ceiling says what they would do with a core each: by the CPU time of the busiest.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.brief import size
from bench.messages import eori, grn, template
from bench.node import LODGE, Filler, hold, prepare_identity, registrations, settings_for
from bench.unit_of_work import CORES, TICKS_PER_SECOND, Row, folder, plan
from douane.assembly.core import Core, make_core
from douane.configuration import discovery
from douane.configuration.discovery import open_store
from douane.configuration.settings import NodeSettings
from douane.runtime.catalogue.arrived import read
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, Arrival
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Store
from douane.shared_services.link import translation as carried
from douane.shared_services.link.frames import LARGEST, FrameReader, Request, write
from douane.supervision.supervisor import processes_of
from tests.callers import admitted, who

PARTITIONS = 8
JOURNAL = size(1_200, brief=48)
AT_ONCE = 64
LONGEST = 120.0
SHORTEST, TURNS = size((5.0, 3), brief=(0.05, 1))
PROCESSES, WORKERS = size(((1, 2, 3), (1, 2, 4, 8)), brief=((1, 2), (1, 2)))
COMMAND = "import sys; from douane.cli.main import main; sys.exit(main())"
NOTES = (
    """Doors: TLS, 64 clients, one core of the machine for the core and one for doors and generator. Ceiling: units a \
second if each process had a core for itself, from the CPU time of the busiest.""",
    f"""Drain: {JOURNAL:,} declarations accepted and not handled, in {PARTITIONS} partitions; each is a unit of work \
whose guarantee lies in another partition seven times of eight. Seconds from the first handled message to the last \
answer confirmed; the median of three runs, in turn. Ceiling: units a second with a core for each worker. Where \
neighbours compete, compare the CPU time a core.""",
)


@contextlib.contextmanager
def running(config: Path, *options: str, cores: Sequence[int]) -> Iterator[subprocess.Popen[str]]:
    """``douane run`` on some cores, as long as the block lasts."""
    process = subprocess.Popen(
        ["taskset", "-c", ",".join(map(str, cores)), sys.executable, "-c", COMMAND, "run", "--config", str(config),
         *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def addresses(process: subprocess.Popen[str]) -> dict[str, int]:
    """Ports by platform, once it is ready."""
    ports, said = dict[str, int](), list[str]()
    assert process.stdout is not None
    for line in process.stdout:
        words = line.split()
        said.append(line)
        if len(words) == 2 and words[1].startswith("https://"):
            ports[words[0]] = int(words[1].rpartition(":")[2])
        if "is ready" in line:
            return ports
    raise RuntimeError("".join(said))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and of the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(n) for n in fields[11:15]) / TICKS_PER_SECOND


def write_settings(place: Path, **more: object) -> Path:
    """A settings file of the bench's node."""
    made = settings_for(place)
    values = {"name": made.name, "data": str(place), "development": True, "platforms": list(made.platforms)} | more
    ports = [f"{name} = 0" for name in made.ports]
    path = place / "douane.toml"
    path.write_text("\n".join([*(f"{k} = {json.dumps(v)}" for k, v in values.items()), "[ports]", *ports]))
    return path


# --- doors apart from the core, on SQLite


def doors(seconds: float, processes: int) -> Row:
    """The unit of work under load; CPU by process."""
    with folder() as place:
        identity, tokens = prepare_identity(place)
        core = make_core(settings_for(place), ended=_raise)
        Tick(core.node.owners[0]).run(registrations(core))
        core.close()
        config = write_settings(place)
        with running(config, "--processes", str(processes), cores=CORES) as process:
            ports = addresses(process)
            pids = processes_of(place) or {"node": process.pid}
            pids.pop("supervisor", None)
            for name, pid in pids.items():
                os.sched_setaffinity(pid, {CORES[-1] if name.startswith("door") else CORES[0]})
            work = place / "plan.json"
            work.write_text(json.dumps(plan(ports["speed2"], tokens, seconds, root=str(identity.root))))
            return _driven(work, pids)


def _driven(work: Path, pids: dict[str, int]) -> Row:
    generator = subprocess.Popen(
        [sys.executable, "-m", "bench.pinned", str(CORES[-1]), "bench.load", str(work)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert generator.stdout is not None
    try:
        marks = []
        for word in ("begin", "end"):
            if generator.stdout.readline().strip() != word:
                raise RuntimeError("the load generator failed")
            marks.append({name: cpu_seconds(pid) for name, pid in pids.items()})
        found: Row = json.loads(generator.stdout.readline())
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            generator.wait(15)
        generator.kill()
        generator.wait()
        generator.stdout.close()
    units = max(found["units"], 1)
    used = {name: round((marks[1][name] - marks[0][name]) / units * 1e6) for name in pids}
    return {
        "case": " + ".join(used), "units_per_s": found["units_per_s"], "receipt_p99_ms": found["receipt_p99_ms"],
        "final_p99_ms": found["final_p99_ms"], "core_cpu_us": used.get("core") or used.get("node"),
        "door_cpu_us": sum(cpu for name, cpu in used.items() if name.startswith("door")),
        "ceiling_per_s": round(1e6 / max(*used.values(), 1)), "errors": found["errors"],
    }  # fmt: skip


def _raise(problem: BaseException) -> None:
    raise problem


def crossing() -> list[Row]:
    """What a declaration costs at both ends of a link, of it the parsing, which both do."""
    catalogue = Catalogue(discovery.services())
    body = template(eori(1), [grn(1)]).make(1, 1)
    message = catalogue.read_document(body)
    envelope = admitted(
        who(eori(1), "untrusted", "FR"),
        LODGE,
        body,
        id="LQ1",
        administration="FR",
        media=Media.FAMILY,
        platform="speed2",
        channel="rest",
        received=1,
    )
    arrival = Arrival(envelope, message)
    frame = write(Request(1, carried.SUBMIT, carried.arrival(arrival)))

    def take() -> None:
        (request,) = FrameReader(LARGEST).feed(frame)
        assert isinstance(request, Request)
        read(catalogue, carried.read_arrival(request.content))

    steps: dict[str, Callable[[], object]] = {
        "parse and check the XML": lambda: catalogue.read_document(body),
        "door: write the frame": lambda: write(Request(1, carried.SUBMIT, carried.arrival(arrival))),
        "core: read the frame and its message": take,
    }
    return [{"step": name, "bytes": len(frame), "cpu_us": _cpu(step)} for name, step in steps.items()]


def _cpu(step: Callable[[], object]) -> float:
    """The least CPU time of one call among several rounds, in microseconds."""
    best = float("inf")
    for _ in range(7):
        began = time.process_time()
        for _ in range(300):
            step()
        best = min(best, (time.process_time() - began) / 300)
    return round(best * 1e6, 1)


# --- a journal that workers share


class Folder:
    """A file for each partition, copied for each run."""

    kind = "files"

    def __init__(self, place: Path) -> None:
        self.place = place

    def loaded(self) -> str:
        """Where the journal is filled."""
        return f"files:{self.place / 'loaded'}"

    def copied(self, name: str) -> str:
        """A copy of it; its address."""
        shutil.copytree(self.place / "loaded", self.place / name)
        return f"files:{self.place / name}"

    def use(self, cores: Sequence[int]) -> None:
        """Nothing of it runs by itself."""

    def cpu_seconds(self) -> float:
        """None of its own: workers read and write the files."""
        return 0.0


class Database:
    """A private server; its sessions run on the cores it is given before they begin."""

    kind = "postgresql"

    def __init__(self) -> None:
        from tests.services import postgresql

        self.kit = postgresql
        self.place = postgresql.folder()
        postgresql.end_with(os.getpid(), self.place)
        self.instance = postgresql.make(self.place)

    def stop(self) -> None:
        """End it and remove its files."""
        bin_ = self.kit.binaries()
        assert bin_ is not None
        self.kit.run([bin_ / "pg_ctl", "stop", "-D", self.instance.data, "-m", "fast", "-s"])
        shutil.rmtree(self.place, ignore_errors=True)

    def loaded(self) -> str:
        """Where the journal is filled."""
        return self._make("loaded", "template0")

    def copied(self, name: str) -> str:
        """A copy of it; its address."""
        return self._make(name, "loaded")

    def _make(self, name: str, template: str) -> str:
        with self.instance.administer() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.instance.address(name)

    def use(self, cores: Sequence[int]) -> None:
        """Let the server and all its sessions to come run on these cores only."""
        for pid in self.instance.processes():
            os.sched_setaffinity(pid, set(cores))

    def cpu_seconds(self) -> float:
        """CPU time of the server so far, of sessions that have ended too."""
        return sum(cpu_seconds(pid) for pid in self.instance.processes())


def preload(settings: NodeSettings) -> int:
    """Guarantees, handled; then declarations, accepted only. How many declarations."""
    core = make_core(settings, ended=_raise)
    usual = Tick._handle
    try:
        places: dict[int, list[Arrival]] = {}
        for arrival in registrations(core):
            places.setdefault(_home(core, arrival), []).append(arrival)
        for partition, arrivals in places.items():
            _ticks(core, partition, arrivals)
        filler = Filler(core)
        hold()
        places = {}
        for _ in range(JOURNAL):
            arrival = filler.arrival()
            places.setdefault(_home(core, arrival), []).append(arrival)
        for partition, arrivals in places.items():
            _ticks(core, partition, arrivals)
    finally:
        Tick._handle = usual  # type: ignore[method-assign]  # as it was
        core.close()
    return sum(len(arrivals) for arrivals in places.values())


def _home(core: Core, arrival: Arrival) -> int:
    index: int = core.node._index_for(arrival)
    return index


def _ticks(core: Core, partition: int, arrivals: list[Arrival]) -> None:
    owner = core.node.owners[partition]
    for start in range(0, len(arrivals), AT_ONCE):
        for result in Tick(owner).run(arrivals[start : start + AT_ONCE]):
            if isinstance(result, BaseException):
                raise result
    while owner.pending:
        Tick(owner).run()


def left(store: Store) -> tuple[int, int]:
    """Messages not handled yet, and whether anything lies between partitions."""
    rows = [raw for raw in store.read([keys.space(keys.OWNER, p) for p in range(PARTITIONS)]) if raw is not None]
    states = [OWNER.read(raw) for raw in rows]
    lying = [store.scan(keys.LANE + keys.u16(p), keys.after(keys.LANE + keys.u16(p)), 1) for p in range(PARTITIONS)]
    return sum(state.journal - state.cursor for state in states), sum(map(len, lying))


def drain(database: Folder | Database, name: str, place: Path, workers: int, cores: Sequence[int]) -> Row:
    """Let workers handle a copy of the journal."""
    address = database.copied(name)
    database.use(cores)
    store = open_store(address)
    config = write_settings(place, store=address, partitions=PARTITIONS, workers=workers, platforms=[])
    begin = left(store)[0]
    with contextlib.ExitStack() as stack:
        started = [
            stack.enter_context(running(config, "--role", "core", "--worker", str(n), cores=cores))
            for n in range(workers)
        ]
        end = time.monotonic() + LONGEST
        while left(store)[0] >= begin:
            _must_go_on(end)
        first, before, served = time.monotonic(), _used(started), -database.cpu_seconds()
        while left(store) != (0, 0):
            _must_go_on(end)
        took = time.monotonic() - first
        each = [after - earlier for after, earlier in zip(_used(started), before, strict=True)]
        served += database.cpu_seconds()
    store.close()
    used = sum(each)
    return {
        "store": database.kind, "workers": workers, "cores": len(cores),
        "drain_s": round(took, 2), "units_per_s": round(JOURNAL / took),
        "worker_cpu_s": round(used, 2), "database_cpu_s": round(served, 2), "share_of_cores": round(
            (used + served) / took / len(cores), 2),
        "ceiling_per_s": round(JOURNAL / max(*each, 1e-9, served)),
    }  # fmt: skip


def _used(processes: Sequence[subprocess.Popen[str]]) -> list[float]:
    return [cpu_seconds(process.pid) for process in processes]


def _must_go_on(end: float) -> None:
    if time.monotonic() > end:
        raise RuntimeError("the journal was not drained in time")
    time.sleep(0.02)


def drains(database: Folder | Database, place: Path, sizes: Sequence[int]) -> list[Row]:
    """So many workers, on as many cores as there are for them, in turn."""
    prepare_identity(place)
    settings = NodeSettings(name="bench", data=place, development=True, store=database.loaded(), partitions=PARTITIONS)
    if preload(settings) != JOURNAL:
        raise RuntimeError("not every declaration was accepted")
    rows: dict[int, list[Row]] = {workers: [] for workers in sizes}
    for turn in range(TURNS):
        for workers, found in rows.items():
            found.append(drain(database, f"run{turn}_{workers}", place, workers, CORES[: min(workers, 2)]))
    return [_middle(found) for found in rows.values()]


def _middle(rows: list[Row]) -> Row:
    middle = median(row["drain_s"] for row in rows)
    return min(rows, key=lambda row: abs(float(row["drain_s"]) - middle))


def run(seconds: float) -> dict[str, Any]:
    """Both parts. The second needs PostgreSQL and two cores."""
    result: dict[str, Any] = {"name": "several processes", "rows": [], "ratios": {}, "notes": list(NOTES)}
    one, two, *more = (doors(max(seconds, SHORTEST), processes) for processes in PROCESSES)
    result["rows"] += [one, two, *more, *crossing()]
    ratios = result["ratios"]
    ratios["SQLite: ceiling with a door process / one process"] = round(two["ceiling_per_s"] / one["ceiling_per_s"], 2)
    ratios["SQLite: units/s measured, with a door process / one process"] = round(
        two["units_per_s"] / one["units_per_s"], 2
    )
    from tests.services import postgresql

    if len(CORES) < 2:
        result["rows"].append({"case": "drain absent: it needs two cores"})
        return result
    with folder() as place:
        found = drains(Folder(place), place, WORKERS)
    result["rows"] += found
    ratios["files: drain on one core / on two"] = round(found[0]["drain_s"] / found[1]["drain_s"], 2)
    for row in found[1:]:
        name = f"files: ceiling of {row['workers']} workers / one"
        ratios[name] = round(row["ceiling_per_s"] / found[0]["ceiling_per_s"], 2)
    if postgresql.binaries() is None:
        result["rows"].append({"case": "drain in PostgreSQL absent: it needs the package postgresql"})
        return result
    database = Database()
    try:
        with folder() as place:
            single, double = drains(database, place, (1, 2))
    finally:
        database.stop()
    result["rows"] += [single, double]
    ratios["PostgreSQL: drain on one core / on two"] = round(single["drain_s"] / double["drain_s"], 2)
    alone = [(row["worker_cpu_s"] + row["database_cpu_s"]) / row["cores"] for row in (single, double)]
    ratios["PostgreSQL: the same by CPU time a core"] = round(alone[0] / alone[1], 2)
    ratios["drain on two cores: PostgreSQL / files"] = round(double["drain_s"] / found[1]["drain_s"], 2)
    return result
