"""Answers that follow from the frozen model alone, kept by its hash: who asks again costs nothing.

A model never changes, so nothing kept is ever wrong; who asked longest ago is forgotten beyond ``MOST_OCTETS``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

from douane.runtime.turns.later import worked

T = TypeVar("T", bound=msgspec.Struct)
MOST_OCTETS: Final = 64 * 1024 * 1024
LARGEST: Final = 4 * 1024 * 1024
"""Octets of an answer from which it is not kept: one reader does not push out everybody else's."""


class Kept:
    """Answers by model, operation and question. Sizes are those of their JSON, about half of what they take."""

    def __init__(self, most: int = MOST_OCTETS) -> None:
        self._most, self._octets = most, 0
        self._known: OrderedDict[tuple[str, str, bytes], tuple[msgspec.Struct, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def forget(self) -> None:
        """Forget all of it."""
        self._known.clear()
        self._octets = 0

    def answer(self, model: str, operation: str, question: msgspec.Struct, make: Callable[[], T]) -> T:
        """The answer to a question about a model, made once. ``operation``: its name, with the part that is seen.
        Raises Later where it may be made beside the event loop."""
        key = model, operation, msgspec.json.encode(question)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            found: T = known[0]  # type: ignore[assignment] # under one operation stand answers of one type
            return found
        return worked(make, lambda made: self._keep(key, made))

    def _keep(self, key: tuple[str, str, bytes], made: msgspec.Struct) -> None:
        self._drop(key)
        size = len(msgspec.json.encode(made))
        if size <= min(LARGEST, self._most):
            self._known[key] = made, size
            self._octets += size
            while self._octets > self._most:
                _, (_, gone) = self._known.popitem(last=False)
                self._octets -= gone

    def _drop(self, key: tuple[str, str, bytes]) -> None:
        """Two may have asked the same before it was made."""
        _, size = self._known.pop(key, (None, 0))
        self._octets -= size
