"""What a running node consists of beside its core and its listeners."""

from __future__ import annotations

from typing import Protocol


class Running(Protocol):
    """What works until it is cancelled."""

    async def run(self) -> None:
        """Work."""


class Closing(Protocol):
    """What holds connections until it is closed."""

    async def close(self) -> None:
        """Let go of them."""
