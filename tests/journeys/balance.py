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
LATE_SECONDS = 5.0
"""Beyond it a health check says nothing: what the door said last stays true."""
LONGEST_SECONDS = 100.0
"""For an answer: a machine that stands still is no fault of a door."""
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
    many requests were, by the process of the door. said: what each door's health check said last.
    """

    callers: list[Caller]
    doors: list[Supervised] = field(default_factory=list)
    ready: list[Supervised] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answered: Counter[int] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)
    _at: dict[int, Supervised] = field(default_factory=dict)  # the door that a caller asks just now
    _turning: threading.Lock = field(default_factory=threading.Lock)
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

    def until_left(self, door: Supervised) -> None:
        """Until a door says that it is not ready, and nobody asks it anything any more."""
        door.until(lambda: door not in self.ready and door not in list(self._at.values()))

    def more(self, requests: int) -> None:
        """Wait until so many more are answered."""
        wanted = self.answered.total() + requests
        self.doors[0].until(lambda: self.answered.total() >= wanted or bool(self.faults))
        assert not self.faults, "; ".join(self.faults)

    def _watch(self) -> None:
        while not self._ending.wait(LOOK_SECONDS):
            looked = [(door, health(door)) for door in list(self.doors)]
            self.said |= {door.folder.name: said.body.decode() or "nothing" for door, said in looked if said}
            with self._turning:
                self.ready = [door for door, said in looked if (said.status == 200 if said else door in self.ready)]

    def _choose(self, caller: int, turn: int) -> Supervised | None:
        with self._turning:
            if self.ready:
                self._at[caller] = self.ready[turn % len(self.ready)]
            return self._at.get(caller)

    def _ask(self, first: int, caller: Caller) -> None:
        kept: dict[int, http.client.HTTPSConnection] = {}
        script = caller.script()
        request = next(script)
        for turn in itertools.count(first):
            if self._ending.wait(PAUSE_SECONDS):
                break
            for gone in kept.keys() - {door.process.pid for door in self.ready}:
                kept.pop(gone).close()
            door = self._choose(first, turn)
            if door is None:
                self.faults.append(f"{caller.name} {request.path}: no door is ready, they say {self.said}")
                break
            try:
                answer = _once(door, kept, caller, request)
            except (OSError, http.client.HTTPException) as problem:
                self.faults.append(f"{caller.name} {request.path}: {type(problem).__name__} {problem}")
                break
            finally:
                del self._at[first]
            self.answered[door.process.pid] += 1
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
        kept[pid].timeout = LONGEST_SECONDS
    kept[pid].request(request.method, request.path, request.body or None, dict(request.headers))
    answer = kept[pid].getresponse()
    found = Answer(answer.status, answer.read())
    if answer.will_close:
        kept.pop(pid).close()
    return found


def health(part: Supervised) -> Answer | None:
    """What the health check of a door or worker says, over a connection of its own; None where it is late.

    A balancer has no certificate.
    """
    context = ssl.create_default_context(cafile=str(part.identity.root))
    with contextlib.closing(Client(part.urls["operations"], context, timeout=LATE_SECONDS)) as client:
        try:
            return client.ask("GET", "/health/ready")
        except TimeoutError:
            return None
        except (OSError, http.client.HTTPException) as problem:
            return Answer(0, type(problem).__name__.encode())
