"""A case in one place: whichever application keeps it, its officer has what was stated, why it was chosen, and more."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from douane.applications.case_files.messages import CaseQuery, WholeFile
from douane.applications.case_files.screens.whole import whole
from douane.applications.transit.tests.base_declarations import TRADER as HOLDER
from douane.configuration.portal import known_of_release
from douane.model.caller import Caller
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.screens import Given
from douane.pages.tests.linting import faults
from douane.pages.tests.specimen import FRAME
from douane.vocabulary.errors import NotFound
from tests.callers import officer, trader
from tests.journeys.movements import Movement, risky
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Office
from tests.journeys.test_after_release import at, silent
from tests.journeys.test_one_risk_analysis import TRADER, exported, imported

IMPORT, EXPORT = "customs officer of import", "customs officer of export"
DEPARTURE, DESTINATION = "customs officer of departure", "customs officer of destination"


def shown(office: Office, who: Caller, role: str, reference: str, country: str) -> WholeFile:
    answer = BEHAVIOUR.queries["case_files.whole"].answer
    found: WholeFile = answer(office.view(country, who, [role]), CaseQuery(reference, country))
    return found


def page(file: WholeFile, language: str = "en") -> str:
    given = Given(Words(language), known_of_release(CATALOGUE), {"reference": file.line.reference})
    return draw(whole(file, given), FRAME, given.words)


@pytest.mark.parametrize(("message", "role"), [(imported(), IMPORT), (exported(), EXPORT)], ids=["import", "export"])
def test_goods_declared_for_import_and_export_have_their_file(message: Any, role: str) -> None:
    office = Office()
    office.give(message, TRADER)
    mrn = next(each.mrn for each in office.sent(TRADER) if hasattr(each, "mrn"))
    country = message.office[:2]
    who = officer(f"{country.lower()}.officer", country)
    file = shown(office, who, role, mrn, country)
    (statement,) = [each for each in file.statements if each.operation.endswith(".declare")]
    assert (statement.by, statement.xml, statement.refused) == (TRADER, False, False)
    html = page(file)
    assert message.items[0].description in html, "line by line, as its form calls it"
    assert faults(html) == []
    for each in file.risk:
        assert each in html
    elsewhere = msgspec.structs.replace(who, offices=(f"{country}999999",))
    for other, asked in ((elsewhere, role), (who, DEPARTURE), (officer("nl.officer", "NL"), role)):
        with pytest.raises(NotFound):
            shown(office, other, asked, mrn, country)
    with pytest.raises(NotFound):
        shown(office, trader(TRADER), "declarant", mrn, country)


@pytest.mark.parametrize("language", COMPLETE)
def test_the_office_of_destination_has_its_file_as_departure_has(language: str) -> None:
    made = Movement(risky())
    at_departure = shown(made.office, officer("fr.officer", "FR"), DEPARTURE, made.mrn, "FR")
    assert at_departure.risk == made.case.risk != ()
    assert any(each.risk for each in at_departure.tasks)
    assert [each.operation for each in at_departure.statements] == ["transit.lodge_declaration"]
    html = page(at_departure, language)
    assert faults(html) == []
    assert made.declaration.consignment.house_consignment[0].consignment_item[0].commodity.description_of_goods in html
    arrived = Movement()
    arrived.arrive()
    file = shown(arrived.office, officer("at.officer", "AT"), DESTINATION, arrived.mrn, "AT")
    assert {"transit.anticipate_arrival", "transit.notify_arrival"} <= {each.operation for each in file.statements}
    html = page(file, language)
    assert faults(html) == []
    with pytest.raises(NotFound):
        shown(arrived.office, officer("at.officer", "AT"), DEPARTURE, arrived.mrn, "DE")


@pytest.mark.parametrize("language", COMPLETE)
def test_a_movement_under_enquiry_has_its_file_with_what_was_asked_and_answered(language: str) -> None:
    made = silent("2026-12-21T09:00+01:00")
    at(made, "2027-02-09T00:00:01")
    made.office.give(made.information("Delivered at Linz."), HOLDER)
    who = officer("fr.officer", "FR")
    file = shown(made.office, who, DEPARTURE, made.mrn, "FR")
    assert "enquiry" in file.line.state
    assert "transit.lodge_declaration" in {each.operation for each in file.statements}
    html = page(file, language)
    assert "Delivered at Linz." in html
    assert faults(html) == []
    elsewhere = msgspec.structs.replace(who, offices=("FR001260",))
    for other, role in ((elsewhere, DEPARTURE), (who, IMPORT), (officer("at.officer", "AT"), DESTINATION)):
        with pytest.raises(NotFound):
            shown(made.office, other, role, made.mrn, "FR")
