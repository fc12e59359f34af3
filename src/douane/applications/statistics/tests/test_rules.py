"""Figures from counts, in an IE411 and back; what a report says otherwise than what was counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.statistics import rules
from douane.applications.statistics.messages import Difference, Series
from douane.applications.statistics.rules import (
    differences,
    faults_of,
    figures,
    not_supported,
    reported,
    warnings,
    written,
)
from douane.author import RuleBook
from douane.configuration.lists import code_lists
from douane.standards.ncts.phase5 import (
    CD411D,
    CD903D,
    ConsistencyCheckWarning,
    EvaluatedMessage,
    SendingCountry,
    SeriesElements,
    StatisticalCharacteristics,
    SystemApplicability,
    check,
)

RULES, LOOK = RuleBook.of(rules), code_lists().look(dt.date(2026, 12, 1))
FIGURES = (Series("D001", "FR", 7), Series("D001", "IT", 2), Series("DEPA", "", 9))


def report(*systems: SystemApplicability, country: str = "DE") -> CD411D:
    made = CD411D(
        message_sender="NTA.DE", message_recipient="NTA.EU", preparation_date_and_time=dt.datetime(2026, 12, 1),
        message_identification="S1", message_type="CD411D",
        sending_country=SendingCountry(country=country, year="2026", month="11", system_applicability=systems),
    )  # fmt: skip
    assert check(made) == ()
    return made


def characteristic(kind: str, *counters: int, support: bool = True) -> StatisticalCharacteristics:
    elements = tuple(
        SeriesElements(sequence_number=n, other_country="FR", counter=c) for n, c in enumerate(counters, 1)
    )
    return StatisticalCharacteristics(
        sequence_number=1, operation="C", statistics_type=kind, statistics_type_support=support,
        series_elements=elements,
    )  # fmt: skip


def system(*each: StatisticalCharacteristics, code: str = "1") -> SystemApplicability:
    return SystemApplicability(sequence_number=1, system_code=code, statistical_characteristics=each)


def test_what_is_of_ncts_becomes_a_figure() -> None:
    cases = {"transit.Departure": 9, "export_procedure.Export": 4}
    sent = {"CD001C:FR": 7, "CD001C:IT": 2, "CD411D:EU": 1, "AssessRisk:FR": 3}
    assert figures(cases, sent) == FIGURES
    assert figures({}, {}) == ()


def test_figures_come_back_from_the_message_that_carries_them() -> None:
    message = report(written(FIGURES))
    assert reported(message) == FIGURES
    assert faults_of(message) == ()
    assert differences(reported(message), FIGURES) == ()
    large = report(written([Series("D001", "FR", 10**12)]))
    assert reported(large) == (Series("D001", "FR", 999_999_999),)


def test_other_systems_are_not_looked_at() -> None:
    assert reported(report(system(characteristic("D001", 7), code="2"))) == ()


@pytest.mark.parametrize(
    ("message", "code", "pointer"),
    [
        (report(written(FIGURES), country="AT"), "14", "/CD411D/SendingCountry/country"),
        (report(system(characteristic("D001", 1, 2))), "14",
         "/CD411D/SendingCountry/SystemApplicability[1]/StatisticalCharacteristics[1]/SeriesElements[2]"),
    ],
)  # fmt: skip
def test_a_report_that_contradicts_itself_is_refused_with_the_place(message: CD411D, code: str, pointer: str) -> None:
    assert [(fault.code, fault.pointer) for fault in faults_of(message)] == [(code, pointer)]


SERIES = "/CD411D/SendingCountry/SystemApplicability[1]/StatisticalCharacteristics[1]/SeriesElements"
ABOUT = EvaluatedMessage(message_type="CD411D", country="DE", year="2026", month="11")


def warning(about: EvaluatedMessage = ABOUT, **told: Any) -> CD903D:
    one = ConsistencyCheckWarning(warning_pointer="/CD411D", warning_code="DIFFER")
    return CD903D(
        message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=dt.datetime(2026, 12, 1),
        message_identification="W1", message_type="CD903D", evaluated_message=about,
        consistency_check_warning=(replace(one, **told),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("message", "rule", "pointer"),
    [
        (report(system(characteristic("D001"))), "C0805", SERIES),
        (report(system(characteristic("D001", 1, support=False))), "C0805", SERIES),
        (replace(report(written(FIGURES)), correlation_identifier="A"), "C0511", "/CD411D/correlationIdentifier"),
        (report(replace(written(FIGURES), sequence_number=2)), "R0987",
         "/CD411D/SendingCountry/SystemApplicability[1]/sequenceNumber"),
        (warning(replace(ABOUT, month=None)), "C0803", "/CD903D/EvaluatedMessage/month"),
        (warning(original_attribute_value="7"), "C0804",
         "/CD903D/ConsistencyCheckWarning[1]/originalAttributeValue"),
        (warning(warning_code="P1001"), "C0804", "/CD903D/ConsistencyCheckWarning[1]/originalAttributeValue"),
    ],
)  # fmt: skip
def test_each_published_rule_names_the_place(message: Any, rule: str, pointer: str) -> None:
    (fault,) = RULES.faults(message, None, LOOK)
    assert (fault.rule, fault.pointer) == (rule, pointer)


def test_what_keeps_the_published_rules_passes() -> None:
    for message in (report(written(FIGURES)), warning()):
        assert RULES.faults(message, None, LOOK) == ()


def test_each_difference_is_found_and_told_at_its_place() -> None:
    told = (Series("D001", "FR", 8), Series("D001", "PL", 1), Series("X999", "FR", 5))
    found = differences(told, FIGURES)
    assert found == (
        Difference("D001", "FR", 8, 7), Difference("D001", "IT", None, 2), Difference("D001", "PL", 1, 0),
        Difference("DEPA", "", None, 9),
    )  # fmt: skip
    first, second, *_ = warnings(report(written(told)), found)
    place = "/CD411D/SendingCountry/SystemApplicability[1]/StatisticalCharacteristics[1]/SeriesElements[1]"
    assert (first.warning_pointer, first.warning_code) == (place, "DIFFER")
    kind = "/CD411D/SendingCountry/SystemApplicability[systemCode='1']/StatisticalCharacteristics"
    assert second.warning_code == "ABSENT"
    assert second.warning_pointer == f"{kind}[statisticsType='D001']/SeriesElements[otherCountry='IT']"


def test_a_type_that_is_not_supported_is_not_missed() -> None:
    message = report(system(characteristic("D001", 7), characteristic("DEPA", support=False)))
    assert not_supported(message) == {"DEPA"}
    counted: Any = (Series("D001", "FR", 7), Series("DEPA", "", 9))
    assert differences(reported(message), counted, not_supported(message)) == ()
