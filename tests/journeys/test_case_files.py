"""Case files: a party sees its own cases and what it said and was told; an officer his own; a stranger nothing."""

from __future__ import annotations

import pytest

from douane.applications.case_files.messages import CaseFile, CaseLines, CaseQuery, CasesQuery
from douane.applications.case_files.screens.case import case
from douane.applications.case_files.screens.lists import lines
from douane.applications.transit.tests.base_declarations import TRADER
from douane.applications.transit.tests.base_messages import invalidation_request
from douane.configuration.portal import known_of_release
from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.pages.blocks import Page
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.screens import Given
from douane.pages.tests.linting import faults, parsed
from douane.pages.tests.specimen import FRAME
from douane.vocabulary.errors import BadQuery, NotFound
from tests.callers import officer, trader
from tests.journeys.movements import Movement
from tests.journeys.office import BEHAVIOUR, CATALOGUE

STRANGER = "DE1234567890123"
ROLES = {
    ActorKind.TRADER: ("holder of the transit procedure",),
    ActorKind.OFFICER: ("customs officer of departure", "customs officer of guarantee"),
}
LIBRARY = known_of_release(CATALOGUE)


def show(movement: Movement, who: Caller, reference: str = "", country: str = "FR") -> CaseFile:
    view = movement.office.view(country, who, ROLES[who.kind])
    found = BEHAVIOUR.queries["case_files.show"].answer(view, CaseQuery(reference or movement.mrn, country))
    assert isinstance(found, CaseFile)
    return found


def listed(movement: Movement, who: Caller, **more: object) -> CaseLines:
    view = movement.office.view("FR", who, ROLES[who.kind])
    found = BEHAVIOUR.queries["case_files.my_cases"].answer(view, CasesQuery("FR", **more))  # type: ignore[arg-type]
    assert isinstance(found, CaseLines)
    return found


def test_a_case_is_found_by_what_its_sender_called_it_and_by_him_alone() -> None:
    movement = Movement()
    lrn = movement.declaration.transit_operation.lrn
    assert show(movement, trader(TRADER), lrn).line.reference == movement.mrn
    for who in (trader(STRANGER), officer("fr.officer", "FR")):
        with pytest.raises(NotFound):
            show(movement, who, lrn)
    with pytest.raises(NotFound):
        show(movement, trader(STRANGER), f"{TRADER}/{lrn}"[:35])


def test_a_trader_sees_where_the_movement_stands_and_what_was_said_to_him() -> None:
    movement = Movement()
    found = show(movement, trader(TRADER))
    assert (found.line.reference, found.line.state, found.roles) == (
        movement.mrn,
        "released",
        ("holder of the procedure",),
    )
    assert movement.declaration.transit_operation.lrn in found.line.names
    said = [(each.direction, each.type) for each in found.messages]
    assert said[0] == ("in", "transit.lodge_declaration")
    assert ("out", "CC029C") in said
    assert {each.party for each in found.messages} == {TRADER}, "what offices tell each other is not his"
    assert [each.leaf for each in found.messages] == sorted(each.leaf for each in found.messages)
    departure, journey = found.procedures
    assert departure.ended, "it ends with the release"
    assert journey.here
    assert not journey.ended
    assert [each.runs for each in found.limits].count(True) == 1, "the office waits for the arrival"
    assert all(each.limit in LIBRARY.limits for each in found.limits)


def test_an_officer_sees_all_of_it_and_only_in_his_own_administration() -> None:
    movement = Movement()
    found = show(movement, officer("fr.officer", "FR"))
    assert {"@reply", "CC029C"} <= {each.type for each in found.messages}
    assert len(found.messages) > len(show(movement, trader(TRADER)).messages)
    with pytest.raises(NotFound):
        show(movement, officer("de.officer", "DE"))


@pytest.mark.parametrize("reference", ["", "lrn", "number", "25FR005350000001J9", "0" * 16, "' OR 1=1", "é"])
def test_a_stranger_learns_nothing_whatever_he_asks(reference: str) -> None:
    movement = Movement()
    own = show(movement, trader(TRADER))
    asked = {"lrn": own.line.names[0], "number": own.line.case}.get(reference, reference)
    with pytest.raises(NotFound, match="No case of yours"):
        show(movement, trader(STRANGER), asked)
    assert listed(movement, trader(STRANGER)).cases == ()


def test_a_case_is_found_by_its_number_too() -> None:
    movement = Movement()
    line = show(movement, trader(TRADER)).line
    assert show(movement, trader(TRADER), line.case).line == line


def test_lists_go_on_where_they_ended() -> None:
    movement = Movement()
    Movement(office=movement.office, number=2)
    everything = listed(movement, officer("fr.officer", "FR"))
    first = listed(movement, officer("fr.officer", "FR"), limit=1)
    rest = listed(movement, officer("fr.officer", "FR"), after=first.after)
    assert (*first.cases, *rest.cases) == everything.cases
    assert len(everything.cases) == 3, "two movements and a guarantee"
    assert {each.kind for each in listed(movement, trader(TRADER)).cases} >= {"Departure"}


@pytest.mark.parametrize("after", ["x", "é", "%%%"])
def test_a_cursor_of_nobody_is_refused(after: str) -> None:
    with pytest.raises(BadQuery):
        listed(Movement(), trader(TRADER), after=after)


def test_the_faults_of_a_refusal_are_named_with_their_place() -> None:
    movement = Movement()
    movement.office.give(movement.about(invalidation_request()), TRADER)
    refused = [each for each in show(movement, trader(TRADER)).messages if each.faults]
    assert [each.type for each in refused] == ["CC056C"]
    assert refused[0].faults[0].code


def drawn(page: Page, words: Words) -> str:
    return draw(page, FRAME, words)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_pages_of_a_case_have_no_fault(language: str) -> None:
    movement, words = Movement(), Words(language)
    movement.office.give(movement.about(invalidation_request()), TRADER)
    given = Given(words, LIBRARY, {"reference": movement.mrn}, {}, "FR", "http://localhost/")
    for who in (trader(TRADER), officer("fr.officer", "FR")):
        assert faults(drawn(case(show(movement, who), given), words)) == []
        assert faults(drawn(lines(listed(movement, who), given), words)) == []
    assert faults(drawn(lines(listed(movement, trader(STRANGER)), given), words)) == []


def test_the_page_shows_the_token_the_faults_with_remedies_and_the_same_in_words() -> None:
    movement = Movement()
    movement.office.give(movement.about(invalidation_request()), TRADER)
    given = Given(Words(), LIBRARY, {}, {}, "FR", "http://localhost/")
    tree = parsed(drawn(case(show(movement, trader(TRADER)), given), Words()))
    assert tree.xpath("//*[local-name()='svg'][contains(@class, 'bpmn')]//*[contains(@class, 'bpmn-now')]")
    (limits,) = tree.xpath("//section[@aria-labelledby='h-limits']//table")
    assert "IA" in limits.text_content(), "with the article"
    twin = tree.xpath("//figure/following-sibling::details[1]//li[contains(@class, 'now')]")
    assert twin
    assert "Until the goods arrive" in twin[0].text_content()
    (faults_,) = tree.xpath("//section[@aria-labelledby='h-faults']//table")
    assert all(cell.text_content().strip() for cell in faults_.xpath(".//td[2]"))
