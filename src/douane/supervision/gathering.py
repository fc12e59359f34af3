"""The processes of a node, seen together: each is asked over its socket, and who does not answer is named.

The door of the operator stands in a process of its own, so it answers whatever becomes of the others. It is asked by
anybody who may ask whether a node is ready, so what was gathered holds for a moment.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.ports import monotonic
from douane.platforms.operations.entry import Readiness
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import catalogue as known
from douane.supervision.operating.listening import LOOK, Answer, Sight
from douane.supervision.operating.local_sockets import is_ours, short
from douane.supervision.operating.readiness import TRUST, stale_in
from douane.supervision.supervisor import processes_of
from douane.supervision.telemetry import CASES, Telemetry

ANSWER_SECONDS: Final = 2.0
"""For all of them together: who is slower does not answer."""
KEPT_SECONDS: Final = 0.5
PAGES: Final = "pages"
"""The part that says whether people are served."""
_NOBODY: Final = "no process has it"
_TOLD_TO_CORE: Final = frozenset(each.name for each in known.OF_DOORS)
Sights = Mapping[str, Sight | None]


@dataclass(slots=True)
class Gathering:
    """What the processes of a node tell. workers, doors, pages: their sockets by name. platforms: of the doors."""

    data: Path
    workers: Mapping[str, Path]
    doors: Mapping[str, Path]
    partitions: int
    platforms: Collection[str]
    addresses: Mapping[str, str] = field(default_factory=dict)
    """By platform, where others reach the doors."""
    pages: Mapping[str, Path] = field(default_factory=dict)
    secret: bytes = field(default=b"", repr=False)
    """By which cores know the console that stands in the process of the operator's door; empty where there is none."""
    now: Callable[[], float] = monotonic
    told: Callable[[Event, str], None] = lambda _event, _name: None
    """Hears when a process that answered does not, and when it does again."""
    _silent: set[str] = field(default_factory=set)
    _heard: set[str] = field(default_factory=set)
    _seen: tuple[float, Sights] = (float("-inf"), {})
    _pids: dict[str, int] = field(default_factory=dict)
    _restarts: dict[str, int] = field(default_factory=dict)
    _asking: threading.Lock = field(default_factory=threading.Lock)

    @property
    def parts(self) -> tuple[str, ...]:
        """The processes that are asked, by their names."""
        return (*self.workers, *self.doors, *self.pages)

    def sights(self) -> Sights:
        """What each process tells now; None of one that does not answer."""
        with self._asking:  # the door and its console ask in threads of their own
            at, found = self._seen
            if self.now() - at > KEPT_SECONDS:
                found = _asked({**self.workers, **self.doors, **self.pages})
                self._seen = self.now(), found
                self._count()
                self._tell(found)
            return found

    def _tell(self, found: Sights) -> None:
        """Of processes that answered before: who has just begun to serve is nobody's concern."""
        answering = {name for name, sight in found.items() if sight is not None}
        for name in sorted((self._heard - answering) - self._silent):
            self.told(Event.SILENT, name)
        for name in sorted(self._silent & answering):
            self.told(Event.HEARD, name)
        self._silent = self._heard - answering
        self._heard |= answering

    def _count(self) -> None:
        for name, pid in processes_of(self.data).items():
            if self._pids.setdefault(name, pid) != pid:
                self._pids[name] = pid
                self._restarts[name] = self._restarts.get(name, 0) + 1

    def readiness(self) -> Readiness:
        """Whether each partition has a process that works, and each platform a door that reaches the core."""
        sights = self.sights()
        workers = [sight for name in self.workers if (sight := sights[name]) is not None]
        doors = [sight for name in self.doors if (sight := sights[name]) is not None]
        parts = {name: _best(workers, name) for name in (f"partition {each}" for each in range(self.partitions))}
        parts |= {f"door {each}": _best(doors, f"link {each}", served=True) for each in self.platforms}
        if self.pages:
            parts[PAGES] = _whole([sight for name in self.pages if (sight := sights[name]) is not None])
        parts[TRUST] = stale_in(sights)
        notes = {name: "does not answer; it is started again where it ended" for name in sights if sights[name] is None}
        for name, sight in sights.items():
            notes |= {f"{name}: {about}": said for about, said in (sight.notes if sight else {}).items()}
        return Readiness(parts, notes)

    def metrics(self, telemetry: Telemetry) -> bytes:
        """The series of every process with its name; those that doors tell the core stand there once."""
        sights = self.sights()
        for name, sight in sights.items():
            telemetry.metrics.gauge(known.PROCESS_ANSWERS, name).value = float(sight is not None)
            telemetry.metrics.counter(known.RESTARTS, name).value = self._restarts.get(name, 0)
        parts = self.readiness().parts
        cases = [wrong for name, wrong in parts.items() if name.startswith("partition ")]
        telemetry.metrics.gauge(known.READY, CASES).value = float(not any(cases))
        for each in self.platforms:
            telemetry.metrics.gauge(known.READY, each).value = float(not parts[f"door {each}"])
        texts = {name: sight.metrics for name, sight in sights.items() if sight is not None}
        return merged(texts | {"operations": telemetry.text().decode()}, told={*self.doors, *self.pages})


def _best(sights: Collection[Sight], part: str, *, served: bool = False) -> str:
    """What is wrong with a part: nothing where one process says so. served: also where one does not name it."""
    said = [each.parts.get(part, "" if served else _NOBODY) for each in sights]
    return _NOBODY if not said else min(said, key=lambda each: (bool(each), each == _NOBODY))


def _whole(sights: Collection[Sight]) -> str:
    """What is wrong with what any of these processes does; nothing where one of them works as a whole."""
    wrong = ["; ".join(f"{part}: {said}" for part, said in each.parts.items() if said) for each in sights]
    return min(wrong, key=bool) if wrong else _NOBODY


def merged(texts: Mapping[str, str], *, told: Collection[str] = ()) -> bytes:
    """Prometheus texts by process as one, each series with the name of its process; told: whose figures another has."""
    families: dict[str, list[str]] = {}
    for name, text in texts.items():
        family = ""
        for line in text.splitlines():
            if line.startswith("#"):
                family = line.split(" ", 3)[2]
                lines = families.setdefault(family, [])
                if line not in lines[:2]:
                    lines.append(line)
            elif not (name in told and family in _TOLD_TO_CORE):
                families[family].append(_named(line, name))
    return "".join(f"{line}\n" for lines in families.values() for line in lines).encode()


def _named(line: str, process: str) -> str:
    series, _, value = line.rpartition(" ")
    metric, _, labels = series.partition("{")
    return f'{metric}{{process="{process}",{labels} {value}' if labels else f'{metric}{{process="{process}"}} {value}'


def _asked(sockets: Mapping[str, Path]) -> Sights:
    """Ask all, then hear all; whoever is slow costs the others nothing."""
    found: dict[str, Sight | None] = dict.fromkeys(sockets)
    with contextlib.ExitStack() as opened:
        asked: dict[str, socket.socket] = {}
        for name, path in sockets.items():
            made = opened.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            made.settimeout(ANSWER_SECONDS)
            with contextlib.suppress(OSError), short(path) as reachable:
                made.connect(reachable)
                if is_ours(made):
                    made.sendall(LOOK)
                    asked[name] = made
        end = monotonic() + ANSWER_SECONDS
        for name, made in asked.items():
            made.settimeout(max(0.05, end - monotonic()))
            with contextlib.suppress(OSError, msgspec.DecodeError), made.makefile("rb") as lines:
                found[name] = msgspec.json.decode(lines.readline(), type=Answer).sight
    return found
