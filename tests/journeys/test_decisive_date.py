"""As of which day a message is judged: what changes in the law later does not touch a declaration accepted before."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.reference_data.messages import ListVersion
from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.applications.transit.tests.base_messages import amendment
from douane.configuration.lists import NodeLists, code_lists
from douane.model import discovery
from douane.model.decisive import Decisive
from douane.runtime.store.ports import DAY
from douane.vocabulary.code_lists import LAW, CodeList, CodeLists, Entry
from douane.vocabulary.time import Instant, date_of
from tests.journeys.movements import Movement, covering, fresh
from tests.journeys.office import Clock, Office

ENDS = date_of(Clock.at) + dt.timedelta(days=5)  # type: ignore[arg-type] # a default is an int
PACKAGES = "CL017"


def lists_without_cartons() -> CodeLists:
    """The built-in lists, in which the code of cartons ends within a few days."""
    known = code_lists()
    before = known[PACKAGES]
    ended = CodeList(PACKAGES, before.name, [*before.entries, Entry("CT", ENDS, valid=False)])
    return known.with_lists([ended])


def office() -> Office:
    return Office(look=lists_without_cartons().look)


def test_an_amendment_is_judged_by_the_lists_of_the_acceptance() -> None:
    movement = Movement(covering(normal(), "20000.00"), office())
    assert movement.told == ["CC928C", "CC028C", "CC055C"]
    assert movement.case.accepted_on is not None
    assert movement.case.accepted_on < ENDS
    movement.office.clock.at += 10 * DAY
    movement.office.give(
        movement.about(amendment(covering(movement.declaration, "9000.00"), of_guarantee=True)), TRADER
    )
    assert movement.told[3:] == ["CC004C", "CC029C"]


def test_a_new_declaration_is_judged_by_the_lists_of_its_own_day() -> None:
    movement = Movement(covering(normal(), "20000.00"), office())
    movement.office.clock.at += 10 * DAY
    movement.office.give(fresh(normal(), 2), TRADER)
    refusal = movement.office.sent(TRADER)[-1]
    assert type(refusal).__name__ == "CC056C"
    assert {(e.error_code, e.error_pointer.rpartition("/")[2]) for e in refusal.functional_error} == {
        ("12", "typeOfPackages")
    }


def test_a_message_is_judged_as_of_its_receipt_however_late_it_is_handled() -> None:
    movement = Movement(office=office())
    received = movement.office.clock.at
    movement.office.as_of = date_of(Instant(received))
    movement.office.clock.at += 10 * DAY
    movement.office.give(fresh(normal(), 2), TRADER, received=received)
    assert movement.told[3:5] == ["CC928C", "CC028C"]


def test_what_comes_out_of_sequence_is_told_that_alone() -> None:
    """An amendment of released goods has faults of its own; they are not looked for."""
    movement = Movement(office=office())
    wrong = amendment(movement.declaration)
    wrong = replace(wrong, consignment=replace(wrong.consignment, country_of_destination="XX"))
    movement.office.give(movement.about(wrong), TRADER)
    (error,) = movement.office.sent(TRADER)[-1].functional_error
    assert error.error_code == "92"


def test_a_date_of_the_law_that_is_published_anew_counts_from_its_day() -> None:
    """The end of the transition is prolonged by a publication: before its day the rules of after hold, then again those
    of before."""
    office = Office(frozenset({"EU"}))
    law, today = code_lists()[LAW], date_of(office.clock.now())  # type: ignore[arg-type] # an instant
    moved = Entry.of("TPendDate", today, {"date": "2027-06-30", "source": "a later act"})
    office.give(
        ListVersion(
            number=LAW, name=law.name, version=CodeList(LAW, law.name, [*law.entries, moved]).version, source="test",
            snapshot=today, imported_at=Instant(office.clock.now()),
            added=len({each.code for each in law.entries}), entries=(*law.entries, moved),
        ),
        "centre.operator", administration="EU",
    )  # fmt: skip
    lists = NodeLists(office.store, office.clock)
    message = edits.packaging(normal(), shipping_marks="M" * 43)

    def broken(day: dt.date) -> set[str | None]:
        return {fault.rule for fault in BOOK.faults(message, None, lists.look(day))}

    assert "E1105" in broken(today)
    assert "E1105" in broken(dt.date(2025, 1, 21))
    assert "E1105" not in broken(today - dt.timedelta(1))


def test_what_follows_a_declaration_keeps_the_law_of_its_acceptance() -> None:
    """Every operation that amends, presents or invalidates a declaration says so in its contract."""
    declared = {o.qualified: o.decisive for s in discovery.services() for o in s.operations}
    kept = {name for name, decisive in declared.items() if decisive is Decisive.ACCEPTANCE}
    assert kept == {"transit.amend_declaration", "transit.request_invalidation", "transit.present_goods"}
