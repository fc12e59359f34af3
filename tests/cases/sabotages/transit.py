"""What is taken away of transit inside a node that is sabotaged, by the number of the case that must notice it."""

from __future__ import annotations

from typing import Any


def rule_r0005() -> None:
    """The rule is in no book."""
    from douane.applications.transit.rules.published import offices

    del offices.r0005


def reservation() -> None:
    """A use of a guarantee is covered, and nothing is posted for it."""
    from douane.applications.guarantees.rules import ledgers

    def reserve(terms: Any, ledger: Any, held: Any, use: Any) -> Any:
        return ledgers.Answer(ledgers.check(terms, ledger, held, use), ledger, held)

    ledgers.reserve = reserve


def crediting() -> None:
    """A discharge posts nothing."""
    from douane.applications.guarantees.rules import ledgers

    ledgers.credit = lambda terms, ledger, held: (ledger, held)  # as it is called


SABOTAGES = {1: rule_r0005, 2: reservation, 3: crediting}
