"""What announcements change, and what is wrong with those that contradict themselves or what is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.availability import rules
from douane.applications.availability.messages import Kind
from douane.applications.availability.rules import changed, holding, outage_of, without_old
from douane.author import Events, RuleBook, built_in, end_of, instant
from douane.standards.ncts.binding.kinds import EndOfDay
from douane.standards.ncts.phase5 import (
    CD070C,
    CD071C,
    CD971C,
    Action,
    Country01,
    Country02,
    Fallback,
    Unavailability,
    check,
)

RULES = RuleBook.of(rules)
MORNING, NOON, EVENING = (dt.datetime(2026, 12, 1, hour) for hour in (8, 12, 20))
UTC = dt.UTC


class Look:
    date, transition = MORNING.date(), False

    def legal_date(self, name: str) -> dt.date:
        raise KeyError(name)

    def has(self, code_list: str, code: str | None) -> bool:
        return code_list != "CL610"

    def office_has(self, office: str | None, role: str) -> bool:
        return True


def unavailable(number: int = 1, **facts: Any) -> Unavailability:
    given: dict[str, Any] = {"type": "S", "functionality": "A", "start_date_and_time": MORNING,
                             "end_date_and_time": NOON, "explanation": "01"}  # fmt: skip
    return Unavailability(sequence_number=number, **(given | facts))


def action(operation: str, *each: Unavailability, number: int = 1) -> Action:
    return Action(sequence_number=number, operation=operation, unavailability=each)


def announcement(*actions: Action) -> CD070C:
    made = CD070C(
        message_sender="NTA.DE", message_recipient="NTA.EU", preparation_date_and_time=MORNING,
        message_identification="DE1", message_type="CD070C", country=Country02(country="DE", action=actions),
    )  # fmt: skip
    assert check(made) == ()
    return made


@pytest.mark.parametrize(
    ("message", "rule", "code", "pointer"),
    [
        (announcement(action("C", unavailable(), unavailable(2, type="U", functionality="B"))), "R0516", "14",
         "/CD070C/Country/Action[1]/Unavailability[2]/type"),
        (announcement(action("C", unavailable()), action("U", unavailable(), number=2)), "R0518", "14",
         "/CD070C/Country/Action[2]/Unavailability[1]"),
        (announcement(action("C", unavailable(end_date_and_time=MORNING))), "R0519", "14",
         "/CD070C/Country/Action[1]/Unavailability[1]/endDateAndTime"),
        (announcement(action("C", unavailable(end_date_and_time=None))), "C0400", "13",
         "/CD070C/Country/Action[1]/Unavailability[1]/endDateAndTime"),
    ],
)  # fmt: skip
def test_each_rule_names_the_place(message: CD070C, rule: str, code: str, pointer: str) -> None:
    (fault,) = RULES.faults(message, None, Look())
    assert (fault.rule, fault.code, fault.pointer) == (rule, code, pointer)


def note(*actions: Action) -> CD071C:
    return CD071C(
        message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=MORNING,
        message_identification="N1", message_type="CD071C", country=Country02(country="FR", action=actions),
    )  # fmt: skip


def schedule(*actions: Action) -> CD971C:
    """The announcements of two countries, the same of both."""
    countries = tuple(Country01(sequence_number=n, country=c, action=actions) for n, c in enumerate(("DE", "FR"), 1))
    return CD971C(
        message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=MORNING,
        message_identification="S1", message_type="CD971C", country=countries,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("message", "broken"),
    [
        (note(action("C", unavailable(), unavailable(2, type="U", functionality="B"))), ["R0516"]),
        (schedule(action("C", unavailable(), unavailable(2, type="U", functionality="B"))), []),
        (note(action("C", unavailable(), unavailable(2))), ["R0518"]),
        (schedule(action("C", unavailable())), []),
        (schedule(action("C", unavailable(end_date_and_time=MORNING))), ["R0519", "R0519"]),
        (schedule(action("C", unavailable(end_date_and_time=None))), ["C0400", "C0400"]),
        (note(action("C", unavailable(), number=2)), ["R0987"]),
        (replace(note(action("C", unavailable())), correlation_identifier="A"), ["C0511"]),
    ],
)  # fmt: skip
def test_what_is_told_is_judged_as_what_is_announced(message: Any, broken: list[str]) -> None:
    assert check(message) == ()
    assert [fault.rule for fault in RULES.faults(message, None, Look())] == broken


def test_what_keeps_the_rules_passes() -> None:
    open_end = unavailable(type="U", end_date_and_time=None)
    for message in (
        announcement(action("C", open_end)),
        announcement(action("C", unavailable(), unavailable(2, functionality="B"))),
    ):
        assert RULES.faults(message, None, Look()) == ()


def test_an_outage_is_created_changed_and_taken_back() -> None:
    created, faults = changed({}, "DE", [action("C", unavailable())])
    assert faults == ()
    assert list(created.values()) == [outage_of("DE", unavailable())]
    updated, faults = changed(created, "DE", [action("U", unavailable(end_date_and_time=EVENING, text="longer"))])
    assert faults == ()
    assert [(o.end, o.text) for o in updated.values()] == [(EVENING.replace(tzinfo=UTC), "longer")]
    assert changed(updated, "DE", [action("D", unavailable())]) == ({}, ())


def test_what_contradicts_the_known_is_named_and_changes_what_it_can() -> None:
    created, _ = changed({}, "DE", [action("C", unavailable())])
    again, faults = changed(created, "DE", [action("C", unavailable())])
    assert (again, [f.rule for f in faults]) == (created, ["R0518"])
    late, faults = changed({}, "DE", [action("U", unavailable())])
    assert (late, [f.rule for f in faults]) == (created, ["G0210"])
    none, faults = changed({}, "DE", [action("D", unavailable())])
    assert (none, [f.pointer for f in faults]) == ({}, ["/CD070C/Country/Action[1]/Unavailability[1]"])


def test_a_country_cannot_announce_without_bound() -> None:
    starts = [MORNING + dt.timedelta(seconds=n) for n in range(rules.MOST + 1)]
    many = [action("C", *(unavailable(start_date_and_time=s, end_date_and_time=EVENING) for s in starts))]
    _, faults = changed({}, "DE", many)
    assert [fault.pointer for fault in faults] == ["/CD070C/Country"]


def test_what_is_long_over_is_forgotten() -> None:
    made, _ = changed({}, "DE", [action("C", unavailable(), unavailable(2, type="U", end_date_and_time=None))])
    germany = built_in().of("DE")
    over = end_of(rules.KEPT, Events(instant(NOON.replace(tzinfo=UTC))), germany).last_instant
    assert len(without_old(made, over - 1, germany)) == 2
    assert [each.kind for each in without_old(made, over, germany)] == [Kind.UNSCHEDULED]


def test_a_day_that_ends_at_twenty_four_hours_stays_that_day() -> None:
    end = EndOfDay(2026, 12, 1, 23, 59, 59, 999_999)
    outage = outage_of("DE", unavailable(end_date_and_time=end))
    assert outage.end == dt.datetime(2026, 12, 1, 23, 59, 59, 999_999, UTC)


def test_deliveries_wait_for_what_does_not_run_and_not_for_what_was_never_there() -> None:
    given = [unavailable(), unavailable(2, type="U", end_date_and_time=None), unavailable(3, type="N")]
    morning, noon = (instant(each.replace(tzinfo=UTC)) for each in (MORNING, NOON))
    assert list(holding([outage_of("DE", each) for each in given])) == [(morning, noon), (morning, None)]


def test_a_fallback_procedure_is_told() -> None:
    told = outage_of("DE", unavailable(fallback=Fallback(flag="1", text="Paper"), text="Migration"))
    assert (told.fallback, told.fallback_text, told.text) == (True, "Paper", "Migration")
