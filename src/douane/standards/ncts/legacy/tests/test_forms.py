"""EDIFACT segments and fixed-width records: every message type comes back as it was, every fault has its place."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from douane.standards.edifact import interchange as edifact
from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.binding.kinds import Base
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.legacy import records, segments
from douane.standards.ncts.legacy.codes import CODES, ROOT
from douane.standards.ncts.legacy.rows import columns_of, groups, places
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.tests.random_messages import group_of
from douane.vocabulary.errors import DouaneError, NotValid, NotWellFormed, TooLarge, UnknownMessageType

UTF_8, LATIN = REPERTOIRES["UNOY"], REPERTOIRES["UNOC"]
HEADER = edifact.Header(edifact.Party("NTA.DE"), edifact.Party("NTA.FR"), dt.datetime(2026, 11, 24, 12, 0), "R1", UTF_8)


def crossing(**more: Any) -> p5.CD118C:
    return p5.CD118C(
        message_sender="NTA.DE", message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 24, 12, 0),
        message_identification="DE1", message_type="CD118C", phase_id="NCTS5.1",
        transit_operation=p5.TransitOperation46(mrn="26FRLIL0000000QSJ6", passage_date=dt.date(2026, 11, 24)),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number="DE004055"), **more,
    )  # fmt: skip


def sample(name: str, seed: int) -> Any:
    rng = random.Random(f"{name} {seed}")
    codec = CODECS.codec(name)
    return codec.struct(**group_of(codec.layout, rng), phase_id=rng.choice((None, "NCTS5.1", "NCTS5.0")))


def layouts() -> list[tuple[str, str, Layout]]:
    found: list[tuple[str, str, Layout]] = []

    def below(name: str, path: str, layout: Layout) -> None:
        found.append((name, path, layout))
        for item in layout.items:
            if isinstance(item, Inner):
                below(name, f"{path}/{item.tag}", item.layout)

    for name in CODECS.messages:
        below(name, f"/{name}", CODECS.codec(name).layout)
    return found


@pytest.mark.parametrize("name", CODECS.messages)
def test_every_type_comes_back_as_it_was(name: str) -> None:
    for seed in range(3):
        message = sample(name, seed)
        made, lost = segments.write(message, UTF_8)
        there = edifact.read(edifact.write(HEADER, [made]))
        assert (there.findings, there.messages[0].findings, lost) == ((), (), ())
        assert segments.read(there.messages[0]) == message
        try:
            data, lost = records.write(message, UTF_8)
        except NotValid:  # a random text that is spaces alone, or identifies and ends with one
            assert any(value.endswith(" ") for group in groups(message) for value in group.values)
            continue
        (block,) = records.blocks(data)
        assert lost or records.read(block) == message
        assert [each.written for each in lost] == [each.value.rstrip(" ") for each in lost]


def test_every_group_has_one_code_and_no_two_groups_share_one() -> None:
    tags = {layout.tag for name, path, layout in layouts() if path != f"/{name}"}
    assert tags == set(CODES)
    codes = [*CODES.values(), ROOT]
    assert len(codes) == len(set(codes))
    assert all(len(each) == 3 and each.isupper() and each.isalpha() for each in codes)
    assert not [each for each in codes if each.startswith("UN")]


def test_every_value_has_room_in_its_column() -> None:
    for name, path, _ in layouts():
        for leaf, width in columns_of(name, path):
            kind = leaf.kind
            if kind.values:
                assert width >= max(map(len, kind.values)), (path, leaf.tag)
            elif kind.base in (Base.TEXT, Base.COLLAPSED):
                assert width >= kind.most, (path, leaf.tag)
            elif kind.base is Base.INTEGER:
                assert width >= len(str(kind.most)), (path, leaf.tag)
            elif kind.base is Base.DECIMAL:
                assert width > kind.most, (path, leaf.tag)


def test_no_row_is_wider_than_an_interchange_carries() -> None:
    assert max(len(columns_of(name, path)) for name, path, _ in layouts()) < 98
    assert all(isinstance(item, Leaf | Inner) for _, _, layout in layouts() for item in layout.items)


def test_edifact_as_it_is_written() -> None:
    made, _ = segments.write(crossing(), LATIN)
    header = edifact.Header(edifact.Party("NTA.DE", "ZZ"), edifact.Party("NTA.FR", "ZZ"), HEADER.prepared, "R1")
    assert edifact.write(header, [made]).decode() == (
        "UNA:+.? 'UNB+UNOC:3+NTA.DE:ZZ+NTA.FR:ZZ+261124:1200+R1'UNH+1+CD118C:5:1:ZZ:NCTS'"
        "MSG+0+NCTS5.1+NTA.DE+NTA.FR+20261124120000+DE1+CD118C'TOP+1+26FRLIL0000000QSJ6+20261124'ODP+1+FR005350'"
        "OTA+1+DE004055'UNT+6+1'UNZ+1+R1'"
    )


def test_records_as_they_are_written() -> None:
    lines = records.write(crossing(), LATIN)[0].decode().split("\n")
    assert lines[0] == "000CD118C01UNOC"
    assert lines[1] == (
        "MSG0NCTS5.1" + "NTA.DE".ljust(35) + "NTA.FR".ljust(35) + "20261124120000" + "DE1".ljust(35) + "CD118C"
        + " " * 35
    )  # fmt: skip
    assert lines[2].startswith("TOP126FRLIL0000000QSJ620261124")
    assert lines[-2:] == ["9990000006", ""]


# --- what cannot be said


def signed(name: str, place: str) -> p5.CD906C:
    return p5.CD906C(
        message_sender="NTA.DE", message_recipient=name, preparation_date_and_time=dt.datetime(2026, 11, 24, 12, 0),
        message_identification="DE1", message_type="CD906C",
        functional_error=(p5.FunctionalError03(error_pointer=place, error_code="12"),),
    )  # fmt: skip


def test_losses_are_reported_by_field() -> None:
    _, lost = segments.write(signed("NTA.FR", "/Ω/Łódź"), LATIN)
    assert lost == (("/CD906C/FunctionalError[1]/errorPointer", "/Ω/Łódź", "/./.ódz"),)
    _, lost = records.write(signed("NTA.FR", "/end  "), LATIN)
    assert lost == (("/CD906C/FunctionalError[1]/errorPointer", "/end  ", "/end"),)


@pytest.mark.parametrize("write", [segments.write, records.write])
def test_what_identifies_is_never_replaced(write: Any) -> None:
    with pytest.raises(NotValid) as caught:
        write(signed("NTA.Ω.GR", "/x"), LATIN)
    assert [(f.pointer, f.code) for f in caught.value.faults] == [("/CD906C/messageRecipient", "53")]


# --- what is wrong with a message

NO_OFFICE = [("/CD118C/TransitOperation/ODP", "15", 4, 0), ("/CD118C/CustomsOfficeOfDeparture", "13", 2, 0)]


def edifact_faults(text: str) -> list[tuple[str, str, int, int]]:
    made, _ = segments.write(crossing(), LATIN)
    whole = edifact.write(edifact.Header(HEADER.sender, HEADER.recipient, HEADER.prepared, "R1"), [made]).decode()
    old, _, new = text.partition(" => ")
    assert old in whole
    with pytest.raises(NotValid) as caught:
        segments.read(edifact.read(whole.replace(old, new).encode("latin-1")).messages[0])
    return [(f.pointer, f.code, f.line, f.column) for f in caught.value.faults]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ("+FR005350 => ", [("/CD118C/CustomsOfficeOfDeparture/referenceNumber", "13", 4, 3)]),
        ("ODP+1+FR005350' => ", [("/CD118C/CustomsOfficeOfDeparture", "13", 2, 0)]),
        ("ODP+1+FR005350' => ODP+1+FR005350'ODP+1+FR005350'", [("/CD118C/CustomsOfficeOfDeparture[2]", "35", 5, 0)]),
        ("ODP+1+FR005350'OTA+1+DE004055 => OTA+1+DE004055'ODP+1+FR005350",
         [("/CD118C/CustomsOfficeOfDeparture", "15", 5, 0)]),
        ("QSJ6+20261124 => QS?'J+20261324", [("/CD118C/TransitOperation/MRN", "53", 3, 3),
                                            ("/CD118C/TransitOperation/passageDate", "50", 3, 4)]),
        ("ODP+1 => XYZ+1+1'LOC+2'ODP+1", [("/CD118C/XYZ", "15", 4, 0)]),
        ("ODP+1 => ODP+2", NO_OFFICE),
        ("ODP+1 => ODP+x", NO_OFFICE),
        ("MSG+0 => MSX+0", [("/CD118C", "13", 2, 0)]),
        ("OTA+1+DE004055 => OTA+1+DE004055++9", [("/CD118C/CustomsOfficeOfTransitActual", "15", 5, 5)]),
        ("OTA+1+DE004055 => OTA+1+DE004055'MSG+0", [("/CD118C", "15", 6, 0)]),
        (":5:1:ZZ => :4:1:ZZ", [("/CD118C", "12", 1, 3)]),
        ("NCTS5.1+ => NCTS9+", [("/CD118C/PhaseID", "12", 2, 3)]),
    ],
)  # fmt: skip
def test_faults_of_segments_have_the_place_that_contrl_counts(
    change: str, faults: list[tuple[str, str, int, int]]
) -> None:
    assert edifact_faults(change) == faults


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("ODP1FR005350", "ODP1", [("/CD118C/CustomsOfficeOfDeparture/referenceNumber", "13", 4, 5)]),
        ("QSJ620261124", "QSJ620261324", [("/CD118C/TransitOperation/passageDate", "50", 3, 23)]),
        ("OTA1DE004055", "OTA1DE004055    X", [("/CD118C/CustomsOfficeOfTransitActual", "15", 5, 13)]),
        ("OTA1", "OTAx", [("/CD118C/CustomsOfficeOfDeparture/OTA", "15", 5, 1),
                          ("/CD118C/CustomsOfficeOfTransitActual", "13", 2, 1)]),
    ],
)  # fmt: skip
def test_faults_of_records_have_line_and_column(old: str, new: str, faults: list[tuple[str, str, int, int]]) -> None:
    text = records.write(crossing(), LATIN)[0].decode()
    assert old in text
    (block,) = records.blocks(text.replace(old, new).encode())
    with pytest.raises(NotValid) as caught:
        records.read(block)
    assert [(f.pointer, f.code, f.line, f.column) for f in caught.value.faults] == faults


def test_unknown_types_are_refused_with_their_place() -> None:
    made, _ = segments.write(crossing(), LATIN)
    other = edifact.Message("1", ("CUSDEC", "D", "96B", "UN"), made.segments)
    with pytest.raises(UnknownMessageType):
        segments.read(other)
    (block,) = records.blocks(records.write(crossing(), LATIN)[0].replace(b"000CD118C", b"000CUSDEC"))
    with pytest.raises(UnknownMessageType):
        records.read(block)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (b"9990000006", b"9990000007", 6), (b"9990000006\n", b"", 5), (b"000CD118C", b"111CD118C", 1),
        (b"01UNOC", b"02UNOC", 1), (b"UNOC", b"UNOX", 1), (b"ODP1", b"OD\xfe\x011", 4),
        (b"9990000006\n", b"9990000006\n\n", 7),
    ],
)  # fmt: skip
def test_a_file_that_is_cut_or_damaged_is_refused_with_its_line(old: bytes, new: bytes, line: int) -> None:
    data = records.write(crossing(), LATIN)[0]
    assert old in data
    with pytest.raises(NotWellFormed) as caught:
        records.blocks(data.replace(old, new, 1))
    assert [f.line for f in caught.value.faults] == [line]


def test_several_messages_and_other_line_ends_are_read() -> None:
    data = records.write(crossing(), LATIN)[0]
    found = records.blocks(data.replace(b"\n", b"\r\n") + data)
    assert [each.start for each in found] == [1, 7]
    assert [records.read(each) for each in found] == [crossing()] * 2


def test_a_large_file_is_refused() -> None:
    with pytest.raises(TooLarge):
        records.blocks(b"000CD118C01UNOC" + b"x" * records.SIZE)
    with pytest.raises(TooLarge):
        records.blocks(b"000CD118C01UNOC" + b"\n" * (records.LINES + 1))


def test_damage_never_raises_anything_but_our_errors() -> None:
    chance = random.Random(11)
    message = sample("CD001C", 1)
    whole, rows = edifact.write(HEADER, [segments.write(message, UTF_8)[0]]), records.write(crossing(), UTF_8)[0]
    for _ in range(100):
        for data, read in ((whole, _edifact), (rows, _records)):
            damaged = bytearray(data)
            for _ in range(chance.randint(1, 3)):
                at = chance.randrange(len(damaged))
                damaged[at : at + chance.randint(0, 2)] = bytes(chance.choice(b"+:'?AZ19\n ") for _ in range(2))
            try:
                read(bytes(damaged))
            except DouaneError:
                continue


def _edifact(data: bytes) -> None:
    for each in edifact.read(data).messages:
        segments.read(each)


def _records(data: bytes) -> None:
    for each in records.blocks(data):
        records.read(each)


def test_places_are_where_things_are_written() -> None:
    whole = segments.write(crossing(), LATIN)[0].segments
    lines = records.write(crossing(), LATIN)[0].decode().split("\n")
    found = {each.code: each for each in places("CD118C")}
    assert [each.tag for each in whole] == list(found)
    operation = found["TOP"]
    assert (operation.level, operation.least, operation.most) == (1, 1, 1)
    assert [(c.leaf.tag, c.width) for c in operation.columns] == [("MRN", 18), ("passageDate", 8)]
    assert (whole[1].value(2), lines[2][4:22]) == ("26FRLIL0000000QSJ6",) * 2
    with pytest.raises(UnknownMessageType):
        list(places("CUSDEC"))


def test_rows_name_their_groups() -> None:
    message = crossing()
    assert [each.pointer.removeprefix("/CD118C") for each in groups(message)] == [
        "", "/TransitOperation", "/CustomsOfficeOfDeparture", "/CustomsOfficeOfTransitActual",
    ]  # fmt: skip
