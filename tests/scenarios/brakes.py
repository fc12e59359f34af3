"""What stands between a scenario and a wrong end, and can be taken away to see that it is what holds.

A brake is one rule or predicate by its place, and what stands there without it. A row that stays right without its
brake was not held by it: it proves nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Brake:
    """name: what it does without it, in words. place: a module, class or table; key: the name in it. together: other
    places that hold the same rule, taken away with it: one of them alone would change no more than a text. adds: what
    stands there without it is new in the table, and goes with the brake's return."""

    name: str
    place: Any
    key: Any
    instead: Any
    together: tuple[Brake, ...] = ()
    adds: bool = False

    @contextlib.contextmanager
    def taken_away(self) -> Iterator[None]:
        """Without the brake. Raises LookupError where nothing is at its place."""
        with contextlib.ExitStack() as away:
            for each in (self, *self.together):
                away.enter_context(each._alone())
            yield

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        table = self.place if isinstance(self.place, dict) else None
        if self.adds:
            if table is None or self.key in table:
                raise LookupError(f"{self.name}: {self.key} is no new entry of a table")
            table[self.key] = self.instead
            try:
                yield
            finally:
                del table[self.key]
            return
        if (table is not None and self.key not in table) or (table is None and not hasattr(self.place, self.key)):
            raise LookupError(f"{self.name}: there is no {self.key}")
        before = table[self.key] if table is not None else getattr(self.place, self.key)
        self._put(self.instead)
        try:
            yield
        finally:
            self._put(before)

    def _put(self, value: Any) -> None:
        if isinstance(self.place, dict):
            self.place[self.key] = value
        else:
            setattr(self.place, self.key, value)
