"""The messages of the simulated parties break no rule, and no two of them are alike."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from decimal import Decimal

import pytest

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.time_limits import ENQUIRY, JOURNEY
from douane.configuration.lists import code_lists
from douane.simulator.journeys.lost import ENQUIRY_DAYS, SPARE
from douane.simulator.messages.declarations import COFFEE, RIFLES, Cover, declaration
from douane.simulator.messages.later import amendment, arrival, invalidation_request
from douane.simulator.messages.numbers import Numbers
from douane.simulator.performance import BESIDE, LAST, script
from douane.standards.ncts import phase5
from douane.vocabulary.calendars import built_in
from douane.vocabulary.counting import Events, end_of
from douane.vocabulary.identifiers import Country, Grn, Mrn, Procedure
from douane.vocabulary.time import DAY

NOW = 1_795_000_000_000_000
COUNT = itertools.count()
MRN = str(Mrn.issue(2026, Country("FR"), "005350000147", Procedure.TRANSIT))


def numbers() -> Numbers:
    return Numbers(lambda: NOW, lambda size: hashlib.shake_128(b"%d" % next(COUNT)).digest(size))


def messages() -> list[object]:
    own = numbers()
    base = declaration(own, Cover(own.grn()))
    armed = declaration(own, Cover(own.grn()), (COFFEE, RIFLES))
    return [
        base,
        armed,
        amendment(own, base, MRN, Decimal(800)),
        invalidation_request(own, base, MRN),
        arrival(own, MRN),
    ]


@pytest.mark.parametrize("message", messages(), ids=lambda m: type(m).__name__)
def test_messages_break_no_rule_and_pass_their_reader(message: phase5.Message) -> None:
    look = code_lists().look(dt.date(2026, 11, 24))
    assert BOOK.faults(message, None, look) == ()
    assert phase5.read(phase5.write(message)) == message


def test_references_are_fresh() -> None:
    own = numbers()
    first, second = (declaration(own, Cover(own.grn())) for _ in range(2))
    assert first.message_identification != second.message_identification
    assert first.transit_operation.lrn != second.transit_operation.lrn
    grn = first.guarantee[0].guarantee_reference[0].grn
    assert grn is not None
    assert Grn(grn).has_right_check_digit


def test_the_script_has_every_journey_of_the_union() -> None:
    keys = [journey.key for journey in script()]
    assert [key[:2] for key in keys] == [f"{n:02d}" for n in range(1, len(keys) + 1)]
    assert len(keys) >= 24
    assert set(keys) >= BESIDE | LAST


def test_the_lost_movement_waits_as_long_as_the_law_says() -> None:
    """On every day of a year, Christmas and Easter included; the last day itself counts whole."""
    france = built_in().of("FR")
    for n in range(366):
        released = france.begins(dt.date(2026, 1, 1) + dt.timedelta(n))
        journey = end_of(JOURNEY, Events(released), france)
        asked = end_of(ENQUIRY, Events(france.begins(journey.last_day)), france)
        assert ENQUIRY_DAYS * DAY <= asked.last_instant - released < (ENQUIRY_DAYS + 1) * DAY + SPARE * DAY


def test_late_in_the_evening_it_is_tomorrow_where_the_offices_are() -> None:
    """Between 22 or 23 hours UTC and midnight an office releases on a day that UTC does not have yet."""
    at = int(dt.datetime(2026, 11, 27, 23, 30, tzinfo=dt.UTC).timestamp() * 1_000_000)
    numbers = Numbers(lambda: at, bytes)
    assert [numbers.today(each).day for each in ("FR005350", "DE004055", "FI", "PT")] == [28, 28, 28, 27]
