"""A service of somebody else, which calls a message as another does (``test_names``)."""

from __future__ import annotations

import msgspec

from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Who, command, service


class Notice(msgspec.Struct, frozen=True):
    """A notice of what a ship carries."""

    lines: int


@service("manifests", title="Manifests", owner="tests", level=Level.BRONZE)
class Manifests:
    """Manifests."""

    @command(Notice, task="T", who=Who(by=(Actor("carrier", ActorKind.TRADER),)))
    def lodge(self) -> None:
        """Lodge a manifest."""
