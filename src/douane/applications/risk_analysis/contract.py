"""Risk analysis: one contract for import, export and transit."""

from __future__ import annotations

from douane.applications.risk_analysis.messages import (
    Assess,
    ConsignmentView,
    ItemView,
    Party,
    Procedure,
    RiskOutcome,
    Treatment,
    TrustedTrader,
)
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, query, service

__all__ = [
    "Assess", "ConsignmentView", "ItemView", "Party", "Procedure", "RiskAnalysis", "RiskOutcome", "Treatment",
    "TrustedTrader",
]  # fmt: skip

PROCESS = Actor("process", ActorKind.SERVICE, "A procedure of this node")
ANALYST = Actor("risk analyst", ActorKind.OFFICER, "Asks what the tables would say")
ADMINISTRATION = Actor("administration", ActorKind.MEMBER_STATE, "A national procedure that uses the shared analysis")


@service(
    "risk_analysis",
    title="Risk analysis",
    owner="Commission and Member States",
    level=Level.GOLD,
    legal=("UCC art. 46", "UCC art. 128"),
    realises=("risk management",),
)
class RiskAnalysis:
    """One analysis for every procedure: published tables over a neutral view of the consignment."""

    @query(Assess, RiskOutcome, by=(PROCESS, ANALYST, ADMINISTRATION), task="RSK-ASM-01")
    def assess(self) -> None:
        """Assess a consignment with the tables that apply on a day; the outcome names every row that fired and why."""
