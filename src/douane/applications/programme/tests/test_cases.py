"""Business cases as they are stated: the node works out what follows; a central service without one is a finding."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from douane.applications.programme.messages.cases import (
    BusinessCaseKept,
    BusinessCaseLine,
    BusinessCaseRefused,
    BusinessCases,
    BusinessCasesQuery,
    BusinessCaseStated,
)
from douane.applications.programme.screens.cases import shown
from douane.author import DouaneError, NotAuthorised, Prices, Usage
from douane.author.pages import COMPLETE, Frame, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults
from douane.testing.office import Office, administration, officer, third_country, trader

CENTRE = administration("EU")
PRICES = Prices(
    currency="EUR", by="project officer", grounds="Contracts of 2026.", years=5, build=(10_000, 20_000),
    run=(1_000, 2_000), installation=(5_000, 9_000), connect=(100, 200), cpu_hour=(0.02, 0.05),
    gigabyte_year=(0.1, 0.3),
)  # fmt: skip
STATED = BusinessCaseStated("service_bus", 27, 3, Usage(1_000, 5_000_000, 2, 10.0, (500, 900)), PRICES)
DEAR = replace(STATED, prices=replace(PRICES, connect=(9e9, 9e9)))


def line(office: Office, service: str) -> BusinessCaseLine:
    answer: BusinessCases = office.ask(BusinessCasesQuery(), by=CENTRE)
    return next(each for each in answer.lines if each.service == service)


def test_a_central_service_is_a_finding_until_a_case_stands_and_again_when_it_is_negative() -> None:
    office = Office("EU", "FR")
    assert (line(office, "service_bus").verdict, bool(line(office, "service_bus").finding)) == ("no case", True)
    office.send(STATED, by=CENTRE)
    assert office.inbox(CENTRE)[-1] == BusinessCaseKept("service_bus", "positive")
    found = line(office, "service_bus")
    assert (found.verdict, found.finding, found.by) == ("positive", "", "project officer")
    assert [each.way for each in found.costs] == ["own, 27 times", "central", "shared, 3 hosts"]
    assert all(each.least < each.most for each in found.costs)
    office.send(DEAR, by=CENTRE, id="dear")
    assert line(office, "service_bus").verdict == "negative"
    assert "cost less" in line(office, "service_bus").finding


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(STATED, service="zebra"), "no service"),
        (replace(STATED, hosts=27), "fewer hosts"),
        (replace(STATED, prices=replace(PRICES, build=(2, 1))), "build = [1, 2]"),
        (replace(STATED, usage=replace(STATED.usage, cpu_us=(9, 1))), "least first"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_case_before_stays(changed: BusinessCaseStated, said: str) -> None:
    office = Office("EU", "FR")
    office.send(STATED, by=CENTRE)
    before = office.ask(BusinessCasesQuery(), by=CENTRE)
    office.send(changed, by=CENTRE, id="wrong")
    answer = office.inbox(CENTRE)[-1]
    assert isinstance(answer, BusinessCaseRefused)
    assert said in answer.reasons[0]
    assert office.ask(BusinessCasesQuery(), by=CENTRE) == before


def test_only_the_commission_states_a_case_and_only_the_trusted_circle_reads_it() -> None:
    office = Office("EU", "FR")
    for who in (trader("FR1"), third_country("CH"), officer("fr.officer", "FR"), administration("FR")):
        with pytest.raises(DouaneError):
            office.send(STATED, by=who)
    for stranger in (trader("FR1"), third_country("CH")):
        with pytest.raises(NotAuthorised):
            office.ask(BusinessCasesQuery(), by=stranger)
    assert line(office, "service_bus").verdict == "no case"


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
def test_the_page_is_sound_and_shows_each_verdict_with_its_assumptions(language: str) -> None:
    office = Office("EU", "FR")
    office.send(DEAR, by=CENTRE)
    given = Given(Words(language), Library(), explained_at="/explore/{kind}/{name}")
    text = draw(
        shown(office.ask(BusinessCasesQuery(), by=CENTRE), given), Frame("Desk", "/", "/programme"), Words(language)
    )
    assert faults(text) == []
    assert "Contracts of 2026." in text
