"""Citations are found as people write them; what an act does not have does not exist."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from douane.standards.union_law.acts import Act, articles, exists
from douane.standards.union_law.citing import Citation, citations

INDEX = Path(__file__).parents[6] / "shared/data/law/index.csv"


def cited(text: str) -> list[str]:
    return [str(each) for each in citations(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("UCC art. 22(3)", ["UCC art. 22(3)"]),
        ("by UCC 22(3), second subparagraph", ["UCC art. 22(3)"]),
        ("DA 2015/2446 art. 171(1), first subparagraph", ["DA art. 171(1)"]),
        ("IA art. 31(2), (3)", ["IA art. 31(2)", "IA art. 31(3)"]),
        ("UCC 22(6)(a), (b) and (2)", ["UCC art. 22(6)(a)", "UCC art. 22(6)(b)", "UCC art. 22(2)"]),
        ("UCC 22(3), 120 days", ["UCC art. 22(3)"]),
        ("UCC art. 43 to 45", ["UCC art. 43", "UCC art. 45"]),
        ("DA 2015/2446 art. 17(1), 18", ["DA art. 17(1)", "DA art. 18"]),
        ("UCC 22 (the decision)", ["UCC art. 22"]),
        ("UCC 116(3)(b) of 2013", ["UCC art. 116(3)(b)"]),
        ("DA 17(2), IA 2015/2447 art. 15", ["DA art. 17(2)", "IA art. 15"]),
        ("Article 22(3) of the Code applies", ["UCC art. 22(3)"]),
        ("Reg. 1182/71 art. 3(2)(c), (d)", ["1182/71 art. 3(2)(c)", "1182/71 art. 3(2)(d)"]),
        ("CDU art. 22, UZK Art. 23", ["UCC art. 22", "UCC art. 23"]),
        ("IA 335(4); UCC 79", ["IA art. 335(4)", "UCC art. 79"]),
        ("DA 12 weeks", []),
        ("art. 22(3) without an act", []),
        ("the DATA 22(3)", []),
        ("UCC 2013/952", []),
    ],
)  # fmt: skip
def test_citations_are_read_as_people_write_them(text: str, places: list[str]) -> None:
    assert cited(text) == places


@pytest.mark.parametrize(
    ("act", "article", "place", "there"),
    [
        (Act.UCC, "22", "(3)", True), (Act.UCC, "22", "(8)", False), (Act.UCC, "22", "(6)(f)", True),
        (Act.UCC, "22", "(6)(g)", False), (Act.UCC, "290", "", False), (Act.UCC, "288", "", True),
        (Act.DA, "171", "(1)", True), (Act.DA, "171", "(1)(a)", False), (Act.DA, "177a", "", True),
        (Act.IA, "276", "(2)(b)", True), (Act.PERIODS, "3", "(2)(d)", True), (Act.PERIODS, "7", "", False),
        (Act.LOW_VALUE, "2", "(b)", True),
    ],
)  # fmt: skip
def test_an_act_has_what_it_has(act: Act, article: str, place: str, there: bool) -> None:
    assert exists(act, article, place) is there
    assert Citation(act, article, place).exists is there


def test_a_point_is_within_its_paragraph_and_that_within_its_article() -> None:
    whole, paragraph, point = (Citation(Act.UCC, "103", place) for place in ("", "(3)", "(3)(a)"))
    assert point.within(paragraph)
    assert point.within(whole)
    assert not paragraph.within(point)
    assert not Citation(Act.UCC, "103", "(33)").within(paragraph)
    assert not Citation(Act.DA, "103").within(whole)


def test_a_place_stands_with_those_that_it_is_in() -> None:
    for act in Act:
        for article in articles(act).values():
            for place in article.places:
                above = place.rpartition("(")[0]
                assert article.has(above), f"{act.short} {article.number}{place}"


@pytest.mark.skipif(not INDEX.exists(), reason="the index of the acts does not lie beside this project")
def test_what_was_read_of_the_acts_is_held() -> None:
    by_name = {each.short: each for each in Act}
    rows = list(csv.DictReader(INDEX.read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 3000
    assert [row for row in rows if not exists(by_name[row["act"]], row["article"], row["path"])] == []
