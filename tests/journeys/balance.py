"""A load balancer's view of doors, and senders behind it that send each message once, whatever comes of it."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.journeys.standing import Client
from tests.journeys.supervised import Supervised

LOOK_SECONDS = 0.1
PAUSE_SECONDS = 0.05
"""Between two messages of a sender: load, and time left for processes that start beside it."""


@dataclass(frozen=True)
class Traffic:
    """What one sender sends: to which platform and path, as whom, what for each number."""

    platform: str
    caller: str
    path: str
    media: str
    body: Callable[[int], bytes]


@dataclass
class Balance:
    """Asks every door again and again whether it is ready; senders use those that are.

    held: the receipt of each message. faults: every request that was not answered 202, which nobody repeats.
    """

    traffic: list[Traffic]
    doors: list[Supervised] = field(default_factory=list)
    ready: list[Supervised] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    used: Counter[int] = field(default_factory=Counter)
    """By process of a door: how often it answered."""
    _ending: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Look after the doors, then send."""
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        self.until_ready(len(self.doors))
        senders = [threading.Thread(target=self._send, args=(n,), daemon=True) for n in range(len(self.traffic))]
        for thread in senders:
            thread.start()
        self._threads = [watch, *senders]

    def end(self) -> None:
        """Finish what was begun."""
        self._ending.set()
        for thread in self._threads:
            thread.join(130)
            assert not thread.is_alive()

    def until_ready(self, doors: int) -> None:
        """Until so many doors say that they are ready."""
        self.doors[0].until(lambda: len(self.ready) == doors)

    def more(self, messages: int) -> None:
        """Wait until so many more are acknowledged."""
        so_far = len(self.held)
        self.doors[0].until(lambda: len(self.held) >= so_far + messages or bool(self.faults))
        assert self.faults == []

    def _watch(self) -> None:
        while not self._ending.wait(LOOK_SECONDS):
            self.ready = [door for door in list(self.doors) if _ready(door)]

    def _send(self, sender: int) -> None:
        kept: dict[int, http.client.HTTPSConnection] = {}
        what = self.traffic[sender]
        turns = itertools.count(sender)
        for number in itertools.count(1):
            if self._ending.wait(PAUSE_SECONDS):
                break
            doors = self.ready
            for gone in kept.keys() - {door.process.pid for door in doors}:
                kept.pop(gone).close()
            if not doors:
                self.faults.append("no door is ready")
                break
            door = doors[next(turns) % len(doors)]
            own = f"S{sender}-{number}"
            try:
                self._once(door, kept, own, what, what.body(sender * 100_000 + number))
            except (OSError, http.client.HTTPException) as problem:
                self.faults.append(f"{own}: {type(problem).__name__} {problem}")
                kept.pop(door.process.pid).close()
        for connection in kept.values():
            connection.close()

    def _once(
        self, door: Supervised, kept: dict[int, http.client.HTTPSConnection], own: str, what: Traffic, body: bytes
    ) -> None:
        pid = door.process.pid
        if pid not in kept:
            kept[pid] = door.client(what.platform, what.caller).connection()
        kept[pid].request("POST", what.path, body, {"content-type": what.media, "message-id": own})
        answer = kept[pid].getresponse()
        said = answer.read()
        if answer.will_close:
            kept.pop(pid).close()
        self.used[pid] += 1
        if answer.status == 202:
            self.held[own] = json.loads(said)["receipt"]
        else:
            self.faults.append(f"{own}: {answer.status} {said!r}")


def _ready(door: Supervised) -> bool:
    """What its health check says, over a connection of its own; a balancer has no certificate."""
    client = Client(door.urls["operations"], ssl.create_default_context(cafile=str(door.identity.root)), timeout=5.0)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(client):
        return client.ask("GET", "/health/ready").status == 200
    return False
