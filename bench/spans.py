"""Where time goes: functions are wrapped, and each is charged with its own time without that of wrapped ones inside."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any


class Spans:
    """Own time by label. Put back with ``end``."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stack: list[float] = []  # of each open span: the time of spans inside it
        self._undo: list[tuple[Any, str, Any]] = []

    def wrap(self, owner: Any, name: str, label: str) -> None:
        """Time a function of a module, class or object."""
        inner, seconds, stack, clock = getattr(owner, name), self.seconds, self._stack, time.perf_counter

        def timed(*args: Any, **named: Any) -> Any:
            stack.append(0.0)
            began = clock()
            try:
                return inner(*args, **named)
            finally:
                took = clock() - began
                seconds[label] += took - stack.pop()
                if stack:
                    stack[-1] += took

        self._undo.append((owner, name, inner))
        setattr(owner, name, timed)

    def end(self) -> None:
        """Put back what was wrapped."""
        for owner, name, inner in reversed(self._undo):
            setattr(owner, name, inner)
