"""Annex A as a table: what each type demands, and everything that is wrong with an application at once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from douane.applications.authorisations.contract import TYPES as KEPT
from douane.applications.customs_decisions.messages.words import DecisionType, ElementValue
from douane.applications.customs_decisions.rules.competence import contradictions, incompetent
from douane.applications.customs_decisions.rules.elements import Facts, annex_a, asked_of, missing, wrong
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.applications.customs_decisions.tests.samples import CGU, IPO, application

ORDINARY, AEO = Facts(aeo=False), Facts(aeo=True)


def test_the_table_holds_every_element_of_the_law() -> None:
    assert len(annex_a()) > 800
    assert all(each.cells and each.most for each in annex_a().values())


def test_the_register_of_authorisations_knows_what_is_decided_here() -> None:
    """AEO and BTI have registers of their own, all other types one in common."""
    elsewhere = {DecisionType.AEOC, DecisionType.AEOS, DecisionType.AEOF, DecisionType.BTI}
    assert set(DecisionType) - elsewhere == set(KEPT)
    assert {each for each in DecisionType if TYPES[each].register is Register.AUTHORISATIONS} == set(KEPT)


@pytest.mark.parametrize("type", DecisionType)
def test_every_type_has_its_column_its_law_and_mandatory_elements(type: DecisionType) -> None:
    facts = TYPES[type]
    asked = {element.number: cell.status for element, cell in asked_of(type)}
    assert asked["33 02 000 000"] == "A"
    assert len(asked) > 40
    assert facts.title
    assert facts.legal


def test_a_whole_application_lacks_nothing() -> None:
    for type, given, states in ((DecisionType.CGU, CGU, ()), (DecisionType.IPO, IPO, ("FR", "BE", "DE"))):
        m = application(type, given, states=states)
        assert list(missing(type, m.elements, ORDINARY)) == []
        assert list(wrong(type, m.elements)) == []
        assert [*contradictions(m), *incompetent(m)] == []


def test_everything_that_is_missing_is_told_at_once_by_its_number() -> None:
    found = {each.element[:5] for each in missing(DecisionType.CGU, (), ORDINARY)}
    assert {"31 04", "33 05", "33 06", "34 03", "34 04", "38 01", "38 02", "38 12", "46 01", "46 02", "46 03"} <= found
    assert not found & {"31 01", "33 01", "33 02", "34 01", "34 02"}, "said by the message, or on paper alone"


def test_what_the_authority_knows_of_an_aeo_is_not_asked_again() -> None:
    asked = {each.element[:5] for each in missing(DecisionType.CGU, (), ORDINARY)}
    spared = asked - {each.element[:5] for each in missing(DecisionType.CGU, (), AEO)}
    assert spared == {"33 05", "33 07", "34 03"}


@pytest.mark.parametrize(
    ("element", "value", "says"),
    [
        ("46 03 000 299", "7", "one of 1, 2, 3"),
        ("46 01 000 295", "12.345", "n..16,2"),
        ("38 12 000 213", "2", "n1"),
        ("33 01 000 016", "Maison Petit", "EORI number is given"),
        ("57 01 000 213", "0", "has no such value"),
        ("31 07 000 301", "FR005350", "says it already"),
        ("99 99 999 999", "x", "has no such value"),
        ("46 01 000 000", "x", "has no such value"),
    ],
)
def test_a_value_that_does_not_belong_or_has_not_its_form_is_told(element: str, value: str, says: str) -> None:
    given = application(DecisionType.CGU, {k: v for k, v in CGU.items() if k != element}).elements
    (fault,) = wrong(DecisionType.CGU, (*given, ElementValue(element, value)))
    assert (fault.element, fault.value) == (element, value)
    assert says in fault.remedy


def test_a_value_twice_and_a_class_too_often_are_told() -> None:
    given = application(DecisionType.CGU, CGU).elements
    twice = (*given, ElementValue("38 01 000 009", "Again"))
    assert [each.remedy for each in wrong(DecisionType.CGU, twice)] == [
        "It is given 2 times as occurrence 1, 1; give it once."
    ]
    often = (*given, ElementValue("38 01 000 009", "Again", n=2))
    assert [each.remedy for each in wrong(DecisionType.CGU, often)] == ["It is given 2 times; 1 is the most."]


def test_the_authority_is_that_of_the_main_accounts() -> None:
    (fault,) = incompetent(replace(application(DecisionType.CGU, CGU), office="DE004101"))
    assert (fault.element, fault.article) == ("34 03 010 020", "UCC art. 22(1)")


def test_a_simplification_of_transit_is_granted_where_the_operations_begin() -> None:
    m = application(DecisionType.ACR, {"34 15 000 301": "DE004101"})
    assert [each.article for each in incompetent(m)] == ["DA 2015/2446 art. 192"]


@pytest.mark.parametrize(
    ("changed", "element"),
    [
        ({"46 01 000 295": "1.00"}, "46 01 000 295"),
        ({"46 02 040 295": "5.00", "46 01 000 295": "40005.00", "46 04 000 291": "AA"}, "46 02 040 295"),
        ({"46 04 000 291": "AB"}, "46 04 000 291"),
        ({"31 04 000 008": "3"}, "31 04 010 020"),
        ({"31 04 000 008": "3"}, "31 04 000 008"),
    ],
)
def test_elements_that_contradict_each_other_are_told(changed: dict[str, str], element: str) -> None:
    assert element in [each.element for each in contradictions(application(DecisionType.CGU, CGU | changed))]
