"""Messages pushed in: accepted once, receipted when durable, refused with the right code, repeated octet by octet."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest

from douane.channels.as4.binding import PATH
from douane.channels.as4.sending import part_info
from douane.runtime.store.ports import Batch
from douane.standards.as4 import names
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import Receipt, Typed
from douane.standards.xml_signature.tokens import TokenForm
from tests.as4.access_points import MODES, Platform1, Security, Side1, codes, mode_of, push, run
from tests.contracts import toy
from tests.contracts.toy import sent_to

ORDER = toy.Order("O1", "A", 60)
ONE_ANSWER = ["Refused"]
"""No account is open, so every order that takes effect is answered by one refusal."""
both = pytest.mark.parametrize("profile", ["1.x", "2.0"])


@pytest.fixture
def platform(tmp_path: Path) -> Platform1:
    return Platform1(tmp_path)


@both
def test_an_order_is_accepted_and_receipted(platform: Platform1, profile: str) -> None:
    mode, side = mode_of(profile), Side1(platform)
    packed = side.pack(mode, ORDER)
    answered = push(platform, side, mode, packed)
    assert answered.verdict is Verdict.RECEIPT, answered.reason
    assert sent_to(platform.store, "T1") == ONE_ANSWER
    assert platform.failed == []


@both
def test_t08_a_repetition_gets_the_same_receipt_octet_by_octet_even_after_a_restart(
    platform: Platform1, profile: str
) -> None:
    mode, side = mode_of(profile), Side1(platform)
    packed = side.pack(mode, ORDER)
    body = packed.whole()

    async def twice(http: httpx.AsyncClient) -> list[httpx.Response]:
        head = {"content-type": packed.content_type}
        return [await http.post(PATH, content=body, headers=head) for _ in range(2)]

    answers = run(platform, twice) + run(platform, twice)  # run begins the process anew
    assert {a.status_code for a in answers} == {200}
    assert len({a.content for a in answers}) == 1
    assert sent_to(platform.store, "T1") == ONE_ANSWER


def test_t07_copies_that_race_on_several_connections_take_effect_once(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    body = packed.whole()

    async def racing(http: httpx.AsyncClient) -> list[httpx.Response]:
        head = {"content-type": packed.content_type}
        return list(await asyncio.gather(*(http.post(PATH, content=body, headers=head) for _ in range(8))))

    answers = run(platform, racing)
    assert len({a.content for a in answers}) == 1
    assert sent_to(platform.store, "T1") == ONE_ANSWER


def test_t07_no_receipt_leaves_before_the_store_holds_the_message(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    broken = platform.node.owners[0].ports.store
    keep = broken.apply

    def refuse(batch: Batch, partition: int, epoch: int) -> None:
        from douane.vocabulary.errors import StoreUnavailable

        raise StoreUnavailable("The disk is full.")

    broken.apply = refuse  # type: ignore[method-assign]
    try:
        answered = push(platform, side, mode, packed)
    finally:
        broken.apply = keep  # type: ignore[method-assign]
    assert answered.verdict is Verdict.AGAIN
    assert codes(answered) == ["EBMS:0054"]
    assert push(platform, side, mode, packed).verdict is Verdict.RECEIPT
    assert sent_to(platform.store, "T1") == ONE_ANSWER


def test_p03_the_same_id_with_other_content_is_refused_and_the_first_untouched(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    first = side.pack(mode, ORDER, id="same@T1")
    changed = side.pack(mode, toy.Order("O1", "A", 61), id="same@T1")
    assert push(platform, side, mode, first).verdict is Verdict.RECEIPT
    refused = push(platform, side, mode, changed)
    assert (refused.verdict, codes(refused)) == (Verdict.REFUSED, ["EBMS:0003"])
    assert push(platform, side, mode, first).verdict is Verdict.RECEIPT
    assert sent_to(platform.store, "T1") == ONE_ANSWER


def test_long_ids_that_begin_alike_are_two_messages(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    for n in range(3):
        id = f"00000000-0000-0000-0000-00000000000{n}@trader.example"
        answered = push(platform, side, mode, side.pack(mode, toy.Order(f"O{n}", "A", 1), id=id))
        assert answered.verdict is Verdict.RECEIPT, answered.reason
    assert len(sent_to(platform.store, "T1")) == 3


def test_t06_a_repetition_of_what_was_refused_is_refused_again(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, {"number": 5})
    for _ in range(2):
        answered = push(platform, side, mode, packed)
        assert codes(answered) == ["EBMS:0004"]
        assert "DOU-1003" in answered.reason
    assert sent_to(platform.store, "T1") == []


@both
def test_p10_a_test_message_is_receipted_and_not_delivered(platform: Platform1, profile: str) -> None:
    mode, side = mode_of(profile), Side1(platform)
    message = side.message(mode, 0, service=Typed(names.TEST_SERVICE), action=names.TEST_ACTION)
    packed = side.correspondent(None).pack(mode, message, [])  # type: ignore[arg-type]
    answered = push(platform, side, mode, packed)
    assert answered.verdict is Verdict.RECEIPT
    assert isinstance(answered.message, Receipt)
    assert platform.node.counters.accepted == 0


@pytest.mark.parametrize("form", TokenForm)
def test_p14_every_form_of_naming_certificates_at_the_door(platform: Platform1, form: TokenForm) -> None:
    mode, side = mode_of(security=Security(signer_form=form, recipient_form=form)), Side1(platform)
    assert push(platform, side, mode, side.pack(mode, ORDER)).verdict is Verdict.RECEIPT


def test_s01_s02_a_stranger_and_a_forged_party_are_refused_before_payloads(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    other = side.pack(mode, ORDER)
    mine = Side1(platform, "T2")
    forged = mine.correspondent(None).pack(  # type: ignore[arg-type]
        mode, dataclasses.replace(side.message(mode), id="x@T2"), [(msgspec.json.encode(ORDER), "application/json")]
    )
    answered = push(platform, mine, mode, forged)
    assert codes(answered) == ["EBMS:0101"]
    other.envelope = other.envelope.replace(b"place", b"plAce")
    answered = push(platform, side, mode, other)
    assert codes(answered) == ["EBMS:0010"]
    assert sent_to(platform.store, "T1") == []


def test_a_changed_signature_is_refused_before_a_payload_is_decrypted(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    body = packed.whole().replace(b"<eb:ConversationId>1<", b"<eb:ConversationId>2<")

    async def cut(http: httpx.AsyncClient) -> httpx.Response:
        # the body ends where the payload would begin: what refuses it has seen the envelope only
        async def pieces() -> AsyncIterator[bytes]:
            yield body[: body.index(b"Content-ID: <payload0>")]

        return await http.post(PATH, content=pieces(), headers={"content-type": packed.content_type})

    answer = run(platform, cut)
    assert b"EBMS:0101" in answer.content


@both
def test_p12_another_profile_than_agreed_is_named(platform: Platform1, profile: str) -> None:
    other = "2.0" if profile == "1.x" else "1.x"
    side = Side1(platform)
    mode = dataclasses.replace(mode_of(profile), agreement=mode_of(other).agreement)
    packed = side.pack(mode, ORDER)
    head = {"content-type": packed.content_type}
    answer = run(platform, lambda http: http.post(PATH, content=packed.whole(), headers=head))
    assert b"EBMS:0103" in answer.content
    assert f"Profile eDelivery AS4 {other} is agreed".encode() in answer.content


def test_an_unencrypted_message_is_refused_by_default(platform: Platform1) -> None:
    side, mode = Side1(platform), mode_of(security=Security(encrypt=False))
    assert codes(push(platform, side, mode, side.pack(mode, ORDER))) == ["EBMS:0103"]
    platform.modes[:] = [mode]
    platform.begin()
    assert push(platform, side, mode, side.pack(mode, ORDER)).verdict is Verdict.RECEIPT


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("text/html", b"<html/>", "EBMS:0007"),
        ("application/soap+xml", b"", "EBMS:0009"),
        ("application/soap+xml", b"<a/>", "EBMS:0009"),
        ("application/soap+xml", b"x" * 1_100_000, "EBMS:0007"),
        ("multipart/related; boundary=b", b"", "EBMS:0007"),
        ("multipart/related", b"--b\r\n\r\n\r\n--b--", "EBMS:0007"),
        ("multipart/related; boundary=b", b"--b\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--b--", "EBMS:0007"),
        ("", b"", "EBMS:0007"),
    ],
)
def test_what_is_no_message_is_answered_in_ebms_form(
    platform: Platform1, content_type: str, body: bytes, code: str
) -> None:
    answer = run(platform, lambda http: http.post(PATH, content=body, headers={"content-type": content_type}))
    assert answer.status_code == 200
    assert code.encode() in answer.content
    assert answer.headers["content-type"].startswith("application/soap+xml")
    assert platform.failed == []


def test_other_methods_are_not_offered(platform: Platform1) -> None:
    assert run(platform, lambda http: http.get(PATH)).status_code == 405


def test_t16_messages_sent_together_keep_their_own_content(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    orders = [toy.Order(f"O{n}", "A", 1) for n in range(60)]
    packed = [side.pack(mode, order) for order in orders]

    async def together(http: httpx.AsyncClient) -> list[object]:
        correspondent = side.correspondent(http)
        return list(await asyncio.gather(*(correspondent.push(mode, each) for each in packed)))

    answers = run(platform, together)
    assert {a.verdict for a in answers} == {Verdict.RECEIPT}  # type: ignore[attr-defined]
    from douane.runtime.store.envelope import JOURNAL
    from douane.runtime.store.ports import Log

    rows = [JOURNAL.read(raw) for _, raw in platform.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)]
    bodies = [row.content.octets for row in rows if row.origin.channel == "as4"]
    assert sorted(bodies) == sorted(msgspec.json.encode(order) for order in orders)


def test_attachments_are_durable_before_the_message_and_stand_in_the_journal(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    message = side.message(mode, 3)
    contents = [
        (msgspec.json.encode(ORDER), "application/json"),
        (b"%PDF-" + b"x" * 400_000, "application/pdf"),
        (b"\xff\xd8\xff", "image/jpeg"),
    ]
    packed = side.correspondent(None).pack(mode, message, contents)  # type: ignore[arg-type]
    assert push(platform, side, mode, packed).verdict is Verdict.RECEIPT
    from douane.runtime.store.envelope import JOURNAL
    from douane.runtime.store.ports import Log

    rows = [JOURNAL.read(raw) for _, raw in platform.store.scan_log(Log.JOURNAL, 0, 1 << 62, 10)]
    kept = next(row for row in rows if row.origin.channel == "as4").content.attachments
    assert [(a.name, a.size) for a in kept] == [("payload1", 400_005), ("payload2", 3)]
    assert b"".join(platform.payloads.open(kept[0].digest)) == b"%PDF-" + b"x" * 400_000


def test_a_refused_message_leaves_nothing_in_the_payload_store(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    message = side.message(mode, 2)
    contents = [(msgspec.json.encode(ORDER), "application/json"), (bytes(range(256)) * 4000, "application/pdf")]
    packed = side.correspondent(None).pack(mode, message, contents)  # type: ignore[arg-type]
    body = packed.whole()
    flipped = body[:-200] + bytes((body[-200] ^ 1,)) + body[-199:]
    head = {"content-type": packed.content_type}
    answer = run(platform, lambda http: http.post(PATH, content=flipped, headers=head))
    assert b"EBMS:0102" in answer.content
    assert refusals(platform) == ["T1"]
    assert [p for p in (platform.folder / "payloads").rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(
    "body", [b'{"number": 5}', msgspec.json.encode(toy.Order("O1", "A", 61))], ids=["form", "known"]
)
def test_attachments_of_a_message_that_is_refused_leave_no_file(platform: Platform1, body: bytes) -> None:
    """By its form, which the door judges before it keeps them, or by the core, after it has."""
    mode, side = mode_of(), Side1(platform)

    def sent(content: bytes, attached: bytes) -> Verdict:
        message = side.message(mode, 2, id="same@T1")
        contents = [(content, "application/json"), (attached, "application/pdf")]
        packed = side.correspondent(None).pack(mode, message, contents)  # type: ignore[arg-type]
        return push(platform, side, mode, packed).verdict

    def files() -> list[str]:
        return sorted(p.name for p in (platform.folder / "payloads").rglob("*") if p.is_file())

    assert sent(msgspec.json.encode(ORDER), b"%PDF-the first") is Verdict.RECEIPT
    before = files()
    for attached in (b"%PDF-another", b"%PDF-" + bytes(range(256)) * 4000, b"%PDF-the first"):
        assert sent(body, attached) is Verdict.REFUSED
        assert files() == before


@pytest.mark.parametrize(
    ("octets", "media"),
    [(b"MZ\x90\0", "application/pdf"), (b"<script/>", "text/html"), (b"%PDF-1.7", "image/png"), (b"", "image/png")],
)
def test_an_attachment_that_is_no_document_of_its_kind_is_refused_and_leaves_no_file(
    platform: Platform1, octets: bytes, media: str
) -> None:
    mode, side = mode_of(), Side1(platform)
    contents = [(msgspec.json.encode(ORDER), "application/json"), (octets, media)]
    infos = tuple(part_info(f"payload{n}", each, compress=mode.compress) for n, (_, each) in enumerate(contents))
    packed = side.correspondent(None).pack(mode, side.message(mode, 2, parts=infos), contents)  # type: ignore[arg-type]
    answered = push(platform, side, mode, packed)
    assert answered.verdict is not Verdict.RECEIPT
    assert "An attachment is of a kind, or has a name, that is not taken" in answered.reason
    assert refusals(platform) == ["T1"]
    assert [p for p in (platform.folder / "payloads").rglob("*") if p.is_file()] == []


def refusals(platform: Platform1) -> list[str]:
    """Whose messages were refused and left an audit leaf."""
    from douane.runtime.store.envelope import REFUSAL
    from douane.runtime.store.ports import Log

    return [REFUSAL.read(raw).who for _, raw in platform.store.scan_log(Log.REFUSAL, 0, 1 << 62, 10)]


def test_only_who_is_known_leaves_an_audit_leaf(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    strange = side.pack(mode, ORDER)
    strange.envelope = strange.envelope.replace(b"<eb:ConversationId>1<", b"<eb:ConversationId>2<")
    assert codes(push(platform, side, mode, strange)) == ["EBMS:0101"]
    assert refusals(platform) == []
    invalid = side.pack(mode, {"number": 5})
    assert codes(push(platform, side, mode, invalid)) == ["EBMS:0004"]
    assert refusals(platform) == ["T1"]


def test_every_agreement_of_these_tests_is_sound() -> None:
    assert [fault for mode in MODES for fault in mode.faults()] == []
