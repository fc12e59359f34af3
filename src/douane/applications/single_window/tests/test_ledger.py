"""The ledger of a certificate: what is granted is available, reserved or written off, in whatever order it is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from douane.applications.single_window import rules
from douane.applications.single_window.messages import (
    CertificateLine,
    CertificateQuestion,
    CustomsDecision,
    Decision,
    Purpose,
    Reason,
    ReserveCertificate,
)
from douane.applications.single_window.rules import Hold, Line, Terms

DAY = dt.date(2026, 11, 25)
TERMS = Terms("FR1", dt.date(2026, 11, 1), dt.date(2026, 11, 30))
LINES = (Line(1, "0201", "KGM", Decimal(1000)), Line(2, "0202", "KGM", Decimal(50)))
QUESTION = CertificateQuestion(
    "R1", Purpose.RESERVE, "N853", "CHEDP.FR.1", 1, "FR1", "02013000", Decimal(400), "KGM", DAY
)


def decision(kind: Decision, quantity: str = "0", reference: str = "R1") -> CustomsDecision:
    return CustomsDecision(reference, "N853", "CHEDP.FR.1", 1, kind, Decimal(quantity), "KGM", DAY)


@pytest.mark.parametrize(("terms", "use", "reasons"), [
    (TERMS, {}, ()),
    (replace(TERMS, withdrawn=True), {}, (Reason.WITHDRAWN,)),
    (TERMS, {"day": dt.date(2026, 10, 31)}, (Reason.NOT_YET_VALID,)),
    (TERMS, {"day": dt.date(2026, 12, 1)}, (Reason.EXPIRED,)),
    (replace(TERMS, valid_to=None), {"day": dt.date(2036, 12, 1)}, ()),
    (TERMS, {"holder": "FR2"}, (Reason.OTHER_HOLDER,)),
    (TERMS, {"line": 3}, (Reason.UNKNOWN_LINE,)),
    (TERMS, {"commodity": "02023000"}, (Reason.OTHER_COMMODITY,)),
    (TERMS, {"unit": "NAR"}, (Reason.OTHER_UNIT,)),
    (TERMS, {"quantity": Decimal("1000.000001")}, (Reason.NOT_ENOUGH,)),
    (TERMS, {"quantity": Decimal(1000)}, ()),
    (TERMS, {"holder": "FR2", "line": 3}, (Reason.OTHER_HOLDER, Reason.UNKNOWN_LINE)),
])  # fmt: skip
def test_a_use_is_covered_or_every_reason_is_named(
    terms: Terms, use: dict[str, Any], reasons: tuple[Reason, ...]
) -> None:
    assert rules.faults(terms, LINES, None, replace(QUESTION, **use)) == reasons


@pytest.mark.parametrize("text", ["0", "-1", "NaN", "Infinity", "10000000000", "0.0000001"])
def test_a_quantity_that_is_none_is_refused_by_the_message_itself(text: str) -> None:
    line = {"line": 1, "commodity": "0201", "unit": "KGM", "quantity": text}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(line, CertificateLine)
    use = {
        "mrn": "26FR000000000000R1", "item": 1, "type": "N853", "number": "1", "line": 1, "office": "FR005350",
        "holder": "FR1", "commodity": "020130", "quantity": text, "unit": "KGM", "day": "2026-11-25",
    }  # fmt: skip
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(use), type=ReserveCertificate)


def test_what_is_used_less_than_reserved_is_free_again() -> None:
    lines, hold = rules.reserved(LINES, None, QUESTION)
    assert (lines[0].reserved, lines[0].available) == (Decimal(400), Decimal(600))
    lines, held = rules.decided(lines, hold, decision(Decision.RELEASED, "390"))
    assert (lines[0].reserved, lines[0].written_off, lines[0].available) == (Decimal(0), Decimal(390), Decimal(610))
    assert rules.decided(lines, held, decision(Decision.RELEASED, "390")) == (lines, held)
    assert rules.decided(lines, held, decision(Decision.NOT_RELEASED)) == (lines, held)
    lines, gone = rules.decided(lines, held, decision(Decision.INVALIDATED))
    assert (lines, gone) == (LINES, None)


def test_a_later_version_never_leaves_less_than_is_used() -> None:
    lines, _ = rules.reserved(LINES, None, QUESTION)
    enough = (CertificateLine(1, "0201", Decimal(400), "KGM"),)
    changed = rules.regranted(lines, enough)
    assert changed == (Line(1, "0201", "KGM", Decimal(400), Decimal(400)),)
    for wrong in (
        (CertificateLine(1, "0201", Decimal(399), "KGM"),),
        (CertificateLine(1, "0201", Decimal(400), "NAR"),),
        (CertificateLine(1, "0202", Decimal(400), "KGM"),),
        (CertificateLine(2, "0202", Decimal(400), "KGM"),),
    ):
        assert rules.regranted(lines, wrong) is None


@dataclass
class Book:
    """A ledger that is played with: lines, and what each reference holds."""

    lines: rules.Lines = LINES
    holds: dict[str, Hold] = field(default_factory=dict)

    def keep(self, reference: str, lines: rules.Lines, hold: Hold | None) -> None:
        self.lines = lines
        self.holds.pop(reference, None)
        if hold is not None:
            self.holds[reference] = hold

    def check(self) -> None:
        for line in self.lines:
            of_line = [each for each in self.holds.values() if each.line == line.line]
            assert line.reserved == sum(each.quantity for each in of_line if not each.written_off)
            assert line.written_off == sum(each.quantity for each in of_line if each.written_off)
            assert line.granted == line.available + line.reserved + line.written_off
            assert min(line.available, line.reserved, line.written_off) >= 0


quantities = st.decimals(min_value="0.01", max_value=700, places=2)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("reserve"), st.sampled_from("ABCDE"), st.sampled_from((1, 2)), quantities),
        st.tuples(st.just("decide"), st.sampled_from("ABCDE"), st.sampled_from(tuple(Decision)), quantities),
        st.tuples(st.just("regrant"), st.just(""), st.sampled_from((1, 2)), quantities),
    ),
    max_size=40,
)


@settings(max_examples=120, deadline=None)
@given(steps)
def test_nothing_is_ever_below_zero_and_nothing_is_lost(played: list[Any]) -> None:
    book = Book()
    for what, reference, detail, quantity in played:
        hold = book.holds.get(reference)
        if what == "reserve":
            commodity = LINES[detail - 1].commodity
            use = replace(QUESTION, reference=reference, line=detail, quantity=quantity, commodity=commodity)
            if not rules.faults(TERMS, book.lines, hold, use):
                book.keep(reference, *rules.reserved(book.lines, hold, use))
        elif what == "decide":
            used = quantity if detail is Decision.RELEASED else Decimal(0)
            told = replace(decision(detail, reference=reference), quantity=used)
            book.keep(reference, *rules.decided(book.lines, hold, told))
            once = (book.lines, dict(book.holds))
            book.keep(reference, *rules.decided(book.lines, book.holds.get(reference), told))
            assert (book.lines, book.holds) == once
        else:
            kept = [CertificateLine(e.line, e.commodity, e.granted, e.unit) for e in book.lines]
            kept[detail - 1] = replace(kept[detail - 1], quantity=quantity)
            book.lines = rules.regranted(book.lines, tuple(kept)) or book.lines
        book.check()
