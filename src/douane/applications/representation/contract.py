"""Representation: who lets whom act for him, and what an administration knows of it."""

from __future__ import annotations

from typing import Any

from douane.applications.representation.messages import (
    Empowerment,
    EmpowermentKept,
    EmpowermentRefused,
    EmpowermentWithdrawn,
    RepresentationQuery,
    RepresentationState,
    Representing,
)
from douane.author import (
    COMPETENT,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Known,
    Law,
    Level,
    Members,
    OfCase,
    Party,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    command,
    derived,
    query,
    service,
    trader,
)

__all__ = ["Representation", "RepresentationQuery", "RepresentationState", "Representing"]

REPRESENTED = Actor("person represented", ActorKind.TRADER, "Lets another person act for him")
TRADER = Actor("", ActorKind.TRADER, "Asks about powers that he gave or has")
OFFICER = Actor("customs officer of departure", ActorKind.OFFICER, "Records a power of which he saw the evidence")

PRINCIPAL = CaseRole("person represented", "UCC art. 18(1)")
EMPOWERED = CaseRole("person empowered", "UCC art. 18(1)")


def told(message: Any) -> str:
    """The administration before which the power is used."""
    return str(message.administration)


def power(message: Any, _caller: Caller) -> tuple[str, str]:
    """The case of one person and one representative, with every power between them."""
    return "representation", f"{message.principal}/{message.representative}"


def giving(message: Any) -> tuple[Party, ...]:
    """Who may state a power: whoever is represented, never the representative; an officer who saw the evidence."""
    return trader(message.principal), administration(message.administration)


def taking_part(message: Any, _caller: Caller) -> Members:
    """The person represented, and who acts for him."""
    return (trader(message.principal), PRINCIPAL), (trader(message.representative), EMPOWERED)


def not_told(question: RepresentationQuery, what: Known) -> RepresentationState:
    """The answer where the administration before which a power is used cannot be asked."""
    return RepresentationState(principal=question.principal, representative=question.representative, known=what)


@service(
    "representation",
    title="Representation",
    owner="Member States",
    level=Level.GOLD,
    agreed=derived("transit, which is Gold, asks it while it works"),
    legal=("UCC art. 18", "UCC art. 19"),
    administration=told,
    realises=("reference data management",),
)
class Representation:
    """Powers to act for another person in dealings with customs: given and withdrawn by him, asked by procedures."""

    @command(
        Empowerment,
        replies=(EmpowermentKept, EmpowermentRefused),
        task="REP-REG-01",
        who=Who(by=(REPRESENTED, OFFICER), roles=(PRINCIPAL, COMPETENT), senders=giving),
        law=Law(legal=("UCC art. 19(1)",), requirements=("REQ-REP-001",)),
        case=OfCase(opens=power, about=power, parties=taking_part),
    )
    def empower(self) -> None:
        """Let a representative act, directly or indirectly, for a time or until it is withdrawn."""

    @command(
        EmpowermentWithdrawn,
        replies=(EmpowermentKept, EmpowermentRefused),
        task="REP-REG-01",
        who=Who(by=(REPRESENTED, OFFICER), roles=(PRINCIPAL, COMPETENT), senders=giving),
        law=Law(legal=("UCC art. 19(1)",), requirements=("REQ-REP-001",)),
        case=OfCase(about=power),
    )
    def withdraw(self) -> None:
        """Withdraw a power from a day on."""

    @query(
        RepresentationQuery,
        RepresentationState,
        task="REP-CHK-01",
        who=Who(by=(TRADER, OFFICER), roles=(PRINCIPAL, EMPOWERED, COMPETENT)),
        law=Law(requirements=("REQ-REP-001", "REQ-REP-002")),
        not_known=not_told,
    )
    def check(self) -> None:
        """Check whether one person may act for another on a day."""


_TESTS = "src/douane/applications/representation/tests/test_register.py"
_JOURNEY = "tests/journeys/test_representation.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("representation", 2, "Representation", "common foundations", ("reference data management",)),
    Task("REP-REG-01", "State who may act for whom", "representation"),
    Task("REP-CHK-01", "Check a power to act", "representation"),
    Requirement(
        "REQ-REP-001", "A power is stated by whom it binds, or an officer who saw it, never by the representative.",
        (_TESTS, _JOURNEY), ("UCC art. 19",),
    ),
    Requirement(
        "REQ-REP-002", "Whoever acts for another without a power that holds on the day is refused.",
        (_JOURNEY,), ("UCC art. 19(1)",),
    ),
)  # fmt: skip
"""Where the register stands in the Reference Architecture."""
