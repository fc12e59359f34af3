"""What one caller does to another: a party in closed loop, alone and while somebody else takes all he can get.

Five disturbances, each by one party and by itself, with the doors beside the core and in a process of their own. The
second party lodges declarations over one connection and collects their answers. Beside it a newcomer of that party
opens a connection five times a second, and an operator asks whether the node lives.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import re
import resource
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean
from typing import Any

from bench.brief import size
from bench.messages import eori, grn, largest, template
from bench.node import GUARANTEES, TRADERS, prepare_identity, registrations, settings_for
from bench.processes_scaling import addresses, running, write_settings
from bench.unit_of_work import CORES, Row, folder, plan
from douane.assembly.node import make_core
from douane.runtime.core.tick import Tick
from douane.supervision.supervisor import processes_of
from douane.trust.development_identity import DevelopmentIdentity

ELSEWHERE = "127.0.0.2"
"""The address of the greedy party, so that it is another one than those who are measured, also before it is known."""
LONGEST, SHORTEST = size((8.0, 3.0), brief=(8.0, 0.05))
PACE_SECONDS = 0.2
P99_MS, SHARE = 500.0, 0.8
ITEMS_AT_ONCE, LARGE_AT_ONCE = size((64, 5), brief=(1, 1))
OPERATOR = "operator"
DESCRIPTORS = 1024
"""What a service may open as a rule unless it asks for more."""
GREEDY = 1
"""The number of the trader who takes all he can get; the second party is number 0."""
ARRANGEMENTS = size((1, 2), brief=(2,))
"""In how many processes a node stands."""
NOTES = (
    f"""Goal: nobody of the second party refused, 99 % of its receipts within {P99_MS:.0f} ms, at least {SHARE:.0%} of \
the rate it has otherwise. Newcomers are connections of the second party, opened one after the other; the operator \
asks `/health/live` over a new connection each time; both do so in the undisturbed time too. The longest ticks are \
those since the start, before and after the disturbance.""",
    """The greedy party heeds no `Retry-After`: it tries again a second after it was refused or cut. It runs on the \
core of the generator, which the doors share where they have a process of their own, at the lowest priority.""",
)


@dataclass(slots=True)
class Seen:
    """What somebody saw who asks over a new connection each time."""

    milliseconds: list[float] = field(default_factory=list)
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What one party does: the kind of connections, how many, whether they end once all was accepted."""

    name: str
    kind: str
    count: int
    platform: str = "speed2"
    proven: bool = True
    once: bool = False
    pace: float = 0.002


ALL = (
    Disturbance("520 long polls", "polls", 520),
    Disturbance("1,010 bare connections", "silent", 1010, proven=False, pace=0.0),
    Disturbance("520 half-sent token forms", "forms", 520, "uumds", proven=False),
    Disturbance("five 6 MB declarations", "bodies", LARGE_AT_ONCE, pace=0.0),
    Disturbance("64 declarations of 1,999 items", "bodies", ITEMS_AT_ONCE, once=True, pace=0.0),
)
DISTURBANCES = size(ALL, brief=(Disturbance("8 long polls", "polls", 8), replace(ALL[-1], count=ITEMS_AT_ONCE)))


def bodies_of(disturbance: Disturbance) -> list[bytes]:
    """What is sent: a large declaration that is none, again and again; or valid ones, each once."""
    if disturbance.kind != "bodies":
        return []
    if not disturbance.once:
        attributes = b" ".join(b'a%d="1"' % n for n in range(8))
        root = b'<n:CC015C xmlns:n="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
        return [root + (b"<a " + attributes + b"/>") * 120_000 + b"</n:CC015C>"] * LARGE_AT_ONCE
    made = template(eori(GREEDY), [grn(n) for n in range(GREEDY, GUARANTEES, TRADERS)], message=largest())
    return [made.make(700_000_000 + n, n) for n in range(ITEMS_AT_ONCE)]


# --- a node


