"""Signed and encrypted messages of both profiles: proven whole, or refused with the right error."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.standards.as4 import names
from douane.standards.as4.errors import error_of
from douane.standards.as4.messages import PartInfo, Property, PullRequest, Receipt, UserMessage
from douane.standards.as4.opening import references_of
from douane.standards.as4.profiles import V1, V2, SecurityProfile
from douane.standards.as4.receipts import check_receipt
from douane.standards.as4.tests.exchange import (
    BOTH,
    NOW,
    XML,
    Sent,
    prove_signal,
    receive,
    send,
    signal,
    user_message,
)
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import AlgorithmRefused, BadSignature, DouaneError, ReceiptInvalid, SenderFault

WSSE = b"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
both = pytest.mark.parametrize("profile", BOTH, ids=lambda p: p.name)


def code_of(body: bytes, **more: Any) -> str:
    """The ebMS code with which a message is refused."""
    with pytest.raises(DouaneError) as caught:
        receive(body, **more)
    return error_of(caught.value).code


def changed(sent: Sent, change: Callable[[bytes], bytes]) -> bytes:
    envelope = change(sent.secured.envelope)
    assert envelope != sent.secured.envelope
    return dataclasses.replace(sent, secured=dataclasses.replace(sent.secured, envelope=envelope)).body()


@both
@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("encrypt", [True, False])
def test_a_message_is_proven_and_unpacked(profile: SecurityProfile, compress: bool, encrypt: bool) -> None:
    message = user_message(XML, b"second \n", b"", compress=compress)
    plain = (Property(names.MIME_TYPE, "text/plain"),)
    rest = tuple(dataclasses.replace(part, properties=plain) for part in message.parts[1:])
    message = dataclasses.replace(message, parts=(message.parts[0], *rest))
    sent = send(message, XML, b"second \n", b"", profile=profile, encrypt=encrypt)
    found = receive(sent.body(), profile=profile, encrypted=encrypt)
    assert found.envelope.message == message
    assert list(found.payloads.values()) == [XML, b"second \n", b""]
    assert (b"twelve items" in sent.body()) == (not encrypt and not compress)


@both
@pytest.mark.parametrize("form", TokenForm)
def test_p14_every_form_of_naming_a_certificate(profile: SecurityProfile, form: TokenForm) -> None:
    sent = send(user_message(XML), XML, profile=profile, form=form, recipient_form=form)
    found = receive(sent.body(), profile=profile)
    assert found.claims.signer.form is form
    assert found.claims.key is not None
    assert found.claims.key.recipient.form is form


@pytest.mark.parametrize("kind", ["text/xml", "application/x+xml", "text/plain", "IMAGE/svg+xml", "application/pdf"])
def test_t03_uncompressed_parts_of_every_kind(kind: str) -> None:
    content = b"<a  b='1'>\n</a>" if "xml" in kind else b"line\nline\r\n"
    sent = send(user_message(content, compress=False, media_type=kind), content)
    assert receive(sent.body()).payloads == {"payload0@host": content}
    plain = send(user_message(content, compress=False, media_type=kind), content, encrypt=False)
    assert receive(plain.body(), encrypted=False).payloads == {"payload0@host": content}


def test_t02_a_prefix_list_in_the_canonicalisation_is_honoured() -> None:
    """The form of WSS4J; that it verifies on a message not ours is in ``test_samples.py``."""
    sent = send(user_message(XML), XML)
    inner = b'<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="%s"/>'
    marked = b'exc-c14n#">' + inner + b"</ds:Can"
    plain = b'exc-c14n#"></ds:Can'
    prefixes = b" ".join(b"p%d" % n for n in range(17))
    assert code_of(changed(sent, lambda e: e.replace(plain, marked % prefixes))) == "EBMS:0103"


def test_t04_content_ids_with_signs_that_an_address_escapes() -> None:
    message = user_message(XML)
    message = dataclasses.replace(message, parts=(PartInfo("100%&<x>#1@host", message.parts[0].properties),))
    sent = send(message, XML)
    assert b"cid:100%25%26%3Cx%3E%231@host" in sent.secured.envelope
    assert receive(sent.body()).payloads == {"100%&<x>#1@host": XML}


@both
def test_t05_white_space_in_base64_and_between_elements(profile: SecurityProfile) -> None:
    def spread(envelope: bytes) -> bytes:
        text = re.sub(
            rb"(CipherValue>|SignatureValue>|SecurityToken [^>]*>)([A-Za-z0-9+/]{8})", rb"\1\n  \2\r\n", envelope
        )
        text = text.replace(b"<ds:KeyInfo><", b"<ds:KeyInfo>\n<").replace(b"<xenc", b"\n  <xenc")
        return text.replace(b"<wsse:Bin", b"\n<wsse:Bin").replace(b"<ds:Signature ", b"\n<ds:Signature ")

    sent = send(user_message(XML), XML, profile=profile)
    assert receive(changed(sent, spread), profile=profile).payloads


@both
def test_t11_forty_payloads(profile: SecurityProfile) -> None:
    contents = [b"%d" % n for n in range(40)]
    sent = send(user_message(*contents), *contents, profile=profile)
    found = receive(sent.body(), profile=profile)
    assert list(found.payloads.values()) == contents
    assert len(references_of(found.claims)) == 42


def test_t16_messages_sent_together_keep_their_own_content() -> None:
    """The library holds nothing between messages; at the door see the channel's tests."""
    bodies = [send(user_message(b"%d" % n), b"%d" % n).body() for n in range(20)]
    assert [receive(body).payloads["payload0@host"] for body in bodies] == [b"%d" % n for n in range(20)]


