"""Messages come back as they were written; headers that break a rule are refused with what to mend."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import etree

from douane.standards.as4 import errors, names, writing
from douane.standards.as4.errors import ebms_error, error_of
from douane.standards.as4.messages import (
    ErrorSignal,
    Message,
    PartInfo,
    PartyId,
    Property,
    PullRequest,
    Receipt,
    Typed,
    UserMessage,
)
from douane.standards.as4.reading import read_envelope
from douane.standards.as4.tests.exchange import NOW, TRADER, XML, user_message
from douane.standards.as4.times import read_timestamp, write_timestamp
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.names import DS
from douane.vocabulary.errors import BadHeader, BadPackaging, DouaneError, Fault, NotValid, SenderFault

AWKWARD = 'a<b>&"c"\'\r\n\t ü'
REFERENCE = (
    f'<ds:Reference xmlns:ds="{DS}" URI="#a"><ds:Transforms><ds:Transform '
    f'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms></ds:Reference>'
)
MESSAGES: list[Message] = [
    user_message(XML, XML),
    user_message(
        mpc="urn:fdc:ec.europa.eu:2019:eu_ics2_c2t/EORI/FR1", ref_to="other@host", agreement=None, conversation_id="",
        service=Typed(names.TEST_SERVICE), action=names.TEST_ACTION,
        properties=(Property("originalSender", "x", "urn:t"), Property("trackingIdentifier", AWKWARD.strip())),
    ),
    user_message(parts=(PartInfo("per%20cent & ü@host", (Property("a&b", AWKWARD.strip()),)),)),
    PullRequest("p@host", NOW, "urn:mpc"),
    PullRequest("p@host", NOW),
    Receipt("r@host", NOW, "m@host", (REFERENCE, REFERENCE.replace("#a", "#b"))),
    ErrorSignal("e@host", NOW, "m@host", (
        ebms_error("EBMS:0004", description=AWKWARD, detail=AWKWARD, ref_to="m@host"), ebms_error("EBMS:0006"),
    )),
]  # fmt: skip


def read(message: Message, change: Callable[[str], str] = lambda text: text) -> Message:
    return read_envelope(change(writing.envelope(writing.messaging(message), "").decode()).encode()).message


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_a_message_comes_back_as_it_was_written(message: Message) -> None:
    assert read(message) == message


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_what_is_written_is_canonical(message: Message) -> None:
    root = etree.fromstring(writing.envelope(writing.messaging(message), ""))
    assert EXCLUSIVE.octets(root[0][0]).decode() == writing.messaging(message)
    assert EXCLUSIVE.octets(root[1]).decode() == writing.BODY


MENDED = [
    (
        "two messaging headers",
        lambda t: t.replace("</eb:Messaging>", f"</eb:Messaging><eb:Messaging xmlns:eb='{names.EB}'/>"),
    ),
    ("two messages", lambda t: re.sub(r"(<eb:UserMessage.*</eb:UserMessage>)", r"\1\1", t)),
    ("no message", lambda t: re.sub(r"<eb:UserMessage.*</eb:UserMessage>", "", t)),
    ("a body with content", lambda t: t.replace("></S12:Body>", "><x/></S12:Body>")),
    ("no body", lambda t: re.sub(r"<S12:Body.*</S12:Body>", "", t)),
    ("another envelope", lambda t: t.replace(names.SOAP, "http://schemas.xmlsoap.org/soap/envelope/")),
    ("messaging in the body", lambda t: re.sub(r"(<eb:Messaging.*</eb:Messaging>)(.*Body)([^>]*>)", r"\2\3\1", t)),
    (
        "a header that must be understood",
        lambda t: t.replace("<eb:Messaging", '<x S12:mustUnderstand="1"/><eb:Messaging', 1),
    ),
    ("a processing instruction", lambda t: t.replace("<eb:UserMessage", "<?x?><eb:UserMessage")),
    ("no MessageId", lambda t: re.sub(r"<eb:MessageId>.*</eb:MessageId>", "", t)),
    ("a blank in MessageId", lambda t: t.replace("8a1f2c3d-1", "8a1f 2c3d")),
    ("a letter outside ASCII in MessageId", lambda t: t.replace("8a1f2c3d-1", "8a1fü")),
    ("a MessageId with an element", lambda t: t.replace("8a1f2c3d-1", "8a1f<x/>")),
    ("no conversation", lambda t: re.sub(r"<eb:ConversationId>.*</eb:ConversationId>", "", t)),
    ("two party ids", lambda t: re.sub(r"(<eb:PartyId.*?</eb:PartyId>)", r"\1\1", t)),
    ("From after To", lambda t: re.sub(r"(<eb:From>.*</eb:From>)(<eb:To>.*</eb:To>)", r"\2\1", t)),
    ("no role", lambda t: re.sub(r"<eb:Role>.*?</eb:Role>", "", t)),
    ("an empty action", lambda t: t.replace("IE3F10", "")),
    ("an unknown child", lambda t: t.replace("<eb:PayloadInfo>", "<eb:Other/><eb:PayloadInfo>")),
    ("payloads twice", lambda t: re.sub(r"(<eb:PayloadInfo>.*</eb:PayloadInfo>)", r"\1\1", t)),
    ("a property without name", lambda t: t.replace('name="MimeType"', "")),
    ("a day that does not exist", lambda t: re.sub(r"\d\d-\d\dT", "02-30T", t)),
    ("ten fractional digits", lambda t: t.replace(".123Z", ".1234567890Z")),
    (
        "an untyped service that is no name",
        lambda t: t.replace(' type="eu-customs-service-type"', "").replace("eu_ics2_t2c<", "a b<"),
    ),
]


@pytest.mark.parametrize(("what", "change"), MENDED, ids=[what for what, _ in MENDED])
def test_headers_that_break_a_rule_are_refused(what: str, change: Callable[[str], str]) -> None:
    """AS4-T14 (a second Messaging), AS4-T17, AS4-T23."""
    whole = writing.envelope(writing.messaging(user_message(XML)), "").decode()
    assert change(whole) != whole, what
    with pytest.raises(BadHeader) as caught:
        read(user_message(XML), change)
    assert caught.value.remedy
    assert error_of(caught.value).code == "EBMS:0009"


def test_p_an_empty_conversation_is_accepted() -> None:
    """AS4-T23."""
    assert isinstance(found := read(user_message(XML, conversation_id="")), UserMessage)
    assert found.conversation_id == ""


def test_payloads_outside_mime_parts_and_named_twice_are_refused() -> None:
    for change in (
        lambda t: t.replace("cid:payload1", "cid:payload0"),
        lambda t: t.replace("cid:payload1", "#payload1"),
    ):
        with pytest.raises(BadPackaging):
            read(user_message(XML, XML), change)


def test_white_space_around_values_and_comments_do_no_harm() -> None:
    plain = user_message(XML)
    assert read(plain, lambda t: t.replace("><eb:", ">\n  <eb:").replace(">IE3F10<", ">\n IE3F10 <")) == plain
    commented = read(plain, lambda t: t.replace("IE3F10", "IE3<!-- x -->F10"))
    assert isinstance(commented, UserMessage)
    assert commented.action == "IE3F10"


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("2026-11-24T10:00:00Z", 0),
        ("2026-11-24T10:00:00.1Z", 100_000),
        ("2026-11-24T10:00:00.123456789Z", 123_456),
        ("2026-11-24T11:00:00.5+01:00", 500_000),
        ("2026-11-24T00:30:00-09:30", 0),
        ("2026-11-24T10:00:00", 0),
        ("2026-11-24T10:00:00.5", 500_000),
        (" 2026-11-24T10:00:00.123456789 ", 123_456),
    ],
)
def test_timestamps_of_every_precision_and_zone(text: str, fraction: int) -> None:
    """AS4-T18."""
    assert read_timestamp(text) == NOW - 123_000 + fraction
    assert write_timestamp(NOW) == "2026-11-24T10:00:00.123Z"


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-24", "2026-11-24T10:00", "2026-11-24T25:00:00", "2026-02-30T10:00:00", "2026-11-24T10:00:00z",
     "2026-11-24T10:00:00+1", "2026-11-24T10:00:00.Z", "٢٠٢٦-11-24T10:00:00Z", "20261124T100000Z"],
)  # fmt: skip
def test_what_is_no_timestamp_is_refused(text: str) -> None:
    with pytest.raises(BadHeader):
        read_timestamp(text)


def test_every_code_has_an_entry_and_every_error_a_code() -> None:
    assert len(errors.KNOWN) == 42
    every: list[type[DouaneError]] = [SenderFault]
    while every:
        kind = every.pop()
        every += [each for each in kind.__subclasses__() if each.__module__ == DouaneError.__module__]
        assert error_of(kind("text")).code in errors.KNOWN


def test_an_error_carries_code_remedy_and_every_fault() -> None:
    faults = (Fault("/CC015C/LRN", "12", "Give an LRN.", rule="R0001", line=3), Fault("/CC015C", "13", "Mend it."))
    found = error_of(NotValid("Two faults.", remedy="Mend them.", faults=faults), "m@host")
    assert (found.code, found.ref_to, found.short) == ("EBMS:0004", "m@host", "Other")
    assert found.detail.splitlines() == [
        "DOU-1003: Two faults.",
        "Mend them.",
        '{"pointer":"/CC015C/LRN","code":"12","rule":"R0001","remedy":"Give an LRN.","line":3}',
        '{"pointer":"/CC015C","code":"13","remedy":"Mend it."}',
    ]
    many = error_of(NotValid("Many.", faults=faults[:1] * 9999)).detail
    assert len(many) < 70_000
    assert many.splitlines()[-1].startswith("And ")


def test_p05_an_error_is_known_by_its_code() -> None:
    def spelled(text: str) -> str:
        return text.replace('"Other"', '"ValueInConsistent"').replace('"failure"', '"FAILURE"')

    found = read(ErrorSignal("e@host", NOW, "m@host", (ebms_error("EBMS:0004"),)), spelled)
    assert isinstance(found, ErrorSignal)
    assert found.errors[0].code == "EBMS:0004"
    assert found.errors[0].fails
    unknown = read(
        ErrorSignal("e@host", NOW, "m@host", (ebms_error("EBMS:0004"),)), lambda t: t.replace("0004", "4001")
    )
    assert isinstance(unknown, ErrorSignal)
    assert unknown.errors[0].code == "EBMS:4001"


def test_p02_a_receipt_with_an_unknown_element_is_read() -> None:
    receipt = Receipt("r@host", NOW, "m@host", (REFERENCE,))
    assert read(receipt, lambda t: t.replace("<eb:Receipt>", "<eb:Receipt><x:marker xmlns:x='urn:x'/>")) == receipt


def test_party_ids_and_roles() -> None:
    found = read(user_message(XML))
    assert isinstance(found, UserMessage)
    assert found.sender == TRADER
    assert found.receiver.id == PartyId(
        "sti-taxud", "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:auth"
    )
