"""What a coroutine itself takes of the CPU, without what others do while it waits."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Stepped(Generic[T]):
    """A coroutine that is awaited step by step; ``ns`` is the sum of its steps by ``cpu``, so far and at its end."""

    __slots__ = ("_coroutine", "_cpu", "ns")

    def __init__(self, coroutine: Coroutine[Any, Any, T], cpu: Callable[[], int]) -> None:
        self._coroutine, self._cpu, self.ns = coroutine, cpu, 0

    def __await__(self) -> Generator[Any, Any, T]:
        """Go on where the coroutine waits, and hand it what it is given or what is thrown."""
        step: Callable[[Any], Any] = self._coroutine.send
        given: Any = None
        while True:
            begin = self._cpu()
            try:
                waits_for = step(given)
            except StopIteration as done:
                result: T = done.value
                return result
            finally:
                self.ns += self._cpu() - begin
            try:
                given, step = (yield waits_for), self._coroutine.send
            except BaseException as thrown:  # noqa: BLE001 - it is the coroutine's to hear
                given, step = thrown, self._coroutine.throw
