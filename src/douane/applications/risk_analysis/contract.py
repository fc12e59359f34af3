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
from douane.author import (
    Actor,
    ActorKind,
    Element,
    Law,
    Level,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    derived,
    query,
    service,
)

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
    agreed=derived("transit, which is Gold, asks it while it works"),
    legal=("UCC art. 46", "UCC art. 128"),
    realises=("risk management",),
)
class RiskAnalysis:
    """One analysis for every procedure: published tables over a neutral view of the consignment."""

    @query(
        Assess,
        RiskOutcome,
        task="RSK-ASM-01",
        who=Who(by=(PROCESS, ANALYST, ADMINISTRATION)),
        law=Law(requirements=("REQ-RSK-001", "REQ-RSK-002")),
    )
    def assess(self) -> None:
        """Assess a consignment with the tables that apply on a day; the outcome names every row that fired and why."""


_TESTS = "src/douane/applications/risk_analysis/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("risk analysis", 2, "Directing controls by risk", "protection", ("risk management",)),
    Task("RSK-ASM-01", "Assess the risk of a consignment", "risk analysis"),
    Requirement(
        "REQ-RSK-001", "One set of tables judges a consignment in import, export and transit alike.",
        ("tests/journeys/test_one_risk_analysis.py", f"{_TESTS}/test_assessment.py"), ("UCC art. 46(3)",),
    ),
    Requirement(
        "REQ-RSK-002", "An outcome names each row of each table that fired, with the version of the table.",
        (f"{_TESTS}/test_assessment.py",), ("UCC art. 46(4)",),
    ),
)  # fmt: skip
"""Where risk analysis stands in the Reference Architecture."""