@dataclass(frozen=True, slots=True)
class Standing:
    """A node that runs, and who may ask it."""

    place: Path
    ports: dict[str, int]
    identity: DevelopmentIdentity
    token: str

    def trust(self, client: str = "") -> ssl.SSLContext:
        """The TLS side of a client."""
        context = ssl.create_default_context(cafile=str(self.identity.root))
        if client:
            files = self.identity.client(client)
            context.load_cert_chain(files.certificate, files.key)
        return context

    def ask(self, platform: str, path: str, context: ssl.SSLContext, headers: dict[str, str] | None = None) -> Any:
        """Status and body over a connection of its own."""
        link = http.client.HTTPSConnection("localhost", self.ports[platform], context=context, timeout=20)
        try:
            link.request("GET", path, headers=headers or {})
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def longest_tick_ms(self) -> float | None:
        """The longest tick so far; None where the node does not say."""
        _, text = self.ask("operations", "/metrics", self.trust(OPERATOR))
        found = re.findall(rb"^douane_longest_tick_seconds(?:\{[^}]*\})? ([0-9.e+-]+)$", text, re.MULTILINE)
        return round(max(map(float, found)) * 1e3, 1) if found else None  # a process each where doors stand apart


@contextlib.contextmanager
def standing(processes: int) -> Iterator[Standing]:
    """A node with guarantees registered, its core on one core of the machine and its doors on the other."""
    with folder() as place:
        identity, tokens = prepare_identity(place)
        core = make_core(settings_for(place), ended=_raise)
        Tick(core.node.owners[0]).run(registrations(core))
        core.close()
        config = write_settings(place, platforms=["speed2", "uumds", "operations"])
        with running(config, "--processes", str(processes), cores=CORES) as process:
            ports = addresses(process)
            for name, pid in (processes_of(place) or {"node": process.pid}).items():
                os.sched_setaffinity(pid, {CORES[-1] if name.startswith("door") else CORES[0]})
            yield Standing(place, ports, identity, tokens[0])


def _raise(problem: BaseException) -> None:
    raise problem


# --- who is measured


def second_party(node: Standing, seconds: float) -> Row:
    """Its units in closed loop, over one connection."""
    path = node.place / "second.json"
    path.write_text(json.dumps(plan(node.ports["speed2"], [node.token], seconds, root=str(node.identity.root))))
    done = subprocess.run(
        [sys.executable, "-m", "bench.pinned", str(CORES[-1]), "bench.load", str(path)],
        check=True, capture_output=True, text=True, timeout=seconds + 60,
    )  # fmt: skip
    found: Row = json.loads(done.stdout.splitlines()[-1])
    return found


@contextlib.contextmanager
def newcomers(node: Standing, platform: str, path: str, headers: dict[str, str]) -> Iterator[Seen]:
    """Somebody who asks over a new connection, again and again, as long as the block lasts."""
    seen, ended, context = Seen(), threading.Event(), node.trust()

    def ask() -> None:
        while not ended.wait(PACE_SECONDS):
            began = time.perf_counter()
            try:
                status, _ = node.ask(platform, path, context, headers)
                seen.refused += status != 200
            except (OSError, http.client.HTTPException):
                seen.refused += 1
            seen.milliseconds.append((time.perf_counter() - began) * 1e3)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


# --- who disturbs


