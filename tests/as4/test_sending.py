"""Messages pushed out: what an answer means for a delivery, repetition, rollover, and partners that answer badly."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.client import As4Transport, Correspondent, Route
from douane.runtime.store.ports import Attempt, Outcome
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.pmodes import PMode
from douane.standards.xml_signature.tests.certified import Certified, authority, certify, end
from tests.as4.access_points import ORIGIN, Platform1, Side1, mode_of, run
from tests.as4.over_httpx import OverHttpx
from tests.contracts import toy
from tests.contracts.toy import sent_to

DAY = 86_400_000_000
HEADERS = {"type": "Order", "media": "json", "correlation": ""}


def item(number: str) -> tuple[str, dict[str, str], bytes]:
    return f"{number}", HEADERS, msgspec.json.encode(toy.Order(number, "A", 1))


def transport(side: Side1, http: httpx.AsyncClient, mode: PMode | None = None) -> As4Transport:
    found = mode or mode_of()
    return As4Transport(side.point, {"as4:platform": Route(side.correspondent(http), lambda _type: found)})


@pytest.fixture
def platform(tmp_path: Path) -> Platform1:
    return Platform1(tmp_path)


def test_a_lane_is_carried_in_order(platform: Platform1) -> None:
    side = Side1(platform)
    attempts = run(platform, lambda http: transport(side, http).send("as4:platform", [item("O1"), item("O2")]))
    assert [each.outcome for each in attempts] == [Outcome.ARRIVED, Outcome.ARRIVED]
    assert [each.carried.receipt.count(b"eb:Receipt") for each in attempts if each.carried is not None] == [2, 2]
    assert sent_to(platform.store, "T1") == ["Refused", "Refused"]


def test_t19_a_repetition_has_the_same_id_and_octets(platform: Platform1) -> None:
    side, bodies = Side1(platform), []

    def lost(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        return httpx.Response(502, html="<html>Bad Gateway</html>")

    async def three() -> list[list[Attempt]]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(lost), base_url="http://platform") as http:
            carrier = transport(side, http)
            return [await carrier.send("as4:platform", [item("O1"), item("O2")]) for _ in range(3)]

    for attempts in asyncio.run(three()):
        assert [each.outcome for each in attempts] == [Outcome.FAILED]
        assert "HTTP 502" in attempts[0].reason
    assert len(bodies) == 3
    assert len(set(bodies)) == 1


def test_a_pushed_answer_names_what_it_answers_and_stays_in_its_conversation(platform: Platform1) -> None:
    """Two-way, push and push: the lane says by which transmission the partner asked."""
    side, bodies = Side1(platform), []

    def kept(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        return httpx.Response(502)

    async def push(**answers: str) -> None:
        id, headers, body = item("O1")
        async with httpx.AsyncClient(transport=httpx.MockTransport(kept), base_url="http://platform") as http:
            await transport(side, http).send("as4:platform", [(id, headers | answers, body)])

    asyncio.run(push(answers="asked@platform.example", conversation="load 7"))
    asyncio.run(push())
    assert b"<eb:RefToMessageId>asked@platform.example</eb:RefToMessageId>" in bodies[0]
    assert b"<eb:ConversationId>load 7</eb:ConversationId>" in bodies[0]
    assert b"RefToMessageId" not in bodies[1]
    assert b"<eb:ConversationId>O1</eb:ConversationId>" in bodies[1]


SOAP = {"content-type": "application/soap+xml"}


def test_the_receiver_is_the_party_of_the_lane() -> None:
    from douane.channels.as4.client import _receiver
    from douane.standards.as4.messages import PartyId
    from douane.standards.as4.pmodes import Side

    several = dataclasses.replace(mode_of(), responder=Side((PartyId("s1@NL1"), PartyId("BE1")), "Trader"))
    assert _receiver(several, "BE1") == PartyId("BE1")
    assert _receiver(several, "NL1") == PartyId("s1@NL1")
    assert _receiver(mode_of(), "T1").value == "PLATFORM"


UNSIGNED = (
    b'<S12:Envelope xmlns:S12="http://www.w3.org/2003/05/soap-envelope"><S12:Header><eb:Messaging '
    b'xmlns:eb="http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/" S12:mustUnderstand="true">'
    b"<eb:SignalMessage><eb:MessageInfo><eb:Timestamp>2026-11-24T10:00:00Z</eb:Timestamp><eb:MessageId>e@h"
    b'</eb:MessageId></eb:MessageInfo><eb:Error errorCode="EBMS:0101" severity="failure"/></eb:SignalMessage>'
    b"</eb:Messaging></S12:Header><S12:Body/></S12:Envelope>"
)
BAD: list[tuple[str, Callable[[httpx.Request], httpx.Response]]] = [
    ("HTML 404", lambda r: httpx.Response(404, html="<h1>Not here</h1>")),
    ("HTML 503", lambda r: httpx.Response(503, html="<h1>Later</h1>")),
    ("200 without a body", lambda r: httpx.Response(200)),
    ("202 without a receipt", lambda r: httpx.Response(202)),
    (
        "cut off",
        lambda r: httpx.Response(200, content=b"<S12:Envelope", headers=SOAP),
    ),
    ("no connection", lambda r: (_ for _ in ()).throw(httpx.ConnectError("refused"))),
    ("slow", lambda r: (_ for _ in ()).throw(httpx.ReadTimeout("slow"))),
    ("closed during the answer", lambda r: (_ for _ in ()).throw(httpx.RemoteProtocolError("closed"))),
    (
        "an unsigned error",
        lambda r: httpx.Response(400, content=UNSIGNED, headers=SOAP),
    ),
]


@pytest.mark.parametrize(("what", "answer"), BAD, ids=[what for what, _ in BAD])
def test_t09_t10_t25_what_proves_nothing_is_tried_again(
    platform: Platform1, what: str, answer: Callable[[httpx.Request], httpx.Response]
) -> None:
    side = Side1(platform)

    async def once() -> list[Attempt]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://platform") as http:
            return await transport(side, http).send("as4:platform", [item("O1")])

    (attempt,) = asyncio.run(once())
    assert attempt.outcome is Outcome.FAILED
    assert attempt.reason


def test_a_signed_error_that_no_repetition_mends_ends_the_delivery(platform: Platform1) -> None:
    side = Side1(platform)
    wrong = dataclasses.replace(mode_of(), action="dance")
    (attempt,) = run(platform, lambda http: transport(side, http, wrong).send("as4:platform", [item("O1")]))
    assert attempt.outcome is Outcome.REFUSED
    assert "EBMS:0010" in attempt.reason
    assert "action" in attempt.reason


def test_an_answer_of_another_signer_is_none(platform: Platform1) -> None:
    """The certificate is known to the gate, but it is not this partner's."""
    side = Side1(platform)
    point = dataclasses.replace(side.point, certificates=CertificateRegister(
        [OwnCertificate(end("rsa").chain, end("rsa").key)],
        {"PLATFORM": [end("rsa2").chain], "OTHER": [end("ed25519").chain]},
    ))  # fmt: skip
    platform.certificates = CertificateRegister(
        [OwnCertificate(end("rsa2").chain, end("rsa2").key)], {"T1": [end("rsa").chain]}
    )
    platform.begin()

    async def once(http: httpx.AsyncClient) -> list[Verdict]:
        good = Correspondent(point, OverHttpx(http), party="PLATFORM")
        packed = good.pack(mode_of(), side.message(mode_of()), [(item("O1")[2], "application/json")])
        impostor = Correspondent(point, OverHttpx(http), party="OTHER")
        return [(await each.push(mode_of(), packed)).verdict for each in (impostor, good)]

    assert run(platform, once) == [Verdict.AGAIN, Verdict.RECEIPT]


