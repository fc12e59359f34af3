"""Long runs that end when they are told to: within five seconds of an interrupt, and nothing of them stays.

A benchmark or a campaign starts servers, clients and servers of databases, some in sessions of their own. So the work
is done by a child, and this process only watches: at SIGINT, SIGTERM or SIGHUP it tells the child, waits a little,
ends every process that descends from it, and removes the folder for temporary files that all of them were given.

Invariants: who is told is never asked twice; a process is ended by its id only after it was found among the descendants
of this one, to which orphans come back (``PR_SET_CHILD_SUBREAPER``); should the watcher be killed, the child is too.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Final

PATIENCE_SECONDS: Final = 2.0
"""How long the child may take to end by itself."""
_SUBREAPER, _DEATH_SIGNAL = 36, 1  # of prctl(2)
_TOLD: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def guarded(work: Callable[[], int], scratch: Iterable[Path] = ()) -> int:
    """Do the work in a child; its exit code, or 128 and the number of the signal that ended it.

    scratch: folders that are removed too where the work was interrupted. Outside Linux the work is simply done.
    """
    if sys.platform != "linux":
        return work()
    folder = Path(tempfile.mkdtemp(prefix="douane-"))
    folder.chmod(0o711)  # a server that runs as a user of its own finds its folder below it
    adopt()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _be_the_child(work, folder)
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        if not told:
            told.append(number)
            _signal(child, signal.SIGTERM)

    before = {each: signal.signal(each, hear) for each in _TOLD}
    try:
        code = _watch(child, told)
    finally:
        end_descendants()
        shutil.rmtree(folder, ignore_errors=True)
        for number, handler in before.items():
            signal.signal(number, handler)
    if told:
        for each in scratch:
            shutil.rmtree(each, ignore_errors=True)
        print("interrupted: everything that was started has ended, and nothing is left", file=sys.stderr, flush=True)
        return 128 + told[0]
    return code


def adopt() -> None:
    """Let orphans among the descendants of this process come back to it, so that it can end them."""
    if sys.platform == "linux":
        _control(_SUBREAPER, 1)


def end_descendants() -> None:
    """End every process that descends from this one, until there is none."""
    while found := descendants(os.getpid()):
        for each in found:
            _signal(each, signal.SIGKILL)
        _reap()
        time.sleep(0.01)
    _reap()


def descendants(ancestor: int) -> set[int]:
    """The ids of all processes below one, as the kernel has them now; those that have ended and wait are none."""
    parents: dict[int, int] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if fields[0] != "Z":
            parents[int(each.parent.name)] = int(fields[1])
    found: set[int] = set()
    more = {ancestor}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


def _be_the_child(work: Callable[[], int], folder: Path) -> None:
    """Do the work, never to return."""
    code = 1
    try:
        _control(_DEATH_SIGNAL, signal.SIGKILL)
        os.setsid()  # the terminal tells the watcher, who tells this one
        os.environ["TMPDIR"], tempfile.tempdir = str(folder), None
        code = work()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # noqa: BLE001 - as the interpreter does with what nobody caught
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _watch(child: int, told: list[int]) -> int:
    """The exit code of the child; it is given up some time after it was told to end."""
    until = float("inf")
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid == child:
            return os.waitstatus_to_exitcode(status)
        now = time.monotonic()
        until = min(until, now + PATIENCE_SECONDS) if told else until
        if now > until:
            return 1
        time.sleep(0.05)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _signal(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _control(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
