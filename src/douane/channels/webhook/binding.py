"""The transport of webhook lanes: one signed POST a message, in order, to the address of the partner's agreement.

An answer of 2xx is the confirmation of arrival; the partner confirms delivery by acknowledging the message in its
inbox, where it waits too. Every message of a lane carries its place in it (``douane-sequence``): who misses one reads
the inbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.channels.webhook.pushing import SECONDS, Pushing, headers_of, outcome_of
from douane.channels.webhook.signing import WebhookKey
from douane.runtime.store.ports import Attempt, Clock, Offered, Outcome
from douane.standards.internet.addresses import Network
from douane.vocabulary.errors import PartnerUnreachable

NAME: Final = "webhook"
ANSWER: Final = 4096
"""So much of an answer is read; nobody needs more of it."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where the messages of a lane go, and which networks beyond the public ones that address may lie in."""

    lane: str
    url: str
    networks: tuple[Network, ...] = ()


class WebhookTransport:
    """Carries the lanes of all subscriptions. ``seconds``: how long an answer is waited for."""

    def __init__(
        self, subscriptions: Sequence[Subscription], key: WebhookKey, clock: Clock, *, seconds: float = SECONDS
    ) -> None:
        self._seconds, self._pushing = seconds, Pushing(key, clock)
        self.agree(subscriptions)

    def agree(self, subscriptions: Sequence[Subscription]) -> None:
        """Send to these from now on."""
        self._by_lane = {each.lane: each for each in subscriptions}

    async def close(self) -> None:
        """Close the connections."""
        await self._pushing.close()

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer items in order; stops at the first that got no answer."""
        subscription = self._by_lane.get(lane)
        if subscription is None:
            return [Attempt(Outcome.FAILED, "no agreement names an address")]
        attempts: list[Attempt] = []
        for _, facts, body in items:
            try:
                attempts.append(await self._push(subscription, facts, body))
            except PartnerUnreachable as problem:
                attempts.append(Attempt(Outcome.FAILED, problem.text))
            if attempts[-1].outcome is Outcome.FAILED:
                break
        return attempts

    async def _push(self, to: Subscription, facts: Mapping[str, str], body: bytes) -> Attempt:
        answer = await self._pushing.post(
            to.url, to.networks, headers_of(facts), body, most=ANSWER, seconds=self._seconds
        )
        return outcome_of(answer)
