"""A party hears of what operators changed of its own, and nobody else does."""

from __future__ import annotations

from typing import Final

from douane.applications.accounts.messages import ProofChanged, ProofReplaced
from douane.author import OPERATOR, machine
from douane.testing.office import Office, trader

FIRM: Final = "FR40123456700017"
CHANGED: Final = ProofReplaced(
    party=FIRM, what="client trader.fr.backup", changes=("client trader.fr.backup: its secret is another one.",),
    agreed_at=machine(1_796_115_600_000_000), proposed_by="eu.anna.berg", agreed_by="eu.ben.sand",
)  # fmt: skip


def test_a_party_is_told_what_when_and_by_whom() -> None:
    office = Office("EU", "FR")
    office.send(CHANGED, by=OPERATOR)
    (told,) = [each for each in office.inbox(trader(FIRM)) if isinstance(each, ProofChanged)]
    assert (told.what, told.changes, told.agreed_at) == (CHANGED.what, CHANGED.changes, CHANGED.agreed_at)
    assert (told.proposed_by, told.agreed_by) == ("eu.anna.berg", "eu.ben.sand")
    assert not office.inbox(trader("FR41234567800015"))
