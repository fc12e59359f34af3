"""Lists of a page for a spreadsheet: whole, in words, and never a formula."""

from __future__ import annotations

import csv
import io

import pytest

from douane.pages.blocks import Card, Column, Columns, Details, Link, Live, Ref, Row, Small, Table, Tag, Text, Time
from douane.pages.languages import Words
from douane.pages.sheets import sheet, tables
from douane.pages.tests.specimen import page

TABLE = Table(
    "Cases", (Column("Case"), Column("State"), Column("When")),
    (Row((("<b>A</b>", Small(Ref("second"))), Tag("open"), Time("today", "2026-11-27T10:00:00Z"))),
     Row(("=1+1", Link("-go", "/x"), (Words("de").model("never translated"), "")))),
)  # fmt: skip


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_one_list_is_a_heading_and_its_rows_in_words() -> None:
    assert rows(sheet((TABLE,))) == [
        ["Case", "State", "When"],
        ["<b>A</b> second", "open", "2026-11-27T10:00:00Z"],
        ["'=1+1", "'-go", "never translated"],
    ]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_somebody_called_a_case_is_no_formula_for_who_opens_the_list(begins: str) -> None:
    made = Table("Cases", (Column(f"{begins}A"),), (Row((f"{begins}1+1",)), Row((Ref(f"{begins}cmd", "/x"),))))
    assert [each[0][:2] for each in rows(sheet((made,)))] == [f"'{begins}"] * 3


def test_several_lists_stand_one_after_the_other_each_with_its_caption() -> None:
    assert [row[:1] for row in rows(sheet((TABLE, TABLE)))].count(["Cases"]) == 2


def test_every_list_of_a_page_is_found_wherever_it_stands() -> None:
    inner = (Card("a", "A", (Details("more", (TABLE,)),)), Live("l", "/l", (TABLE,)), Columns((TABLE,), (TABLE,)))
    assert list(tables((Text("no list"), *inner))) == [TABLE] * 4
    assert list(tables(page(Words()).blocks))
