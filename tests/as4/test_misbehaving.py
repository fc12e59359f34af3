"""Partners that misbehave while they answer a push: signed errors of other messages, payloads, answers without end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from douane.channels.as4.sending import Packed, Packer
from douane.runtime.store.ports import Attempt, Outcome
from douane.standards.as4 import names
from douane.standards.as4.errors import error_of
from douane.standards.as4.messages import ErrorSignal, Message, Receipt
from douane.vocabulary.errors import NoAgreement
from tests.as4.access_points import Platform1, Side1, mode_of
from tests.as4.test_sending import item, transport
from tests.contracts import toy

MEGABYTE = 1 << 20
PIECE = 64 * 1024
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def platform(tmp_path: Path) -> Platform1:
    return Platform1(tmp_path)


def signed(platform: Platform1, message: Message, octets: int = 0) -> Packed:
    """What the partner says, by its own key; with payloads where it is a user message."""
    packer = Packer(platform.certificates, platform.payloads, toy.Ids(seed="partner"))
    parts = getattr(message, "parts", ())
    contents = [(info, (bytes(PIECE) for _ in range(octets // PIECE)), octets) for info in parts]
    return packer.pack(mode_of(), message, contents, "T1", platform.clock.now())


def said(packed: Packed) -> Answer:
    return lambda _asked: httpx.Response(200, content=packed.whole(), headers={"content-type": packed.content_type})


def pushed(side: Side1, answer: Answer) -> Attempt:
    async def once() -> Attempt:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://platform") as http:
            (attempt,) = await transport(side, http).send("as4:platform", [item("O1")])
            return attempt

    return asyncio.run(once())


def refusal(platform: Platform1, of: str) -> ErrorSignal:
    return ErrorSignal("error@platform", platform.clock.now(), of, (error_of(NoAgreement("no")),))


def test_a_signed_error_ends_only_the_delivery_that_it_names(platform: Platform1) -> None:
    """Whoever stands between may repeat what the partner once said about another message."""
    side = Side1(platform)
    for of in ("other@t1.example", ""):
        attempt = pushed(side, said(signed(platform, refusal(platform, of))))
        assert (attempt.outcome, "another message" in attempt.reason) == (Outcome.FAILED, True), attempt
    mine = pushed(side, said(signed(platform, refusal(platform, "O1@t1.example"))))
    assert mine.outcome is Outcome.REFUSED


def test_a_receipt_of_a_message_that_nobody_sent_is_none(platform: Platform1) -> None:
    receipt = Receipt("receipt@platform", platform.clock.now(), "other@t1.example", ())
    assert pushed(Side1(platform), said(signed(platform, receipt))).outcome is Outcome.FAILED


def test_who_answers_a_push_by_payloads_leaves_nothing_on_the_disk(platform: Platform1) -> None:
    side = Side1(platform)
    sent = signed(platform, side.message(mode_of(), count=2), octets=4 * MEGABYTE)
    attempt = pushed(side, said(sent))
    assert attempt.outcome is Outcome.FAILED
    assert not [each for each in side.payloads._folder.rglob("*") if each.is_file()]


@pytest.mark.parametrize("media", ["text/html", names.SOAP_MEDIA, 'multipart/related; boundary="b"'])
def test_an_answer_without_end_is_left(platform: Platform1, media: str) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 256 * MEGABYTE:
            taken += PIECE
            yield bytes(PIECE)

    answer = lambda _asked: httpx.Response(200, content=endless(), headers={"content-type": media})  # noqa: E731 - short
    assert pushed(Side1(platform), answer).outcome is Outcome.FAILED
    assert taken < 4 * MEGABYTE, taken
