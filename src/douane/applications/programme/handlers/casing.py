"""Business cases: stated with what was measured and what it costs; what follows is worked out here, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from douane.applications.programme.contract import PROJECT_OFFICER, Programme
from douane.applications.programme.messages.cases import (
    BusinessCaseKept,
    BusinessCaseLine,
    BusinessCaseRefused,
    BusinessCases,
    BusinessCasesQuery,
    BusinessCaseStated,
    CostLine,
)
from douane.applications.programme.records import ServiceCase
from douane.author import Fault, NotFound, NotValid
from douane.author.run import View, Work, answers, handles
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.programme.case import Case, Verdict, case_of, central_services, refuse_turned

MOST: Final = 1_000
"""Services of which a case is told: more than a union has."""
_FINDINGS: Final = {
    Verdict.NONE: "A service of the centre has no business case: measure it and state one (douane case --statement).",
    Verdict.NEGATIVE: "Its business case is negative: own or shared systems cost less, whatever the prices are.",
}


def refuse(work: Work, m: BusinessCaseStated, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(BusinessCaseRefused(m.service, tuple(each.remedy for each in found)))


@handles(Programme.state_case, reads=(ServiceCase,), refuse=refuse)
def state_case(work: Work, m: BusinessCaseStated) -> None:
    """Keep the case in place of the one before."""
    try:
        found = _worked_out(m)
    except (NotFound, NotValid) as problem:
        work.reply(BusinessCaseRefused(m.service, (f"{problem.text} {problem.remedy}",)))
        return
    work.put(ServiceCase(m.service, m, PROJECT_OFFICER.name, work.today()))
    work.reply(BusinessCaseKept(m.service, found.verdict.value))


def _worked_out(m: BusinessCaseStated) -> Case:
    refuse_turned(m.prices)
    if m.usage.cpu_us[0] > m.usage.cpu_us[1]:
        raise NotValid("cpu_us begins with the greater time.", remedy="Write the least first.")
    return case_of(installed_model(), m.service, m.usage, m.prices, administrations=m.administrations, hosts=m.hosts)


@answers(Programme.cases)
def cases(view: View, question: BusinessCasesQuery) -> BusinessCases:
    """Each case as it follows from the model of today; a central service without one stands here, too."""
    del question
    found, _ = view.find(ServiceCase, "by_service", limit=MOST)
    kept = {each.service: each for _, each in found}
    central = frozenset(central_services(installed_model()))
    return BusinessCases(tuple(_line(each, kept.get(each), each in central) for each in _names(kept, central)))


def _names(kept: dict[str, ServiceCase], central: frozenset[str]) -> Iterator[str]:
    """Services that are there; one that was retired has no case any more."""
    return (each for each in sorted({*kept, *central}) if f"service:{each}" in installed_model())


def _line(service: str, kept: ServiceCase | None, central: bool) -> BusinessCaseLine:
    if kept is None:
        return BusinessCaseLine(service, central, Verdict.NONE.value, _FINDINGS[Verdict.NONE])
    case, stated = _worked_out(kept.stated), kept.stated
    finding = _FINDINGS.get(case.verdict, "") if central else ""
    costs = tuple(CostLine(way, least, most) for way, (least, most) in case.costs.items())
    return BusinessCaseLine(
        service, central, case.verdict.value, finding, stated.prices.currency, stated.prices.years, costs,
        case.assumptions, kept.by, kept.on,
    )  # fmt: skip
