"""What one caller does to another: a party in closed loop, alone and while somebody else takes all he can get.

Nineteen disturbances, each by one party and by itself, with doors beside the core and in a process of their own. The
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
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.brief import size
from bench.messages import eori, grn, largest, template
from bench.node import GUARANTEES, TRADERS, prepare_identity, registrations, settings_for
from bench.processes_scaling import addresses, cpu_seconds, running, write_settings
from bench.unit_of_work import CORES, Row, folder, plan
from bench.visits import Front, account, lay, requests_of, signed_in, with_pages
from douane.assembly.core import make_core
from douane.configuration.settings import settings_text
from douane.model.graph import NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.visible import public_part
from douane.runtime.core.tick import Tick
from douane.supervision.supervisor import processes_of
from douane.trust.development_identity import DevelopmentIdentity
from tests.pages.production import DOMAIN

ELSEWHERE = "127.0.0.2"
"""The address of the greedy party, so that it is another one than those who are measured, also before it is known."""
TURNS = size(3, brief=1)
"""How often somebody disturbs, with undisturbed time before and after each."""
LONGEST, SHORTEST = size((6.0, 2.0), brief=(8.0, 0.05))
"""Seconds of each such time: longer than the burst of questions that somebody may spend who rested (decision 0380)."""
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
    """Cores: of how many the node's processes had the time, undisturbed and beside the disturbance. An allowance is a \
part of one core, whatever the node gets of it: where others use the machine, shares say little.""",
    """The greedy party heeds no `Retry-After`: it tries again a second after it was refused or cut. It runs on the \
core of the generator, which the doors share where they have a process of their own, at the lowest priority.""",
)


@dataclass(slots=True)
class Seen:
    """What somebody saw who asks over a new connection each time."""

    milliseconds: list[float] = field(default_factory=list)
    refused: int = 0

    def add(self, other: Seen) -> None:
        """Take over what somebody saw at another time."""
        self.milliseconds += other.milliseconds
        self.refused += other.refused


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
    path: str = ""


ALL = (
    Disturbance("520 long polls", "polls", 520),
    Disturbance("1,010 bare connections", "silent", 1010, proven=False, pace=0.0),
    Disturbance("520 half-sent token forms", "forms", 520, "uumds", proven=False),
    Disturbance("five 6 MB declarations", "bodies", LARGE_AT_ONCE, pace=0.0),
    Disturbance("64 declarations of 1,999 items", "bodies", ITEMS_AT_ONCE, once=True, pace=0.0),
)
ASKING = 40
"""Connections of who asks questions: as many as held others up for seconds when cost was not counted."""
ASKED = (
    Disturbance("what a change touches, by a stranger", "asks", ASKING, proven=False, path="/architecture/v1/impact"),
    Disturbance("what a change touches, by a trader", "asks", ASKING, path="/architecture/v1/impact"),
    Disturbance("searches of the architecture", "asks", ASKING, proven=False, path="/architecture/v1/find"),
    Disturbance("drafts of 50 kB", "asks", ASKING, path="/drafts/v1/save"),
    Disturbance("messages of one's cases", "asks", ASKING, path="/case_files/v1/my_messages"),
    Disturbance("searches of rulings", "asks", ASKING, proven=False, path="/bti/v1/search"),
    Disturbance("numbers of operators", "asks", ASKING, path="/eori/v1/validate"),
)
"""Questions of five rooms, each about something else each time."""
VISITED = (
    Disturbance("sheets of the explorer, by a stranger", "visits", ASKING, proven=False, path="sheets of the explorer"),
    Disturbance("searches on pages, by a stranger", "visits", ASKING, proven=False, path="searches of the explorer"),
    Disturbance("sign-ins that a stranger begins", "visits", ASKING, proven=False, path="sign-ins"),
    Disturbance("case pages of one's own", "visits", ASKING, path="case pages"),
    Disturbance("sheets of one's messages", "visits", ASKING, path="sheets of messages"),
    Disturbance("lists of one's cases", "visits", ASKING, path="lists of cases"),
    Disturbance("searches for a reference", "visits", ASKING, path="searches for a reference"),
)
"""Pages for people, drawn for strangers and for a trader who signed in."""
OWN_CASES = size(40, brief=2)
QUESTIONS = 1_000
DISTURBANCES = size(
    (*ALL, *ASKED, *VISITED),
    brief=(
        Disturbance("8 long polls", "polls", 8),
        replace(ALL[-1], count=ITEMS_AT_ONCE),
        *(replace(each, count=2) for each in VISITED[2:4]),
    ),
)


