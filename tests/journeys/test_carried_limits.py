"""The limits of cases that others keep stand in the calendar, the newest cases first, however many there are."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.case_files.handlers.paging import ROWS
from douane.applications.case_files.messages import CasesQuery
from douane.applications.transit.tests.base_declarations import TRADER
from douane.vocabulary.case_summaries import Asked, Heard
from tests.journeys.office import Office
from tests.journeys.test_carried_rights import SEEING, asked, carry, telling


def test_the_limit_of_a_new_case_is_in_the_calendar_behind_any_number_of_old_ones() -> None:
    office = Office(frozenset({"FR"}))
    for number in range(ROWS + 2):
        carry(office, "DE", TRADER, f"L-{number:04d}")
    base, newest = telling(TRADER), f"L-{ROWS + 1:04d}"

    def told(question: Asked) -> Heard | None:
        heard = base(question)
        if heard is None:
            return None
        due = 1 << 50 if any(newest in value for _, value in question.names) else 0
        return heard._replace(told=replace(heard.told, deadline=due))

    found = asked(office, "DE", "case_files.my_cases", CasesQuery(soonest=True), SEEING["the party"], told).cases
    assert len(found) == 1
