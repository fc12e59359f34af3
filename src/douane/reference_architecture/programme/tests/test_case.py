"""Business cases: computed by hand here, decided where ranges do not meet, refused where prices make no sense."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from douane.model.architecture import Prices, Usage
from douane.model.graph import EdgeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.programme.case import Verdict, case_of, read_prices
from douane.vocabulary.errors import DouaneError, NotValid

MODEL = installed_model()
PRICES = Prices(
    currency="EUR", by="project officer", grounds="Contracts of 2026.", years=5, build=(10_000, 20_000),
    run=(1_000, 2_000), installation=(5_000, 9_000), connect=(20_000, 40_000), cpu_hour=(0.02, 0.05),
    gigabyte_year=(0.1, 0.3),
)  # fmt: skip
USAGE = Usage(messages=1_000, octets=5_000_000, administrations=2, days=10.0, cpu_us=(500, 900))
OPERATIONS = sum(each.kind is EdgeKind.OFFERS for each in MODEL.out("service:eori"))


def test_the_three_ways_cost_what_one_computes_by_hand() -> None:
    found = case_of(MODEL, "eori", USAGE, PRICES, administrations=4, hosts=2)
    yearly, stored = 1_000 * 2 * 36.525, 5_000_000 * 2 * 36.525 / 1e9
    load = yearly * 5 * 500 / 3.6e9 * 0.02 + stored * 15 * 0.1
    one = OPERATIONS * (10_000 + 5 * 1_000) + 5 * 5_000
    own, central, shared = (found.costs[name][0] for name in found.costs)
    assert own == pytest.approx(4 * one + load)
    assert central == pytest.approx(one + 4 * 20_000 + load)
    assert shared == pytest.approx(2 * one + 2 * 20_000 + load)
    assert list(found.costs) == ["own, 4 times", "central", "shared, 2 hosts"]
    assert "1000 messages of 5000 octets" in found.assumptions[0]
    assert "project officer" in found.assumptions[-1]


def test_it_is_decided_only_where_the_ranges_do_not_meet() -> None:
    def verdict(prices: Prices, administrations: int = 27) -> Verdict:
        return case_of(MODEL, "eori", USAGE, prices, administrations=administrations, hosts=1).verdict

    assert verdict(PRICES) is Verdict.POSITIVE
    assert verdict(replace(PRICES, connect=(10_000_000, 20_000_000))) is Verdict.NEGATIVE
    assert verdict(replace(PRICES, connect=(0, 20_000_000))) is Verdict.OPEN


def test_what_nobody_measured_has_no_case() -> None:
    found = case_of(MODEL, "eori", None, PRICES, administrations=27, hosts=3)
    assert (found.verdict, dict(found.costs)) == (Verdict.NONE, {})


@pytest.mark.parametrize(("service", "hosts"), [("zebra", 1), ("eori", 0), ("eori", 27)])
def test_what_makes_no_sense_is_refused(service: str, hosts: int) -> None:
    with pytest.raises(DouaneError) as caught:
        case_of(MODEL, service, USAGE, PRICES, administrations=27, hosts=hosts)
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["currency = 'EUR'", "x = [", "build = [2, 1]"])
def test_prices_that_say_too_little_or_turn_a_range_round_are_refused(text: str) -> None:
    with pytest.raises(NotValid):
        read_prices(text.encode())
    whole = """
currency = "EUR"
by = "project officer"
grounds = "Contracts of 2026."
years = 5
build = [2, 1]
run = [1, 2]
installation = [1, 2]
connect = [1, 2]
cpu_hour = [1, 2]
gigabyte_year = [1, 2]
"""
    with pytest.raises(NotValid) as caught:
        read_prices(whole.encode())
    assert "build = [1.0, 2.0]" in caught.value.remedy