def bodies_of(disturbance: Disturbance) -> list[bytes]:
    """What is sent: a large declaration that is none, again and again; or valid ones, each once."""
    if disturbance.kind == "asks":
        return [json.dumps(each).encode() for each in questions_of(disturbance.path)]
    if disturbance.kind != "bodies":
        return []
    if not disturbance.once:
        attributes = b" ".join(b'a%d="1"' % n for n in range(8))
        root = b'<n:CC015C xmlns:n="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
        return [root + (b"<a " + attributes + b"/>") * 120_000 + b"</n:CC015C>"] * LARGE_AT_ONCE
    made = template(eori(GREEDY), [grn(n) for n in range(GREEDY, GUARANTEES, TRADERS)], message=largest())
    return [made.make(700_000_000 + n, n) for n in range(ITEMS_AT_ONCE)]


def questions_of(path: str) -> list[dict[str, Any]]:
    """Questions to an operation, each about something else."""
    model, numbers = public_part(installed_model()), range(QUESTIONS)
    ids = [each.id for kind in NodeKind for each in model.of(kind)][:QUESTIONS]
    match path.split("/")[1]:
        case "architecture":
            return [{"id": each} if path.endswith("impact") else {"text": each.partition(":")[2]} for each in ids]
        case "drafts":
            text = json.dumps({"a": "b" * 50_000})
            saved = {"operation": "transit.lodge_declaration", "turn": 0, "content": text}
            return [{"name": f"number-{number:05}", **saved} for number in numbers]
        case "case_files":
            return [{"limit": 100, "type": f"CC{number:03}C"} for number in numbers]
        case "bti":
            return [{"words": f"ruling {number}"} for number in numbers]
        case _:
            return [{"eori": eori(number)} for number in numbers]


# --- a node


@dataclass(slots=True)
class Standing:
    """A node that runs, and who may ask it. after: up to where the second party collected."""

    place: Path
    ports: dict[str, int]
    identity: DevelopmentIdentity
    token: str
    pids: Mapping[str, int]
    front: Front | None = None
    after: str = ""

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

    def cpu(self) -> float:
        """Seconds of CPU that its processes have used."""
        return sum(map(cpu_seconds, self.pids.values()))

    def tell(self, platform: str, client: str, path: str, body: bytes, media: str = "application/json") -> None:
        """Have a message taken. Raises RuntimeError."""
        link = http.client.HTTPSConnection("localhost", self.ports[platform], context=self.trust(client), timeout=20)
        link.request("POST", path, body, {"content-type": media})
        answer = link.getresponse()
        said = answer.read()
        link.close()
        if answer.status != 202:
            raise RuntimeError(f"{path} was answered {answer.status} {said[:200]!r}")

    def longest_tick_ms(self) -> float | None:
        """The longest tick so far; None where the node does not say."""
        _, text = self.ask("operations", "/metrics", self.trust(OPERATOR))
        found = re.findall(rb"^douane_longest_tick_seconds(?:\{[^}]*\})? ([0-9.e+-]+)$", text, re.MULTILINE)
        return round(max(map(float, found)) * 1e3, 1) if found else None  # a process each where doors stand apart


@contextlib.contextmanager
def standing(processes: int, *, people: bool = False) -> Iterator[Standing]:
    """A node with guarantees registered, its core on one core of the machine, its doors and pages on the other. people:
    with pages, and cases of the greedy trader."""
    with folder() as place:
        front = None
        if people:
            front, identity, tokens = lay(place)
        else:
            identity, tokens = prepare_identity(place)
        core = make_core(settings_for(place), ended=_raise)
        Tick(core.node.owners[0]).run(registrations(core))
        core.close()
        config = write_settings(place, platforms=["speed2", "uumds", "operations"])
        if front is not None:
            config.write_text(settings_text(with_pages(place, front, processes), place=True))
        with running(config, "--processes", str(processes), cores=CORES) as process:
            ports = addresses(process)
            pids = processes_of(place) or {"node": process.pid}
            for name, pid in pids.items():
                os.sched_setaffinity(pid, {CORES[-1] if name.startswith(("door", "pages")) else CORES[0]})
            made = Standing(place, ports, identity, tokens[0], pids, front)
            if front is not None:
                _people(made, front)
            yield made


def _people(node: Standing, front: Front) -> None:
    """The account of the greedy trader, and cases of his."""
    node.tell("ccn2", "fr.system", "/accounts/v1/deliver", account(front, eori(GREEDY)))
    made = template(eori(GREEDY), [grn(n) for n in range(GREEDY, GUARANTEES, TRADERS)])
    for number in range(OWN_CASES):
        body = made.make(600_000_000 + number, number)
        node.tell("speed2", f"trader.{GREEDY:02}", "/v1/messages", body, "application/xml")


def _raise(problem: BaseException) -> None:
    raise problem


# --- who is measured


