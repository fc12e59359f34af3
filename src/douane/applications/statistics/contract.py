"""Statistics: reported by administrations, computed and compared by the platform."""

from __future__ import annotations

from typing import Any

from douane.applications.statistics.messages import (
    MonthlyReports,
    MonthlyReportsKept,
    NothingToReport,
    Reported,
    ReportOrder,
    StatisticsQuery,
    StatisticsView,
)
from douane.author import (
    COMPETENT,
    NCTS5,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Law,
    Level,
    OfCase,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import FIGURES
from douane.standards.ncts.phase5 import CD411D, CD903D, CD906C

ADMINISTRATION = Actor("administration", ActorKind.MEMBER_STATE, "Reports its figures each month")
OFFICER = Actor("statistics officer", ActorKind.OFFICER, "Has the month of the own administration reported")
COMMISSION = Actor("", ActorKind.COMMISSION, "Compares what is reported with what was counted")


def administration_of(message: Any) -> str:
    """The Union keeps reports (IE411); an order and a warning are for the administration whose month it is."""
    if isinstance(message, ReportOrder | MonthlyReports):
        return message.administration
    if isinstance(message, CD903D):
        return message.message_recipient[-2:]
    return ""


def month_reported(message: CD411D, _caller: Caller) -> tuple[str, str]:
    """One month of one country."""
    sent = message.sending_country
    return "statistics", f"{sent.country}/{sent.year}{sent.month}"


def monthly(message: MonthlyReports, _caller: Caller) -> tuple[str, str]:
    """What an administration has reported by itself: one case."""
    return "monthly_reports", message.administration


def month_warned(message: CD903D, _caller: Caller) -> tuple[str, str]:
    """The month that a warning is about (C0803: an IE903 about an IE411 names it; one that does not is refused)."""
    about = message.evaluated_message
    return "statistics", f"{about.country}/{about.year}{about.month}"


REPORTING = CaseRole("reporting administration", "The administration whose month it is")
EVALUATING = CaseRole("evaluating administration", "Who compares the reports of all")
UNION = "EU"


@service(
    "statistics",
    title="Statistics of exchanges",
    owner="Commission and Member States",
    level=Level.SILVER,
    agreed=derived("its figures are due by the month"),
    legal=("UCC art. 6(3)",),
    families=(NCTS5,),
    administration=administration_of,
    realises=("reference data management",),
    legacy_queue=True,
    admin_queue=True,
)
class Statistics:
    """Monthly figures: what administrations report (IE411), compared with what the platform counted (IE903)."""

    @command(
        CD411D,
        replies=(CD903D, CD906C),
        task="STA-REP-01",
        who=Who(
            by=(ADMINISTRATION,), roles=(REPORTING,), senders=lambda m: (administration(m.sending_country.country),)
        ),
        law=Law(requirements=("REQ-STA-001",)),
        case=OfCase(opens=month_reported, about=month_reported, parties=lambda _, caller: ((caller.party, REPORTING),)),
    )
    def report(self) -> None:
        """Report the figures of a month, or put them right (IE411)."""

    @command(
        ReportOrder,
        replies=(Reported, NothingToReport),
        task="STA-REP-02",
        who=Who(by=(OFFICER,)),
        law=Law(requirements=("REQ-STA-002",)),
    )
    def order_report(self) -> None:
        """Have the figures that this platform counted for the own administration reported."""

    @command(
        MonthlyReports,
        replies=(MonthlyReportsKept,),
        task="STA-REP-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,), senders=lambda m: (administration(m.administration),)),
        law=Law(requirements=("REQ-STA-003",)),
        case=OfCase(opens=monthly, about=monthly),
    )
    def report_monthly(self) -> None:
        """Have every month of the own administration reported once it is over (IE411), or no longer."""

    @command(
        CD903D,
        replies=(CD906C,),
        task="STA-REP-03",
        who=Who(by=(ADMINISTRATION,), roles=(EVALUATING,), senders=lambda _: (administration(UNION),)),
        law=Law(requirements=("REQ-STA-001",)),
        case=OfCase(opens=month_warned, about=month_warned, parties=lambda _, caller: ((caller.party, EVALUATING),)),
    )
    def take_warning(self) -> None:
        """Take note that reported figures do not agree with what was counted (IE903)."""

    @query(
        StatisticsQuery,
        StatisticsView,
        task="STA-QRY-01",
        who=Who(by=(ADMINISTRATION, OFFICER, COMMISSION)),
        law=Law(requirements=("REQ-STA-001", "REQ-STA-002")),
        fills=FIGURES,
    )
    def compare(self) -> None:
        """Show a month as it was reported and as it was counted."""


_TESTS = ("src/douane/applications/statistics/tests/test_rules.py", "tests/journeys/test_statistics.py")

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("statistics", 2, "Statistics of exchanges", "common foundations", ("reference data management",)),
    Task("STA-REP-01", "Report the figures of a month", "statistics"),
    Task("STA-REP-02", "Have the figures of a month computed and reported", "statistics"),
    Task("STA-REP-03", "Look at figures that do not agree", "statistics"),
    Task("STA-QRY-01", "Compare reported and counted figures", "statistics"),
    Requirement("REQ-STA-001", "A report that differs from what was counted is answered with each difference.", _TESTS),
    Requirement(
        "REQ-STA-003", "Once an officer wants it, each month is reported after its end, also one that ended while the"
        " node was down.", ("tests/journeys/test_statistics.py",),
    ),
    Requirement("REQ-STA-002", "The figures of an administration are counted where its messages pass.", _TESTS),
)  # fmt: skip
"""Where statistics stand in the Reference Architecture."""
