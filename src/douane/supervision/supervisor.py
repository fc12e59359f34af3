"""The parent of the processes of a node: starts, watches, restarts and ends them, and serves nothing itself.

It forks, so that a child that is started again has its modules already. Each child holds the reading end of a pipe
whose writing end only the supervisor has: when the supervisor dies, however it dies, its children read the end and
stop. The supervisor is the reaper of whatever its children leave behind. It has no threads and no event loop.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0
"""Seconds until a child that ended is started again; doubled for each that did not live long."""
LIVED = 10.0
"""Seconds after which a child counts as having worked."""
STOP_SECONDS = 15.0
"""How long a child may take to stop before it is killed."""
LEAVE = signal.SIGUSR1
"""Tells a child that serves that it will be told to stop."""
ENDING = frozenset({signal.SIGTERM, signal.SIGINT})
REREAD = signal.SIGHUP
"""Tells each child to read its files again; ends nothing."""
RENEW = signal.SIGUSR2
"""Tells the supervisor to stop each child and start it again, one after the other."""
HEARD = frozenset({signal.SIGCHLD, REREAD, RENEW}) | ENDING
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


@dataclass(frozen=True, slots=True)
class Role:
    """One process to keep: its name and what it does.

    ``work`` runs in the child, is given the descriptor whose end tells that the supervisor died and a function to call
    once it is ready, and returns the exit code. A child of a lower ``order`` stops before one of a higher.
    """

    name: str
    work: Callable[[int, Callable[[], None]], int]
    order: int = 0


@dataclass(slots=True)
class _Child:
    role: Role
    pid: int = 0
    began: float = 0.0
    ready: bool = False
    served: bool = False  # once, in any life
    pause: float = FIRST_PAUSE
    due: float = 0.0
    pipe: int = -1  # where it says that it is ready


@dataclass(slots=True)
class Supervisor:
    """Keeps children until told to stop. ``told`` hears what happens: (what, name, pid).

    register: a file that always names the living children by name and process id. draining: called once at the end,
    before the first child is told to stop. notice: seconds from ``LEAVE`` until then; none where it is 0.
    """

    roles: Sequence[Role]
    told: Callable[[str, str, int], None]
    register: Path | None = None
    draining: Callable[[], None] = lambda: None
    notice: float = 0.0
    _children: list[_Child] = field(default_factory=list)
    _alive: tuple[int, int] = (-1, -1)
    _failed: int = 0
    _stale: bool = False

    def run(self) -> int:
        """Start every child, keep them, and end them on SIGTERM or SIGINT: 0. A child that cannot start ends all."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
        self._alive = os.pipe()
        _become_reaper()
        gc.freeze()
        try:
            self._children = [_Child(role) for role in self.roles]
            for child in self._children:
                self._start(child)
            announced = False
            while not self._failed:
                if not announced and all(child.ready for child in self._children):
                    announced = True
                    self.told("ready", "", os.getpid())
                heard = self._wait()
                if heard in ENDING:
                    break
                if heard == RENEW:
                    self._renew()
            return self._failed
        finally:
            self._end()
            os.close(self._alive[0])
            os.close(self._alive[1])
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    # --- starting

    def _start(self, child: _Child) -> None:
        ready, says = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ready)
            self._become(child.role, says)
        os.close(says)
        os.set_blocking(ready, False)
        child.pid, child.began, child.ready, child.due, child.pipe = pid, time.monotonic(), False, 0.0, ready
        self._write_register()
        self.told("started", child.role.name, pid)

    def _become(self, role: Role, says: int) -> None:
        """The child's whole life."""
        code = 1
        try:
            os.close(self._alive[1])
            for other in self._children:
                if other.pipe >= 0:
                    os.close(other.pipe)
            for number in HEARD:
                signal.signal(number, signal.SIG_DFL)
            for number in (REREAD, RENEW):  # until it hears the first itself; what it has not read yet is no older
                signal.signal(number, signal.SIG_IGN)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the supervisor says who stops when
            signal.pthread_sigmask(signal.SIG_SETMASK, set())
            code = role.work(self._alive[0], lambda: _say(says))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)

    # --- watching

    def _wait(self) -> int:
        """The next signal, or 0 when something is due."""
        now = time.monotonic()
        dues = [child.due - now for child in self._children if child.due]
        starting = any(not child.ready for child in self._children)
        seconds = max(0.0, min([0.02 if starting else 1.0, *dues]))
        heard = self._heard(seconds)
        self._reap()
        if self._stale:
            self._write_register()
        for child in self._children:
            if child.pipe >= 0:
                self._hear(child)
            if child.due and time.monotonic() >= child.due:
                self._start(child)
        return heard

    def _heard(self, seconds: float) -> int:
        """The next signal; 0 where none came that the supervisor acts on. What the children are told is passed on."""
        found = signal.sigtimedwait(HEARD, seconds)
        number = found.si_signo if found is not None else 0
        if number != REREAD:
            return number
        for child in self._children:
            if child.pid:
                _signal(child.pid, REREAD)
        return 0

    def _hear(self, child: _Child) -> None:
        with contextlib.suppress(BlockingIOError):
            if os.read(child.pipe, 1):
                child.ready = child.served = True
                self.told("serving", child.role.name, child.pid)
            os.close(child.pipe)
            child.pipe = -1

    def _reap(self) -> None:
        """Take the ends of children, and of what they left behind."""
        for pid, status in _ended():
            child = next((c for c in self._children if c.pid == pid), None)
            if child is None:
                continue
            if child.pipe >= 0:
                self._hear(child)
            code = os.waitstatus_to_exitcode(status)
            self.told("ended", child.role.name, pid)
            if not child.served and code > 0:
                self._failed = code  # it said why; starting it again would not help
            lived = time.monotonic() - child.began
            child.pause = FIRST_PAUSE if lived > LIVED else min(LONGEST_PAUSE, child.pause * 2)
            child.pid, child.ready, child.due = 0, False, time.monotonic() + child.pause
            self._write_register()

    # --- ending

    def _renew(self) -> None:
        """One child after another stops and is started again; the others serve meanwhile."""
        for child in sorted(self._children, key=lambda c: c.role.order):
            if not child.pid:
                continue
            if child.role.order == 0 and not self._leave([child]):
                return
            if self._stop([child]):
                os.kill(os.getpid(), signal.SIGTERM)  # heard again once we are back
                return
            self._start(child)
            until = time.monotonic() + STOP_SECONDS
            while not child.ready and child.pid and time.monotonic() < until:
                if self._wait() in ENDING:
                    os.kill(os.getpid(), signal.SIGTERM)  # as above
                    return

    def _end(self) -> None:
        """Doors first, each order of children together; what does not stop in time is killed."""
        if not self._failed:
            self._leave(self._children)
        self.draining()
        for order in sorted({child.role.order for child in self._children}):
            self._stop([c for c in self._children if c.role.order == order and c.pid])
        if self.register is not None:
            self.register.unlink(missing_ok=True)

    def _leave(self, children: Sequence[_Child]) -> bool:
        """Let these say that they will stop, and serve on for the notice; False where being told to stop ended it."""
        for child in children if self.notice else ():
            if child.pid and child.ready:
                _signal(child.pid, LEAVE)
        until = time.monotonic() + self.notice
        while time.monotonic() < until:
            if self._wait() in ENDING:
                os.kill(os.getpid(), signal.SIGTERM)  # heard again where it is acted on
                return False
        return True

    def _stop(self, children: Sequence[_Child]) -> bool:
        """Stop these, at once where we are told to stop meanwhile; whether that was so."""
        told = False
        for child in children:
            _signal(child.pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while living := [child for child in children if child.pid]:
            told = self._heard(0.05) in ENDING or told
            if told or time.monotonic() > until:
                for child in living:
                    _signal(child.pid, signal.SIGKILL)
            for pid, _ in _ended():
                for child in self._children:
                    if child.pid == pid:
                        self.told("stopped", child.role.name, pid)
                        if child.pipe >= 0:
                            os.close(child.pipe)
                            child.pipe = -1
                        child.pid = 0
                        child.due = 0.0 if child in children else time.monotonic() + child.pause
        self._write_register()
        return told

    def _write_register(self) -> None:
        if self.register is None:
            return
        named = {child.role.name: child.pid for child in self._children if child.pid}
        made = self.register.with_suffix(".new")
        try:
            made.write_text(json.dumps({"supervisor": os.getpid(), **named}))
            made.rename(self.register)
        except OSError:  # a full volume must not end the node; it is written again until there is space
            self._stale = True
        else:
            self._stale = False


def _say(descriptor: int) -> None:
    os.write(descriptor, b"r")
    os.close(descriptor)


def _ended() -> Iterator[tuple[int, int]]:
    """Every child that has ended, the orphans of children included."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, status


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _become_reaper() -> None:
    """Orphans of the children become ours instead of init's (Linux); elsewhere init reaps them."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def processes_of(folder: Path) -> dict[str, int]:
    """The living processes of the node that keeps a data folder, by name; empty where none says so."""
    with contextlib.suppress(OSError, ValueError):
        found: dict[str, int] = json.loads((folder / "processes.json").read_text())
        return found
    return {}
