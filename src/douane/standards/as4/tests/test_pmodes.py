"""Agreements: sound or faulty, matched field by field, imported from files of others, preset for ICS2."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from douane.standards.as4 import names
from douane.standards.as4.awareness import Retry
from douane.standards.as4.domibus import read_pmodes
from douane.standards.as4.errors import error_of
from douane.standards.as4.matching import AgreementBook, check_time, covers_channel, find
from douane.standards.as4.messages import PartInfo, Party, PartyId, Property, Typed, UserMessage
from douane.standards.as4.pmodes import DAY, MINUTE, PayloadRule, PMode, PropertyRule, Security, check_message
from douane.standards.as4.presets import AUTHORITY_TYPES, EORI_TYPE, TraderInterface, overlay_faults, reply_leg
from douane.standards.as4.tests.exchange import CUSTOMS, NOW, TRADER, XML, user_message
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import BadHeader, DouaneError, Fault, NotValid

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
DATA = ROOT.parent / "shared/data/as4"
with_data = pytest.mark.skipif(
    not DATA.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout"
)
INTERFACE = TraderInterface("FR00000000000001", own_channels=False)
MODES = [INTERFACE.to_customs("IE3F10"), INTERFACE.to_customs("IE3F11"), INTERFACE.to_trader("IE3R01", pulled=True)]


def message(**more: Any) -> UserMessage:
    found = user_message(XML, **more)
    if "parts" not in more:
        found = dataclasses.replace(found, parts=(PartInfo("message", found.parts[0].properties),))
    return found


def test_a_book_finds_what_a_search_through_all_finds_and_refuses_alike() -> None:
    many = [TraderInterface(f"FR{n}", own_channels=False).to_customs("IE3F10") for n in range(200)]
    anybody = dataclasses.replace(MODES[0], id="open", initiator=dataclasses.replace(MODES[0].initiator, parties=()))
    book = AgreementBook([*many, *MODES, anybody])
    for each in (message(), message(action="IE3F11"), message(sender=Party(PartyId("FR7", EORI_TYPE), "Trader"))):
        assert book.find(each) is find(book.modes, each)
    with pytest.raises(DouaneError) as caught:
        AgreementBook(many).find(message())
    with pytest.raises(DouaneError) as expected:
        find(many, message())
    assert str(caught.value) == str(expected.value)


def test_a_message_finds_its_leg() -> None:
    assert find(MODES, message()) is MODES[0]
    assert find(MODES, message(action="IE3F11")) is MODES[1]
    pulled = message(sender=CUSTOMS, receiver=TRADER, action="IE3R01",
                     service=Typed("eu_ics2_c2t", "eu-customs-service-type"))  # fmt: skip
    assert find(MODES, pulled) is MODES[2]


WRONG: list[tuple[str, Callable[[UserMessage], UserMessage], str, str]] = [
    ("agreement", lambda m: dataclasses.replace(m, agreement=Typed("EU-ICS2-TI-V1.0", "ics2-interface-version")),
     "EU-ICS2-TI-V2.0", "EBMS:0010"),
    ("From party", lambda m: dataclasses.replace(m, sender=Party(PartyId("FR2", EORI_TYPE), "Trader")),
     "FR00000000000001", "EBMS:0010"),
    ("From party", lambda m: dataclasses.replace(m, sender=Party(PartyId(TRADER.id.value, "x"), "Trader")),
     EORI_TYPE, "EBMS:0010"),
    ("To party", lambda m: dataclasses.replace(m, receiver=Party(PartyId("sti", CUSTOMS.id.type), "Customs")),
     "sti-taxud", "EBMS:0010"),
    ("From role", lambda m: dataclasses.replace(m, sender=Party(TRADER.id, "trader")), "Trader", "EBMS:0010"),
    ("To role", lambda m: dataclasses.replace(m, receiver=Party(CUSTOMS.id, "x")), "Customs", "EBMS:0010"),
    ("service", lambda m: dataclasses.replace(m, service=Typed("eu_ics2_t2c")), "eu-customs-service-type", "EBMS:0010"),
    ("action", lambda m: dataclasses.replace(m, action="IE3F12"), "IE3F1", "EBMS:0010"),
    ("message partition channel", lambda m: dataclasses.replace(m, mpc="urn:x"), names.DEFAULT_MPC, "EBMS:0001"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "change", "nearest", "code"), WRONG)
def test_p11_each_field_wrong_in_turn_is_named(
    field: str, change: Callable[[UserMessage], UserMessage], nearest: str, code: str
) -> None:
    with pytest.raises(DouaneError) as caught:
        find(MODES, change(message()))
    assert caught.value.text.startswith(f"The {field} ")
    assert nearest in caught.value.remedy
    assert error_of(caught.value).code == code


def test_p13_both_spellings_of_the_authority_are_accepted() -> None:
    for spelling in AUTHORITY_TYPES:
        to = Party(PartyId("sti-taxud", spelling), "Customs")
        assert find(MODES, message(receiver=to)) is MODES[0]
        assert TraderInterface("FR1", authority_type=spelling).to_customs("IE3F10").receiver.parties[0].type == spelling


def test_p10_the_test_service_needs_no_leg_of_its_own() -> None:
    found = find(MODES, message(service=Typed(names.TEST_SERVICE), action=names.TEST_ACTION, parts=()))
    assert found in MODES


def test_no_agreement_at_all() -> None:
    with pytest.raises(DouaneError):
        find([], message())


def test_anybody_may_stand_where_no_party_is_named_and_exact_goes_first() -> None:
    anybody = dataclasses.replace(MODES[0], id="open", initiator=dataclasses.replace(MODES[0].initiator, parties=()))
    stranger = message(sender=Party(PartyId("XX1", EORI_TYPE), "Trader"))
    assert find([anybody, MODES[0]], message()) is MODES[0]
    assert find([anybody, MODES[0]], stranger) is anybody


def test_p06_p18_timestamps_within_the_window() -> None:
    mode = MODES[0]
    for at in (NOW, NOW - 6 * 60 * MINUTE, NOW - DAY, NOW + 5 * MINUTE):
        check_time(mode, message(timestamp=at), NOW)
    for at in (NOW - DAY - 1, NOW + 5 * MINUTE + 1):
        with pytest.raises(BadHeader):
            check_time(mode, message(timestamp=at), NOW)


def test_sub_channels_belong_to_their_channel() -> None:
    mode = TraderInterface("FR1").to_trader("IE3R01", pulled=True)
    own = TraderInterface("FR1").pull_channel
    assert own == "urn:fdc:ec.europa.eu:2019:eu_ics2_c2t/EORI/FR1"
    assert covers_channel(mode, own)
    assert covers_channel(mode, mode.mpc)
    assert not covers_channel(mode, mode.mpc + "x")


def test_payloads_and_properties_as_agreed() -> None:
    mode = dataclasses.replace(MODES[0], properties=(PropertyRule("originalSender"), PropertyRule("x", required=False)))
    corner = (Property("originalSender", "C1"),)
    check_message(mode, message(properties=corner))
    check_message(mode, message(properties=corner, service=Typed(names.TEST_SERVICE), action=names.TEST_ACTION))
    bare = message(properties=corner)
    for bad, count in (
        (message(), 1),
        (user_message(XML, properties=corner), 1),
        (dataclasses.replace(bare, parts=()), 1),
        (dataclasses.replace(bare, parts=(PartInfo("message", (Property("MimeType", "text/plain"),)),)), 1),
        (dataclasses.replace(bare, parts=(PartInfo("message", (Property("CompressionType", "bzip2"),)),)), 3),
    ):
        with pytest.raises(NotValid) as caught:
            check_message(mode, bad)
        assert len(caught.value.faults) == count, caught.value.faults
    assert mode.payloads == (PayloadRule("message", "message", "text/xml", required=True, most=2_147_483_647),)


def test_a_sound_agreement_and_the_faults_of_others() -> None:
    for mode in MODES:
        assert mode.faults() == ()
        assert overlay_faults(mode) == ()
    good = MODES[0]
    for bad in (
        dataclasses.replace(good, profile="3"),
        dataclasses.replace(good, security=Security(key=KeyMethod.X25519_HKDF)),
        dataclasses.replace(good, security=Security(signature="x")),
        dataclasses.replace(good, address="ftp://x"),
        dataclasses.replace(good, action=""),
        dataclasses.replace(good, mep="x"),
        dataclasses.replace(good, past=MINUTE),
        dataclasses.replace(good, initiator=dataclasses.replace(good.initiator, role="")),
        dataclasses.replace(good, profile="2.0", binding="sync", security=Security()),
    ):
        assert len(bad.faults()) == 1, bad
        assert bad.faults()[0].remedy


def test_the_overlay_says_what_it_expects() -> None:
    leaf = dataclasses.replace(MODES[0], security=Security(signer_form=TokenForm.CERTIFICATE), compress=False)
    found = overlay_faults(leaf)
    assert [(fault.pointer.rpartition("ics2:")[2].partition("/")[2], fixed) for fault, fixed in found] == [
        ("security/signer_form", True), ("compress", False),
    ]  # fmt: skip
    pilot = TraderInterface(
        "FR1", agreement=Typed("EU-ICS2-TI-V1.0"), service_type="", authority_type=AUTHORITY_TYPES[1]
    )
    assert overlay_faults(pilot.to_customs("IE3F10")) == ()


def test_the_answer_of_a_two_way_exchange_goes_the_other_way() -> None:
    back = reply_leg(MODES[0], "IE3R01")
    assert (back.sender, back.receiver, back.action) == (MODES[0].receiver, MODES[0].sender, "IE3R01")


@with_data
def test_p18_the_pilot_of_the_trader_interface_is_imported() -> None:
    found = read_pmodes((DATA / "pmode/domibus-pmode-sti-taxud.xml").read_bytes())
    assert found.party == "sti-taxud"
    assert found.retention == {f"urn:fdc:ec.europa.eu:2019:eu_ics2_{d}": 600 for d in ("c2t", "t2c")}
    legs = {mode.id.partition(":")[2]: mode for mode in found.modes}
    to_trader = [f"{way}_c2t_{action}" for way in ("pull", "push") for action in ("IE3R01", "IE3R07")]
    assert sorted(legs) == [*to_trader, "push_t2c_IE3F10", "push_t2c_IE3F11"]
    push, pull = legs["push_t2c_IE3F10"], legs["pull_c2t_IE3R01"]
    assert all(mode.faults() == () for mode in found.modes)
    assert push.security == Security(signer_form=TokenForm.PATH)
    assert push.agreement == Typed("EU-ICS2-TI-V1.0")
    assert push.mpc == "urn:fdc:ec.europa.eu:2019:eu_ics2_t2c"
    assert push.retry == Retry(first=MINUTE, factor=1, count=4, window=4 * MINUTE)
    assert push.largest == 2_147_483_647
    assert [p.name for p in push.properties] == ["finalRecipient", "originalSender"]
    assert pull.initiator.parties == ()
    assert pull.sender.parties == (PartyId("sti-taxud", AUTHORITY_TYPES[1]),)
    own = TraderInterface(
        "BE1234567890", agreement=Typed("EU-ICS2-TI-V1.0"), service_type="", authority_type=AUTHORITY_TYPES[1]
    ).to_customs("IE3F10")
    filing = message(
        sender=Party(own.sender.parties[0], "Trader"), receiver=Party(own.receiver.parties[0], "Customs"),
        service=own.service, agreement=own.agreement, mpc=own.mpc,
    )  # fmt: skip
    assert find(found.modes, filing) is push


FAULTY = {
    "domibus-configuration-long-names.xml": (9, "longer than 255"),
    "domibus-configuration-maxsize-overflow.xml": (60, "64 bits"),
    "domibus-configuration-not-unique-process.xml": (289, "stands twice"),
    "domibus-configuration-red-pull.xml": (139, "no service"),
    "domibus-configuration-xsd-not-compliant.xml": (10, "32 bits"),
    "domibus-pmode-AS4-entities-validation-blue.xml": (89, "true or false"),
    "domibus-pmode-URI-attributes-exceeds-maxlength.xml": (29, "longer than 1024"),
    "domibus-pmode-identifier-validation-blue.xml": (30, "stands twice"),
    "domibus-pmode-validation-tests.xml": (121, "no service"),
}
GOOD = {
    "domibus-configuration-splitting-valid.xml": 5,
    "domibus-configuration-valid_green.xml": 2,
    "domibus-configuration-with-whitespaces.xml": 1,
    "domibus-pmode-without_payloadprofile.xml": 2,
}


@with_data
def test_p18_faulty_files_are_refused_with_line_and_reason_and_good_ones_loaded() -> None:
    files = {path.name: path.read_bytes() for path in (DATA / "pmode-cases").glob("*.xml")}
    assert files.keys() == FAULTY.keys() | GOOD.keys()
    for name, (line, reason) in FAULTY.items():
        with pytest.raises(NotValid) as caught:
            read_pmodes(files[name])
        assert caught.value.faults[0].line == line, name
        assert reason in caught.value.faults[0].remedy, name
    for name, count in GOOD.items():
        modes: tuple[PMode, ...] = read_pmodes(files[name]).modes
        assert len(modes) == count, name


CONFIGURATION = """<configuration party="p">
  <mpcs><mpc name="m" qualifiedName="urn:m" retention_downloaded="0" retention_undownloaded="600"/></mpcs>
  <businessProcesses>
    <payloadProfiles>
      <payload name="x" cid="cid:x" maxSize="10"/><payloadProfile name="y" maxSize="10"/>
    </payloadProfiles>
    <as4><receptionAwareness name="r" retry="12;4;CONSTANT"/></as4>
    <parties><party name="p"/></parties>
  </businessProcesses>
