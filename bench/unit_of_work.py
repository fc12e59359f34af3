"""The unit of work: a valid 12-item CC015C over kept-alive HTTP until acknowledgement and release are in the inbox.

Server and load generator are processes of their own, each on one core; SQLite lies on a real disk; 64 clients in closed
loop. Beside it the same unit on FastAPI, pydantic and SQLAlchemy (``bench/peers``), under the same generator.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from bench import in_turn, steps
from bench.brief import size
from bench.messages import CODE, eori, grn, template
from bench.node import GUARANTEES, LODGE, TRADERS, prepare_identity, settings_for
from douane.configuration import discovery
from tools.trees import environment

CORES = sorted(os.sched_getaffinity(os.getppid()) | os.sched_getaffinity(0))
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
WARMUP = size(2.0, brief=0.1)
SHORTEST = size(10.0, brief=0.2)
FEWEST = size(1, brief=16)
"""Units that a run measures, however long they take: a busy machine may do none in a brief run."""
ROUNDS, STEP_SECONDS = size((2, 5.0), brief=(1, 0.1))
LOOKUPS = size(1_000, brief=5)
STORED = size((100_000, 1_000_000), brief=(300, 600))
GROWN = (10_000_000,)
GOAL = 1_500
PAIRS = size(8, brief=1)
INDEX_RUNS = size(3, brief=1)
UNITS_IN_TURN = size(3_200, brief=32)
LONGEST_FILL = float(os.environ.get("BENCH_LONGEST_FILL", "300"))  # seconds
LONGEST_GROWTH = 3 * 3600.0
PEER_NEEDS = ("fastapi", "pydantic", "sqlalchemy")
ABROAD = "douane, HTTP, over two offices of transit"
NOTES = (
    """A unit at our side: 97 rules, four handled messages and two process instances (office of departure, guarantee, \
office of destination), three messages in the trader's inbox, seven audit leaves; over two offices of transit six \
messages, four instances, nine leaves.""",
    """A unit at the peer: 30 rules in plain Python, one row each for message, movement and reservation, three inbox \
rows, four audit rows, one commit a request; it tells no other office.""",
    """Share of core says how much of its core the server got; the rest went to the disk, the neighbours and idling. \
Where neighbours compete, compare units per CPU second: a server of forty threads gets the larger share.""",
    "Both: SQLite with WAL and synchronous FULL, 1,000 guarantees, 64 traders, one core; the generator has the other.",
)
Row = dict[str, Any]  # Any: figures and words of one row, as the report prints them


def place_for_stores() -> str | None:
    """A folder on a real disk: the temporary folder, unless that lies in memory."""
    kinds = {line.split()[1]: line.split()[2] for line in Path("/proc/mounts").read_text().splitlines()}
    return "build" if kinds.get(tempfile.gettempdir()) in ("tmpfs", "ramfs") else None


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder on a real disk."""
    place = place_for_stores()
    if place:
        Path(place).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="douane-bench-", dir=place) as made:
        yield Path(made).resolve()


def python_of(tree: Path | None) -> Path:
    """The interpreter of a checkout; without one, this one's."""
    return tree / ".venv/bin/python" if tree is not None else Path(sys.executable)


