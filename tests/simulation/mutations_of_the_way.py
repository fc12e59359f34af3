"""Seeded bugs of what happens on the way, and of what a holder is told of his guarantee: with ``turns`` alone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any, Final

from douane.applications.guarantees.handlers import questions
from douane.runtime.core.work import Work
from douane.standards.ncts import phase5 as p5
from tests.simulation.patching import Mutation, patched

TURNS: Final = 0.5


def leave_unsaid(kind: type) -> AbstractContextManager[None]:
    """No message of this type leaves a case."""
    send = Work.send

    def silent(self: Any, message: Any, *to: Any, **how: Any) -> Any:
        return None if isinstance(message, kind) else send(self, message, *to, **how)

    return patched(Work, "send", silent)


def count_what_is_over() -> AbstractContextManager[None]:
    """A holder is told as in use what any movement ever used."""

    def exposure(guarantee: Any, held: list[Any]) -> p5.Exposure:
        used = sum((each.covered or each.reservation.amount for each in held), Decimal(0))
        left = guarantee.ledger.limit - used
        return p5.Exposure(exposure=used, exposure_counter=max(len(held), 1), balance=left, currency="EUR")

    return patched(questions, "_exposure", exposure)


MUTATIONS = (
    Mutation("declared destination left waiting", "who expects goods is told that they went elsewhere",
             lambda: leave_unsaid(p5.CD024C), TURNS),
    Mutation("incident kept from those ahead", "who expects goods is told what happened to them",
             lambda: leave_unsaid(p5.CD181C), TURNS),
    Mutation("incident kept from the holder", "a holder is told what happened to his goods",
             lambda: leave_unsaid(p5.CC182C), TURNS),
    Mutation("what is over counted as in use", "a holder is told what his ledger holds", count_what_is_over, TURNS),
)  # fmt: skip
