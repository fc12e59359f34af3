"""Routes: every address that a door answers at, and to whom it opens. Channels serve what they declare here, no more.

The matrix of circles is made of them: a route cannot be declared without saying to whom it is open.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Opening(enum.Enum):
    """To whom a route opens, once its platform has let a caller in."""

    ANYBODY = "anybody"  # no proof is asked for: health, public keys
    CLIENT = "client"  # every registered client whose proof holds, whatever its circle
    CALLER = "caller"  # every client that the platform admits
    OPERATION = "operation"  # clients to whom the operation is open here; of a page about several, one of them
    DOOR = "door"  # the door of a platform itself, which holds the role of its link


@dataclass(frozen=True, slots=True)
class Route:
    """One address. ``element``: what in the body chooses the operation, where the address alone does not.

    operations: qualified names, for ``Opening.OPERATION``.
    """

    channel: str
    method: str
    path: str
    opening: Opening
    operations: tuple[str, ...] = ()
    element: str = ""

    def __post_init__(self) -> None:
        assert (self.opening is Opening.OPERATION) == bool(self.operations)

    @property
    def address(self) -> tuple[str, str]:
        """Method and path."""
        return self.method, self.path
