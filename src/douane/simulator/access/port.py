"""What a party does at its platform, whatever the channel: send a message, take what came."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from douane.standards.ncts import phase5


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that a party collected, or that was pushed to it."""

    item: str
    type: str
    message: str
    answers: str
    case: str
    at: str
    body: str

    def content(self) -> Any:
        """The message as a struct of its family."""
        return phase5.read(self.body.encode())

    def read(self) -> dict[str, Any]:
        """The message as JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def names(self, references: Iterable[str]) -> bool:
        """Whether it is about one of these references, or answers one."""
        return any(each == self.answers or each in self.body for each in references)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door answered: that it has the message (202), or a refusal with its faults.

    content: the receipt, or the refusal in the words of problem details (RFC 9457), as far as the channel tells them.
    """

    status: int
    content: dict[str, Any]

    @property
    def accepted(self) -> bool:
        """Whether the message is on disk."""
        return self.status == 202


class Access(Protocol):
    """A party's way to its platform. ``channel``: what the way is called in a report."""

    @property
    def channel(self) -> str: ...

    async def send(self, body: bytes) -> Answer:
        """Send a message. Raises PartnerUnreachable."""

    def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """What came; where nothing did, what comes within so many seconds. Each is confirmed once it was taken."""

    async def close(self) -> None:
        """Let go of connections."""


def refused(content: dict[str, Any], status: int = 422) -> Answer:
    """A refusal, without the fields that say nothing."""
    return Answer(status, {name: value for name, value in content.items() if value not in ("", 0, None)})