def second_party(node: Standing, seconds: float) -> Row:
    """Its units in closed loop, over one connection; and of how many cores the node had the time meanwhile. It collects
    from where it stopped, as a program does: whoever reads all his inbox again asks for much."""
    path, used, began = node.place / "second.json", node.cpu(), time.monotonic()
    work = plan(node.ports["speed2"], [node.token], seconds, root=str(node.identity.root))
    path.write_text(json.dumps(work | {"after": node.after}))
    done = subprocess.run(
        [sys.executable, "-m", "bench.pinned", str(CORES[-1]), "bench.load", str(path)],
        check=True, capture_output=True, text=True, timeout=seconds + 60,
    )  # fmt: skip
    found: Row = json.loads(done.stdout.splitlines()[-1])
    node.after = found["after"]
    return found | {"cores": round((node.cpu() - used) / (time.monotonic() - began), 2)}


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


def crowd_of(node: Standing, disturbance: Disturbance) -> dict[str, Any]:
    """What somebody does who takes all he can get, as ``bench.crowd`` is told it."""
    files = node.identity.client(f"trader.{GREEDY:02}")
    return {
        "kind": disturbance.kind, "count": disturbance.count, "pace": disturbance.pace, "once": disturbance.once,
        "port": node.ports[disturbance.platform],
        "root": "" if disturbance.kind == "silent" else str(node.identity.root), "host": "localhost",
        "certificate": str(files.certificate) if disturbance.proven else "",
        "key": str(files.key) if disturbance.proven else "",
        "from": ELSEWHERE, "after": "ffffff", "path": disturbance.path,
        "bodies": [base64.b64encode(each).decode() for each in bodies_of(disturbance)],
    }  # fmt: skip


@contextlib.contextmanager
def visitors_of(node: Standing, disturbance: Disturbance) -> Iterator[dict[str, Any]]:
    """The same of a disturbance by pages, for whom the provider is there as long as the block lasts."""
    made = crowd_of(node, disturbance)
    if node.front is None:
        yield made
        return
    with signed_in(node.front) as person:
        asked = requests_of(disturbance.path, person, proven=disturbance.proven)
        yield made | {
            "port": node.front.port, "root": str(node.front.tls.root), "certificate": "", "key": "",
            "host": f"portal.{DOMAIN}", "bodies": [base64.b64encode(each.encode()).decode() for each in asked],
        }  # fmt: skip


@contextlib.contextmanager
def disturbed(node: Standing, crowd_plan: Mapping[str, Any]) -> Iterator[dict[str, int]]:
    """Somebody who takes all he can get, as long as the block lasts; afterwards what he was answered."""
    path, answers = node.place / "crowd.json", dict[str, int]()
    path.write_text(json.dumps(crowd_plan))
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
    """One disturbance: the second party without it, beside it, without it again, and so on: a machine has neighbours,
    who change from one minute to the next. The share is the median over turns, each by the times around it."""
    coming, operator, answers = Seen(), Seen(), Counter[str]()
    with standing(processes, people=disturbance.kind == "visits") as node:
        with probed(node, disturbance.platform):
            alone, beside = [second_party(node, seconds)], list[Row]()
        before = tick = node.longest_tick_ms()
        with visitors_of(node, disturbance) as crowd:
            for _ in range(TURNS):
                with disturbed(node, crowd) as answered, probed(node, disturbance.platform) as (newcomer, asking):
                    beside.append(second_party(node, seconds))
                coming.add(newcomer)
                operator.add(asking)
                answers.update(answered)
                tick = node.longest_tick_ms()
                with probed(node, disturbance.platform):
                    alone.append(second_party(node, seconds))
    rates = [each["units_per_s"] for each in alone]
    shares = [each["units_per_s"] / (mean(rates[n : n + 2]) or 1.0) for n, each in enumerate(beside)]
    share, refused = median(shares), sum(each["busy"] + each["errors"] for each in beside)
    p99 = max(each["receipt_p99_ms"] for each in beside)
    met = refused + coming.refused == 0 and share >= SHARE and min(each["receipt_p99_ms"] for each in beside) > 0
    return {
        "doors": "inside" if processes == 1 else "apart", "disturbance": disturbance.name, "met": met and p99 < P99_MS,
        "alone_per_s": round(mean(rates), 1), "beside_per_s": round(mean(each["units_per_s"] for each in beside), 1),
        "share": round(share, 2), "least_share": round(min(shares), 2),
        "cores_alone": round(mean(each["cores"] for each in alone), 2),
        "cores_beside": round(mean(each["cores"] for each in beside), 2), "refused": refused,
        "receipt_p50_ms": median(each["receipt_p50_ms"] for each in beside), "receipt_p99_ms": p99,
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
    window = min(max(seconds * 0.6, SHORTEST), LONGEST)
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