def rolled() -> tuple[Certified, Certified]:
    """An old and a new certificate of one party, both valid on 24 November 2026."""
    made = []
    for begin, finish in (((2026, 1, 1), (2026, 12, 15)), ((2026, 11, 1), (2028, 1, 1))):
        key = rsa.generate_private_key(65537, 2048)
        period = {"begin": dt.datetime(*begin, tzinfo=dt.UTC), "end": dt.datetime(*finish, tzinfo=dt.UTC)}
        made.append(certify("T1 rolling", key, authority(), **period))  # type: ignore[arg-type]
    return made[0], made[1]


def test_g11_rollover_loses_no_message(platform: Platform1) -> None:
    """Messages encrypted for the old and for the new certificate are opened; the newest signs and is encrypted for."""
    old, new = rolled()
    register = CertificateRegister(
        [OwnCertificate(c.chain, c.key) for c in (old, new)], {"T1": [end("rsa").chain, old.chain, new.chain]}
    )
    mode = mode_of()
    assert register.signer(mode, ORIGIN).chain == new.chain
    assert register.recipient(mode, "T1", ORIGIN).chain == new.chain
    later = ORIGIN + 60 * DAY
    from douane.standards.xml_signature.tokens import Named, TokenForm, key_identifier

    for certificate, at, found in ((old, ORIGIN, True), (new, ORIGIN, True), (old, later, False), (new, later, True)):
        named = Named(TokenForm.KEY_IDENTIFIER, key_identifier=key_identifier(certificate.certificate))
        assert (register.private_key(named, at) is not None) is found
        assert register.certificate(named) == certificate.certificate


def test_findings_name_what_expires_and_the_rehearsal_what_would_fail() -> None:
    old, new = rolled()
    register = CertificateRegister([OwnCertificate(old.chain, old.key)], {"T1": [new.chain]})
    found = register.findings(ORIGIN)
    assert [(f.whose, f.days) for f in found] == [("", 20)]
    assert "rolling" in found[0].subject
    assert register.findings(ORIGIN + 30 * DAY)[0].days == -1
    assert register.rehearse([(mode_of(), "T1"), (mode_of(), "T9")], ORIGIN) == [
        "place:1.x: T9 has no valid certificate for rsa-oaep."
    ]
    assert "no valid own certificate" in register.rehearse([(mode_of(), "T1")], ORIGIN + 30 * DAY)[0]
