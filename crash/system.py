"""The system under test as a nemesis sees it: processes with process ids, started, killed, frozen, watched."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    """One life of the node. ``cold``: started by ``douane run`` in a new interpreter."""

    pid: int
    started: float
    cold: bool
    ready: float = 0.0
    ended: float = 0.0
    code: int | None = None


@dataclass(slots=True)
class SingleNode:
    """The embedded form: one process over SQLite, and whoever starts it anew."""

    plan: Plan
    folder: Path
    lives: list[Life] = field(default_factory=list)
    launcher: subprocess.Popen[bytes] | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)
    cold: bool = False

    def start(self, *, cold: bool = False) -> None:
        """Start it: ``cold`` by ``douane run``, which nobody starts anew; else by the process that forks lives."""
        (self.folder / "node.json").write_bytes(msgspec.json.encode(self.plan))
        (self.folder / "node.toml").write_text(self.plan.toml())
        command = [sys.executable, "-c", RUN, "run", "--config", str(self.folder / "node.toml")]
        if not cold:
            command = [sys.executable, "-m", "crash.node", str(self.folder / "node.json")]
        with (self.folder / "node.err").open("ab") as errors:
            started = time.monotonic()
            self.launcher = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, env=environment(),
                preexec_fn=die_with_parent,  # noqa: PLW1509 - no other thread of this process holds a lock it needs
            )  # fmt: skip
        self.cold = cold
        if cold:
            self._heard({"event": "started", "pid": self.launcher.pid, "at": started})
        threading.Thread(target=self._listen, args=(self.launcher,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for raw in process.stdout:
            if raw.startswith(b"{"):
                with contextlib.suppress(ValueError):  # the line of a killed process
                    self._heard(json.loads(raw))
            elif b" is ready" in raw:
                self._heard({"event": "ready", "pid": process.pid, "at": time.monotonic()})
        code, life = process.wait(), self.life
        if life is not None:  # whoever started it died, and the kernel killed it with its parent
            self._heard({"event": "ended", "pid": life.pid, "at": time.monotonic(), "code": code})

    def _heard(self, fact: dict[str, Any]) -> None:
        with self.changed:
            if fact["event"] == "started":
                self.lives.append(Life(fact["pid"], fact["at"], self.cold))
            for life in self.lives:
                if life.pid == fact["pid"] and not life.ended:
                    if fact["event"] == "ready":
                        life.ready = fact["at"]
                    if fact["event"] == "ended":
                        life.ended, life.code = fact["at"], fact["code"]
            self.changed.notify_all()

    @property
    def life(self) -> Life | None:
        """The life that goes on, if there is one."""
        return self.lives[-1] if self.lives and not self.lives[-1].ended else None

    def wait(self, *, ready: bool, seconds: float) -> Life:
        """Until a life goes on (and, if asked for, its doors are open). Raises TimeoutError."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                life = self.life
                if life is not None and (life.ready or not ready):
                    return life
                if not self.changed.wait(end - time.monotonic()) or time.monotonic() > end:
                    raise TimeoutError(f"the node was not up after {seconds:.0f} s: {self.last_words()}")

    def kill(self, *, everything: bool = False) -> float:
        """SIGKILL for the node, or for everything there is; when."""
        at, life = time.monotonic(), self.life
        for pid in ([life.pid] if life else []) + ([self.launcher.pid] if everything and self.launcher else []):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if life is not None:
            with self.changed:
                self.changed.wait_for(lambda: life.ended, 10)
        if (everything or self.cold) and self.launcher is not None:
            self.launcher.wait()
        return at

    def freeze(self, seconds: float, *, wake: bool = True) -> None:
        """SIGSTOP, and SIGCONT after a while."""
        life = self.life
        if life is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(life.pid, signal.SIGSTOP)
                time.sleep(seconds)
                if wake:
                    os.kill(life.pid, signal.SIGCONT)

    def stop(self, seconds: float = 60) -> int:
        """SIGTERM: let it finish what it accepted; the exit code of the node."""
        life = self.wait(ready=True, seconds=seconds)
        assert self.launcher is not None
        self.launcher.send_signal(signal.SIGTERM)
        self.launcher.wait(seconds)
        with self.changed:
            self.changed.wait_for(lambda: life.ended, seconds)
        return life.code if life.code is not None else -1

    def last_words(self) -> str:
        """The end of what the processes wrote on standard error."""
        path = self.folder / "node.err"
        return path.read_text(errors="replace")[-600:] if path.exists() else ""


@dataclass(slots=True)
class LoadClient:
    """A load client in a process of its own."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, plan: Path) -> LoadClient:
        """Start it with a plan."""
        return cls(subprocess.Popen(
            [sys.executable, "-m", "crash.client", str(plan)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
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
