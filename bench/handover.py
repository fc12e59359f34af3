"""Partitions change hands under load: how long a request waits at the door while a worker stops, dies or freezes."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.brief import size
from douane.shared_services.link.workers import LONGEST_PATIENCE
from tests.journeys.supervised import JSON, OFFICER, Supervised, registration, supervised
from tests.services import postgresql as servers

SENDERS = size(4, brief=2)
ANSWERS_BEFORE = size(100, brief=5)
FROZEN_SECONDS = size(9.0, brief=0.5)
"""Longer than a lease."""
AFTER_SECONDS, SHORTEST = size((8.0, 2.0), brief=(8.0, 0.5))
"""Until what was taken over has come back."""


@dataclass
class Load:
    """Senders of new messages; each request once. answers: by status, how long each waited, in seconds."""

    node: Supervised
    answers: list[tuple[int, float]] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def send(self, sender: int) -> None:
        """Until it is over."""
        client, number = self.node.client("ccn2", OFFICER), 0
        while not self.ending.wait(0.02):
            number += 1
            began = time.perf_counter()
            answer = client.ask("POST", "/guarantees/v1/register", registration(sender * 100_000 + number), JSON)
            self.answers.append((answer.status, time.perf_counter() - began))


def _freeze(pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)
    time.sleep(FROZEN_SECONDS)
    os.kill(pid, signal.SIGCONT)


EVENTS: tuple[tuple[str, Callable[[int], None]], ...] = (
    ("none", lambda _pid: None),
    ("told to stop, started again", lambda pid: os.kill(pid, signal.SIGTERM)),
    ("killed, started again", lambda pid: os.kill(pid, signal.SIGKILL)),
    ("frozen, longer than a lease", _freeze),
)


def run(seconds: float) -> dict[str, Any]:
    """Each event once, however many seconds are given."""
    result: dict[str, Any] = {"name": "requests while a worker's partitions change hands", "rows": [], "ratios": {}}
    if servers.binaries() is None:
        return result | {"rows": [{"absent": servers.MISSING}]}
    os.sched_setaffinity(0, range(os.cpu_count() or 1))  # five processes, a server and the load
    place = servers.folder()
    servers.end_with(os.getpid(), place)
    instance = servers.make(place)
    sizes = ("--processes", "4", "--workers", "2")
    with (
        tempfile.TemporaryDirectory() as folder,
        supervised(Path(folder), *sizes, store=instance.address(servers.USER), partitions=8) as node,
    ):
        load = Load(node)
        threads = [threading.Thread(target=load.send, args=(n,)) for n in range(SENDERS)]
        for thread in threads:
            thread.start()
        node.until(lambda: len(load.answers) > ANSWERS_BEFORE)
        for event, act in EVENTS:
            first = len(load.answers)
            act(node.pids["worker-1"])
            time.sleep(AFTER_SECONDS if seconds >= 5 else SHORTEST)
            node.until(lambda: {"worker-0", "worker-1"} <= node.pids.keys())
            node.until(lambda since=first: len(load.answers) > since)  # type: ignore[misc]  # a busy machine
            result["rows"].append(_row(event, load.answers[first:]))
        load.ending.set()
        for thread in threads:
            thread.join()
    return result


def _row(event: str, answers: list[tuple[int, float]]) -> dict[str, Any]:
    waits = [waited for _, waited in answers]
    return {
        "worker": event,
        "requests": len(answers),
        "not_accepted": sum(status != 202 for status, _ in answers),
        "longest_wait_s": max(waits, default=0.0),
        "over_1_s": sum(waited > 1 for waited in waits),
        "patience_s": LONGEST_PATIENCE,
    }
