"""The messages of the simulated parties break no rule, and no two of them are alike."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from decimal import Decimal

import pytest

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.time_limits import TimeLimits
from douane.assembly.lists import code_lists
from douane.simulator.journeys.lost import ENQUIRY_DAYS
from douane.simulator.messages.declarations import COFFEE, RIFLES, Cover, declaration
from douane.simulator.messages.later import amendment, arrival, invalidation_request
from douane.simulator.messages.numbers import Numbers
from douane.simulator.performance import BESIDE, LAST, script
from douane.standards.ncts import phase5
from douane.vocabulary.identifiers import Country, Grn, Mrn, Procedure

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
    assert [key[:2] for key in keys] == [f"{n:02d}" for n in range(1, 16)]
    assert set(keys) >= BESIDE | LAST


def test_the_lost_movement_waits_as_long_as_the_law_says() -> None:
    limits, day = TimeLimits(), dt.date(2026, 11, 24)
    begins = limits.enquired_from(0, day, limits.limit_date(day, None))
    assert begins == limits.after(0, ENQUIRY_DAYS)
