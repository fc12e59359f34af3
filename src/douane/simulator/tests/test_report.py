"""The report: complete without scripts or outside files, and nothing in it can break out of its place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from douane.pages.tests.linting import faults
from douane.pages.titles import CODES
from douane.simulator.chapters import CHAPTERS, TRANSIT, chapter
from douane.simulator.exchanges import Exchange, Expectation, FaultSeen, Kind, Outcome, Use
from douane.simulator.performance import script
from douane.simulator.report.page import Address, Union, page_in, remedies, render, render_chapter, write_report
from douane.simulator.report.sequence import MOST, lanes_of, sequence
from douane.simulator.report.xml_text import indented
from douane.vocabulary.errors import NotFound

HOLDER, OFFICE = "FR40123456700017", "NTA.FR"
UNION = Union(
    0, 9_000_000, [Address("centre", "speed2", "https://127.0.0.1:1")], "FR", ("DE", "AT"), 24, {"C0403": "T"}
)


def outcome() -> Outcome:
    faults = (FaultSeen("/CC015C/<x>", "13", "", "C0403", '"&<script>'),)
    made = Outcome("02-syntax", TRANSIT, "Refused <for> syntax", "A story & more", started=1_000_000, ended=2_500_000)
    made.exchanges = [
        Exchange(1_100_000, HOLDER, OFFICE, "CC015C", body="<a><b>1</b></a>"),
        Exchange(1_200_000, OFFICE, HOLDER, "CC056C", faults=faults),
        Exchange(1_300_000, OFFICE, OFFICE, "timer", Kind.TIMER, inside=True),
        Exchange(1_400_000, HOLDER, "door.speed2", "CC015C", Kind.REFUSAL, note="refused <422>"),
    ]
    made.expectations = [Expectation("Holder", ("CC056C",), ("CC056C",))]
    return made


def test_how_statutory_time_went_is_said_aloud() -> None:
    assert "Statutory time" not in render([outcome()], UNION)
    page = render([outcome()], replace(UNION, statutory="a day takes a second"))
    assert "Statutory time: a day takes a second." in page


def test_page_needs_nothing_else() -> None:
    for page in (render([outcome()], UNION), render_chapter(TRANSIT, [outcome()], UNION)):
        assert "<script" not in page
        led = re.findall(r'(?:src|href)="(?!#|data:,)([^"]*)"', page)
        assert {each.partition("#")[0] for each in led} <= {"index.html", "transit.html"}
        assert not re.findall(r"url\(|@import", page)
        assert "Refused &lt;for&gt; syntax" in page
        assert "prefers-color-scheme: dark" in page
        assert "@media print" in page
        assert faults(page) == ["a style stands in the page"], "what every page is held to, but that it is one file"


def test_each_chapter_of_which_something_is_played_has_its_page_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "systems.html").write_text("of the last run")
    write_report(tmp_path, [outcome()], UNION)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["index.html", "transit.html"]
    assert page_in(tmp_path, "transit.html") is not None
    for name in ("systems.html", "../index.html", "", "evidence.json"):
        assert page_in(tmp_path, name) is None
    with pytest.raises(NotFound, match="There is no chapter"):
        chapter("goods")
    assert chapter("Transit") is TRANSIT


def test_every_chapter_has_journeys_and_every_journey_a_chapter() -> None:
    assert [each for each in CHAPTERS if not script(each)] == []
    assert sorted(j.key for each in CHAPTERS for j in script(each)) == [j.key for j in script()]


def test_a_journey_is_folded_but_for_what_it_is_about() -> None:
    page = render_chapter(TRANSIT, [outcome()], UNION)
    card = page[page.index('id="h-02-syntax"') :]
    unfolded = re.sub(r"<details.*?</details>", "", card, flags=re.DOTALL)
    assert "A story &amp; more" in unfolded
    assert "<svg" not in unfolded
    assert "<table" not in unfolded


def test_a_rule_explains_its_violation() -> None:
    assert re.search(r">C0403</td>.*>T</td>", render_chapter(TRANSIT, [outcome()], UNION))


def test_a_code_alone_says_what_to_do_too() -> None:
    coded = FaultSeen("/", "90", "", "N/A", "26FR")
    assert remedies([coded], UNION.rules) == [(coded, CODES["90"])]


def test_a_failure_says_what_came_instead() -> None:
    failed = outcome()
    failed.expectations = [Expectation("Holder", (), ("CC029C",))]
    assert not failed.succeeded
    assert failed.problems() == ["Holder: expected CC029C, came nothing"]
    assert "not as expected" in render([failed], UNION)


def test_what_was_not_played_is_no_success() -> None:
    absent = outcome()
    absent.absent = "the samples are not here"
    page = render([outcome(), absent], UNION) + render_chapter(TRANSIT, [outcome(), absent], UNION)
    assert "1 of 2 journeys succeeded, 1 could not be played" in page
    assert "Not played: the samples are not here." in page
    assert len(re.findall(r">as expected<", page)) == 2  # of the other journey: in the summary and at its head


def test_sequence_is_well_formed_and_in_order() -> None:
    drawn = etree.fromstring(sequence(outcome().exchanges, 1_000_000, 'a "title" & more'))
    texts = [each.text for each in drawn.iter("{*}text")]
    assert [t for t in texts if t and t[0].isdigit()] == [
        "1. CC015C Declaration",
        "2. CC056C Refused at departure",
        "3. Time limit reached",
        "4. CC015C, refused <422>",
    ]
    assert "+0.100 s" in texts


def test_channels_are_named_where_there_are_several() -> None:
    one = Exchange(1, HOLDER, OFFICE, "CC015C", channel="SOAP")
    for other, wanted in (("AS4", ["1. CC015C Declaration · SOAP", "2. CC928C Acknowledgement · AS4"]),
                          ("SOAP", ["1. CC015C Declaration", "2. CC928C Acknowledgement"])):  # fmt: skip
        two = Exchange(2, OFFICE, HOLDER, "CC928C", channel=other)
        drawn = etree.fromstring(sequence([one, two], 0, "t"))
        assert [each.text for each in drawn.iter("{*}text") if each.get("class") == "label"] == wanted
    told = outcome()
    told.uses = [Use(HOLDER, "lodges <it>", "SOAP")]
    page = render_chapter(TRANSIT, [told], UNION)
    assert "Who uses which channel" in page
    assert "lodges &lt;it&gt;" in page


def test_lifelines_stand_where_people_expect_them() -> None:
    assert lanes_of(outcome().exchanges) == [HOLDER, "door.speed2", OFFICE]


def test_labels_stay_inside_the_drawing() -> None:
    long = Exchange(1, "fr.officer", OFFICE, "MovementOutcome with a very long name")
    drawn = etree.fromstring(sequence([long], 0, "t"))
    label = next(each for each in drawn.iter("{*}text") if each.get("class") == "label")
    assert label.get("text-anchor") == "end"


def test_a_long_journey_is_cut_in_the_drawing_only() -> None:
    many = outcome()
    many.exchanges = [Exchange(n, HOLDER, OFFICE, "CC015C") for n in range(MOST + 5)]
    page = render_chapter(TRANSIT, [many], UNION)
    assert page.count('class="label"') == MOST
    assert f"the first {MOST} of {MOST + 5}" in page


def test_messages_are_shown_line_by_line() -> None:
    assert (
        indented("<a><b>1</b><c/><d><e>2</e></d></a>") == "<a>\n  <b>1</b>\n  <c/>\n  <d>\n    <e>2</e>\n  </d>\n</a>"
    )
    assert indented('{"a":1}') == '{"a":1}'
    assert indented("<not even well-formed") == "<not even well-formed"
