"""Plays incidents on a node that runs, and decoys that must raise nothing: ``python -m tests.incidents [NAME ...]``.

Each incident is judged from outside: within 30 seconds it stands in the log, with cause and remedy, and in the metrics;
then its runbook is done, by signals and commands, and within 60 seconds it is over.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from douane.cli.main import main as command
from douane.configuration.discovery import open_reader
from douane.model.circles import ActorKind
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.auditing.waiting import waiting_lanes
from douane.shared_services.logging.events import Event
from douane.supervision.supervisor import RENEW
from douane.trust.demo import DemoClient
from tests.cli.nodes import a_list
from tests.incidents import alone
from tests.incidents.scene import CLOSED, NOTICED, Missed, Scene
from tests.journeys.standing import identity_in
from tests.journeys.supervised import JSON, OFFICER, ROOT, Supervised, supervised
from tests.journeys.test_counted import guess

Several = Scene[Supervised]
"""A node of several processes."""
TRADER = "trader.de.rhein"
NOBODY_THERE = "https://127.0.0.1:1"
EXAMPLES = ROOT / "docs" / "examples"
PUBLISHER = DemoClient(
    "publisher.eu", ActorKind.COMMISSION, administration="EU", roles=frozenset({"reference data publisher"})
)


def killed(part: str) -> Callable[[Several], None]:
    """A process that is killed is started again by itself."""

    def play(scene: Several) -> None:
        before = scene.node.kill(part)
        scene.within(NOTICED, "log", lambda: scene.told(Event.ENDED, part=part))
        if part != "operations":
            restarts = lambda: (scene.metric("douane_process_restarts_total", part=part) or 0) >= 1  # noqa: E731 - short
            scene.within(NOTICED, "metric", restarts)
        scene.within(CLOSED, "over", lambda: scene.told(Event.SERVING, part=part) and scene.ready())
        if scene.node.pids[part] == before:
            raise Missed("it is the same process")

    return play


def frozen(part: str) -> Callable[[Several], None]:
    """A process that stands still is named; going on, as the runbook says, ends it."""

    def play(scene: Several) -> None:
        pid = scene.node.kill(part, signal.SIGSTOP)
        try:
            scene.within(NOTICED, "metric", lambda: scene.metric("douane_process_answers", part=part) == 0)
            scene.within(NOTICED, "log", lambda: scene.told(Event.SILENT, part=part))
        finally:
            os.kill(pid, signal.SIGCONT)
        scene.within(CLOSED, "over", lambda: scene.ready() and scene.told(Event.HEARD, part=part))

    return play


def set_aside(scene: Several) -> None:
    """A message that cannot be handled waits; once its cause is mended, replaying it ends the incident."""
    publisher, to = scene.node.client("ccn2", PUBLISHER.id), "/reference_data/v1/publish"
    first = a_list("CL900", "A")
    later = a_list("CL900", "A", "B", previous=first.version, at=2_000_000)
    publisher.ask("POST", to, msgspec.json.encode(later), JSON)
    scene.within(NOTICED, "log", lambda: scene.told(Event.QUARANTINED, operation="reference_data.publish"))
    scene.within(NOTICED, "metric", lambda: scene.metric("douane_quarantine_messages", partition="0") == 1)
    data = ["--data", str(scene.node.folder / "data")]
    if command(["message", "quarantine", *data]) != 1 or command(["message", "replay", "--dry-run", *data]) != 0:
        raise Missed("the commands of the runbook do not show it")
    publisher.ask("POST", to, msgspec.json.encode(first), JSON)
    if command(["message", "replay", "--reason", "the list that it waited for came", *data]) != 0:
        raise Missed("the runbook does not mend it")
    scene.within(CLOSED, "over", lambda: scene.metric("douane_quarantine_messages", partition="0") == 0)
    scene.within(NOTICED, "act in the log", lambda: scene.told(Event.ACTED, operation="message.release"))


def guessed(scene: Several) -> None:
    """Wrong secrets are told with the client that was tried."""
    for _ in range(3):
        guess(scene.node, TRADER)
    scene.within(NOTICED, "log", lambda: scene.told(Event.WRONG_SECRET, client=TRADER))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_events_total", event="secret.wrong") or 0) >= 3)


def guessed_much(scene: Several) -> None:
    """Who guesses beyond his share is turned away, and that is told as a limit."""
    scene.within(NOTICED, "turned away", lambda: guess(scene.node, "trader.fr.lesquin") in (429, 503))
    scene.within(NOTICED, "log", lambda: scene.told(Event.LIMITED, platform="uumds", outcome="guesses"))
    limited = lambda: (scene.metric("douane_limited_total", platform="uumds", limit="guesses") or 0) >= 1  # noqa: E731 - short
    scene.within(NOTICED, "metric", limited)


def partner_away(scene: Several) -> None:
    """A partner that does not answer holds up a case; which one is told, and dropping what waits ends it."""
    officer, trader = scene.node.client("ccn2", OFFICER), scene.node.client("speed2", "trader.fr.lesquin")
    registered = officer.ask("POST", "/guarantees/v1/register", (EXAMPLES / "guarantee.json").read_bytes(), JSON)
    body = (EXAMPLES / "declaration.xml").read_bytes()
    sent = trader.ask("POST", "/v1/messages", body, {"content-type": "application/xml"})
    if (registered.status, sent.status) != (202, 202):
        raise Missed(f"nothing is under way: {registered.status}, {sent.status}")
    scene.within(NOTICED, "log", lambda: scene.told(Event.UNDELIVERED, partner="AT", channel="rest"))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_lanes_failing", channel="rest") or 0) >= 1)
    reader = open_reader(f"sqlite:{scene.node.folder / 'data' / 'store' / 'node.db'}")
    (lane,) = waiting_lanes(reader)
    lrn = body.partition(b"<LRN>")[2].partition(b"<")[0].decode()
    ours = {case.subject for case in Cases(reader).timelines(lrn)}
    hit = {case.subject for case in Cases(reader).timelines(lane.first)}
    if hit != ours:
        raise Missed(f"the cases hit are not those of the fault: {hit}, {ours}, {lane}")
    data = ["--data", str(scene.node.folder / "data")]
    while found := waiting_lanes(open_reader(f"sqlite:{scene.node.folder / 'data' / 'store' / 'node.db'}")):
        if command(["lane", "drop", found[0].first, "--reason", "AT had it by telephone", *data]) != 0:
            raise Missed("the runbook does not mend it")
    if command(["lane", "list", *data]) != 0:
        raise Missed("something still waits")


def wrong_door(scene: Several) -> None:
    """A trader at the door of administrations is refused, and named."""
    scene.node.client("ccn2", TRADER).ask("GET", "/v1/inbox")
    scene.within(NOTICED, "log", lambda: scene.told(Event.REFUSED, platform="ccn2", client=TRADER))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_refusals_total", platform="ccn2") or 0) >= 1)


def renewed(scene: Several) -> None:
    """Decoy: every process is renewed, one after the other, as for an upgrade."""
    before = scene.node.pids
    os.kill(scene.node.process.pid, RENEW)
    names = [name for name in before if name != "supervisor"]
    scene.within(90, "renewed", lambda: all(scene.node.pids.get(name, before[name]) != before[name] for name in names))
    scene.within(CLOSED, "ready", scene.ready)
    scene.quiet(Event.DEVELOPMENT, Event.SILENT)  # of one that is being renewed, for a moment


def busy(scene: Several) -> None:
    """Decoy: much work within everybody's share."""
    officer = scene.node.client("ccn2", OFFICER)
    for _ in range(200):
        if officer.ask("GET", "/v1/inbox").status != 200:
            raise Missed("a door refused what it should serve")
    time.sleep(12)
    scene.quiet()


