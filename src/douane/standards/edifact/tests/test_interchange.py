"""Interchanges: written and read again, every fault found in its place, hostile input refused within limits."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.standards.edifact import control, interchange, syntax
from douane.standards.edifact.control import Action
from douane.standards.edifact.interchange import Finding, Header, Message, Party, read, write
from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.edifact.syntax import segment
from douane.vocabulary.errors import DouaneError, NotValid, NotWellFormed, TooLarge

HEADER = Header(Party("NTA.DE", "ZZ"), Party("NTA.EU", "ZZ"), dt.datetime(2026, 11, 24, 12, 30), "DE00000000001")
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=("Cc", "Cs")), max_size=20)
GOOD = b"UNB+UNOC:3+NTA.DE:ZZ+NTA.EU:ZZ+261124:1230+R1'UNH+1+CD118C:5:1:ZZ'TOP+1+A'UNT+3+1'UNZ+1+R1'"


def message(*values: str) -> Message:
    return Message("1", ("CD118C", "5", "1", "ZZ"), (segment("MSG", "0", *values),))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(values=st.lists(TEXTS, min_size=1, max_size=6))
def test_what_is_written_is_read_again(values: list[str]) -> None:
    header = Header(HEADER.sender, HEADER.recipient, HEADER.prepared, "R1", REPERTOIRES["UNOY"], "NTA", True, True)
    again = read(write(header, [message(*values, "end")]))
    assert again == interchange.Interchange(header, (message(*values, "end"),))


@pytest.mark.parametrize("name", REPERTOIRES)
def test_every_repertoire_carries_its_own_letters(name: str) -> None:
    repertoire = REPERTOIRES[name]
    text = repertoire.fitted("ABC abc ?:+' äčжαğ 42")
    header = Header(HEADER.sender, HEADER.recipient, HEADER.prepared, "R1", repertoire)
    again = read(write(header, [message(text)]))
    assert (again.header.repertoire, again.messages, again.findings) == (repertoire, (message(text),), ())
    assert len(text) == len("ABC abc ?:+' äčжαğ 42")


def test_foreign_characters_give_way_to_the_likest_ones() -> None:
    assert REPERTOIRES["UNOC"].fitted("Škoda Łódź Ωmega") == "Skoda .ódz .mega"
    assert REPERTOIRES["UNOA"].fitted("Müller & Söhne") == "MULLER & SOHNE"
    assert REPERTOIRES["UNOY"].fitted("tab\tend") == "tab.end"


def test_syntax_version_3_writes_two_digits_of_the_year_and_4_all() -> None:
    assert b"UNB+UNOC:3+NTA.DE:ZZ+NTA.EU:ZZ+261124:1230+" in write(HEADER, [message("A")])
    later = Header(HEADER.sender, HEADER.recipient, HEADER.prepared, "R1", REPERTOIRES["UNOY"])
    assert b"UNB+UNOY:4+NTA.DE:ZZ+NTA.EU:ZZ+20261124:1230+" in write(later, [message("A")])


def test_other_service_characters_and_line_ends_are_read() -> None:
    text = b"UNA|*,! ~\r\n" + GOOD.replace(b"+", b"*").replace(b":", b"|").replace(b"'", b"~\r\n")
    assert read(text) == read(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "where", "finding"),
    [
        (b"UNT+3+1", b"UNT+4+1", 0, ("29", 3, 2)),
        (b"UNT+3+1", b"UNT+3+2", 0, ("28", 3, 3)),
        (b"UNT+3+1'", b"", 0, ("13", 3, 0)),
        (b"UNH+1+", b"UNH++", 0, ("13", 1, 2)),
        (b"TOP+1+A", b"TOP+1+A\x85", 0, ("21", 2, 3)),
        (b"UNZ+1+R1", b"UNZ+2+R1", None, ("29", 0, 2)),
        (b"UNZ+1+R1", b"UNZ+1+R2", None, ("28", 0, 3)),
        (b"UNZ+1+R1'", b"", None, ("13", 0, 0)),
        (b"UNOC:3", b"UNOC:7", None, ("2", 0, 2)),
        (b"UNOC:3", b"UNOC:4", None, ("47", 0, 2)),
        (b"UNOC:3", b"UNOX:4", None, ("46", 0, 2)),
        (b"261124:1230", b"261324:1230", None, ("12", 0, 5)),
        (b"+R1'UNH", b"+R1'UNG+1'UNH", None, ("47", 0, 0)),
        (b"UNH+1+CD118C:5:1:ZZ'TOP+1+A'UNT+3+1'", b"", None, ("13", 0, 0)),
        (b"R1'UNH", b"R1'LOC+1'UNH", None, ("15", 0, 0)),
    ],
)
def test_faults_have_a_place(old: bytes, new: bytes, where: int | None, finding: tuple[str, int, int]) -> None:
    assert old in GOOD
    found = read(GOOD.replace(old, new))
    wrong = found.findings if where is None else found.messages[where].findings
    assert finding in [(each.code, each.segment, each.element) for each in wrong]


def test_a_message_without_end_does_not_swallow_the_next_one() -> None:
    found = read(GOOD.replace(b"UNT+3+1'UNZ+1", b"UNH+2+CD118C:5:1:ZZ'TOP+1+B'UNT+3+2'UNZ+2"))
    assert [each.reference for each in found.messages] == ["1", "2"]
    assert (len(found.messages[0].findings), found.messages[1].findings, found.findings) == (1, (), ())


def test_two_messages_with_one_reference_are_told() -> None:
    found = read(GOOD.replace(b"UNZ+1", b"UNH+1+CD118C:5:1:ZZ'TOP+1+B'UNT+3+1'UNZ+2"))
    assert [each.code for each in found.findings] == ["26"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no EDIFACT interchange"), (b"<CD118C/>", "no EDIFACT interchange"),
        (GOOD[:40], "ends inside segment 1"), (GOOD[:-1], "ends inside segment 5"),
        (GOOD[:-3], "ends inside segment 5"),
        (b"UNA++.? '" + GOOD, "four different"), (b"UNA:+.  '" + GOOD, "four different"),
        (b"UNA:A.? '" + GOOD, "letters"), (GOOD.replace(b"NTA.EU:ZZ", b""), "names no sender"),
        (GOOD.replace(b"TOP", b"top"), "begins with no tag"),
        (GOOD.replace(b"TOP+1", b"TOP:1+1"), "begins with no tag"),
    ],
)  # fmt: skip
def test_what_is_no_interchange_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(NotWellFormed, match=says):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"UNB+UNOC:3+" + b"A" * syntax.SIZE, GOOD.replace(b"TOP+1+A", b"TOP" + b"+1" * 102),
        GOOD.replace(b"TOP+1+A", b"TOP+" + b":" * 30 + b"1"), GOOD.replace(b"TOP+1+A", b"TOP+1+" + b"A" * 2001),
        GOOD.replace(b"TOP+1+A'", b"TOP+1'" * (syntax.SEGMENTS + 1)),
        GOOD.replace(b"UNZ", b"UNH+1+A'UNT+2+1'" * 1001 + b"UNZ"),
    ],
    ids=["size", "elements", "components", "length", "segments", "messages"],
)  # fmt: skip
def test_what_is_too_large_is_refused(data: bytes) -> None:
    with pytest.raises(TooLarge):
        read(data)


def test_damage_never_raises_anything_but_our_errors() -> None:
    chance = random.Random(7)
    whole = write(HEADER, [message("A?+B'C", "ü"), message("B")])
    for _ in range(1500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = bytes(
                chance.choice(b"+:'?UNBZT\r\n \xff0") for _ in range(chance.randint(0, 3))
            )
        try:
            read(bytes(data))
        except DouaneError:
            continue


# --- control answers


def answered(data: bytes, refused: dict[int, list[Finding]]) -> list[str]:
    made = control.answer(read(data), refused)
    assert made.identifier == ("CONTRL", "D", "3", "UN")
    return [syntax.join([each])[9:-1] for each in made.segments]


def test_an_accepted_interchange_is_acknowledged() -> None:
    assert answered(GOOD, {}) == ["UCI+R1+NTA.DE:ZZ+NTA.EU:ZZ+7"]


def test_a_rejected_message_is_named_with_segments_and_elements() -> None:
    wrong = [Finding("13", "", 4), Finding("12", "", 3, 4), Finding("39", "", 3, 3, 2), Finding("29", "")]
    more = GOOD.replace(b"UNZ+1", b"UNH+2+CD006C:5:1:ZZ'TOP+1+B'UNT+3+2'UNZ+2")
    assert answered(more, {1: wrong}) == [
        "UCI+R1+NTA.DE:ZZ+NTA.EU:ZZ+7", "UCM+2+CD006C:5:1:ZZ+4+29", "UCS+3", "UCD+39+3:2", "UCD+12+4", "UCS+4+13",
    ]  # fmt: skip


def test_a_broken_interchange_is_rejected_whole() -> None:
    assert answered(GOOD.replace(b"UNZ+1", b"UNZ+9"), {}) == ["UCI+R1+NTA.DE:ZZ+NTA.EU:ZZ+4+29+UNZ+2"]
    assert answered(GOOD, {0: [Finding("18", "")]})[0] == "UCI+R1+NTA.DE:ZZ+NTA.EU:ZZ+4"


def test_an_answer_is_read_again() -> None:
    more = read(GOOD.replace(b"UNZ+1", b"UNH+2+CD006C:5:1:ZZ'TOP+1+B'UNT+3+2'UNZ+2"))
    found = control.read(control.answer(more, {1: [Finding("12", "")]}))
    assert found == control.Control("R1", Action.ACKNOWLEDGED, "", {"2": Action.REJECTED})
    with pytest.raises(NotValid):
        control.read(message("A"))
