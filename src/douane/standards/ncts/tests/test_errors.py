"""Error messages: about any octets a valid one, with what they say in clear; about an error message none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.ncts import phase5
from douane.standards.ncts.errors import Remains, error_message, is_error, remains_of
from douane.vocabulary.errors import Fault, NotValid

BROKEN = (
    b'<ncts:CC015C xmlns:ncts="http://ncts.dgtaxud.ec"><messageSender>FR1</messageSender>'
    b"<messageRecipient> NTA.FR </messageRecipient><messageIdentification>A&amp;1</messageIdentification>"
    b"<messageType>CC015C</messageType><TransitOperation><LRN>L1</LRN></oops>"
)
FAULT = Fault("/CC015C/TransitOperation", "52", "Close what was opened.", line=1, column=230, value="oops")


def answer(body: bytes, *faults: Fault, syntax: bool = True, common: bool = False) -> Any:
    return error_message(
        remains_of(body), faults or (FAULT,), syntax=syntax, common=common, sender="NTA.EU", recipient="NTA.DE",
        id="1A", correlation="transmission-1", at=dt.datetime(2026, 11, 25, 1, 2, 3, 4),
    )  # fmt: skip


def test_a_broken_message_still_says_what_it_is_and_what_it_is_about() -> None:
    assert remains_of(BROKEN) == Remains("CC015C", "CC015C", "NTA.FR", "A&1", "L1", "")
    assert remains_of(b"") == remains_of(b"\xff\x00 nothing") == Remains()
    assert remains_of(b"<x>" + b" " * 70_000 + b"<LRN>L1</LRN>") == Remains("x")
    assert remains_of(b"<a><MRN>" + b"9" * 36 + b"</MRN></a>").mrn == ""


def test_the_answer_to_a_trader_repeats_references_and_names_each_fault() -> None:
    told = answer(BROKEN, FAULT, Fault("/" + "x" * 600, "99", "Mend it.", value="\x07\ud800"))
    assert type(told).__name__ == "CC917C"
    assert (told.correlation_identifier, told.header.lrn, told.header.mrn) == ("A&1", "L1", None)
    first, second = told.xml_error
    assert (first.error_line_number, first.error_column_number, first.error_code) == (1, 230, "52")
    assert (first.error_pointer, first.original_attribute_value) == ("/CC015C/TransitOperation", "oops")
    assert (second.error_pointer, second.error_code, second.original_attribute_value) == (None, "18", None)
    assert phase5.read(phase5.write(told)) == told


def test_what_says_nothing_is_named_by_its_transmission() -> None:
    told = answer(b"garbage", common=True)
    assert type(told).__name__ == "CD917C"
    assert (told.correlation_identifier, told.header) == ("transmission-1", None)


@pytest.mark.parametrize(
    ("fault", "pointer", "code", "reason"),
    [
        (Fault("", "26", "x"), "/CD118C/messageIdentification", "26", "N/A"),
        (Fault("", "14", "x"), "/CD118C", "14", "N/A"),
        (Fault("/CD118C/messageSender", "12", "x", rule="CL141"), "/CD118C/messageSender", "12", "CL141"),
        (Fault("/a", "39", "x"), "/a", "14", "N/A"),
    ],
)
def test_a_functional_error_names_place_code_and_rule(fault: Fault, pointer: str, code: str, reason: str) -> None:
    told = answer(b"<CD118C><MRN>26FR005350000001J9</MRN></CD118C>", fault, syntax=False, common=True)
    assert type(told).__name__ == "CD906C"
    assert told.header.mrn == "26FR005350000001J9"
    (error,) = told.functional_error
    assert (error.error_pointer, error.error_code, error.error_reason) == (pointer, code, reason)
    assert phase5.check(told) == ()
    assert type(answer(BROKEN, fault, syntax=False)).__name__ == "CC906C"


@pytest.mark.parametrize("name", ["CD906C", "CD917C", "CC917C", "CC906C", "CD907C", "CD917D"])
@pytest.mark.parametrize("form", [b"<%s", b"<?xml version='1.0'?><n:%s>", b"<x><messageType>%s</messageType>"])
def test_an_error_message_is_not_answered_whatever_is_broken_of_it(name: str, form: bytes) -> None:
    assert is_error(name)
    for syntax in (True, False):
        assert answer(form % name.encode(), syntax=syntax, common=True) is None


@given(
    st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda b: BROKEN[:200] + b + BROKEN[200:])),
    st.text(max_size=700),
    st.text(max_size=700),
    st.text(max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_about_any_octets_and_faults_the_answer_is_valid(
    body: bytes, pointer: str, value: str, code: str, syntax: bool, common: bool
) -> None:
    fault = Fault(pointer, code, value, value=value, rule=value)
    told = answer(body, fault, syntax=syntax, common=common)
    if told is not None:
        assert phase5.check(told) == ()
        assert phase5.read(phase5.write(told)) is not None


def test_each_fault_of_a_real_refusal_is_told() -> None:
    body = phase5.write(answer(BROKEN, common=True)).replace(b"errorText", b"errorWords")
    with pytest.raises(NotValid) as caught:
        phase5.read(body)
    told = answer(BROKEN, *caught.value.faults)
    assert [e.error_code for e in told.xml_error] == [f.code for f in caught.value.faults]
    assert phase5.check(told) == ()