</configuration>"""


def pmode_faults(text: str) -> list[Fault]:
    try:
        read_pmodes(text.encode())
    except NotValid as problem:
        return list(problem.faults)
    return []


def test_a_file_of_possible_figures_is_read() -> None:
    assert pmode_faults(CONFIGURATION) == []
    assert pmode_faults(CONFIGURATION.replace("12;4;CONSTANT", "0;0;SEND_ONCE")) == []
    assert pmode_faults(CONFIGURATION.replace('undownloaded="600"', 'undownloaded="-1"')) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('maxSize="10"', f'maxSize="{size}"', says)
        for size, says in (("-1", "at least 0"), ("-9223372036854775808", "at least 0"), ("2147483648", "at most"),
                           ("9223372036854775807", "at most"), ("9223372036854775808", "64 bits"), ("1e3", "64 bits"),
                           ("", "64 bits"), ("٣", "64 bits"))
    ]
    + [("12;4;CONSTANT", retry, says) for retry, says in (
        ("12;0;CONSTANT", "needs a count"), ("12;0;PROGRESSIVE", "needs a count"),
        ("0;4;CONSTANT", "at least a second"),
        ("0;4;PROGRESSIVE", "at least a second"), ("1;61;CONSTANT", "at least a second"),
        ("60;9999;PROGRESSIVE", "at least a second"), ("-1;4;CONSTANT", "minutes;count;strategy"),
        ("12;-4;CONSTANT", "minutes;count;strategy"), ("12;4;SOMETIMES", "minutes;count;strategy"))]
    + [('undownloaded="600"', 'undownloaded="-2"', "at least -1"),
       ('_downloaded="0"', '_downloaded="-5"', "at least -1")],
)  # fmt: skip
def test_impossible_figures_are_refused_where_they_stand(old: str, new: str, says: str) -> None:
    faults = pmode_faults(CONFIGURATION.replace(old, new))
    assert len(faults) == CONFIGURATION.count(old)
    assert all(says in each.remedy and each.line for each in faults)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"largest": 0}, "largest"), ({"largest": -5}, "largest"), ({"largest": 1 << 40}, "largest"),
        ({"payloads": (PayloadRule("x", most=-1),)}, "payloads/x"),
        ({"retry": Retry(first=1, factor=1, count=3, window=3)}, "retry"),
        ({"address": "ftp://as4.example/"}, "address"), ({"address": "https://0x7f.1/msh"}, "address"),
        ({"address": "https://user@as4.example/"}, "address"),
        ({"address": "http://as4.example/", "security": Security(encrypt=False)}, "address"),
    ],
)  # fmt: skip
def test_an_agreement_of_impossible_figures_or_addresses_is_not_sound(change: dict[str, Any], where: str) -> None:
    assert MODES[0].faults() == ()
    assert [each.pointer for each in dataclasses.replace(MODES[0], **change).faults()] == [f"/{MODES[0].id}/{where}"]


def test_what_is_encrypted_or_stays_here_may_go_without_tls() -> None:
    open_leg = Security(encrypt=False)
    for change in ({"address": "http://as4.example/"}, {"address": "http://127.0.0.1:1/", "security": open_leg}):
        assert dataclasses.replace(MODES[0], **change).faults() == ()