@contextlib.contextmanager
def disturbed(node: Standing, disturbance: Disturbance) -> Iterator[dict[str, int]]:
    """Somebody who takes all he can get, as long as the block lasts; afterwards what he was answered."""
    files = node.identity.client(f"trader.{GREEDY:02}")
    plain = disturbance.kind == "silent"
    bodies = [base64.b64encode(each).decode() for each in bodies_of(disturbance)]
    path, answers = node.place / "crowd.json", dict[str, int]()
    path.write_text(json.dumps({
        "kind": disturbance.kind, "count": disturbance.count, "pace": disturbance.pace, "once": disturbance.once,
        "port": node.ports[disturbance.platform], "root": "" if plain else str(node.identity.root),
        "certificate": str(files.certificate) if disturbance.proven else "",
        "key": str(files.key) if disturbance.proven else "",
        "from": ELSEWHERE, "after": "ffffff", "bodies": bodies,
    }))  # fmt: skip
    crowd = subprocess.Popen(
        ["nice", "-n", "19", sys.executable, "-m", "bench.pinned", str(CORES[-1]), "bench.crowd", str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert crowd.stdin is not None
    assert crowd.stdout is not None
    try:
        if crowd.stdout.readline().strip() != "held":
            raise RuntimeError("the crowd failed")
        yield answers
        crowd.stdin.close()
        answers |= json.loads(crowd.stdout.readline() or "{}")
    finally:
        crowd.kill()
        crowd.wait()
        crowd.stdout.close()


@contextlib.contextmanager
def probed(node: Standing, platform: str) -> Iterator[tuple[Seen, Seen]]:
    """A newcomer of the second party at the door that is disturbed, and an operator."""
    token = {"authorization": f"Bearer {node.token}"}
    path = "/.well-known/jwks.json" if platform == "uumds" else "/v1/inbox?limit=1"
    with (
        newcomers(node, platform, path, token) as coming,
        newcomers(node, "operations", "/health/live", {}) as operator,
    ):
        yield coming, operator


def measured(processes: int, disturbance: Disturbance, seconds: float) -> Row:
    """One disturbance: the second party without it, beside it, and without it again, since machines have neighbours."""
    with standing(processes) as node:
        with probed(node, disturbance.platform):
            alone = [second_party(node, seconds)["units_per_s"]]
        before = node.longest_tick_ms()
        with disturbed(node, disturbance) as answers, probed(node, disturbance.platform) as (coming, operator):
            beside = second_party(node, seconds)
        tick = node.longest_tick_ms()
        with probed(node, disturbance.platform):
            alone.append(second_party(node, seconds)["units_per_s"])
    share = beside["units_per_s"] / mean(alone) if any(alone) else 0.0
    refused = beside["busy"] + beside["errors"]
    met = refused + coming.refused == 0 and share >= SHARE and 0 < beside["receipt_p99_ms"] < P99_MS
    return {
        "doors": "inside" if processes == 1 else "apart", "disturbance": disturbance.name, "met": met,
        "alone_per_s": round(mean(alone), 1), "beside_per_s": beside["units_per_s"], "share": round(share, 2),
        "refused": refused, "receipt_p50_ms": beside["receipt_p50_ms"], "receipt_p99_ms": beside["receipt_p99_ms"],
        "newcomers": len(coming.milliseconds), "newcomers_refused": coming.refused,
        "newcomer_longest_ms": round(max(coming.milliseconds, default=0.0)),
        "operator_unanswered": operator.refused,
        "operator_longest_ms": round(max(operator.milliseconds, default=0.0)), "longest_tick_alone_ms": before,
        "longest_tick_ms": tick,
        "greedy_answers": [f"{status} {count}" for status, count in sorted(answers.items())],
    }  # fmt: skip


def run(seconds: float) -> Row:
    """Every disturbance, in both arrangements of the doors."""
    os.sched_setaffinity(0, {CORES[-1]})  # the node alone has the other one
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    window = min(max(seconds / 2, SHORTEST), LONGEST)
    rows: list[Row] = []
    for processes in ARRANGEMENTS:
        for disturbance in DISTURBANCES:
            try:
                rows.append(measured(processes, disturbance, window))
            except (OSError, RuntimeError, subprocess.SubprocessError) as problem:
                doors = "inside" if processes == 1 else "apart"
                rows.append(
                    {"doors": doors, "disturbance": disturbance.name, "met": False, "failed": str(problem)[:200]}
                )
    missed = [row for row in rows if not row["met"]]
    return {
        "name": "fair", "rows": rows, "ratios": {"goals met": f"{len(rows) - len(missed)} of {len(rows)}"},
        "notes": list(NOTES), "failed": bool([row for row in rows if "failed" in row]),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(run(10.0), indent=1))
