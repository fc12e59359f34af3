"""States, repetition, and what an answer means."""

from __future__ import annotations

import pytest

from douane.standards.as4.awareness import SENDER, Happening, Retry, Sent, Verdict, judge, step
from douane.standards.as4.errors import KNOWN, ebms_error
from douane.standards.as4.messages import ErrorSignal, Receipt
from douane.vocabulary.errors import DeclarationFault

MINUTE = 60_000_000


def error(*codes: str) -> ErrorSignal:
    return ErrorSignal("e@host", 0, "m@host", tuple(ebms_error(code) for code in codes))


def test_the_way_of_a_message_that_is_repeated_once() -> None:
    state = Sent.QUEUED
    for happening in (Happening.TAKEN, Happening.GONE_OUT, Happening.UNANSWERED, Happening.TAKEN, Happening.GONE_OUT,
                      Happening.RECEIPTED):  # fmt: skip
        state = step(state, happening)
    assert state is Sent.ACKNOWLEDGED


def test_p08_a_pulled_message_without_receipt_goes_back() -> None:
    state = Sent.QUEUED
    for happening in (Happening.OFFERED, Happening.TAKEN, Happening.PULLED, Happening.CLAIM_ENDED):
        state = step(state, happening)
    assert state is Sent.READY_TO_PULL


def test_t20_a_receipt_as_the_window_closes_leaves_one_final_state() -> None:
    for order in ((Happening.RECEIPTED, Happening.WINDOW_ENDED), (Happening.WINDOW_ENDED, Happening.RECEIPTED)):
        state = Sent.AWAITING_RECEIPT
        for happening in order:
            state = step(state, happening)
        assert state is Sent.ACKNOWLEDGED


def test_what_is_acknowledged_stays_so_and_every_state_can_end() -> None:
    assert {SENDER[Sent.ACKNOWLEDGED, each] for each in Happening} == {Sent.ACKNOWLEDGED}
    for state in Sent:
        assert step(state, Happening.RECEIPTED) is Sent.ACKNOWLEDGED


def test_what_cannot_happen_is_a_fault_of_the_caller() -> None:
    with pytest.raises(DeclarationFault):
        step(Sent.QUEUED, Happening.PULLED)


def test_repetition_by_count_and_window() -> None:
    constant = Retry(first=MINUTE, factor=1, count=4, window=4 * MINUTE)
    attempts = [constant.next_attempt(0, n, n * MINUTE) for n in range(1, 6)]
    assert attempts == [2 * MINUTE, 3 * MINUTE, 4 * MINUTE, None, None]
    growing = Retry(first=MINUTE, factor=2, count=9, window=1000 * MINUTE, longest=5 * MINUTE)
    assert [growing.next_attempt(0, n, 0) for n in (1, 2, 3, 4)] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 5 * MINUTE]
    assert Retry(first=MINUTE, factor=1, count=0, window=MINUTE).next_attempt(0, 1, 0) is None


def test_t10_what_is_no_ebms_message_is_tried_again() -> None:
    assert judge(None, proven=False) is Verdict.AGAIN


def test_t09_an_unsigned_error_is_a_hint_only() -> None:
    assert judge(error("EBMS:0101"), proven=False) is Verdict.AGAIN
    assert judge(error("EBMS:0101"), proven=True) is Verdict.REFUSED


@pytest.mark.parametrize("code", KNOWN)
def test_p04_a_proven_error_ends_or_repeats_by_its_code(code: str) -> None:
    repeated = code in ("EBMS:0004", "EBMS:0005", "EBMS:0054") or KNOWN[code][1] == "warning"
    expected = Verdict.EMPTY if code == "EBMS:0006" else Verdict.AGAIN if repeated else Verdict.REFUSED
    assert judge(error(code), proven=True) is expected


def test_p09_an_empty_channel_is_no_error_state() -> None:
    assert judge(error("EBMS:0006"), proven=True) is Verdict.EMPTY
    assert judge(error("EBMS:0006", "EBMS:0101"), proven=True) is Verdict.REFUSED


def test_a_receipt_counts_only_when_it_is_signed() -> None:
    receipt = Receipt("r@host", 0, "m@host", ())
    assert judge(receipt, proven=True) is Verdict.RECEIPT
    assert judge(receipt, proven=False) is Verdict.AGAIN