EB = names.EB.encode()
WRAPPED = [
    ("a second Messaging", lambda e: before_messaging(e, b"<eb:Messaging xmlns:eb='%s'/>" % EB)),
    ("the signed header moved, a forged one in its place", lambda e: moved(e)),
    ("the signed body moved", lambda e: e.replace(b"<S12:Body ", b"<S12:Body></S12:Body><S12:Body ")),
    ("a doubled Id", lambda e: e.replace(b"<eb:UserMessage", b'<eb:UserMessage Id="body"')),
    ("a doubled xml:id", lambda e: e.replace(b"<eb:UserMessage", b'<eb:UserMessage xml:id="messaging"')),
    ("a second signature", lambda e: re.sub(rb"(<ds:Signature .*</ds:Signature>)", rb"\1\1", e)),
    ("a second security header", lambda e: before_messaging(e, b"<w:Security xmlns:w='%s'/>" % WSSE)),
    ("an unknown security block", lambda e: e.replace(b"<ds:Signature ", b"<x/><ds:Signature ", 1)),
]


def before_messaging(envelope: bytes, text: bytes) -> bytes:
    return envelope.replace(b"<eb:Messaging ", text + b"<eb:Messaging ", 1)


def moved(envelope: bytes) -> bytes:
    """The signed header put into a wrapper without mustUnderstand, and a forged one where it stood."""
    start, stop = envelope.index(b"<eb:Messaging "), envelope.index(b"</eb:Messaging>") + len(b"</eb:Messaging>")
    original = envelope[start:stop]
    forged = original.replace(b"IE3F10", b"IE3F11").replace(b'wsu:Id="messaging"', b'wsu:Id="other"')
    return envelope[:start] + b"<w:wrapper xmlns:w='urn:w'>" + original + b"</w:wrapper>" + forged + envelope[stop:]


@both
@pytest.mark.parametrize(("what", "change"), WRAPPED, ids=[what for what, _ in WRAPPED])
def test_t14_s02_wrapping_is_refused(what: str, change: Callable[[bytes], bytes], profile: SecurityProfile) -> None:
    sent = send(user_message(XML), XML, profile=profile)
    assert code_of(changed(sent, change), profile=profile) in ("EBMS:0101", "EBMS:0009"), what


@both
def test_s01_changed_content_is_refused(profile: SecurityProfile) -> None:
    sent = send(user_message(XML), XML, profile=profile)
    assert code_of(changed(sent, lambda e: e.replace(b"IE3F10", b"IE3F11")), profile=profile) == "EBMS:0101"
    part, octets = sent.parts[0]
    flipped = octets[:20] + bytes((octets[20] ^ 1,)) + octets[21:]
    assert code_of(dataclasses.replace(sent, parts=[(part, flipped)]).body(), profile=profile) == "EBMS:0102"
    cut = dataclasses.replace(sent, parts=[(part, octets[:-1])])
    assert code_of(cut.body(), profile=profile) == "EBMS:0102"


