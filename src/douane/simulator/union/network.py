"""The network of the simulated union: calls between places, which may be delayed, lost, doubled, cut off.

A call is a coroutine that the target runs, and its answer. The one who calls learns an answer, or after its patience
that there was none, which says nothing about what the target did.
"""

from __future__ import annotations

import asyncio
import contextvars
import math
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from douane.simulator.union.loop import LIFE, Life, VirtualLoop
from douane.simulator.union.trace import Trace
from douane.vocabulary.errors import DouaneError, PartnerUnreachable

BEAT: Final = 0.04
"""Seconds between two arrivals."""
_NOTHING: Final = object()
"""What stands for an answer where none came in time."""
Request = Callable[[Any], Awaitable[Any]]
"""What is asked of a target: called with what it serves."""
Tap = Callable[[str, "Host", str, bool], None]
"""Somebody on the line: told who calls whom for what, just before a request is taken and again just behind it."""


class Host(Protocol):
    """Something that can be called: a machine whose doors are open, or not."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def life(self) -> Life | None:
        """The process that answers now; None while there is none."""

    @property
    def serves(self) -> Any:
        """What requests are made to."""


@dataclass(slots=True)
class Weather:
    """How the network is now. Rates per call, from 0 to 1; delay in seconds, at most."""

    lost: float = 0.0
    doubled: float = 0.0
    delay: float = 0.02


CALM = Weather()


@dataclass(slots=True)
class Network:
    """Carries calls. ``cuts`` holds (from, to) that do not get through; one-way, so that a cut may be asymmetric."""

    loop: VirtualLoop
    chance: random.Random
    trace: Trace
    weather: Weather = field(default_factory=Weather)
    cuts: set[tuple[str, str]] = field(default_factory=set)
    taps: list[Tap] = field(default_factory=list)
    calls: int = 0
    failed: int = 0
    doubled: int = 0

    async def call(self, source: str, target: Host, what: str, request: Request, *, patience: float = 45.0) -> Any:
        """Ask a host; its answer, or the error it raised. PartnerUnreachable when nothing comes back in time."""
        self.calls += 1
        answer: asyncio.Future[Any] = self.loop.create_future()
        copies = 2 if self.weather.doubled and self.chance.random() < self.weather.doubled else 1
        self.doubled += copies - 1
        for _ in range(copies):
            if not self._lost(source, target.name):
                self.loop.outside(self._delay(), self._arrive, source, target, what, request, answer)
        end_of_patience = self.loop.call_later(patience, _tell, answer, _NOTHING)
        try:
            result = await answer
        finally:
            end_of_patience.cancel()
        if result is _NOTHING:
            self.failed += 1
            self.trace.note(self.loop.now, source, f"{what} to {target.name}: no answer")
            raise PartnerUnreachable(f"{target.name} does not answer.")
        if isinstance(result, BaseException):
            raise result
        return result

    def thrust(self, source: str, target: Host, request: Request) -> None:
        """Have a request taken next, whatever it is answered: how one who watches the line gets in between."""
        if target.life is not None:
            self.calls += 1
            self._take(source, target, target.life, request, self.loop.create_future())

    # --- on the way

    def _lost(self, source: str, target: str) -> bool:
        if (source, target) in self.cuts:
            return True
        return self.weather.lost > 0 and self.chance.random() < self.weather.lost

    def _delay(self) -> float:
        """Until the next beat after the way: what arrives together is taken together, so that ticks have company."""
        arrives = self.loop.now + self.chance.random() * self.weather.delay
        return (math.floor(arrives / BEAT) + 1) * BEAT - self.loop.now

    def _arrive(
        self, source: str, target: Host, what: str, request: Request, answer: asyncio.Future[Any]
    ) -> None:  # fmt: skip
        life = target.life
        if life is None:
            if not self._lost(target.name, source):  # the machine refuses the connection
                refusal = PartnerUnreachable(f"{target.name} refuses the connection.")
                self.loop.outside(self._delay(), _tell, answer, refusal)
            return
        for tap in self.taps:
            tap(source, target, what, False)
        self._take(source, target, life, request, answer)
        for tap in self.taps:
            tap(source, target, what, True)

    def _take(self, source: str, target: Host, life: Life, request: Request, answer: asyncio.Future[Any]) -> None:
        context = contextvars.copy_context()
        context.run(LIFE.set, life)
        self.loop.create_task(self._serve(source, target, life, request, answer), context=context)

    async def _serve(
        self, source: str, target: Host, life: Life, request: Request, answer: asyncio.Future[Any]
    ) -> None:
        """Runs in the life of the target: where that ends, nothing is answered."""
        try:
            result = await request(target.serves)
        except DouaneError as problem:
            result = problem
        if life.alive and not self._lost(target.name, source):
            self.loop.outside(self._delay(), _tell, answer, result)


def _tell(answer: asyncio.Future[Any], result: Any) -> None:
    if not answer.done():
        answer.set_result(result)
