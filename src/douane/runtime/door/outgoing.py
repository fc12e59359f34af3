"""The port for calls that a door makes to somebody outside: an identity provider, say. What answers is trusted in
nothing but its TLS certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. ``url``: absolute. ``body``: of a POST."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, whole and within bounds."""

    status: int
    body: bytes


class Outgoing(Protocol):
    """Calls others by HTTP."""

    async def ask(self, asked: Asked) -> Answered:
        """The answer. Raises PartnerUnreachable where none comes in time, PartnerRefused where it is too large."""
