"""The transport of lanes to providers and consumers of the bus: where a lane leads is asked anew at each attempt.

A request goes to ADDRESS/OPERATION with the bare body, signed like a webhook; what the provider answers to it, if it
answers at once, becomes its reply. It has arrived once that reply is on disk: a crash before asks the provider again,
under the same reference. Answers to consumers and events are pushed to their callback as they would be collected.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from douane.channels.webhook.pushing import FINAL, Answer, Pushing, headers_of, outcome_of
from douane.runtime.store.ports import SECOND, Attempt, Clock, Offered, Outcome
from douane.standards.internet.addresses import Network
from douane.vocabulary.errors import DeclarationFault, OurFault, PartnerUnreachable, SenderFault

NAME: Final = "bus"
PREFIX: Final = "+bus:"
REQUEST: Final = "ServiceRequest"
LARGEST: Final = 8 * 1024 * 1024
LONGEST: Final = 30.0
"""Seconds that one request may take, however long its exchange has."""
_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lane leads now; no address: its messages wait to be collected."""

    address: str = ""
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a provider answered at once: from whom, to which exchange, in which form, and whether it refuses."""

    provider: str
    reference: str
    form: str
    body: str
    refused: bool


class ServiceTransport:
    """Carries every lane of the bus. ``place``: where one leads; ``reply``: hands a reply to the core, durably."""

    def __init__(
        self, pushing: Pushing, clock: Clock, place: Callable[[str], Place], reply: Callable[[Reply], Awaitable[None]]
    ) -> None:
        self._pushing, self._clock, self._place, self._reply = pushing, clock, place, reply

    async def close(self) -> None:
        """Close the connections."""
        await self._pushing.close()

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer items, a few at once: each is an exchange of its own. Stops where one got no answer."""
        place = self._place(lane.removeprefix(PREFIX))
        if not place.address:
            return [Attempt(Outcome.ARRIVED, "waits to be collected")] * len(items)
        attempts: list[Attempt] = []
        for start in range(0, len(items), _AT_ONCE):
            attempts += await asyncio.gather(*(self._one(place, item) for item in items[start : start + _AT_ONCE]))
            if any(each.outcome is Outcome.FAILED for each in attempts):
                break
        return attempts

    async def _one(self, place: Place, item: Offered) -> Attempt:
        _, facts, body = item
        try:
            if facts["type"] != REQUEST:
                return outcome_of(await self._post(place.address, place, facts, body, LONGEST))
            return await self._request(place, facts, msgspec.json.decode(body))
        except (PartnerUnreachable, DeclarationFault, OurFault) as problem:
            return Attempt(Outcome.FAILED, problem.text)

    async def _request(self, place: Place, facts: Mapping[str, str], request: dict[str, Any]) -> Attempt:
        """Ask the provider; an answer with a body, or one that refuses for good, is its reply."""
        left = (_instant(request["due"]) - self._clock.now()) / SECOND
        url = f"{place.address.rstrip('/')}/{request['operation']}"
        given = {**facts, "media": request["form"], "correlation": request["reference"]}
        answer = await self._post(url, place, given, request["body"].encode(), max(1.0, min(left, LONGEST)))
        if answer.status in (202, 204) or (200 <= answer.status < 300 and not answer.body):
            return Attempt(Outcome.ARRIVED, "it replies later")
        if answer.status not in FINAL and not 200 <= answer.status < 300:
            return outcome_of(answer)
        try:
            await self._reply(_reply(facts, request["reference"], answer))
        except SenderFault as known:  # the exchange has its end already
            return Attempt(Outcome.ARRIVED, known.text)
        return Attempt(Outcome.ARRIVED)

    async def _post(
        self, url: str, place: Place, facts: Mapping[str, str], body: bytes, seconds: float
    ) -> Answer:  # fmt: skip
        return await self._pushing.post(url, place.networks, headers_of(facts), body, most=LARGEST, seconds=seconds)


def _reply(facts: Mapping[str, str], reference: str, answer: Answer) -> Reply:
    provider = facts["party"].partition("#")[0]
    form = "xml" if answer.media.partition(";")[0].strip().endswith("xml") else "json"
    refused = answer.status >= 300 or not answer.whole
    said = answer.body.decode(errors="replace") if answer.whole else "The answer is longer than 8 MB."
    return Reply(provider, reference, form, said, refused)


def _instant(text: str) -> int:
    return round(msgspec.convert(text, dt.datetime).timestamp() * SECOND)
