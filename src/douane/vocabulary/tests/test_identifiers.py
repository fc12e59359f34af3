import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.vocabulary.errors import BadIdentifier
from douane.vocabulary.identifiers import (
    CommodityCode,
    Country,
    CusCode,
    CustomsOffice,
    DecisionReference,
    Eori,
    Grn,
    Identifier,
    Lrn,
    Mrn,
    Procedure,
    Tcuin,
    TirCarnet,
    UnLocode,
    check_digit,
    decode_identifier,
    encode_identifier,
    restore_identifier,
)

ALL = (
    Country,
    Eori,
    Tcuin,
    Lrn,
    CustomsOffice,
    CommodityCode,
    CusCode,
    UnLocode,
    TirCarnet,
    DecisionReference,
    Mrn,
    Grn,
)

SERIAL = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=12, max_size=12)
COUNTRY = st.from_regex("[A-Z]{2}", fullmatch=True).map(Country)


@pytest.mark.parametrize(
    "mrn",
    ["19GB00006010021477", "38VYQTYFU3T0KUTUM3", "18GB0000601001EB15", "19IT02110010007827", "24GB000246J8NY33L7"],
)
def test_published_numbers_with_the_right_check_digit(mrn: str) -> None:
    assert Mrn(mrn).has_right_check_digit


@pytest.mark.parametrize(("mrn", "right"), [("24GB012345678901A0", "5"), ("27WF9X1FQ9RCKN0TM3", "9")])
def test_a_wrong_check_digit_is_no_fault_of_format(mrn: str, right: str) -> None:
    assert not Mrn(mrn).has_right_check_digit
    assert Mrn(mrn).right_check_digit == right


@pytest.mark.parametrize(
    ("grn", "right"),
    [
        ("20XI0000010000070", True),
        ("24GB0000010000295", True),
        ("24GB0000010000296", False),
        ("24GBABCDEF1234567", False),
    ],
)
def test_the_check_digit_of_a_grn_is_advice(grn: str, right: bool) -> None:
    assert Grn(grn).has_right_check_digit is right


def test_letters_count_from_ten_without_multiples_of_eleven() -> None:
    # One letter at position 0 weighs itself: 10, 12, 20, 21, 23, 32, 34 and 38, modulo 11 and then 10.
    assert [check_digit(letter) for letter in "ABJKLUVZ"] == ["0", "1", "9", "0", "1", "0", "1", "5"]


@settings(deadline=None)
@given(st.integers(2025, 2099), COUNTRY, SERIAL, st.sampled_from(Procedure))
def test_an_issued_mrn_is_right_and_reads_back(year: int, country: Country, serial: str, procedure: Procedure) -> None:
    mrn = Mrn.issue(year, country, serial, procedure)
    assert mrn.has_right_check_digit
    assert (mrn.year, mrn.country, mrn[4:16], mrn.procedure) == (year % 100, country, serial, procedure)


@settings(deadline=None)
@given(st.integers(2025, 2099), COUNTRY, SERIAL, st.sampled_from(Procedure), st.integers(4, 15), st.integers(1, 9))
def test_one_wrong_digit_is_seen(
    year: int, country: Country, serial: str, procedure: Procedure, place: int, by: int
) -> None:
    mrn = Mrn.issue(year, country, serial, procedure)
    if not mrn[place].isdigit():
        return
    other = str((int(mrn[place]) + by) % 10)
    changed = Mrn.trusted(mrn[:place] + other + mrn[place + 1 :])
    # The remainder 10 is written 0, so a change between remainders 0 and 10 alone goes unseen.
    assert not changed.has_right_check_digit or {mrn.right_check_digit, changed.right_check_digit} == {"0"}


@settings(deadline=None)
@given(COUNTRY, SERIAL)
def test_an_issued_grn_is_right(country: Country, serial: str) -> None:
    grn = Grn.issue(2026, country, serial)
    assert grn.has_right_check_digit
    assert grn.country == country
    assert grn.voucher is None
    assert Grn(grn + "A000001").voucher == "A000001"


