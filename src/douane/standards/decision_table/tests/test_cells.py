"""Every spelling of the grammar, and every refusal with its place."""

import datetime as dt
from decimal import Decimal

import pytest

from douane.standards.decision_table.cells import (
    ANY,
    Absent,
    Between,
    Cell,
    Equal,
    Kind,
    Prefix,
    parse_cell,
    parse_literal,
    render,
)
from douane.standards.decision_table.naive import cell_holds
from douane.vocabulary.errors import DeclarationFault

NEW_YEAR = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "kind", "cell"),
    [
        (" - ", Kind.TEXT, ANY),
        ("CN, HK", Kind.TEXT, Cell((Equal("CN"), Equal("HK")))),
        ('= "a, b"', Kind.TEXT, Cell((Equal("a, b"),))),
        ("2710", Kind.TEXT, Cell((Equal("2710"),))),
        ('starts with "27"', Kind.TEXT, Cell((Prefix("27"),))),
        ("starts with(?, 27), 28", Kind.TEXT, Cell((Prefix("27"), Equal("28")))),
        ('not(CN, starts with H, "null")', Kind.TEXT, Cell((Equal("CN"), Prefix("H"), Equal("null")), negated=True)),
        ("not(null)", Kind.TEXT, Cell((Absent(),), negated=True)),
        ("> -2.50", Kind.NUMBER, Cell((Between(Decimal("-2.5"), None),))),
        ("[1.0..2)", Kind.NUMBER, Cell((Between(1, 2, low_included=True),))),
        ("]1..2[", Kind.NUMBER, Cell((Between(1, 2),))),
        ("[3..3], <= 1", Kind.NUMBER, Cell((Between(3, 3, True, True), Between(None, 1, high_included=True)))),
        ('date("2026-01-01")', Kind.DATE, Cell((Equal(NEW_YEAR),))),
        ('>= @"2026-01-01"', Kind.DATE, Cell((Between(NEW_YEAR, None, low_included=True),))),
        ("< 2026-01-01", Kind.DATE, Cell((Between(None, NEW_YEAR),))),
        ("true", Kind.BOOLEAN, Cell((Equal(True),))),
    ],
)
def test_a_spelling_means_its_cell_and_is_written_so_that_it_reads_back(text: str, kind: Kind, cell: Cell) -> None:
    assert parse_cell(text, kind) == cell
    assert parse_cell(render(cell), kind) == cell
    assert parse_cell(render(cell, feel=True), kind, feel=True) == cell


@pytest.mark.parametrize(
    ("text", "kind", "column", "remedy"),
    [
        ("", Kind.TEXT, 1, "Put a value"),
        ('CN, "HK', Kind.TEXT, 4, "Close the quotation"),
        ("CN HK", Kind.TEXT, 4, "Separate tests"),
        ("CN,", Kind.TEXT, 4, "Put a value"),
        ("not(CN", Kind.TEXT, 7, "Put ')' here"),
        ("> A", Kind.TEXT, 1, "Only numbers and dates"),
        ("[1..2", Kind.NUMBER, 6, "Close the interval"),
        ("[2..1]", Kind.NUMBER, 1, "Nothing lies"),
        ("(2..2]", Kind.NUMBER, 1, "Nothing lies"),
        ("1, two", Kind.NUMBER, 4, "Put a number"),
        ("1e9", Kind.NUMBER, 1, "Put a number"),
        ("1234567890123456789", Kind.NUMBER, 1, "Put a number"),
        ("starts with 1", Kind.NUMBER, 1, "Only text"),
        ('starts with ""', Kind.TEXT, 1, "at least one character"),
        ("starts 1", Kind.TEXT, 8, "Write: starts with"),
        ("2026-02-30", Kind.DATE, 1, "Put a date"),
        ("01/02/2026", Kind.DATE, 1, "Put a date"),
        ("yes", Kind.BOOLEAN, 1, "true or false"),
        ('"a\\n"', Kind.TEXT, 1, "Put a text"),
        ("__import__('os')", Kind.TEXT, 1, "Put a text"),
        ("CN" * 5001, Kind.TEXT, 10_003, "Shorten"),
    ],
)
def test_what_is_no_cell_is_refused_at_its_column(text: str, kind: Kind, column: int, remedy: str) -> None:
    with pytest.raises(DeclarationFault) as refused:
        parse_cell(text, kind)
    fault = refused.value.faults[0]
    assert (fault.column, fault.code) == (column, "DT-CELL")
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("text", "kind"), [("CN", Kind.TEXT), ("starts with CN", Kind.TEXT), ("2026-01-01", Kind.DATE)]
)
def test_bare_words_are_variables_in_dmn(text: str, kind: Kind) -> None:
    with pytest.raises(DeclarationFault, match="column"):
        parse_cell(text, kind, feel=True)


def test_an_absent_value_holds_where_nothing_is_asked_of_it() -> None:
    texts = {"-": True, "null": True, "CN": False, "not(CN)": True, "not(CN, null)": False, "CN, null": True}
    assert {text: cell_holds(parse_cell(text, Kind.TEXT), None) for text in texts} == texts


def test_a_single_literal_or_null() -> None:
    assert parse_literal("12.50", Kind.NUMBER) == Decimal("12.5")
    assert parse_literal("null", Kind.DATE) is None
    with pytest.raises(DeclarationFault):
        parse_literal("1, 2", Kind.NUMBER)
