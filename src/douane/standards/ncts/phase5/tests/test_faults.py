"""Our own golden messages, and what is said of each thing that can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from douane.standards.ncts.binding.collecting import STRAY, Reading
from douane.standards.ncts.phase5 import CC015C, Message, check, from_json, read, to_json, write
from douane.standards.ncts.phase5.reading import INSTANCE, LIMITS, MESSAGES, NAMESPACE, read_any, read_usual
from douane.standards.xml.events import Events
from douane.standards.xml.reading import read_tree
from douane.vocabulary.errors import Fault, NotValid, NotWellFormed, TooLarge, UnknownMessageType
from douane.vocabulary.faults import COUNTED, NAMED, Faults

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.xml"))
DECLARATION = (GOLDEN / "cc015c-two-items.xml").read_text(encoding="utf-8")
ITEM = "/CC015C/Consignment/HouseConsignment[1]/ConsignmentItem[2]"


def faults(old: str, new: str, count: int = 1) -> list[Fault]:
    """The faults after a replacement from the last place in the golden declaration."""
    assert old in DECLARATION
    text = new.join(DECLARATION.rsplit(old, count))
    with pytest.raises(NotValid) as caught:
        read(text.encode())
    return list(caught.value.faults)


def only(old: str, new: str) -> tuple[str, str]:
    """Code and pointer of the one fault after a replacement."""
    found = faults(old, new)
    assert len(found) == 1, found
    assert found[0].line > 0
    assert found[0].remedy.endswith(".")
    return found[0].code, found[0].pointer


def test_there_are_golden_files() -> None:
    assert len(FILES) == 7


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_messages_come_back_in_both_forms(path: Path) -> None:
    data = path.read_bytes()
    message = read(data)
    assert type(message).__name__ == path.stem.partition("-")[0].upper()
    assert read_usual(data.decode()) == read_any(data) == message
    assert read(write(message)) == message
    assert from_json(Message, to_json(message)) == message
    assert check(message) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "pointer"),
    [
        ("<bindingItinerary>0<", "<bindingItinerary>2<", "12", "/CC015C/TransitOperation/bindingItinerary"),
        ("<LRN>LRN2026000001</LRN>", "", "13", "/CC015C/TransitOperation/LRN"),
        ("<netMass>", "<tareMass>1</tareMass><netMass>", "15", f"{ITEM}/Commodity/GoodsMeasure/tareMass"),
        ("<LRN>", "<limitDate>2026-12-01</limitDate><LRN>", "15", "/CC015C/TransitOperation/limitDate"),
        ("<LRN>", "<LRN x='1'>", "15", "/CC015C/TransitOperation/LRN"),
        ("<LRN>", "<LRN><b/>", "15", "/CC015C/TransitOperation/LRN/b"),
        ("<LRN>", "and <LRN>", "18", "/CC015C/TransitOperation"),
        ("</LRN>", "</LRN><LRN>2</LRN>", "35", "/CC015C/TransitOperation/LRN[2]"),
        ("LRN2026000001", "LRN20260000010123456789", "39", "/CC015C/TransitOperation/LRN"),
        ("LRN2026000001", "", "40", "/CC015C/TransitOperation/LRN"),
        ("<city>Wien<", "<city> <", "51", "/CC015C/Consignment/Consignee/Address/city"),
        ("<netMass>102.25<", "<netMass>a lot<", "50", f"{ITEM}/Commodity/GoodsMeasure/netMass"),
        ("<netMass>102.25<", "<netMass>1.1234567<", "39", f"{ITEM}/Commodity/GoodsMeasure/netMass"),
        ("<netMass>102.25<", "<netMass>0.0<", "51", f"{ITEM}/Commodity/GoodsMeasure/netMass"),
        ("2026-11-24T08:30:00", "2026-11-31T08:30:00", "50", "/CC015C/preparationDateAndTime"),
        ("2026-11-24T08:30:00", "24.11.2026", "51", "/CC015C/preparationDateAndTime"),
        ("AT100000", "AT1OO-00", "53", "/CC015C/CustomsOfficeOfDestinationDeclared/referenceNumber"),
        ("AT100000", "10ATA000", "51", "/CC015C/CustomsOfficeOfDestinationDeclared/referenceNumber"),
        ("<goodsItemNumber>2<", "<goodsItemNumber>0<", "54", f"{ITEM}/goodsItemNumber"),
        ("<goodsItemNumber>2<", "<goodsItemNumber>100000<", "55", f"{ITEM}/goodsItemNumber"),
        ("<goodsItemNumber>2<", "<goodsItemNumber>02<", "51", f"{ITEM}/goodsItemNumber"),
        ('PhaseID="NCTS5.1"', 'PhaseID="NCTS6"', "12", "/CC015C/@PhaseID"),
        ('PhaseID="NCTS5.1"', 'id="1"', "15", "/CC015C"),
    ],
)
def test_each_fault_has_its_code_and_place(old: str, new: str, code: str, pointer: str) -> None:
    assert only(old, new) == (code, pointer)


def test_every_fault_is_named_at_once_even_behind_one_of_structure() -> None:
    text = DECLARATION.replace("<messageSender>TRADER.FR</messageSender>", "<sender/>")
    text = text.replace("<goodsItemNumber>1<", "<goodsItemNumber>x<").replace(
        "<declarationType>T1<", "<declarationType><"
    )
    text = text.replace("<netMass>", "<netMass>-").replace("FR005350", "fr")
    with pytest.raises(NotValid) as caught:
        read(text.encode())
    found = {(fault.code, fault.pointer.rpartition("/")[2]): fault for fault in caught.value.faults}
    assert set(found) == {
        ("15", "sender"),
        ("13", "messageSender"),
        ("50", "goodsItemNumber"),
        ("40", "declarationType"),
        ("51", "netMass"),
        ("40", "referenceNumber"),
    }
    assert len(caught.value.faults) == 8
    assert found["13", "messageSender"].remedy == "Give messageSender, first in CC015C."
    assert found["50", "goodsItemNumber"].value == "x"
    assert found["50", "goodsItemNumber"].line == DECLARATION.partition("<goodsItemNumber>")[0].count("\n") + 1


def test_one_time_too_many_is_named_once() -> None:
    inside = "<sequenceNumber>1</sequenceNumber><type>C521</type><referenceNumber>A</referenceNumber>"
    one = f"<Authorisation>{inside}</Authorisation>"
    found = faults("<CustomsOfficeOfDeparture>", one * 12 + "<CustomsOfficeOfDeparture>")
    assert [(fault.code, fault.pointer) for fault in found] == [("35", "/CC015C/Authorisation[10]")]
    assert found[0].remedy == "Give it at most 9 times."


def test_a_hundred_faults_are_named_and_the_rest_is_counted() -> None:
    found = faults("<LRN>", "<x/>" * 250 + "<LRN>")
    assert len(found) == NAMED
    assert found[-1].remedy == "Mend what is named here and send it again: 151 more places are left out."
    assert (found[-1].pointer, {each.code for each in found[:-1]}) == ("/CC015C", {"15"})
    assert len(faults("<LRN>", "<x/>" * NAMED + "<LRN>")) == NAMED, "so many need no word about others"


class Counting(Reading):
    """Counts what it is told."""

    told = 0

    def start(self, tag: str, attributes: list[str], line: int) -> None:
        self.told += 1
        super().start(tag, attributes, line)


def told(inside: str) -> tuple[int, Faults]:
    """How many elements are read of a declaration with this before its LRN, and what is found."""
    reading = Counting(MESSAGES.codecs.phases, MESSAGES.layout_of)
    text = DECLARATION.replace("<LRN>", f"{inside}<LRN>", 1)
    assert reading.message(Events(text.encode(), LIMITS)) is None
    return reading.told, reading.faults


@pytest.mark.parametrize(
    "inside",
    [
        "<x/>" * 90_000,
        "<x><y/></x>" * 40_000,
        f"<x>{'<y>' * 29}{'</y>' * 29}</x>" * 1_000,
        "<x>" + "<y/>" * 90_000 + "</x>",
        "<LRN>1</LRN>" * 90_000,
        "<security>1</security><LRN>1</LRN>" * 40_000,
        "<declarationType><z/></declarationType>" * 40_000,
        "text<x/>" * 40_000,
        '<x a="1" b="2"/>' * 40_000,
    ],
)
def test_reading_stops_long_before_the_end(inside: str) -> None:
    count, found = told(inside)
    assert count < 40 * STRAY
    assert 0 < len(found.named()) <= NAMED
    assert found.count <= COUNTED + 1


def test_what_is_passed_over_within_bounds_costs_no_word() -> None:
    found = faults("<LRN>", "<x><y><z>1</z></y></x><LRN>")
    assert [(each.code, each.pointer) for each in found] == [("15", "/CC015C/TransitOperation/x")]


@pytest.mark.parametrize("unusual", ["", "<!-- -->"])
def test_a_declaration_has_as_many_goods_items_as_it_has_numbers_for(unusual: str) -> None:
    begin = DECLARATION.index("<ConsignmentItem>")
    end = DECLARATION.rindex("</ConsignmentItem>") + len("</ConsignmentItem>")
    house = DECLARATION[DECLARATION.index("<HouseConsignment>") : DECLARATION.index("</HouseConsignment>") + 19]
    pair = DECLARATION[begin:end]
    full = house.replace(pair, pair * 499 + pair[: pair.index("</ConsignmentItem>") + 18])
    two = DECLARATION.replace(house, full * 2)
    assert isinstance(read((two.replace("<LRN>", f"{unusual}<LRN>")).encode()), CC015C)
    with pytest.raises(NotValid) as caught:
        read(two.replace(full * 2, full * 2 + house).replace("<LRN>", f"{unusual}<LRN>").encode())
    assert [(each.code, each.remedy) for each in caught.value.faults] == [
        ("35", "Declare at most 1999 goods items at once.")
    ]


def test_of_a_giant_value_only_so_much_is_looked_at() -> None:
    found = faults("<LRN>", f"<LRN>{'A' * 3_000_000}")
    assert [(each.code, each.pointer) for each in found] == [("39", "/CC015C/TransitOperation/LRN")]
    padded = DECLARATION.replace("<declarationType>", f"<declarationType>{' ' * 60_000}")
    assert read(padded.encode()) == read(DECLARATION.encode())


def test_a_child_out_of_order_is_named_alone_with_the_place_it_belongs_to() -> None:
    found = faults("<messageSender>TRADER.FR</messageSender>", "")
    assert [(fault.code, fault.remedy) for fault in found] == [("13", "Give messageSender, first in CC015C.")]
    text = DECLARATION.replace("<messageSender>TRADER.FR</messageSender>", "")
    text = text.replace("<TransitOperation>", "<messageSender>TRADER.FR</messageSender><TransitOperation>")
    with pytest.raises(NotValid) as caught:
        read(text.encode())
    assert [(fault.code, fault.pointer, fault.remedy) for fault in caught.value.faults] == [
        ("15", "/CC015C/messageSender", "Put it before messageRecipient.")
    ]


def test_json_lists_beyond_their_limit_are_not_judged_further() -> None:
    value = document()
    value["Authorisation"] = [{}] * 100_000
    found = json_faults(value)
    assert found[0] == ("35", "/n1:CC015C/Authorisation/9")
    assert len(found) == 1 + 9 * 3


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (
            lambda text: text.replace("Roulements du Nord", "A &amp; B &quot;C&quot; &apos;D&apos; &amp;lt;"),
            "A & B \"C\" 'D' &lt;",
        ),
        (lambda text: text.replace("Roulements du Nord", "A &lt;B&gt; &#233;"), "A <B> é"),
        (lambda text: text.replace("Roulements du Nord", "<![CDATA[A <&> B]]>"), "A <&> B"),
        (lambda text: text.replace("Roulements du Nord", "A<!-- B -->C<?d e?>"), "AC"),
        (lambda text: text.replace("Roulements du Nord", "A\tB"), "A B"),
        (lambda text: text.replace("\n", "\r\n"), "Roulements du Nord"),
        (lambda text: text.replace("ncts:", "n:").replace("xmlns:ncts", "xmlns:n"), "Roulements du Nord"),
        (
            lambda text: text.replace("<messageSender>", "<!-- x --><messageSender>") + "<!-- end -->",
            "Roulements du Nord",
        ),
    ],
)
def test_every_written_form_gives_the_same_message(change: Callable[[str], str], value: str) -> None:
    message = read(change(DECLARATION).encode())
    assert isinstance(message, CC015C)
    assert message.consignment.consignor is not None
    assert message.consignment.consignor.name == value
    assert read(write(message)) == message


@pytest.mark.parametrize(
    "head",
    [
        '<ns2:CC015C xmlns:ns2="http://ncts.dgtaxud.ec">',
        '<ncts5:CC015C PhaseID="NCTS5.0" xmlns:ncts5="http://ncts.dgtaxud.ec">',
        f'<a:CC015C xmlns:a="{NAMESPACE}" xmlns:xsi="{INSTANCE}" xsi:schemaLocation="u cc015c.xsd" PhaseID="NCTS5.1" >',
    ],
)
@pytest.mark.parametrize(
    "prolog", ["", "<?xml version='1.0' encoding='utf-8'?>", '<?xml version="1.0" standalone="yes"?>\r\n']
)
def test_usual_heads_are_read_fast(head: str, prolog: str) -> None:
    prefix = head[1:].partition(":")[0]
    body = DECLARATION.partition('NCTS5.1">')[2].replace("</ncts:", f"</{prefix}:")
    message = read_usual(prolog + head + body)
    assert message is not None
    assert read_any((prolog + head + body).encode()) == message
    assert message.phase_id == ("NCTS5.0" if "NCTS5.0" in head else "NCTS5.1" if "NCTS5.1" in head else None)


@pytest.mark.parametrize(
    "head",
    [
        '<a:CC015C xmlns:a="urn:x">',
        '<a:CC015C xmlns:b="http://ncts.dgtaxud.ec">',
        '<a:CC015C xmlns:a="http://ncts.dgtaxud.ec" xmlns:a="http://ncts.dgtaxud.ec">',
        '<a:CC015C xmlns:a="http://ncts.dgtaxud.ec" PhaseID="NCTS5.2">',
        '<a:CC015C xmlns:a="http://ncts.dgtaxud.ec" PhaseID="">',
        '<a:CC015C xmlns:a="http://ncts.dgtaxud.ec" xmlns="http://ncts.dgtaxud.ec">',
        '<a:CC015C xmlns:a="http://ncts.dgtaxud.ec" xsi:schemaLocation="x y">',
        '<a:CC015C xmlns:a="http://ncts.dgtaxud.ec" lang="fr">',
        '<xml:CC015C xmlns:xml="http://ncts.dgtaxud.ec">',
        '<a:CC007C xmlns:a="http://ncts.dgtaxud.ec">',
    ],
)
def test_wrong_heads_are_refused(head: str) -> None:
    prefix, name = head[1:].partition(" ")[0].split(":")
    body = DECLARATION.partition('NCTS5.1">')[2].replace("</ncts:CC015C", f"</{prefix}:{name}")
    assert read_usual(head + body) is None
    with pytest.raises((NotWellFormed, NotValid, UnknownMessageType)):
        read((head + body).encode())


def test_the_end_of_a_day_keeps_its_form() -> None:
    message = read(DECLARATION.replace("2026-11-24T08:30:00", "9999-12-31T24:00:00").encode())
    assert isinstance(message, CC015C)
    assert message.preparation_date_and_time.date().isoformat() == "9999-12-31"
    assert b">9999-12-31T24:00:00<" in write(message)
    assert read(write(message)) == message
    assert from_json(CC015C, to_json(message)) == message
    assert check(message) == ()


@pytest.mark.parametrize("tail", ["x", "<a/>", "</a>", "&", "<"])
def test_nothing_may_follow_the_root(tail: str) -> None:
    with pytest.raises(NotWellFormed):
        read((DECLARATION + tail).encode())


@pytest.mark.parametrize("old", ["&nbsp;", "&", "A & B", "]]>", "\x01", "\ufffe"])
def test_what_is_not_well_formed_is_refused(old: str) -> None:
    with pytest.raises(NotWellFormed):
        read(DECLARATION.replace("Roulements du Nord", old).encode())


@pytest.mark.parametrize("old", ["</LRN>", "&", "\x01"])
def test_a_stream_and_a_tree_say_the_same_of_what_is_not_well_formed(old: str) -> None:
    data = DECLARATION.replace("Roulements du Nord", old).encode()
    with pytest.raises(NotWellFormed) as streamed:
        read(data)
    with pytest.raises(NotWellFormed) as built:
        read_tree(data, LIMITS)
    assert streamed.value.faults == built.value.faults


def test_an_unknown_root_or_namespace_is_an_unknown_type() -> None:
    for data in (
        DECLARATION.replace("CC015C", "CC999C"),
        DECLARATION.replace("http://ncts.dgtaxud.ec", "urn:x"),
        "<CC015C/>",
    ):
        with pytest.raises(UnknownMessageType) as caught:
            read(data.encode())
        assert caught.value.faults[0].pointer.startswith("/")


def test_a_message_beyond_the_cap_is_too_large() -> None:
    with pytest.raises(TooLarge):
        read(DECLARATION.encode() + b" " * 16_000_000)


def document() -> dict[str, object]:
    """The golden declaration as decoded JSON, without its envelope."""
    inner: dict[str, object] = msgspec.json.decode(to_json(read(DECLARATION.encode())))["CC015C"]
    return inner


def json_faults(value: object) -> list[tuple[str, str]]:
    with pytest.raises(NotValid) as caught:
        from_json(Message, msgspec.json.encode({"n1:CC015C": value}))
    return [(fault.code, fault.pointer) for fault in caught.value.faults]


def test_json_faults_have_json_pointers() -> None:
    value = document()
    operation, consignment = value["TransitOperation"], value["Consignment"]
    assert isinstance(operation, dict)
    assert isinstance(consignment, dict)
    operation["security"] = 7
    operation["bindingItinerary"] = "2"
    operation["a/b"] = 1
    del operation["LRN"]
    consignment["HouseConsignment"][0]["ConsignmentItem"][1]["goodsItemNumber"] = 1.5
    value["Authorisation"] = {"type": "C521"}
    value["Guarantee"] = []
    value["@PhaseID"] = "NCTS7"
    del value["PhaseID"]
    assert sorted(json_faults(value)) == sorted(
        [
            ("50", "/n1:CC015C/TransitOperation/security"),
            ("12", "/n1:CC015C/TransitOperation/bindingItinerary"),
            ("15", "/n1:CC015C/TransitOperation/a~1b"),
            ("13", "/n1:CC015C/TransitOperation/LRN"),
            ("50", "/n1:CC015C/Consignment/HouseConsignment/0/ConsignmentItem/1/goodsItemNumber"),
            ("50", "/n1:CC015C/Authorisation"),
            ("13", "/n1:CC015C/Guarantee"),
            ("12", "/n1:CC015C/@PhaseID"),
        ]
    )


def test_json_numbers_flags_and_phase_are_taken_as_people_write_them() -> None:
    value = document()
    operation, consignment = value["TransitOperation"], value["Consignment"]
    assert isinstance(operation, dict)
    assert isinstance(consignment, dict)
    operation["bindingItinerary"] = "0"
    consignment["grossMass"] = float(consignment["grossMass"])
    value["@PhaseID"] = value.pop("PhaseID")
    assert from_json(CC015C, msgspec.json.encode(value)) == read(DECLARATION.encode())


def test_json_beyond_a_cap_is_too_large() -> None:
    for data in (b"[" * 100_000, b"[" + b"[]," * 300_000):
        with pytest.raises(TooLarge):
            from_json(Message, data)


@pytest.mark.parametrize("data", [b"", b"{", b'{"CC015C": "\xff"}', b'{"CC015C": 1e}', b"NaN"])
def test_broken_json_is_refused(data: bytes) -> None:
    with pytest.raises(NotWellFormed):
        from_json(Message, data)


@pytest.mark.parametrize("data", [b"1", b"[]", b"{}", b'{"a": 1, "b": 2}', b'{"CC999C": {}}', b"null"])
def test_json_without_a_known_type_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownMessageType):
        from_json(Message, data)


@pytest.mark.parametrize("inner", [b"1", b"[]", b"null", b'"x"', b'{"Consignment": {"grossMass": 1e999999999}}'])
def test_json_of_the_wrong_shape_is_not_valid(inner: bytes) -> None:
    with pytest.raises(NotValid):
        from_json(Message, b'{"CC015C": ' + inner + b"}")


def test_a_message_made_by_hand_is_checked_like_one_received() -> None:
    good = read(DECLARATION.encode())
    assert isinstance(good, CC015C)
    bad = msgspec.structs.replace(
        good,
        message_sender="",
        phase_id="NCTS9",
        guarantee=(),
        authorisation=good.authorisation * 10,
        transit_operation=msgspec.structs.replace(good.transit_operation, lrn=" x"),
        preparation_date_and_time=good.preparation_date_and_time.replace(microsecond=5),
    )
    assert [(fault.code, fault.pointer) for fault in check(bad)] == [
        ("40", "/CC015C/messageSender"),
        ("51", "/CC015C/preparationDateAndTime"),
        ("51", "/CC015C/TransitOperation/LRN"),
        ("35", "/CC015C/Authorisation[10]"),
        ("13", "/CC015C/Guarantee"),
        ("12", "/CC015C/@PhaseID"),
    ]