S03 = [
    (lambda e: e.replace(b"<S12:Env", b"<!DOCTYPE x><S12:Env", 1), "EBMS:0009"),
    (lambda e: e.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "EBMS:0009"),
    (lambda e: b"\xef\xbb\xbf" + e.replace(b"<S12:Env", b"<!DOCTYPE x>\n<S12:Env", 1), "EBMS:0009"),
    (lambda e: e.replace(b"<S12:Env", b'<!DOCTYPE x [<!ATTLIST y Id CDATA "body">]><S12:Env', 1), "EBMS:0009"),
]


@pytest.mark.parametrize(("change", "code"), S03)
def test_s03_a_dtd_in_any_encoding_is_refused(change: Callable[[bytes], bytes], code: str) -> None:
    assert code_of(changed(send(user_message(XML), XML), change)) == code


WEAK = [
    ("http://www.w3.org/2001/04/xmlenc#sha256</", "x"),
    (V1.signature, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
    (V1.signature, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    (V1.signature, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"),
    (V1.signature, ""),
    ('exc-c14n#"></ds:Canon', 'x"></ds:Canon'),
    ('exc-c14n#"></ds:Transform', 'x"></ds:Transform'),
    ("Attachment-Content-Signature-Transform", "Attachment-Complete-Signature-Transform"),
    ("http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2001/04/xmlenc#aes128-cbc"),
    ("http://www.w3.org/2009/xmlenc11#rsa-oaep", "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"),
    ('URI="#body"', 'URI="http://127.0.0.1/"'),
]


@pytest.mark.parametrize(("good", "bad"), WEAK[1:])
def test_s04_weak_algorithms_are_refused(good: str, bad: str) -> None:
    sent = send(user_message(XML), XML)
    assert code_of(changed(sent, lambda e: e.replace(good.encode(), bad.encode()))) == "EBMS:0103"


def test_s06_parts_and_payloads_must_be_the_same() -> None:
    message = user_message(XML, XML)
    sent = send(message, XML, XML)
    assert code_of(dataclasses.replace(sent, parts=sent.parts[:1]).body()) == "EBMS:0007"
    assert code_of(dataclasses.replace(sent, parts=[*sent.parts, sent.parts[0]]).body()) == "EBMS:0007"
    part, octets = sent.parts[0]
    extra = (dataclasses.replace(part, content_id="other@host"), octets)
    assert code_of(dataclasses.replace(sent, parts=[*sent.parts, extra]).body()) == "EBMS:0007"
    unlocked = send(message, XML, XML, encrypt=False)
    assert code_of(unlocked.body()) == "EBMS:0103"


def test_an_unsigned_message_is_refused() -> None:
    sent = send(user_message(XML), XML)
    assert code_of(changed(sent, lambda e: re.sub(rb"<wsse:Security.*</wsse:Security>", b"", e))) == "EBMS:0103"
    assert code_of(changed(sent, lambda e: re.sub(rb"<ds:Signature .*</ds:Signature>", b"", e))) == "EBMS:0103"


def test_a_signature_that_covers_too_little_or_too_much_is_refused() -> None:
    sent = send(user_message(XML), XML)
    fewer = send(user_message(XML, agreement=None), XML)
    assert (
        code_of(changed(sent, lambda e: e.replace(b'<ds:Reference URI="#body">', b'<ds:Reference URI="#SIG-1">')))
        == "EBMS:0101"
    )
    assert receive(fewer.body()).payloads


@pytest.mark.parametrize(("sent_by", "agreed"), [(V1, V2), (V2, V1)], ids=["1.x to 2.0", "2.0 to 1.x"])
def test_p12_another_profile_is_refused_and_named(sent_by: SecurityProfile, agreed: SecurityProfile) -> None:
    sent = send(user_message(XML), XML, profile=sent_by)
    with pytest.raises(AlgorithmRefused, match=f"Profile eDelivery AS4 {agreed.name} is agreed"):
        receive(sent.body(), profile=agreed)


def test_ics2_by_key_agreement() -> None:
    """The other key transport that the shared trader interface may want: ECDH-ES, with either derivation."""
    for method in (KeyMethod.ECDH_CONCAT, KeyMethod.ECDH_HKDF):
        sent = send(
            user_message(XML), XML, form=TokenForm.PATH, recipient_form=TokenForm.EMBEDDED, method=method, to="p256"
        )
        assert receive(sent.body(), own="p256").payloads == {"payload0@host": XML}


def test_s09_a_relative_namespace_is_an_invalid_signature() -> None:
    sent = send(user_message(XML), XML)
    change = sent.secured.envelope.replace(b"<eb:UserMessage>", b"<eb:UserMessage xmlns:r='rel'>")
    assert change != sent.secured.envelope
    bad = changed(sent, lambda e: e.replace(b"<eb:UserMessage>", b"<eb:UserMessage xmlns:r='rel' r:a='1'>"))
    assert code_of(bad) == "EBMS:0101"


def heavy() -> dict[str, bytes]:
    """Envelopes that would be costly to canonicalise or to build (specification 16.2, AS4-S05 and S10)."""
    head = b'<S12:Envelope xmlns:S12="%s"><S12:Header>' % names.SOAP.encode()
    declared = b"".join(b' xmlns:n%d="urn:n%d"' % (n, n) for n in range(1000))
    levels = b"".join(
        b"<a" + b"".join(b' xmlns:n%dx%d="u"' % (level, n) for n in range(50)) + b">" for level in range(40)
    )
    return {
        "namespaces x children": head + b"<a" + declared + b">" + b"<b/>" * 1000 + b"</a>",
        "levels x namespaces": head + levels + b"</a>" * 40,
        "attributes": head + b"<a" + b"".join(b' a%d=""' % n for n in range(90_000)) + b"/>",
        "depth": head + b"<a>" * 300 + b"</a>" * 300,
        "text": head + b"<a>" + b"x" * 1_100_000 + b"</a>",
        "name": head + b"<" + b"n" * 60_000 + b"/>",
        "elements": head + b"<a/>" * 20_000,
    }


@pytest.mark.parametrize("what", heavy())
def test_s05_s10_costly_envelopes_are_refused_early(what: str) -> None:
    from douane.standards.as4.reading import read_envelope

    data = heavy()[what] + b"</S12:Header><S12:Body/></S12:Envelope>"
    begin = time.process_time()
    with pytest.raises(SenderFault):
        read_envelope(data)
    assert time.process_time() - begin < 1.0  # 250 ms on a quiet machine


@both
def test_receipts_are_checked_digest_by_digest(profile: SecurityProfile) -> None:
    """AS4-P01."""
    message = user_message(XML, XML)
    sent = send(message, XML, XML, profile=profile)
    claims = receive(sent.body(), profile=profile).claims
    receipt = Receipt("r@host", NOW, message.id, references_of(claims))
    proven = prove_signal(signal(receipt, profile=profile), profile=profile)
    assert proven == receipt
    check_receipt(receipt, message.id, sent.secured.references)
    good = receipt.references
    for wrong in (
        good[:-1],
        (*good, good[0]),
        (*good[:-1], good[0]),
        (good[0].replace("DigestValue>", "DigestValue>AAAA", 1), *good[1:]),
        (*good[:-1], good[-1].replace("payload1", "payload2")),
        (),
        ("<x/>",),
    ):
        with pytest.raises(ReceiptInvalid):
            check_receipt(dataclasses.replace(receipt, references=wrong), message.id, sent.secured.references)
    with pytest.raises(ReceiptInvalid):
        check_receipt(receipt, "another@host", sent.secured.references)


@both
def test_signals_are_signed_like_messages(profile: SecurityProfile) -> None:
    request = PullRequest("p@host", NOW, "urn:mpc")
    octets = signal(request, profile=profile)
    assert prove_signal(octets, profile=profile) == request
    with pytest.raises(BadSignature):
        prove_signal(octets.replace(b"urn:mpc", b"urn:other"), profile=profile)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_s12_no_flipped_octet_changes_what_is_read(data: st.DataObject) -> None:
    message = user_message(XML)
    body = CACHED.setdefault("body", send(message, XML).body())
    at = data.draw(st.integers(0, len(body) - 1))
    bit = data.draw(st.integers(0, 7))
    flipped = body[:at] + bytes((body[at] ^ 1 << bit,)) + body[at + 1 :]
    try:
        found = receive(flipped)
    except DouaneError:
        return
    assert isinstance(found.envelope.message, UserMessage)
    assert found.envelope.message == message
    assert found.payloads == {"payload0@host": XML}


CACHED: dict[str, bytes] = {}
