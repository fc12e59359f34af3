"""An asyncio loop whose time is virtual: when nothing is ready it jumps to the next timer.

No sockets, no threads, no clock of the system: what runs, and in which order, follows from what was scheduled. Every
step belongs to the *life* of a process (a context variable, inherited by tasks and callbacks). The steps of a life that
ended are never taken: exactly what a killed process leaves undone, between any two awaits. The steps of a frozen one
wait until it thaws.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import traceback
from collections.abc import Callable
from typing import Any, Final, NoReturn

from douane.vocabulary.errors import OurFault

TICK: Final = 1e-6
"""The resolution of virtual time, in seconds."""
BUSY: Final = 20_000
"""Turns of the loop within one microsecond after which something runs in circles."""


class Life:
    """One life of a simulated process: from its start until it ends, or is ended.

    ``fuse``: after so many more steps the process is killed instead of taking the next one (0: never). ``ended`` is
    called once, at that moment. ``powered`` tells whether its machine still has power.
    """

    __slots__ = ("_ended", "_powered", "_waiting", "alive", "frozen", "fuse", "name", "steps")

    def __init__(self, name: str, ended: Callable[[Life], None], powered: Callable[[], bool] = lambda: True) -> None:
        self.name = name
        self.alive, self.frozen = True, False
        self.fuse = self.steps = 0
        self._ended, self._powered = ended, powered
        self._waiting: list[tuple[Callable[..., object], tuple[Any, ...], list[asyncio.TimerHandle]]] = []

    def end(self) -> None:
        """Take no further step."""
        if self.alive:
            self.alive = False
            self._waiting.clear()
            self._ended(self)

    def thaw(self) -> None:
        """Take the steps that came due meanwhile."""
        self.frozen = False
        waiting, self._waiting = self._waiting, []
        for callback, args, handle in waiting:
            if not any(each.cancelled() for each in handle):
                self.step(callback, args)

    def step(self, callback: Callable[..., object], args: tuple[Any, ...], *handle: asyncio.TimerHandle) -> None:
        """Take a step, unless this life is over. ``handle``: the timer it comes from, which may still be cancelled."""
        if not self.alive:
            return
        if self.frozen:
            self._waiting.append((callback, args, list(handle)))
            return
        if self.fuse:
            self.fuse -= 1
            if not self.fuse:
                self.end()
                return
        self.steps += 1
        callback(*args)
        if not self._powered():  # the power failed within the step: whatever it has still done was never seen
            self.end()


LIFE: contextvars.ContextVar[Life | None] = contextvars.ContextVar("life", default=None)
"""Whose step is running; None for the world outside: parties, network, faults."""


class _NoSelector:
    """What the event loop asks when nothing is ready: the time jumps instead of passing."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._since, self._turns = 0.0, 0

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise OurFault("Nothing is scheduled and nothing runs: the simulated union waits for ever.")
        loop = self._loop
        loop.now += max(timeout, 0.0)
        self._turns += 1
        if loop.now > self._since + TICK:
            self._since, self._turns = loop.now, 0
        elif self._turns > BUSY:
            raise OurFault("Time stands still: something runs in circles.")
        return []

    def close(self) -> None:
        """Nothing to let go of."""


class VirtualLoop(asyncio.BaseEventLoop):
    """The loop. ``now`` is its time in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self._selector = _NoSelector(self)
        self._clock_resolution = TICK
        self.lost: list[asyncio.Task[Any]] = []
        self.raised: list[str] = []
        self._nobody = contextvars.Context()  # in which no life is set
        self.set_task_factory(self._task)

    def time(self) -> float:
        """Virtual seconds since the beginning."""
        return self.now

    def call_soon(  # type: ignore[override]  # the stubs tie the arguments to the callback's own; here they pass through
        self, callback: Any, *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Schedule a step for the life it belongs to."""
        life = context.get(LIFE) if context is not None else LIFE.get()
        if life is None:
            return super().call_soon(callback, *args, context=context)
        return super().call_soon(life.step, callback, args, context=context)

    def call_at(  # type: ignore[override]  # as above
        self, when: float, callback: Any, *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.TimerHandle:
        """Schedule a step of a life at a time."""
        life = context.get(LIFE) if context is not None else LIFE.get()
        if life is None:
            return super().call_at(when, callback, *args, context=context)
        box: list[asyncio.TimerHandle] = []
        handle = super().call_at(when, _timed, life, callback, args, box, context=context)
        box.append(handle)
        return handle

    def outside(self, delay: float, callback: Any, *args: Any) -> None:
        """Schedule a step that belongs to no life: what is on the wire, what faults do, what ends a process."""
        super().call_at(self.now + delay, callback, *args, context=self._nobody)

    def call_soon_threadsafe(  # type: ignore[override]  # as above
        self, callback: Any, *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """There is one thread."""
        return self.call_soon(callback, *args, context=context)

    def run_in_executor(  # type: ignore[override]  # as above
        self,
        executor: Any,  # noqa: ARG002 - the loop's signature
        func: Any,  # noqa: ARG002 - as above
        *args: Any,  # noqa: ARG002 - as above
    ) -> NoReturn:
        """Refused: the order of threads does not follow from a seed."""
        raise OurFault("A simulated process used a thread.")

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Keep what a callback raised. What dies with its process, or what nobody waited for, is no fault."""
        if "callback" in str(context.get("message", "")):
            problem = context.get("exception")
            where = traceback.extract_tb(problem.__traceback__)[-1] if problem else ""
            self.raised.append(f"a callback raised {problem!r} at {where}")

    def _task(self, loop: Any, coro: Any, **more: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(coro, loop=loop, **more)
        if LIFE.get() is not None or LIFE in more.get("context", ()):
            self.lost.append(task)  # kept, so that an unfinished one is not finalised in the middle of the run
            if len(self.lost) > 4096:
                self.lost = [each for each in self.lost if not each.done()]
        return task

    def forget(self) -> None:
        """Let go of the tasks of lives that ended before them; the run is over, so what they still do is void."""
        for task in self.lost:
            if not task.done():
                with contextlib.suppress(BaseException):
                    task.get_coro().close()
        self.lost.clear()

    def _process_events(self, event_list: Any) -> None:
        """There are no sockets."""

    def _write_to_self(self) -> None:
        """There is nobody to wake."""


def _timed(life: Life, callback: Callable[..., object], args: tuple[Any, ...], box: list[asyncio.TimerHandle]) -> None:
    life.step(callback, args, box.pop())
