"""A load balancer's view of doors, and callers behind it that ask each thing once, whatever comes of it."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

from tests.journeys.standing import Answer, Client
from tests.journeys.supervised import Supervised

LOOK_SECONDS = 0.1
PAUSE_SECONDS = 0.05
"""Between two requests of a caller: load, and time left for processes that start beside it."""


@dataclass(frozen=True)
class Request:
    """What is asked, and the one status that is no fault."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


Script = Generator[Request, Answer, None]


@dataclass(frozen=True)
class Caller:
    """Somebody at a platform, and what he goes on to ask."""

    platform: str
    name: str
    script: Callable[[], Script]


@dataclass
class Balance:
    """Asks every door again and again whether it is ready; callers use those that are, in turn.

    faults: every request that was answered otherwise than expected, or not at all; nobody repeats one. answered: how
    many requests were, by the process of the door.
    """

    callers: list[Caller]
    doors: list[Supervised] = field(default_factory=list)
    ready: list[Supervised] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answered: Counter[int] = field(default_factory=Counter)
    _ending: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Look after the doors, then ask."""
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        self.until_ready(len(self.doors))
        asking = [threading.Thread(target=self._ask, args=each, daemon=True) for each in enumerate(self.callers)]
        for thread in asking:
            thread.start()
        self._threads = [watch, *asking]

    def end(self) -> None:
        """Finish what was begun."""
        self._ending.set()
        for thread in self._threads:
            thread.join(130)
            assert not thread.is_alive()

    def until_ready(self, doors: int) -> None:
        """Until so many doors say that they are ready."""
        self.doors[0].until(lambda: len(self.ready) == doors)

    def more(self, requests: int) -> None:
        """Wait until so many more are answered."""
        wanted = self.answered.total() + requests
        self.doors[0].until(lambda: self.answered.total() >= wanted or bool(self.faults))
        assert not self.faults, self.faults

    def _watch(self) -> None:
        while not self._ending.wait(LOOK_SECONDS):
            self.ready = [door for door in list(self.doors) if _ready(door)]

    def _ask(self, first: int, caller: Caller) -> None:
        kept: dict[int, http.client.HTTPSConnection] = {}
        script = caller.script()
        request = next(script)
        for turn in itertools.count(first):
            if self._ending.wait(PAUSE_SECONDS):
                break
            doors = self.ready
            for gone in kept.keys() - {door.process.pid for door in doors}:
                kept.pop(gone).close()
            try:
                door = doors[turn % len(doors)]
                answer = _once(door, kept, caller, request)
                self.answered[door.process.pid] += 1
            except (OSError, http.client.HTTPException, ZeroDivisionError) as problem:
                self.faults.append(f"{caller.name} {request.path}: {type(problem).__name__} {problem}")
                break
            if answer.status != request.status:
                self.faults.append(f"{caller.name} {request.path}: {answer.status} {answer.body!r}")
                break
            request = script.send(answer)
        for connection in kept.values():
            connection.close()


def _once(door: Supervised, kept: dict[int, http.client.HTTPSConnection], caller: Caller, request: Request) -> Answer:
    pid = door.process.pid
    if pid not in kept:
        kept[pid] = door.client(caller.platform, caller.name).connection()
    kept[pid].request(request.method, request.path, request.body or None, dict(request.headers))
    answer = kept[pid].getresponse()
    found = Answer(answer.status, answer.read())
    if answer.will_close:
        kept.pop(pid).close()
    return found


def _ready(door: Supervised) -> bool:
    """What its health check says, over a connection of its own; a balancer has no certificate."""
    client = Client(door.urls["operations"], ssl.create_default_context(cafile=str(door.identity.root)), timeout=5.0)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(client):
        return client.ask("GET", "/health/ready").status == 200
    return False
