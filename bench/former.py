"""A unit of work today beside the same unit at an earlier commit: both built and run here, in turn, on one interpreter.

The commit's own code comes from ``git archive`` and gets an environment of its own from its own lock file
(``tools/trees.py``). Both nodes run all the time, on the first core, and are driven round by round by one generator
with the same declarations. The figure is the median over rounds of a unit's CPU time today by that of then: a neighbour
of the machine meets both. Before anything counts, a unit is looked at from outside in both: its answers, its steps, the
proof of its row. Then each tree takes the cost of a unit apart by itself (``bench.steps``), again in turn: the tree of
costs before and after.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from bench.brief import size
from bench.node import TRADERS
from bench.steps import HTTP, UNOBSERVED
from bench.unit_of_work import NUMBERS, Row, Server, folder, load, plan, python_of
from tools.trees import built, environment, tree_of

FORMER = "a7404ab"
"""Before cases had parties: what the work on a unit's cost is measured against."""
BUILD = Path("build/former")
ROUNDS = size(8, brief=1)
SHORTEST, LONGEST = size((2.0, 10.0), brief=(0.1, 10.0))
GOAL = 0.70
FEWEST, MOST_PARTS = size((100, 20), brief=(1, 20))
"""Units of a round at least; runs of the generator that it may take on a machine whose core is taken by others."""
PATIENCE = 20.0
TOKENS = (
    "import json, sys, pathlib, bench.node as node;"
    "print(json.dumps(node.prepare_identity(pathlib.Path(sys.argv[1]))[1]))"
)
LAYERS = "import json, sys; from bench.steps import measure; print(json.dumps(measure(float(sys.argv[1]))))"
TURNS, LONGEST_LAYERS = size((5, 6.0), brief=(1, 0.1))
ANSWERS = ("CC928C", "CC028C", "CC029C")
SUMS = ("sum, observed", "wall, unobserved", UNOBSERVED)
STEPS = ("transit.lodge_declaration", "guarantees.use", "@reply")
"""What a unit shows of itself, then as now: its case is released once the guarantee has answered."""
NOTE = """Ratios are medians over rounds in turn; spread: the least and the largest of them. A round whose neighbours \
took the core is a round of both. By step: medians over turns of what a unit costs in the core alone, 64 at once; what \
a step costs under HTTP is a little more. HTTP is what the server used beyond the core."""


class Side:
    """A node of one tree, for the whole run."""

    def __init__(self, tree: Path | None, place: Path) -> None:
        self.tree, self.place = tree, place
        place.mkdir()
        said = self._run(str(python_of(tree)), "-c", TOKENS, str(place))
        self.tokens: list[str] = json.loads(said.splitlines()[-1])[:TRADERS]
        self.server = Server("bench.node", str(place), "plain", tree=tree)
        self._config = place / "douane.toml"
        self._config.write_text(f'name = "bench"\ndata = "{place}"\n' + ("" if tree else "development = true\n"))

    def run(self, seconds: float) -> Row:
        """One round: under load until enough units are done; where neighbours take the core that lasts longer."""
        parts = list[Row]()
        while sum(each["units"] for each in parts) < FEWEST:
            row = load(self.server, plan(self.server.port, self.tokens, seconds), self.place, counts=True)
            if row["errors"] or row["parked"] or len(parts) > MOST_PARTS:
                raise RuntimeError(f"a round failed: {row.get('first_errors', row)}")
            parts.append(row)
        units = sum(each["units"] for each in parts)
        used = sum(each["unit_cpu_us"] * each["units"] for each in parts if each["units"])
        return parts[-1] | {"units": units, "unit_cpu_us": used / units}

    def checked(self) -> None:
        """Lodge one declaration and look from outside at what came of it. Raises RuntimeError for what is missing."""
        place, answers = _unit(self.server, plan(self.server.port, self.tokens[:1], 1.0))
        told = self.douane("timeline", place)
        missing = [each for each in ANSWERS if each not in answers] + [each for each in STEPS if each not in told]
        if missing or told.count(" handled") < len(STEPS):
            raise RuntimeError(f"a unit left out {missing}: {told}")
        evidence = self.place / "evidence.json"
        said = self.douane("audit", "prove", place, "-o", str(evidence))
        key = said.rpartition("--key ")[2].split()[0]
        self._run(self._command, "audit", "verify", str(evidence), "--key", key)

    def steps(self, seconds: float) -> dict[str, float]:
        """Microseconds of a unit by step, in the core of this tree."""
        said = self._run(str(python_of(self.tree)), "-c", LAYERS, str(seconds))
        rows = json.loads(said.splitlines()[-1])
        return {row["step"]: row["unit_us"] for row in rows if "unit_us" in row}

    def douane(self, *words: str) -> str:
        """What a command of this tree says of this node."""
        return self._run(self._command, *words, "--config", str(self._config))

    @property
    def _command(self) -> str:
        return str((self.tree or Path.cwd()).resolve() / ".venv/bin/douane")

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=self.tree, env=environment(), capture_output=True, text=True, check=False, timeout=120
        )
        if done.returncode:
            raise RuntimeError(f"{command[-3:]}: {done.stderr.strip()[-300:]} {done.stdout[-300:]}")
        return done.stdout


