"""Answers pulled: each once, by its owner only, back in the queue without a receipt, empty without an error."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from collections import Counter
from pathlib import Path

import httpx
import msgspec
import pytest

from douane.channels.as4.claims import read_note
from douane.channels.as4.client import Answered
from douane.channels.as4.sending import Packer
from douane.runtime.delivery.claims import NOTED, Claims
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.ports import Log
from douane.runtime.store.transmission import body_of
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import PullRequest, UserMessage
from douane.standards.as4.names import SOAP_MEDIA
from douane.standards.as4.pmodes import MINUTE
from douane.vocabulary.errors import StoreUnavailable
from tests.as4.access_points import CHANNEL, InProcess, Platform1, Side1, codes, mode_of, pull_mode, push, run
from tests.contracts import toy
from tests.contracts.toy import sent_to

both = pytest.mark.parametrize("profile", ["1.x", "2.0"])


@pytest.fixture
def platform(tmp_path: Path) -> Platform1:
    return Platform1(tmp_path)


def order(platform: Platform1, *numbers: str, trader: str = "T1") -> Side1:
    side, mode = Side1(platform, trader), mode_of("1.x")
    for number in numbers:
        assert push(platform, side, mode, side.pack(mode, toy.Order(number, "A", 1, trader))).verdict is Verdict.RECEIPT
    return side


def pull(platform: Platform1, side: Side1, profile: str = "1.x", mpc: str = "") -> Answered:
    channel = mpc or f"{CHANNEL}:{profile}/{side.name}"
    return run(platform, lambda http: side.correspondent(http).pull(pull_mode(profile), channel))


def content(answered: Answered) -> bytes:
    assert answered.received is not None
    return b"".join(next(iter(answered.received.payloads.values())).read())


@both
def test_an_answer_is_pulled_and_acknowledged(platform: Platform1, profile: str) -> None:
    side = order(platform, "O1")
    found = pull(platform, side, profile)
    assert found.verdict is Verdict.MESSAGE, found.reason
    assert isinstance(found.message, UserMessage)
    assert found.message.mpc == f"{CHANNEL}:{profile}/T1"
    assert found.message.action == "Refused"
    assert b"O1" in content(found)
    assert sent_to(platform.store, "T1") == ["Refused"]
    received = found.received
    assert received is not None
    taken = run(platform, lambda http: side.correspondent(http).acknowledge(pull_mode(profile), received))
    assert taken.verdict is Verdict.EMPTY, taken.reason
    assert sent_to(platform.store, "T1") == []
    rows = [JOURNAL.read(raw) for _, raw in platform.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1_000)]
    (proof,) = [row for row in rows if row.kind is RowKind.CARRIED]
    assert proof.sender == "T1"
    assert b"eb:Receipt" in proof.content.octets
    assert proof.transmission is not None
    assert b"eb:UserMessage" in body_of(proof.transmission, proof.content.octets)


def test_the_note_of_a_door_of_the_last_release_is_read() -> None:
    """Doors and cores are upgraded one after the other: a receipt may come to a newer door than its message left by."""
    old = msgspec.msgpack.encode(("answers", ("<ds:Reference/>",)))
    assert read_note(old) == ("answers", ("<ds:Reference/>",), None)
    claims = Claims()
    claims.take("T1", ["a"], 60, 0, "speed2")
    claims.note("T1", "a", old)
    assert claims.carried("T1", "a") is None


def test_notes_of_claims_are_bounded_and_what_is_needed_stays() -> None:
    claims = Claims()
    needed, wanted = b"needed", b"w" * (NOTED // 3)
    for item in "abcd":
        assert claims.take("T1", [item], 60, 0, "speed2") == item
        claims.note("T1", item, needed)
        claims.note("T1", item, wanted)
    kept = [claim.note for item in "abcd" if (claim := claims.find(item)) is not None]
    assert [len(note) for note in kept].count(len(wanted)) == 3
    assert set(kept) == {needed, wanted}
    claims.end("a")
    claims.note("T1", "d", wanted)
    claim = claims.find("d")
    assert claim is not None
    assert claim.note == wanted


@both
def test_an_answer_names_the_message_that_it_answers_and_stays_in_its_conversation(
    platform: Platform1, profile: str
) -> None:
    """Two-way, push and pull: RefToMessageId and ConversationId of the answer are those of the request."""
    side, mode = order(platform, "O1"), mode_of(profile)
    asked = side.message(mode, conversation_id="the customs formalities of load 7")
    content_of = [(msgspec.json.encode(toy.Order("O1", "A", 2, "T1")), "application/json")]  # the number is taken
    packed = side.correspondent(None).pack(mode, asked, content_of)  # type: ignore[arg-type]
    assert push(platform, side, mode, packed).verdict is Verdict.RECEIPT
    first, answered = pull(platform, side, profile).message, pull(platform, side, profile).message
    assert isinstance(first, UserMessage)
    assert isinstance(answered, UserMessage)
    assert first.ref_to == "", "it answers what no transmission is known of"
    assert (answered.ref_to, answered.conversation_id) == (asked.id, asked.conversation_id)


@both
def test_p09_an_empty_channel_is_a_warning(platform: Platform1, profile: str) -> None:
    found = pull(platform, Side1(platform), profile)
    assert found.verdict is Verdict.EMPTY
    assert codes(found) == ["EBMS:0006"]


def test_p07_two_pullers_get_each_message_once(platform: Platform1) -> None:
    side = order(platform, "O1", "O2", "O3")

    async def together(http: httpx.AsyncClient) -> list[Answered]:
        one = side.correspondent(http)
        return list(await asyncio.gather(*(one.pull(pull_mode(), f"{CHANNEL}:1.x/T1") for _ in range(5))))

    found = run(platform, together)
    assert sorted(f.verdict.value for f in found) == ["empty", "empty", "message", "message", "message"]
    assert len({content(f) for f in found if f.verdict is Verdict.MESSAGE}) == 3


def test_p07_anothers_channel_is_refused(platform: Platform1) -> None:
    order(platform, "O1")
    stranger = Side1(platform, "T2")
    assert codes(pull(platform, stranger, mpc=f"{CHANNEL}:1.x/T1")) == ["EBMS:0101"]
    assert pull(platform, stranger).verdict is Verdict.EMPTY
    assert codes(pull(platform, stranger, mpc="urn:unknown")) == ["EBMS:0001"]


def test_p08_a_message_without_receipt_returns_under_the_same_id(platform: Platform1) -> None:
    side = order(platform, "O1")
    first = pull(platform, side)
    assert pull(platform, side).verdict is Verdict.EMPTY
    platform.clock.at += 16 * MINUTE
    again = pull(platform, side)
    assert isinstance(first.message, UserMessage)
    assert isinstance(again.message, UserMessage)
    assert again.message.id == first.message.id
    assert content(again) == content(first)


def test_p01_a_receipt_with_another_digest_acknowledges_nothing(platform: Platform1) -> None:
    side = order(platform, "O1")
    found = pull(platform, side).received
    assert found is not None
    references = found.claims.signature.references
    for reference in references:
        value = reference.element[-1]
        text = value.text or ""
        value.text = re.sub("^.", "A" if text[0] != "A" else "B", text)
    refused = run(platform, lambda http: side.correspondent(http).acknowledge(pull_mode(), found))
    assert codes(refused) == ["EBMS:0302"]
    assert sent_to(platform.store, "T1") == ["Refused"]


def test_a_receipt_of_somebody_else_acknowledges_nothing(platform: Platform1) -> None:
    side = order(platform, "O1")
    found = pull(platform, side).received
    assert found is not None
    stranger = Side1(platform, "T2")
    refused = run(platform, lambda http: stranger.correspondent(http).acknowledge(pull_mode(), found))
    assert refused.verdict is Verdict.AGAIN
    assert sent_to(platform.store, "T1") == ["Refused"]


def test_answers_come_oldest_first(platform: Platform1) -> None:
    side = order(platform, "O1", "O2")
    assert [b"O1" in content(pull(platform, side)), b"O2" in content(pull(platform, side))] == [True, True]


def test_claims_of_one_party_do_not_hide_messages_of_another(platform: Platform1) -> None:
    side, other = order(platform, "O1"), order(platform, "O2", trader="T2")
    assert b"O1" in content(pull(platform, side))
    assert b"O2" in content(pull(platform, other))


def test_two_doors_never_hand_out_one_message_twice_and_take_each_others_receipts(platform: Platform1) -> None:
    side = order(platform, *(f"O{n}" for n in range(6)))

    async def story(http: httpx.AsyncClient) -> tuple[list[Answered], list[Verdict]]:
        transport = InProcess(platform.another_door())
        async with httpx.AsyncClient(transport=transport, base_url="http://platform") as other:
            doors = [side.correspondent(http), side.correspondent(other)]
            found = await asyncio.gather(*(doors[n % 2].pull(pull_mode(), f"{CHANNEL}:1.x/T1") for n in range(10)))
            taken = []
            for n, each in enumerate(found):
                if each.received is not None and each.verdict is Verdict.MESSAGE:
                    taken.append((await doors[(n + 1) % 2].acknowledge(pull_mode(), each.received)).verdict)
            return list(found), taken

    found, taken = run(platform, story)
    assert Counter(f.verdict for f in found) == {Verdict.MESSAGE: 6, Verdict.EMPTY: 4}
    assert len({content(f) for f in found if f.verdict is Verdict.MESSAGE}) == 6
    assert taken == [Verdict.EMPTY] * 6
    assert sent_to(platform.store, "T1") == []


def test_a_message_that_could_not_be_packed_is_free_again(platform: Platform1, monkeypatch: pytest.MonkeyPatch) -> None:
    side = order(platform, "O1")
    with monkeypatch.context() as broken:
        broken.setattr(Packer, "pack", _no_room)
        refused = run(platform, lambda http: _pulled_raw(side, http))
        assert refused.status_code == 503
    assert b"O1" in content(pull(platform, side))


def _no_room(*_: object) -> None:
    raise StoreUnavailable("The spool is full.")


async def _pulled_raw(side: Side1, http: httpx.AsyncClient) -> httpx.Response:
    request = PullRequest("p@t1", side.platform.clock.now(), f"{CHANNEL}:1.x/T1")
    signer = side.point.certificates.signer(pull_mode(), side.platform.clock.now())
    return await http.post("/as4", content=side.packer().signal(request, signer), headers={"content-type": SOAP_MEDIA})


@pytest.mark.parametrize(
    "id", ["5@elsewhere.example", "zz@platform.example", "ffffffffffffffffff@platform.example", ""]
)
def test_a_receipt_for_what_is_no_message_of_ours_is_refused(platform: Platform1, id: str) -> None:
    side = order(platform, "O1")
    found = pull(platform, side).received
    assert found is not None
    message = dataclasses.replace(found.message, id=id)
    forged = dataclasses.replace(found, envelope=dataclasses.replace(found.envelope, message=message))
    refused = run(platform, lambda http: side.correspondent(http).acknowledge(pull_mode(), forged))
    assert refused.verdict is not Verdict.EMPTY
    assert sent_to(platform.store, "T1") == ["Refused"]