INCIDENTS: dict[str, Callable[[Several], None]] = {
    "door killed": killed("door-1"), "core killed": killed("core"), "operator's door killed": killed("operations"),
    "core stands still": frozen("core"), "door stands still": frozen("door-2"), "message set aside": set_aside,
    "secrets guessed": guessed, "guessed beyond the share": guessed_much, "wrong door": wrong_door,
    "partner away": partner_away,
}  # fmt: skip
DECOYS: dict[str, Callable[[Several], None]] = {"processes renewed": renewed, "much work": busy}


def again(scene: Several) -> None:
    """A process that ends again and again is counted, so that its alert can tell it from one that ended once."""
    was = scene.metric("douane_process_restarts_total", part="door-1") or 0
    for _ in range(2):
        scene.begin()
        killed("door-1")(scene)
    after = lambda: (scene.metric("douane_process_restarts_total", part="door-1") or 0) - was >= 2  # noqa: E731 - short
    scene.within(NOTICED, "metric", after)


INCIDENTS["door killed again and again"] = again
S = TypeVar("S", bound=Scene[Any])


def played(scene: S, plays: Mapping[str, Callable[[S], None]], decoys: Collection[str]) -> int:
    """Play each in its turn, and print what came of it; how many were missed."""
    failed = 0
    for name, play in plays.items():
        scene.begin()
        try:
            play(scene)
        except Missed as problem:
            failed += 1
            print(f"MISSED   {name}: {problem}", flush=True)
        else:
            kind = "decoy" if name in decoys else "incident"
            took = ", ".join(f"{what} {seconds} s" for what, seconds in scene.took.items())
            print(f"{kind:<8} {name}: {took or 'nothing was raised'}", flush=True)
    return failed


def main(names: list[str]) -> int:
    """Play those named, or all; 1 where one was missed, or a decoy raised something."""
    several = {n: play for n, play in {**INCIDENTS, **DECOYS}.items() if not names or n in names}
    one = {n: play for n, play in {**alone.INCIDENTS, **alone.DECOYS}.items() if not names or n in names}
    failed = _several(several) if several else 0
    if one:
        with tempfile.TemporaryDirectory() as folder, alone.standing_alone(Path(folder)) as scene:
            failed += played(scene, one, alone.DECOYS)
    print(f"{failed} of {len(several) + len(one)} failed.")
    return 1 if failed else 0


def _several(plays: Mapping[str, Callable[[Several], None]]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        identity_in(Path(folder), (PUBLISHER,))
        away = {"AT": {"url": NOBODY_THERE, "client": "fr.officer", "identity": str(Path(folder) / "identity")}}
        with supervised(Path(folder), "--processes", "3", peers=away, elsewhere=["AT"]) as node:
            scene = Several(node, node.folder / "data")
            scene.within(CLOSED, "ready", scene.ready)
            time.sleep(12)  # every process was looked at once
            return played(scene, plays, DECOYS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
