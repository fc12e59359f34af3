"""A signed POST to a registered address: connected where it was checked, proven by name, read within a bound."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.channels.webhook.addresses import LookUp, within
from douane.channels.webhook.signing import Signed, WebhookKey
from douane.runtime.store.ports import Attempt, Clock, Outcome
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.resolving import look_up
from douane.shared_services.web.retrying import asked
from douane.shared_services.web.sending import Patience, Request, Sender
from douane.standards.internet.addresses import Network, check_endpoint

CONNECT: Final = 5.0
SECONDS: Final = 15.0
FINAL: Final = frozenset({400, 404, 405, 406, 409, 410, 411, 413, 415, 422})
"""What a partner says of a message that it will never take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; ``whole`` where the body is not longer than was to be read.

    after: seconds for which it asks to be left alone.
    """

    status: int
    media: str
    body: bytes
    whole: bool
    after: float = 0.0


class Pushing:
    """Posts to registered addresses.

    trust: which servers are believed; the system's authorities by default. look: what resolves names.
    """

    def __init__(
        self, key: WebhookKey, clock: Clock, trust: ssl.SSLContext | None = None, look: LookUp = look_up
    ) -> None:
        self._key, self._clock, self._look = key, clock, look
        self._trust = trust if trust is not None else ssl.create_default_context()
        self._senders: dict[frozenset[Network], Sender] = {}

    async def close(self) -> None:
        """Close the connections."""
        for each in self._senders.values():
            await each.close()

    async def post(
        self, url: str, networks: Sequence[Network], headers: Mapping[str, str], body: bytes, *, most: int,
        seconds: float = SECONDS,
    ) -> Answer:  # fmt: skip
        """The answer to a signed request, of which at most ``most`` bytes are read.

        Raises PartnerUnreachable, and DeclarationFault for an address that may not be called.
        """
        to = check_endpoint(url, networks)
        signed = Signed("POST", url, dict(headers))
        self._key.sign(signed, body, at=self._clock.now())
        patience = Patience(min(CONNECT, seconds), seconds, seconds)
        request = Request("POST", url, signed.headers | {"host": to.authority}, body, patience)
        async with self._sender(networks).send(request) as answer:
            said, whole = await answer.read(most)
        return Answer(answer.status, answer.headers.get("content-type", ""), said, whole, asked(answer.headers))

    def _sender(self, networks: Sequence[Network]) -> Sender:
        """Whoever may reach other networks has connections of its own."""
        opened = frozenset(networks)
        found = self._senders.get(opened)
        if found is None:
            found = self._senders[opened] = HttpSender(self._trust, within(tuple(networks), self._look))
        return found


def headers_of(facts: Mapping[str, str]) -> dict[str, str]:
    """The headers that say what is pushed."""
    sent = {
        "content-type": "application/json" if facts["media"] == "json" else "application/xml",
        "douane-message": facts["id"],
        "douane-type": facts["type"],
        "douane-sequence": facts["sequence"],
    }
    if facts["correlation"]:
        sent["douane-answers"] = facts["correlation"]
    if facts.get("traceparent"):
        sent["traceparent"] = facts["traceparent"]
    return sent


def outcome_of(answer: Answer) -> Attempt:
    """What an answer says of a message that was pushed: taken, never to be taken, or to be tried again."""
    status, said = answer.status, answer.body
    if 200 <= status < 300:
        return Attempt(Outcome.ARRIVED)
    reason = f"{status} {said[:150].decode(errors='replace')}".strip()
    if 300 <= status < 400:
        reason = f"{status}: redirects are not followed; register the new address"
    return Attempt(Outcome.REFUSED, reason) if status in FINAL else Attempt(Outcome.FAILED, reason, answer.after)
