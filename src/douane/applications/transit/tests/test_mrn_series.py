from __future__ import annotations

import random

import pytest

from douane.applications.transit.rules.mrn_series import mrn_serial
from douane.author import Country, Mrn, Procedure, SeriesExhausted

OFFICE = "FR005350"


def test_partition_and_number_stand_behind_the_office() -> None:
    assert mrn_serial(OFFICE, 0, 1) == "005350000001"
    assert mrn_serial(OFFICE, 1023, 36**4 - 1) == "005350SFZZZZ"


def test_a_busy_office_goes_on_where_four_characters_do_not_hold_the_number() -> None:
    assert mrn_serial(OFFICE, 7, 36**4) == "005350T70000"
    assert mrn_serial(OFFICE, 35, 8 * 36**4 - 1) == "005350ZZZZZZ"
    assert Mrn.issue(2026, Country("FR"), mrn_serial(OFFICE, 0, 36**4 + 1), Procedure.TRANSIT)


def test_no_two_numbers_and_no_two_partitions_give_the_same() -> None:
    chance = random.Random(5)
    numbers = [chance.randrange(1, 36**4) for _ in range(300)] + [1, 36**4 - 1]
    drawn = [(p, n) for p in range(1024) for n in numbers]
    drawn += [(p, n + 36**4 * block) for p in range(36) for n in (0, *numbers) for block in range(1, 8)]
    assert len({mrn_serial(OFFICE, p, n) for p, n in drawn}) == len(set(drawn))


@pytest.mark.parametrize(("partition", "number"), [(0, 8 * 36**4), (36, 36**4)])
def test_a_series_without_numbers_left_is_our_fault_and_not_the_declarants(partition: int, number: int) -> None:
    with pytest.raises(SeriesExhausted, match=f"{OFFICE} has no MRN left .* in partition {partition}"):
        mrn_serial(OFFICE, partition, number)
