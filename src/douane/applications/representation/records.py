"""What is kept of powers: one case for two persons, with everything that was stated, in the order it was."""

from __future__ import annotations

from douane.applications.representation.contract import EMPOWERED, PRINCIPAL
from douane.applications.representation.rules import Statement
from douane.author import Members, trader
from douane.author.run import Case, Value, record


def parties_of(kept: Power) -> Members:
    """The person represented, and who acts for him."""
    return (trader(kept.principal), PRINCIPAL), (trader(kept.representative), EMPOWERED)


@record(160, case=Case(parties_of))
class Power(Value, frozen=True):
    """What was stated of one person's power to act for another."""

    principal: str
    representative: str
    statements: tuple[Statement, ...] = ()
