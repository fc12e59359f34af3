"""The transport of webhook lanes: one signed POST a message, in order, to the address of the partner's agreement.

An answer of 2xx is the confirmation of arrival; the partner confirms delivery by acknowledging the message in its
inbox, where it waits too. Every message of a lane carries its place in it (``douane-sequence``): who misses one reads
the inbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from douane.channels.webhook.addresses import Network, check_address, resolve
from douane.channels.webhook.signing import Signed, WebhookKey
from douane.runtime.ports import Clock, Outcome
from douane.vocabulary.errors import PartnerUnreachable

NAME: Final = "webhook"
TIMEOUT = httpx.Timeout(15.0, connect=5.0)
ANSWER: Final = 4096
"""So much of an answer is read; nobody needs more of it."""
_FINAL: Final = frozenset({400, 404, 405, 406, 409, 410, 411, 413, 415, 422})
"""What a partner says of a message that it will never take."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where the messages of a lane go, and which networks beyond the public ones that address may lie in."""

    lane: str
    url: str
    networks: tuple[Network, ...] = ()


class WebhookTransport:
    """Carries the lanes of all subscriptions."""

    def __init__(self, subscriptions: Sequence[Subscription], key: WebhookKey, clock: Clock) -> None:
        self._by_lane = {each.lane: each for each in subscriptions}
        self._key, self._clock = key, clock
        self._http = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False, follow_redirects=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def send(self, lane: str, items: Sequence[tuple[str, Mapping[str, str], bytes]]) -> list[tuple[Outcome, str]]:
        """Offer items in order; stops at the first that got no answer."""
        subscription = self._by_lane.get(lane)
        if subscription is None:
            return [(Outcome.FAILED, "no agreement names an address")]
        outcomes: list[tuple[Outcome, str]] = []
        for _, facts, body in items:
            try:
                outcomes.append(await self._push(subscription, facts, body))
            except PartnerUnreachable as problem:
                outcomes.append((Outcome.FAILED, problem.text))
            if outcomes[-1][0] is Outcome.FAILED:
                break
        return outcomes

    async def _push(self, to: Subscription, facts: Mapping[str, str], body: bytes) -> tuple[Outcome, str]:
        parts = check_address(to.url, to.networks)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = await resolve(host, port, to.networks)
        request = Signed("POST", to.url, _headers(facts))
        self._key.sign(request, body, at=self._clock.now())
        bracketed = f"[{address}]" if ":" in address else address
        target = parts._replace(netloc=f"{bracketed}:{port}").geturl()
        headers = request.headers | {"host": parts.netloc}
        try:
            async with self._http.stream(
                "POST", target, content=body, headers=headers, extensions={"sni_hostname": host}
            ) as answer:
                said = b""
                async for chunk in answer.aiter_raw(ANSWER):
                    said += chunk
                    if len(said) >= ANSWER:
                        break
        except httpx.HTTPError as problem:
            raise PartnerUnreachable(f"{host} does not answer: {type(problem).__name__}.") from problem
        return _outcome(answer.status_code, said)


def _headers(facts: Mapping[str, str]) -> dict[str, str]:
    sent = {
        "content-type": "application/json" if facts["media"] == "json" else "application/xml",
        "douane-message": facts["id"],
        "douane-type": facts["type"],
        "douane-sequence": facts["sequence"],
    }
    if facts["correlation"]:
        sent["douane-answers"] = facts["correlation"]
    return sent


def _outcome(status: int, said: bytes) -> tuple[Outcome, str]:
    if 200 <= status < 300:
        return Outcome.ARRIVED, ""
    reason = f"{status} {said[:150].decode(errors='replace')}".strip()
    if 300 <= status < 400:
        reason = f"{status}: redirects are not followed; register the new address"
    return Outcome.REFUSED if status in _FINAL else Outcome.FAILED, reason
