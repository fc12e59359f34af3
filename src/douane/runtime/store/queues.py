"""The port of queues: what the CSI-like platform needs of a broker, or of the embedded store in its place.

At least once, by browse, process, delete: a message that is taken is invisible to others until it is deleted, given
back, or its taker is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from douane.standards.csi.message import Message, Report

BOUND = 100_000
"""Messages in one queue; beyond it a put is refused, never an older message dropped."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken from a queue and is not yet deleted. ``token`` is the carrier's own."""

    queue: str
    message: Message
    token: Any
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Dead:
    """What a queue could not deliver, and why: expired, or taken too often."""

    queue: str
    message: Message
    report: Report
    reason: str
    token: Any


class Queues(Protocol):
    """Queues by name."""

    async def declare(self, queue: str) -> None:
        """Make a queue durable, bounded, with a place for what it cannot deliver; nothing when it is there already."""

    async def put(self, queue: str, message: Message) -> None:
        """Put a message; returns once it is durable. Raises PartnerRefused for an unknown or full queue,
        PartnerUnreachable when nobody can tell."""

    async def take(self, queue: str, limit: int, wait: float) -> list[Taken]:
        """Up to ``limit`` messages in order; waits at most so many seconds for the first. Raises PartnerUnreachable."""

    async def delete(self, taken: Taken) -> None:
        """The message is safe with its taker."""

    async def give_back(self, taken: Taken) -> None:
        """Let others take it again, at its place."""

    async def dead(self, queue: str, limit: int) -> list[Dead]:
        """What a queue could not deliver; each stays until ``bury``."""

    async def bury(self, dead: Dead) -> None:
        """Its sender was told."""

    async def depth(self, queue: str) -> int:
        """Messages that wait."""

    async def close(self) -> None:
        """Let go of connections; what was taken and not deleted waits again."""
