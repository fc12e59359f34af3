"""The movement under way on the map of the start page: its countries in the order of the way, and the same in words."""

from __future__ import annotations

import re

from douane.configuration import discovery
from douane.model.parties import MEMBER_STATES
from douane.pages.blocks import Bullets, Figure
from douane.pages.languages import Words
from douane.pages.pictures.union_map import PLACES, Stop, union_map
from douane.portal.start import ON_THE_WAY, Journey, Movement, succeeded, way_of
from douane.runtime.store.records import kinds

MRN = "26FR005350000001J9"
PASSED = Movement(MRN, "CH", "PassageRecord", "recorded", "CH001551", 30)
WAY = (
    Movement(MRN, "AT", "Arrival", "announced", "AT140000", 40),
    Movement("GRN", "FR", "Guarantee", "valid", "", 35),
    PASSED,
    Movement(MRN, "FR", "Departure", "under way", "FR005350", 20),
    Movement("26DE004055000001J1", "DE", "Departure", "released", "DE004055", 10),
)


def said(figure: Figure) -> list[str]:
    """The same in words."""
    (bullets,) = figure.twin
    assert isinstance(bullets, Bullets)
    return [str(each) for each in bullets.items]


def test_the_movement_that_changed_last_is_shown_in_the_order_of_its_way() -> None:
    found = way_of(WAY)
    assert found is not None
    reference, stops = found
    assert reference == MRN
    assert [(each.country, each.latest) for each in stops] == [("FR", False), ("CH", False), ("AT", True)]
    assert way_of(WAY[1:2]) is None


def test_the_picture_draws_the_way_and_says_the_same_in_words() -> None:
    found = way_of(WAY)
    assert found is not None
    figure = union_map(*found, Words("de"))
    assert figure.label == f"Die Beförderung {MRN} auf der Karte der Union"
    assert len(re.findall('class="line"', figure.svg)) == 2
    assert re.findall(r'class="(been|here)"', figure.svg) == ["been", "been", "here"]
    bold = re.findall(r'class="b start"[^>]*>(\w\w)<', figure.svg)
    assert sorted(bold) == ["AT", "CH", "FR"]
    assert [each.split(",")[0] for each in said(figure)] == ["FR", "CH", "AT"]


def test_a_country_without_a_tile_stands_in_words_alone() -> None:
    figure = union_map(MRN, [Stop("ZZ", "Departure", "ZZ000001", "released", latest=True)], Words())
    assert "circle" not in figure.svg
    assert "ZZ000001" in said(figure)[0]


def test_every_member_state_has_a_tile_and_no_two_share_one() -> None:
    assert set(PLACES) >= MEMBER_STATES
    assert len(set(PLACES.values())) == len(PLACES)


def test_what_is_shown_as_a_movement_are_kinds_of_cases_that_there_are() -> None:
    discovery.behaviour()
    assert set(ON_THE_WAY) <= {each.type.__name__ for each in kinds() if each.case is not None}


def test_journeys_are_counted_as_the_terminal_counts_them() -> None:
    well, absent, wrong = Journey("a", 1, 1), Journey("b", 1, 1, "no broker", True), Journey("c", 1, 1, "DOU-1")
    assert succeeded([well, well], 24, Words()) == "2 of 24 journeys succeeded"
    assert succeeded([well, absent, wrong], 3, Words()) == "1 of 3 journeys succeeded, 1 could not be played"