def _unit(server: Server, work: Row) -> tuple[str, set[str]]:
    """One declaration and its answers: its place in the journal, the types of what came."""
    client, number = work["clients"][0], NUMBERS.take() + 1
    pieces = [base64.b64decode(each) for each in client["pieces"]]
    values = {"lrn": b"LQ%014d" % number, "id": b"LQ%016d" % number, "grn": client["guarantees"][0].encode()}
    body = pieces[0] + b"".join(values[f] + p for f, p in zip(client["fields"], pieces[1:], strict=True))
    head = {"authorization": f"Bearer {client['token']}", "content-type": "application/xml"}
    after = server.ask("counters")["after"]
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("POST", "/v1/messages", body, head)
        answer = connection.getresponse()
        place, text = answer.headers.get("location", ""), answer.read()
        if answer.status != 202:
            raise RuntimeError(f"{answer.status} {text[:300]!r}")
        answers, until = set[str](), time.monotonic() + PATIENCE
        while "CC029C" not in answers and time.monotonic() < until:
            connection.request("GET", f"/v1/inbox?after={after}&wait=2", headers=head)
            page = json.loads(connection.getresponse().read())
            after = page["after"]
            answers |= {each["type"] for each in page["items"]}
    return place.rpartition("/")[2], answers


def rounds(sides: dict[str, Side], seconds: float) -> dict[str, list[Row]]:
    """Rounds of both, in changing order; the first of each is not counted: what is made at first use is made."""
    found: dict[str, list[Row]] = {name: [] for name in sides}
    for number in range(ROUNDS + 1):
        for name in sides if number % 2 else reversed(sides):
            row = sides[name].run(seconds)
            if number:
                found[name].append(row)
    return found


def compared(found: dict[str, list[Row]]) -> tuple[list[Row], Row]:
    """A row a side with its middle figures, and the ratios of today to then."""
    then, today = found
    figures = ("unit_cpu_us", "units_per_s", "receipt_p99_ms", "final_p99_ms", "share_of_core")
    rows = [
        {"case": name, "rounds": len(each)}
        | {figure: round(median(row[figure] for row in each), 2) for figure in figures}
        for name, each in found.items()
    ]
    pairs = [b["unit_cpu_us"] / a["unit_cpu_us"] for a, b in zip(found[then], found[today], strict=True)]
    ratios = {
        f"CPU per unit: today / {FORMER}": round(median(pairs), 3),
        "the least of the rounds": round(min(pairs), 3),
        "the largest": round(max(pairs), 3),
        "goal": GOAL,
    }
    return rows, ratios


def layers(sides: dict[str, Side], seconds: float, units: dict[str, float]) -> list[Row]:
    """The tree of costs then and today. units: microseconds of a unit by HTTP."""
    turns: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    for number in range(TURNS):
        for name in sides if number % 2 else reversed(sides):
            turns[name].append(sides[name].steps(seconds))
    found = {
        name: {step: median(each.get(step, 0.0) for each in some) for step in some[0]} for name, some in turns.items()
    }
    then, today = found.values()
    for each, unit in zip((then, today), units.values(), strict=True):
        each[HTTP] = unit - each[UNOBSERVED]
    rows = [
        {"step": step, f"{FORMER}_us": round(then[step], 1), "today_us": round(spent, 1),
         f"today / {FORMER}": round(spent / then[step], 2)}
        for step, spent in today.items() if min(spent, then.get(step, 0.0)) > 0
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["step"] in SUMS, -row["today_us"]))


def run(seconds: float) -> Row:
    """Build the former tree, check a unit of each, then drive both in turn."""
    python = str(Path(sys.executable).resolve())
    if size(False, brief=not built(FORMER, BUILD)):
        return {"name": "former", "rows": [{"absent": f"run python -m tools.trees {FORMER} {BUILD}"}], "ratios": {}}
    try:
        tree = tree_of(FORMER, BUILD, python=python).resolve()
    except (ValueError, OSError, subprocess.CalledProcessError) as problem:
        return {"name": "former", "rows": [{"absent": f"{FORMER} cannot be built here: {problem}"}], "ratios": {}}
    with folder() as place, contextlib.ExitStack() as open_until_the_end:
        sides = {FORMER: Side(tree, place / "former"), "today": Side(None, place / "today")}
        for each in sides.values():
            open_until_the_end.enter_context(each.server)
            each.checked()
        found = rounds(sides, min(max(seconds / 2, SHORTEST), LONGEST))
        rows, ratios = compared(found)
        tree_of_costs = layers(sides, min(seconds, LONGEST_LAYERS), {row["case"]: row["unit_cpu_us"] for row in rows})
    return {"name": "former", "rows": rows + tree_of_costs, "ratios": ratios, "notes": [NOTE]}


if __name__ == "__main__":
    print(json.dumps(run(float(sys.argv[1]) if len(sys.argv) > 1 else 6.0), indent=1))
