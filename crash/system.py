"""The system under test as a nemesis sees it: processes with process ids, started, killed, frozen, watched."""

from __future__ import annotations

import abc
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import msgspec

from crash.node import Plan, die_with_parent

ROOT = Path(__file__).parents[1]
RUN = "import sys; from douane.cli.main import main; sys.exit(main())"


def environment() -> dict[str, str]:
    """The environment of every process started here: this checkout on the path, compiled modules kept."""
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": path}


@dataclass(slots=True)
class Life:
    """One life of a process of the node. ``cold``: started by ``douane run`` in a new interpreter."""

    name: str
    pid: int
    started: float
    cold: bool
    ready: float = 0.0
    ended: float = 0.0
    code: int | None = None


@dataclass(slots=True)
class System(abc.ABC):
    """A node and whoever starts it, as one process that is started here: the *launcher*."""

    plan: Plan
    folder: Path
    lives: list[Life] = field(default_factory=list)
    _alive: list[Life] = field(default_factory=list)
    """Of the lives those that go on: a process that nobody kills outlives hundreds of others."""
    launcher: subprocess.Popen[bytes] | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)
    cold: bool = False
    """Whether nobody starts anew what is killed: it ends as a whole."""

    has_cold: ClassVar[bool] = False
    """Whether there is such a form."""

    # --- what a form of the node says about itself

    @abc.abstractmethod
    def command(self) -> list[str]:
        """How the launcher is started."""

    @abc.abstractmethod
    def hear(self, raw: bytes) -> None:
        """A line that the launcher or a child of it wrote."""

    @property
    @abc.abstractmethod
    def complete(self) -> bool:
        """Whether everything that serves is there."""

    # --- starting and watching

    def start(self, *, cold: bool = False) -> None:
        """Start it."""
        self.cold = cold
        (self.folder / "node.json").write_bytes(msgspec.json.encode(self.plan))
        (self.folder / "node.toml").write_text(self.plan.toml())
        with (self.folder / "node.err").open("ab") as errors:
            started = time.monotonic()
            self.launcher = subprocess.Popen(
                self.command(), stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, env=environment(),
                preexec_fn=die_with_parent,  # noqa: PLW1509 - no other thread of this process holds a lock it needs
            )  # fmt: skip
        if cold:
            self.began("node", self.launcher.pid, started)
        threading.Thread(target=self._listen, args=(self.launcher,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for raw in process.stdout:
            self.hear(raw)
        code = process.wait()
        for life in self.living():  # whoever started them died, and they with it
            self.ended(life.pid, time.monotonic(), code)

    def began(self, name: str, pid: int, at: float) -> None:
        """A process was started."""
        with self.changed:
            self.lives.append(Life(name, pid, at, self.cold))
            self._alive.append(self.lives[-1])
            self.changed.notify_all()

    def serves(self, pid: int, at: float) -> None:
        """A process is ready."""
        with self.changed:
            for life in self.living():
                if life.pid == pid:
                    life.ready = at
            self.changed.notify_all()

    def ended(self, pid: int, at: float, code: int | None) -> None:
        """A process is dead."""
        with self.changed:
            for life in self.living():
                if life.pid == pid:
                    life.ended, life.code = at, code
            self.changed.notify_all()

    def living(self) -> list[Life]:
        """The lives that go on."""
        with self.changed:
            self._alive = [life for life in self._alive if not life.ended]
            return list(self._alive)

    def wait(self, *, ready: bool, seconds: float) -> None:
        """Until something lives (and, if asked for, everything serves). Raises TimeoutError."""
        end = time.monotonic() + seconds
        with self.changed:
            while not (self.complete if ready else self.living()):
                if not self.changed.wait(max(0.0, end - time.monotonic())):
                    raise TimeoutError(f"the node was not up after {seconds:.0f} s: {self.last_words()}")

    def last_words(self) -> str:
        """The end of what the processes wrote on standard error."""
        path = self.folder / "node.err"
        return path.read_text(errors="replace")[-600:] if path.exists() else ""

    # --- what a nemesis does

    def processes(self) -> list[str]:
        """The names of the processes that may be struck one by one, in order."""
        return sorted({life.name for life in self.living()})

    def kill(self, name: str) -> float:
        """SIGKILL for a process, until it is dead; when."""
        at = time.monotonic()
        for life in self.living():
            if life.name == name:
                _signal(life.pid, signal.SIGKILL)
                self._gone(life)
        return at

    def kill_all(self, then: Callable[[], None] = lambda: None) -> float:
        """SIGKILL for everything there is, until it is dead; when. ``then`` is done while it dies: after the signals,
        so that nothing it does is seen by anybody any more, and perhaps in the midst of what it had begun."""
        at, struck = time.monotonic(), self.living()
        for pid in [life.pid for life in struck] + ([self.launcher.pid] if self.launcher else []):
            _signal(pid, signal.SIGKILL)
        then()
        if self.launcher is not None:
            self.launcher.wait()
        for life in struck:
            self._gone(life)
            with contextlib.suppress(ChildProcessError):  # ours where we adopt what its parent left behind
                os.waitpid(life.pid, os.WNOHANG)
        return at

    def _gone(self, life: Life) -> None:
        with self.changed:
            self.changed.wait_for(lambda: life.ended, 10)

    def freeze(self, name: str, seconds: float, *, wake: bool = True) -> None:
        """SIGSTOP, and SIGCONT after a while."""
        frozen = [life for life in self.living() if life.name == name]
        for life in frozen:
            _signal(life.pid, signal.SIGSTOP)
        time.sleep(seconds)
        for life in frozen if wake else ():
            _signal(life.pid, signal.SIGCONT)

    def stop(self, seconds: float = 60) -> int:
        """SIGTERM: let it finish what it accepted; the exit code."""
        self.wait(ready=True, seconds=seconds)
        assert self.launcher is not None
        self.launcher.send_signal(signal.SIGTERM)
        code, lives = self.launcher.wait(seconds), self.living()
        for life in lives:
            self._gone(life)
        return code or max((life.code or 0 for life in lives), default=0)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


@dataclass(slots=True)
class SingleNode(System):
    """The embedded form: one process, and whoever starts it anew; cold: ``douane run``, which nobody starts anew."""

    has_cold: ClassVar[bool] = True

    def command(self) -> list[str]:
        """``douane run``, or the process that forks lives."""
        if self.cold:
            return [sys.executable, "-c", RUN, "run", "--config", str(self.folder / "node.toml")]
        return [sys.executable, "-m", "crash.node", str(self.folder / "node.json")]

    def hear(self, raw: bytes) -> None:
        """Lines of JSON from the process that forks; what ``douane run`` says to people."""
        if b" is ready" in raw and self.launcher is not None:
            self.serves(self.launcher.pid, time.monotonic())
        with contextlib.suppress(ValueError):
            fact = json.loads(raw)
            match fact["event"]:
                case "started":
                    self.began("node", fact["pid"], fact["at"])
                case "ready":
                    self.serves(fact["pid"], fact["at"])
                case "ended":
                    self.ended(fact["pid"], fact["at"], fact["code"])

    @property
    def complete(self) -> bool:
        """Whether the node serves."""
        return any(life.ready for life in self.living())


@dataclass(slots=True)
class SupervisedNode(System):
    """Core, doors and pages as processes of their own under the supervisor of ``douane run --processes``, which counts
    the pages on top."""

    count: int = 3

    def command(self) -> list[str]:
        """The supervisor, which starts its children anew."""
        config = str(self.folder / "node.toml")
        return [sys.executable, "-u", "-c", RUN, "run", "--config", config, "--processes", str(self.count)]

    def hear(self, raw: bytes) -> None:
        """``NAME started as process PID``, and ``serving``, and ``ended``."""
        words = raw.decode(errors="replace").split()
        if words[2:4] != ["as", "process"]:
            return
        name, what, pid, at = words[0], words[1], int(words[4]), time.monotonic()
        if what == "started":
            self.began(name, pid, at)
        elif what == "serving":
            self.serves(pid, at)
        elif what == "ended":
            self.ended(pid, at, None)

    @property
    def complete(self) -> bool:
        """Whether core, doors and pages serve."""
        return len({life.name for life in self.living() if life.ready}) == self.count + self.plan.pages


@dataclass(slots=True)
class LoadClient:
    """A load client in a process of its own."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, plan: Path, module: str = "crash.client") -> LoadClient:
        """Start it with a plan."""
        return cls(subprocess.Popen(
            [sys.executable, "-m", module, str(plan)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=ROOT, env=environment(), preexec_fn=die_with_parent,  # noqa: PLW1509 - as above
        ))  # fmt: skip

    def tell(self, word: str) -> None:
        """``finish`` or ``drain``."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """Its answer."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        """End it if it has not ended."""
        self.process.kill()
        self.process.wait()
