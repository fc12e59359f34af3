"""A signed POST to a registered address: resolved once, connected where it was checked, read within a bound."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from douane.channels.webhook.addresses import Network, check_address, resolve
from douane.channels.webhook.signing import Signed, WebhookKey
from douane.runtime.store.ports import Attempt, Clock, Outcome
from douane.shared_services.web.retrying import asked
from douane.vocabulary.errors import PartnerUnreachable

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
    """Posts to registered addresses. ``trust``: which servers are believed; the public authorities by default."""

    def __init__(self, key: WebhookKey, clock: Clock, trust: ssl.SSLContext | None = None) -> None:
        self._key, self._clock = key, clock
        self._http = httpx.AsyncClient(
            verify=True if trust is None else trust, timeout=SECONDS, trust_env=False, follow_redirects=False
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def post(
        self, url: str, networks: Sequence[Network], headers: Mapping[str, str], body: bytes, *, most: int,
        seconds: float = SECONDS,
    ) -> Answer:  # fmt: skip
        """The answer to a signed request, of which at most about ``most`` bytes are read. Raises PartnerUnreachable."""
        parts = check_address(url, tuple(networks))
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = await resolve(host, port, networks)
        request = Signed("POST", url, dict(headers))
        self._key.sign(request, body, at=self._clock.now())
        bracketed = f"[{address}]" if ":" in address else address
        target = parts._replace(netloc=f"{bracketed}:{port}").geturl()
        sent = request.headers | {"host": parts.netloc}
        timeout = httpx.Timeout(seconds, connect=min(CONNECT, seconds))
        try:
            async with self._http.stream(
                "POST", target, content=body, headers=sent, extensions={"sni_hostname": host}, timeout=timeout
            ) as answer:
                said = b""
                async for chunk in answer.aiter_raw(min(most, 65_536)):
                    said += chunk
                    if len(said) > most:
                        break
        except httpx.HTTPError as problem:
            raise PartnerUnreachable(f"{host} does not answer: {type(problem).__name__}.") from problem
        media, after = answer.headers.get("content-type", ""), asked(answer.headers)
        return Answer(answer.status_code, media, said[:most], len(said) <= most, after)


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
