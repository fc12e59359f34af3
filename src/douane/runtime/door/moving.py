"""What a core says at a platform that an operation has left: where it is offered now, to that kind of caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from douane.model.circles import ActorKind, Moves, Platform, doors
from douane.model.declare import Operation
from douane.runtime.store.ports import Clock
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import Fault, Moved
from douane.vocabulary.time import Instant

NONE: Final = Moves()
RULE: Final = "MOVED"
"""As what messages of families with codes of their own name it; seven characters are the most there."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Where operations are offered, by what is kept now. queues: whether a service declares a legacy interface."""

    clock: Clock
    queues: Callable[[str], bool]
    moves: Callable[[], Moves] = lambda: NONE

    def gone(self, operation: Operation, platform: Platform, kind: ActorKind, codes: Codes) -> Moved | None:
        """What to say where an operation has left a platform; None where it is there.

        codes: of the family of its messages; who is told by a message reads the fault alone (rule, and where it went).
        Whether it was ever open there to such a caller is judged before: nobody else learns where it went.
        """
        moves = self.moves()
        if not moves:
            return None
        left = moves.left(operation.qualified, Instant(self.clock.now()))
        if platform not in left:
            return None
        there = doors(kind, queues=self.queues(operation.service)) - left
        names = " or ".join(sorted(each.title for each in there))
        remedy = f"Use {names}; its contract is the same." if names else "Ask the owner of the service."
        return Moved(
            f"{operation.qualified} is no longer offered by {platform.title}"
            + (f": it is offered by {names}." if names else "."),
            remedy=remedy,
            faults=(Fault("", codes.foreign, remedy, rule=RULE, value=names),),
        )
