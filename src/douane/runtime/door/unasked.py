"""What a core does for its doors where nobody gave it more to do: it finds, notes and hands over nothing."""

from __future__ import annotations

from typing import Any

from douane.model.caller import Caller
from douane.model.circles import Platform
from douane.runtime.catalogue.delegating import refused
from douane.runtime.store.ports import Instant
from douane.vocabulary.errors import NotFound


async def as_found(_question: object, found: Any) -> Any:
    """An answer as it was found here."""
    return found


def untold(_caller: Caller, _address: str, _at: Instant) -> None:
    """Nobody is told who came in."""


def no_delegates(caller: Caller) -> frozenset[str]:
    """The cases of a delegate whom no register knows. Raises NotAuthorised."""
    raise refused(caller)


def nothing_handed(_platform: Platform, name: str, _digest: str) -> bytes:
    """The octets of no file. Raises NotFound."""
    raise NotFound(f"{name[:40]!r} in these octets is not for this door.", remedy="Put the file there by hand.")