class Server:
    """A server process on the first core; ended with the block, whatever happened."""

    def __init__(self, *command: str, tree: Path | None = None) -> None:
        """tree: another checkout whose server it is, run by that one's environment."""
        self.process = subprocess.Popen(
            [str(python_of(tree)), "-m", "bench.pinned", str(CORES[0]), *command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tree, env=environment(),
        )  # fmt: skip
        self.port = int(self._line()["ready"])

    def _line(self) -> Row:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the server ended with {self.process.wait(10)}")
        found: Row = json.loads(line)
        return found

    def ask(self, *words: str) -> Row:
        """Send a command, wait for its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return self._line()

    def cpu_seconds(self) -> float:
        """CPU time of all its threads so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Numbers:
    """Every run of the generator begins above the numbers of the one before."""

    def __init__(self) -> None:
        self._next = 0

    def take(self) -> int:
        """Room for 64 clients of a million messages each."""
        self._next += 100_000_000
        return self._next

    def skip(self) -> None:
        """Begin where hardly another run began: a store that is kept knows their numbers."""
        self._next = secrets.randbelow(800_000) * 100_000_000


NUMBERS = Numbers()


def plan(
    port: int, tokens: list[str], seconds: float, *, root: str = "", accepted_only: bool = False, abroad: bool = False
) -> Row:
    """What the load generator is to do."""
    clients = []
    for n, token in enumerate(tokens):
        made = template(eori(n), [grn(g) for g in range(n, GUARANTEES, TRADERS)], abroad=abroad)
        clients.append(
            {
                "token": token,
                "pieces": [base64.b64encode(p).decode() for p in made.pieces],
                "fields": made.fields,
                "guarantees": [g.decode() for g in made.guarantees],
            }
        )
    return {
        "host": "127.0.0.1", "port": port, "root": root, "warmup": WARMUP, "seconds": seconds,
        "first": NUMBERS.take(), "accepted_only": accepted_only, "after": "", "fewest": FEWEST,
        "clients": clients,
    }  # fmt: skip


def load(server: Server, work: Row, place: Path, *, counts: bool) -> Row:
    """Drive the server from the other core; figures of both sides. Clients go on where their inboxes end by now."""
    if counts:
        work = work | {"after": server.ask("counters")["after"]}
    path = place / "plan.json"
    path.write_text(json.dumps(work))
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.pinned", str(CORES[-1]), "bench.load", str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        marks = []
        for word in ("begin", "end"):
            line = process.stdout.readline().strip()
            if line != word:
                raise RuntimeError(f"the load generator said {line!r}")
            marks.append((server.cpu_seconds(), server.ask("counters") if counts else {}))
        row: Row = json.loads(process.stdout.readline())
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()
    (cpu, before), (cpu_after, after) = marks
    units = row["units"]
    row["unit_cpu_us"] = round((cpu_after - cpu) / units * 1e6, 1) if units else None
    row["units_per_cpu_second"] = round(units / (cpu_after - cpu)) if cpu_after > cpu else None
    row["share_of_core"] = round((cpu_after - cpu) / row["seconds"], 2)
    if counts:
        ticks = after["ticks"] - before["ticks"]
        row |= {"ticks": ticks, "messages_per_tick": round((after["handled"] - before["handled"]) / max(ticks, 1), 1)}
        row["parked"] = after["parked"]
        if after["parked"]:
            row["first_errors"] = [*row["first_errors"], *after["reasons"]]
    if not row["first_errors"]:
        del row["first_errors"]
    return row


def ours(seconds: float, *, kind: str, abroad: bool = False) -> Row:
    """The node under load."""
    with folder() as place:
        identity, tokens = prepare_identity(place)
        root = "" if kind == "plain" else str(identity.root)
        with Server("bench.node", str(place), kind) as server:
            return load(server, plan(server.port, tokens, seconds, root=root, abroad=abroad), place, counts=True)


def peer(seconds: float, schema: str) -> Row:
    """The popular stack under the same load."""
    with folder() as place:
        tokens = [f"token-{n:02}-{'x' * 24}" for n in range(TRADERS)]
        settings = {
            "folder": str(place), "schema": schema, "tokens": tokens, "code": CODE,
            "parties": [eori(n) for n in range(TRADERS)], "guarantees": [grn(n) for n in range(GUARANTEES)],
        }  # fmt: skip
        path = place / "peer.json"
        path.write_text(json.dumps(settings))
        with Server("bench.peers.fastapi_service", str(path)) as server:
            return load(server, plan(server.port, tokens, seconds), place, counts=False)


def official_schema() -> str:
    """The official schema beside the checkout; empty where there is none."""
    path = Path.cwd().parent / "shared/data/ncts/xsd-p5-51.8.6/cc015c.xsd"
    return str(path) if path.exists() else ""


def growing(seconds: float, numbers: tuple[int, ...], longest: float = LONGEST_FILL) -> tuple[list[Row], Row]:
    """A node with few stored messages and one that grows: rows, questions to them, and ratios.

    Both are driven in turn, so that what the machine does meanwhile meets both; a ratio is the median of its pairs.
    ``BENCH_GROWN`` names a folder that keeps the grown store for another run.
    """
    rows, ratios, (few, *many) = list[Row](), Row(), numbers
    kept = os.environ.get("BENCH_GROWN")
    if kept:
        NUMBERS.skip()
    with folder() as place, contextlib.nullcontext(Path(kept).resolve()) if kept else folder() as grown:
        small, large = Grown(place, seconds / 2), Grown(grown, seconds / 2)
        with small.server, large.server:
            rows += small.fill(few, longest)
            base = list[Row]()
            for number in many:
                asked = large.fill(number, longest)
                pairs = [_pair(small, large, n) for n in range(PAIRS)]
                base += [row for row, _ in pairs]
                rows += [large.described([row for _, row in pairs]), *asked]
                name = f"with {large.stored:,} stored / with {small.stored:,}"
                for figure, words in (("units_per_s", "units/s"), ("unit_cpu_us", "CPU per unit")):
                    ratios[f"{words} {name}"] = round(median(b[figure] / a[figure] for a, b in pairs), 2)
            rows += large.retiring(ratios)
            rows.insert(0, small.described(base))
        nodes = [settings_for(each) for each in (place, grown)]
        for scattered in (False, True):
            rows += (found := in_turn.compare(nodes, UNITS_IN_TURN, NUMBERS.take(), scattered=scattered))
            name = f"{found[1]['case']}, with {found[1]['stored']:,} stored / with {found[0]['stored']:,}"
            ratios[f"CPU per unit, {name}"] = found[1]["ratio"]
        rows += indexed(place if numbers == STORED else grown, seconds / 2, ratios)
    return rows, ratios


def indexed(place: Path, seconds: float, ratios: Row) -> list[Row]:
    """A filled node before, while and after an index of a later release is built in slices."""
    _, tokens = prepare_identity(place)
    runs: dict[str, list[Row]] = {"before": [], "while it is built": [], "after": []}
    with Server("bench.node", str(place), "plain", "registered") as server:

        def run() -> Row:
            return load(server, plan(server.port, tokens, seconds), place, counts=True)

        run()  # not measured: what is made at first use is made
        runs["before"] = [run() for _ in range(INDEX_RUNS)]
        stored, state = server.ask("counters")["stored"], server.ask("build")
        while not state.get("built"):
            row = run()
            state = server.ask("built")
            if not state["built"] or not runs["while it is built"]:  # else it ended within the run
                runs["while it is built"].append(row)
        runs["after"] = [run() for _ in range(INDEX_RUNS)]
        held = server.ask("indexed")
    if refused := [
        row.get("first_errors", ["no answer"]) for found in runs.values() for row in found if not row["units"]
    ]:
        raise RuntimeError(f"a run ended without one unit: {refused[0][:1]}")
    if held["entries"] != held["movements"]:
        raise RuntimeError(f"the index holds {held['entries']} of {held['movements']} movements")
    rates = {when: median(row["units_per_s"] for row in found) for when, found in runs.items()}
    beside = (rates["before"] + rates["after"]) / 2
    ratios[f"units/s while an index is built / without, {stored:,} stored"] = round(
        rates["while it is built"] / beside, 2
    )
    worst = max(row["receipt_p99_ms"] for row in runs["while it is built"])
    facts = {"records": state["records"], "records_per_s": state["records_per_s"], "entries": held["entries"]}
    told = {"while it is built": facts | {"worst_receipt_p99_ms": worst, "runs": len(runs["while it is built"])}}
    return [{"stored": stored, "an_index": when} | told.get(when, {}) | _middle(found) for when, found in runs.items()]


class Grown:
    """A node that is filled and then driven."""

    def __init__(self, place: Path, seconds: float) -> None:
        self._place, self._seconds = place, seconds
        place.mkdir(parents=True, exist_ok=True)
        _, self._tokens = prepare_identity(place)
        self.server = Server("bench.node", str(place), "plain")
        self.stored, self._took = 0, 0.0

    def fill(self, number: int, longest: float) -> list[Row]:
        """Until so many messages are stored; the questions to them."""
        began = time.perf_counter()
        self.stored = self.server.ask("fill", str(number), str(longest))["filled"]
        self._took = time.perf_counter() - began
        self.run()  # not measured: what is made at first use is made
        return [{"stored": self.stored} | each for each in self.server.ask("lookups", str(LOOKUPS))["rows"]]

    def run(self) -> Row:
        """Drive it once."""
        return load(self.server, plan(self.server.port, self._tokens, self._seconds), self._place, counts=True)

    def retiring(self, ratios: Row) -> list[Row]:
        """The same while messages move to the archive, and without, in turn."""
        without, beside, done = list[Row](), list[Row](), Row()
        for _ in range(PAIRS):
            without.append(self.run())
            self.server.ask("retire")
            beside.append(self.run())
            done = self.server.ask("retired")
        share = median(b["units_per_s"] / a["units_per_s"] for a, b in zip(without, beside, strict=True))
        ratios[f"units/s while messages move to the archive / without, {self.stored:,} stored"] = round(share, 2)
        took = (self._seconds + WARMUP) * PAIRS
        rates = {"judged_per_s": round(done["judged"] / took), "moved_per_s": round(done["moved"] / took)}
        return [{"stored": self.stored, "retention": "runs"} | rates | _middle(beside)]

    def described(self, runs: list[Row]) -> Row:
        """The median of some runs, with the size of the store."""
        size = sum(f.stat().st_size for f in (self._place / "store").iterdir())
        sizes = {"stored_before": self.stored, "file_mb": size // 1_000_000}
        return sizes | _middle(runs) | {"fill_s": round(self._took, 1)}


def _pair(small: Grown, large: Grown, number: int) -> tuple[Row, Row]:
    """A run of each, in changing order."""
    if number % 2:
        return small.run(), large.run()
    row = large.run()
    return small.run(), row


def _middle(runs: list[Row]) -> Row:
    """The run with the median throughput."""
    middle = median(run["units_per_s"] for run in runs)
    return min(runs, key=lambda run: abs(run["units_per_s"] - middle))


def first_message() -> Row:
    """From the start of the process to the first receipt, with an identity that exists already."""
    with folder() as place:
        _, tokens = prepare_identity(place)
        began = time.perf_counter()
        with Server("bench.node", str(place), "plain", "registered") as server:
            ready = time.perf_counter() - began
            work = plan(server.port, tokens[:1], 0.01, accepted_only=True) | {"warmup": 0.0}
            path = place / "plan.json"
            path.write_text(json.dumps(work | {"seconds": 0.3}))
            receipt = _first_receipt(server.port, work)
            return {
                "case": "start to first accepted message", "ready_s": round(ready, 2),
                "first_receipt_s": round(ready + receipt, 2),
            }  # fmt: skip


def _first_receipt(port: int, work: Row) -> float:
    import http.client

    client = work["clients"][0]
    pieces = [base64.b64decode(p) for p in client["pieces"]]
    values = {"lrn": b"LQ%014d" % 1, "id": b"LQ%016d" % 1, "grn": client["guarantees"][0].encode()}
    body = pieces[0] + b"".join(values[f] + p for f, p in zip(client["fields"], pieces[1:], strict=True))
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    head = {"authorization": f"Bearer {client['token']}", "content-type": "application/xml"}
    connection.request("POST", "/v1/messages", body, head)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 202:
        raise RuntimeError(f"{answer.status} {text[:300]!r}")
    return time.perf_counter() - began


def run(seconds: float, *, quick: bool = False, growth: bool = False) -> dict[str, Any]:
    """Everything; ``seconds`` is the measured time of one run, at least ten. ``growth``: also with ten million."""
    result: dict[str, Any] = {"name": "unit of work", "rows": [], "ratios": {}, "notes": list(NOTES)}
    if LODGE not in discovery.behaviour().handlers:
        result["rows"].append({"case": f"absent: nobody handles {LODGE} in this tree"})
        return result
    span = seconds if quick else max(seconds, SHORTEST)
    runs: dict[str, list[Row]] = {name: [] for name in ("douane, HTTP", "FastAPI stack", "douane, TLS", ABROAD)}
    missing = [name for name in PEER_NEEDS if find_spec(name) is None]
    for _ in range(1 if quick else ROUNDS):  # in turn, so that a slow minute of the machine meets all
        runs["douane, HTTP"].append(ours(span, kind="plain"))
        if not missing:
            runs["FastAPI stack"].append(peer(span, official_schema()))
        runs["douane, TLS"].append(ours(span, kind="tls"))
        runs[ABROAD].append(ours(span, kind="plain", abroad=True))
    result["rows"] += [{"case": case} | _middle(rows) for case, rows in runs.items() if rows]
    if missing:
        result["rows"].append({"case": f"FastAPI stack absent: {', '.join(missing)} not installed"})
    elif not official_schema():
        result["notes"].append("The peer validated without the official schema, which is not beside this checkout.")
    _ratios(result["ratios"], {case: _middle(rows) for case, rows in runs.items() if rows})
    result["rows"].append(first_message())
    _steps(result, 3.0 if quick else STEP_SECONDS, _middle(runs["douane, HTTP"])["unit_cpu_us"])
    if not quick:
        _growth(result, span, STORED + GROWN if growth else STORED)
    return result


def _steps(result: dict[str, Any], seconds: float, whole: float) -> None:
    rows = steps.measure(seconds)
    core = next(row["unit_us"] for row in rows if row["step"] == steps.UNOBSERVED)
    rows.insert(0, {"step": steps.HTTP, "unit_us": round(whole - core, 1), "floor_us": steps.FLOOR[steps.HTTP]})
    result["rows"] += rows


def _growth(result: dict[str, Any], span: float, numbers: tuple[int, ...]) -> None:
    rows, ratios = growing(span, numbers, LONGEST_FILL if numbers == STORED else LONGEST_GROWTH)
    result["rows"] += rows
    result["ratios"] |= ratios


def _ratios(ratios: dict[str, float], found: dict[str, Row]) -> None:
    own, peers, tls = found["douane, HTTP"], found.get("FastAPI stack"), found["douane, TLS"]
    ratios[f"units/s of the goal of {GOAL:,}"] = round(own["units_per_s"] / GOAL, 2)
    if peers:
        ratios["units/s: douane / FastAPI stack"] = round(own["units_per_s"] / peers["units_per_s"], 2)
        ratios["CPU per unit: FastAPI stack / douane"] = round(peers["unit_cpu_us"] / own["unit_cpu_us"], 1)
    ratios["CPU per unit: TLS / plain"] = round(tls["unit_cpu_us"] / own["unit_cpu_us"], 2)


if __name__ == "__main__":
    print(json.dumps(run(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0, quick=True), indent=1))
