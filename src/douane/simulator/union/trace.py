"""What happened in a simulated run: a digest of everything, and lines to read when it failed."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from typing import Final

LINES: Final = 400_000


@dataclass(slots=True)
class Trace:
    """Every event of a run in its order. Two runs with one digest did the same to the bit."""

    events: int = 0
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    def note(self, at: float, who: str, what: str) -> None:
        """Add an event at a virtual second."""
        line = f"{at:13.6f} {who}: {what}"
        self._hash.update(line.encode())
        self._hash.update(b"\n")
        self.lines.append(line)
        self.events += 1

    @property
    def digest(self) -> str:
        """Over all events so far."""
        return self._hash.hexdigest()

    def about(self, words: frozenset[str], most: int) -> list[str]:
        """The last lines that contain one of the words."""
        found = [line for line in self.lines if any(word in line for word in words)]
        return found[-most:]
