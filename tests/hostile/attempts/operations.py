"""What an operator sees and can do: incidents that leave no trace, and orders that need a stopped node."""

from __future__ import annotations

import json
import os
import re
import signal

import httpx

from tests.hostile.attempt import Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import scene
from tests.hostile.union import Node, Shape, Union, wait_for

SPREAD = Shape("spread", arguments=("--processes", "2"))


def _refused(node: Node) -> None:
    """Calls without identity and with wrong secrets, at the doors."""
    for _ in range(6):
        url = f"https://localhost:{node.ports['speed2']}/v1/inbox"
        httpx.get(url, verify=node.tls(), trust_env=False, timeout=20)
    guess = node.client("", "uumds")
    for each in range(4):
        guess.post("/token", data={"grant_type": "client_credentials"}, auth=("trader.de.rhein", f"wrong{each}"))


@attempt("security 8")
def refusals_at_other_doors_are_not_counted(union: Union) -> Effect:
    """With doors in a process of their own the metrics know nothing of whom these turned away (security 8)."""
    with union.alone(SPREAD) as node:
        _refused(node)

        def counted() -> float:
            shown = node.client("operator", "operations").get("/metrics").text
            series = r"^douane_(?:unauthenticated|refusals)_total\{[^}]*\} ([0-9.e+]+)$"
            return sum(map(float, re.findall(series, shown, re.MULTILINE)))

        wait_for(lambda: counted() >= 10, 3)
        return Effect(counted() < 10, f"{counted():g} of 10 refusals are counted")


@attempt("security 9")
def killed_process_leaves_no_trace(union: Union) -> Effect:
    """A process of doors is killed; the log says that a node started, and nothing of what ended (security 9)."""
    with union.alone(SPREAD) as node:
        before, processes = node.log, json.loads((node.data / "processes.json").read_text())
        doors = [pid for name, pid in processes.items() if name.startswith("door")]
        if not doors:
            raise CannotBePlayed(f"no process of doors among {', '.join(processes)}")
        os.kill(doors[0], signal.SIGKILL)
        changed = lambda: json.loads((node.data / "processes.json").read_text()) != processes  # noqa: E731 - asked again
        wait_for(changed, 10)
        wait_for(lambda: "door" in node.log[len(before) :], 3)
        lines = [json.loads(line) for line in node.log[len(before) :].splitlines() if line.startswith("{")]
        events = sorted({str(each["event"]) for each in lines})
        told = [each for each in lines if each["event"] not in ("node.started", "node.development")]
        return Effect(not told, f"the log says: {', '.join(events) or 'nothing'}")


@attempt("security 9")
def wrong_secrets_name_nobody(union: Union) -> Effect:
    """Somebody guesses at a client's secret, and no line of the log says at whose, or from where (security 9)."""
    with union.alone(Shape("guessed")) as node:
        _refused(node)
        named = wait_for(lambda: "trader.de.rhein" in node.log or "127.0.0.1" in node.log, 3)
        return Effect(not named, f"the log {'names' if named else 'names neither'} client or address")


@attempt("security 10")
def release_needs_a_stopped_node(union: Union) -> Effect:
    """A message that is set aside can only be released when everybody's traffic is stopped (security 10)."""
    s = scene(union)
    done = s.node.douane("message", "release", "1")
    said = (done.stdout + done.stderr).strip()
    locked = "Another process" in said or "Stop" in said
    return Effect(locked, f"exit {done.returncode}: {said.partition(chr(10))[0][:100]}")