@pytest.mark.parametrize(("security", "letter"), [("0", "J"), ("1", "L"), ("2", "K"), ("3", "M")])
def test_the_procedure_letter_of_transit_follows_the_security_flag(security: str, letter: str) -> None:
    assert Procedure.of_transit(security).value == letter


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Mrn, "25FR005350000012304"),
        (Mrn, "25FR0053500000123J"),
        (Mrn, "25fr0053500000A7J2"),
        (Mrn, "25FR00535000012343"),
        (Mrn, "25FR0053500000A7J٣"),
        (Eori, "FR"),
        (Eori, "FR1234567890123456"),
        (Eori, "FR 1"),
        (Eori, "fr123"),
        (Tcuin, "9812345"),
        (Lrn, ""),
        (Lrn, "a b"),
        (Lrn, "x" * 23),
        (Lrn, "abc\n"),
        (Grn, "24GB000001000029"),
        (Grn, "24GB0000010000295A12345"),
        (CustomsOffice, "FR00535"),
        (CustomsOffice, "FR00535o"),
        (Country, "F"),
        (Country, "FRA"),
        (Country, "FR\n"),
        (CommodityCode, "0101210"),
        (CommodityCode, "010121 00"),
        (CusCode, "00100016"),
        (UnLocode, "ATVI1"),
        (TirCarnet, "25000001"),
        (TirCarnet, "XA24000000"),
        (TirCarnet, "0"),
        (DecisionReference, "NLCGU" + "1" * 31),
        (DecisionReference, "NL cgu"),
    ],
)
def test_bad_values_are_refused_with_a_remedy(kind: type[Identifier], text: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        kind(text)
    assert caught.value.code == "DOU-1001"
    assert kind.called in caught.value.text
    assert caught.value.remedy.startswith("Give ")
    assert not kind.accepts(text)


@pytest.mark.parametrize("text", ["1", "9999999", "24999999", "25000000", "XA25000001", "AX99000000", "XX100000000"])
def test_tir_carnets(text: str) -> None:
    assert TirCarnet(text) == text


def test_entry_summary_in_transit_and_legacy_numbers() -> None:
    assert Mrn("27FR12345678901CT4").is_entry_summary_in_transit
    assert Mrn("18GB0000601001EB15").procedure is None


def test_parts() -> None:
    code = CommodityCode("0101210010")
    assert (code.chapter, code.hs6, code.cn8, code.taric10) == ("01", "010121", "01012100", "0101210010")
    assert CommodityCode("010121").cn8 is None
    assert CommodityCode("01012100").taric10 is None
    assert Eori("FR12345678901234").country == "FR"
    assert CustomsOffice("DE004055").country == "DE"
    assert UnLocode("ATVIE").country == "AT"
    assert DecisionReference("NLCGU123").decision_type == "CGU"
    assert DecisionReference("DEAEOF77").decision_type == "AEOF"
    assert DecisionReference("FRXX99-1").decision_type is None
    assert DecisionReference.of(Country("NL"), "ACR", "12-7") == "NLACR12-7"


@settings(deadline=None)
@given(st.sampled_from(ALL), st.text(max_size=40))
def test_no_text_makes_an_identifier_of_another_shape(kind: type[Identifier], text: str) -> None:
    if kind.accepts(text):
        made = kind(text)
        assert made == text
        assert made.isascii()
        assert type(made) is kind
    else:
        with pytest.raises(BadIdentifier) as refused:
            kind(text)
        assert len(refused.value.text) < 500


@settings(deadline=None)
@given(st.data())
def test_everything_of_the_shape_is_accepted(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(ALL))
    text = data.draw(st.from_regex(kind.shape, fullmatch=True))
    assert kind(text) == text


def test_an_identifier_is_text_without_fields() -> None:
    assert repr(Mrn("19GB00006010021477")) == "Mrn('19GB00006010021477')"
    assert hash(Lrn("A1")) == hash("A1")
    with pytest.raises(AttributeError):
        Lrn("A1").note = "x"  # type: ignore[attr-defined]  # what the types forbid, too


class Case(msgspec.Struct, frozen=True):
    mrn: Mrn
    office: CustomsOffice | None = None


def test_msgspec_reads_and_writes_identifiers() -> None:
    case = Case(Mrn("19GB00006010021477"), CustomsOffice("FR005350"))
    for module in (msgspec.json, msgspec.msgpack):
        written = module.encode(case, enc_hook=encode_identifier)
        for hook in (decode_identifier, restore_identifier):
            read = module.decode(written, type=Case, dec_hook=hook)
            assert read == case
            assert type(read.mrn) is Mrn
            assert type(read.office) is CustomsOffice


def test_msgspec_names_the_place_of_a_bad_identifier() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"not a movement reference number.*\$\.mrn"):
        msgspec.json.decode(b'{"mrn": "19GB"}', type=Case, dec_hook=decode_identifier)
    assert msgspec.json.decode(b'{"mrn": "19GB"}', type=Case, dec_hook=restore_identifier).mrn == "19GB"
    for hook in (decode_identifier, restore_identifier):
        with pytest.raises(msgspec.ValidationError, match=r"\$\.mrn"):
            msgspec.json.decode(b'{"mrn": 19}', type=Case, dec_hook=hook)
    with pytest.raises(TypeError, match="cannot be written"):
        encode_identifier(object())
