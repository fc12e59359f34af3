"""Binding tariff information: stated by the authorities that decide, found by everybody."""

from __future__ import annotations

from typing import Final

from douane.applications.bti.messages import (
    AlikeFound,
    AlikeQuery,
    Goods,
    RulingKept,
    RulingNotKept,
    RulingQuery,
    RulingSearch,
    RulingsFound,
    RulingShown,
    RulingState,
    RulingStated,
)
from douane.author import (
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Known,
    Law,
    Level,
    OfCase,
    Party,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    cannot_say,
    command,
    derived,
    query,
    service,
)

__all__ = ["UNION", "AlikeFound", "AlikeQuery", "BindingTariffInformation", "Goods", "RulingState", "RulingStated"]

UNION: Final = "EU"

AUTHORITY: Final = Actor("issuing authority", ActorKind.MEMBER_STATE, "Takes the decisions (UCC art. 33)")
PROCESS: Final = Actor("process", ActorKind.SERVICE, "A procedure of this node")
OFFICER: Final = Actor("classification officer", ActorKind.OFFICER, "Looks for the same goods before a decision")
EVERYBODY: Final = tuple(
    Actor("", kind, "Looks up how goods were classified")
    for kind in (ActorKind.TRADER, ActorKind.THIRD_COUNTRY, ActorKind.MEMBER_STATE, ActorKind.OFFICER,
                 ActorKind.COMMISSION, ActorKind.PUBLIC)
)  # fmt: skip
ISSUING: Final = CaseRole("issuing authority", "The customs authority that took the decision (UCC art. 33(1))")


def union(_message: object) -> str:
    """The register is one for the Union."""
    return UNION


def _ruling(message: RulingStated, _caller: Caller) -> tuple[str, str]:
    return "ruling", message.reference


def _issuer(message: RulingStated) -> tuple[Party, ...]:
    return (administration(message.reference[:2]),)


def not_told(_question: AlikeQuery, what: Known) -> AlikeFound:
    """The answer where the register cannot be asked."""
    return AlikeFound(what)


@service(
    "bti",
    title="Binding tariff information",
    owner="Commission and Member States",
    level=Level.SILVER,
    agreed=derived("rulings are asked beside a declaration, not by one"),
    legal=("UCC art. 33", "IA art. 16", "IA art. 17", "IA art. 21"),
    administration=union,
    realises=("reference data management",),
)
class BindingTariffInformation:
    """The Union's register of rulings: who issues states, who decides looks for the same goods, everybody searches."""

    @command(
        RulingStated,
        replies=(RulingKept, RulingNotKept),
        task="EBT-REG-01",
        who=Who(by=(PROCESS, AUTHORITY), roles=(ISSUING,), senders=_issuer),
        law=Law(legal=("IA 2015/2447 art. 21(1)", "IA 2015/2447 art. 21(5)"), requirements=("REQ-BTI-001",)),
        case=OfCase(opens=_ruling, about=_ruling, parties=lambda m, _: ((administration(m.reference[:2]), ISSUING),)),
    )
    def state(self) -> None:
        """State an application for a ruling, the ruling, or its end."""

    @query(
        RulingSearch,
        RulingsFound,
        task="EBT-CHK-01",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-BTI-002",)),
        of_nobody=True,
        not_known=cannot_say,
    )
    def search(self) -> None:
        """Search rulings by words and by code."""

    @query(
        RulingQuery,
        RulingShown,
        task="EBT-CHK-01",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-BTI-002",)),
        of_nobody=True,
        not_known=cannot_say,
    )
    def open(self) -> None:
        """Show a ruling as it is published."""

    @query(
        AlikeQuery,
        AlikeFound,
        task="EBT-CHK-02",
        who=Who(by=(PROCESS, AUTHORITY, OFFICER)),
        law=Law(requirements=("REQ-BTI-001",)),
        of_named=True,
        not_known=not_told,
    )
    def find_alike(self) -> None:
        """Look whether a person applied for a ruling on the same goods before, or holds one."""


_TESTS = "src/douane/applications/bti/tests/test_rulings.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "rulings", 2, "Binding tariff information", "common foundations", ("reference data management",)
    ),
    Task("EBT-REG-01", "Take over a ruling, or an application for one", "rulings"),
    Task("EBT-CHK-01", "Search rulings", "rulings"),
    Task("EBT-CHK-02", "Look for the same goods", "rulings"),
    Requirement(
        "REQ-BTI-001", "Nobody gets a second ruling for the same goods, at any office.", (_TESTS,), ("UCC art. 33(1)",)
    ),
    Requirement(
        "REQ-BTI-002", "Everybody finds rulings; nobody learns of their holders or of what is confidential.",
        (_TESTS,), ("DA art. 19(2)",),
    ),
)  # fmt: skip
"""Where the register stands in the Reference Architecture."""
