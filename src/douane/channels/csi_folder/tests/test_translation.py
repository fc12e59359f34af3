"""Answers to files: CONTRL for EDIFACT, reports for records."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from douane.channels.csi_folder.binding import position_of, reference_of
from douane.channels.csi_folder.translation import CENTRE, Agreed, Content, Form, answer, read, write
from douane.standards.edifact import interchange as edifact
from douane.standards.edifact.interchange import Header, Party
from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.edifact.syntax import Segment
from douane.standards.ncts.legacy import records, segments
from douane.standards.ncts.legacy.tests.test_forms import crossing, signed
from douane.vocabulary.errors import NotAuthorised

AGREED = Agreed("DE")
NOW = dt.datetime(2026, 11, 24, 12, 30, 15)
CONTRL = edifact.Message("1", ("CONTRL", "D", "3", "UN"), (Segment("UCI", (("R9",), ("A",), ("B",), ("7",))),))


def interchange(*messages: Any, sender: str = "NTA.DE", **named: Any) -> bytes:
    repertoire = named.get("repertoire", AGREED.repertoire)
    made = [m if isinstance(m, edifact.Message) else segments.write(m, repertoire, str(n))[0]
            for n, m in enumerate(messages, 1)]  # fmt: skip
    return edifact.write(Header(Party(sender), Party(CENTRE), NOW, "R1", **named), made)


def answered(content: Content) -> list[list[str]]:
    """The segments of the CONTRL that answers a file."""
    data = answer(content, AGREED, "0123456789ABCD", NOW)
    found = edifact.read(data)
    assert (found.findings, [m.findings for m in found.messages]) == ((), [()])
    assert found.header.reference == "0123456789ABCD"
    return [[e for each in s.elements for e in each] for s in found.messages[0].segments]


def test_an_accepted_interchange_gets_a_contrl() -> None:
    content = read(interchange(crossing()), AGREED)
    assert content.items[0].message == crossing()
    assert answered(content) == [["R1", "NTA.DE", "NTA.EU", "7"]]


def test_a_fault_in_a_segment_is_a_907() -> None:
    content = read(interchange(crossing()).replace(b"+20261124'", b"+20261324'"), AGREED)
    assert answered(content) == [
        ["R1", "NTA.DE", "NTA.EU", "4"], ["1", "CD118C", "5", "1", "ZZ", "NCTS", "4"], ["3"], ["37", "4"],
    ]  # fmt: skip


def test_what_the_core_refuses_is_no_fault_of_syntax() -> None:
    content = read(interchange(crossing()), AGREED)
    content.items[0].refusal = NotAuthorised("No.")
    assert answered(content) == [["R1", "NTA.DE", "NTA.EU", "7"]]


def test_a_contrl_is_read_and_not_answered() -> None:
    content = read(interchange(CONTRL), AGREED)
    assert [each.reference for each in content.told] == ["R9"]
    assert answer(content, AGREED, "R", NOW) == b""
    content = read(interchange(CONTRL, crossing()), AGREED)
    assert answered(content) == [["R1", "NTA.DE", "NTA.EU", "7"]]


def test_an_interchange_that_is_a_test_is_rejected_whole() -> None:
    content = read(interchange(crossing(), test=True), AGREED)
    assert answered(content) == [["R1", "NTA.DE", "NTA.EU", "4", "25", "UNB", "12"]]


def test_another_sender_is_rejected_whole() -> None:
    content = read(interchange(crossing(), sender="NTA.AT"), AGREED)
    assert answered(content) == [["R1", "NTA.AT", "NTA.EU", "4", "23", "UNB", "3", "1"]]


@pytest.mark.parametrize(
    "data", [b"UNB+UNOC:3'", b"UNA", interchange(crossing())[:-3], interchange(*[crossing()] * 101)]
)
def test_what_is_no_interchange_has_no_answer_in_its_form(data: bytes) -> None:
    content = read(data, AGREED)
    assert content.refusal is not None
    assert answer(content, AGREED, "R", NOW) == b""


def test_letters_of_the_sender_that_are_not_ours_do_not_stop_the_answer() -> None:
    data = interchange(crossing(), repertoire=REPERTOIRES["UNOY"]).replace(b"+R1'", "+Ω'".encode())
    assert answered(read(data, AGREED))[0] == ["Ω", "NTA.DE", "NTA.EU", "7"]
    broken = interchange(crossing()).replace(b"NTA.EU", b"\x81")
    assert answered(read(broken, AGREED))[0][2] == "."


def test_records_are_answered_by_reports() -> None:
    data = records.write(crossing(), AGREED.repertoire)[0]
    content = read(data + data.replace(b"QSJ620261124", b"QSJ620261324"), AGREED)
    lines = answer(content, AGREED, "R", NOW).decode().split("\n")
    assert lines == [
        "000REPORT01UNOA", "RPT0COA       CD118C" + "DE1".ljust(35), "RPT0COD       CD118C" + "DE1".ljust(35),
        "RPT0EXCEPTION CD118C" + " " * 35, "9990000005", "",
    ]  # fmt: skip
    refusal = content.items[1].refusal
    assert refusal is not None
    assert [(f.line, f.column, f.code) for f in refusal.faults] == [(9, 23, "50")]
    with pytest.raises(type(refusal)):
        content.items[1].refused()


@pytest.mark.parametrize("data", [b"", b"\0", records.write(crossing(), AGREED.repertoire)[0][:-12]])
def test_a_file_that_is_cut_has_no_reports(data: bytes) -> None:
    content = read(data, AGREED)
    assert content.refusal is not None
    assert answer(content, AGREED, "R", NOW) == b""


def test_a_message_goes_out_in_the_form_that_is_agreed_for_its_type() -> None:
    agreed = Agreed("AT", Form.EDIFACT, fixed=frozenset({"CD118C"}))
    assert write(crossing(), agreed, "R", NOW)[0].startswith(b"000CD118C01UNOC\n")
    assert write(signed("NTA.AT", "/x"), agreed, "R", NOW)[0].startswith(
        b"UNA:+.? 'UNB+UNOC:3+NTA.EU:ZZ+NTA.AT:ZZ+261124:1230+R'UNH+1+CD906C:5:1:ZZ:NCTS'"
    )


@pytest.mark.parametrize("position", [1, 0xFFFF_FFFF_FFFF, (1 << 64) - 1])
def test_a_reference_leads_back_to_its_position(position: int) -> None:
    reference = reference_of(position)
    assert len(reference) == 13
    assert (position_of(reference), position_of(f"{reference}-CD001C.edi")) == (position, position)
    assert (position_of("R1"), position_of("../../../etc/x")) == (0, 0)
