"""The REST channel from the other side: sending to a platform, collecting from an inbox, with a certificate."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from douane.runtime.store.ports import Attempt, Offered, Outcome
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.retrying import asked
from douane.shared_services.web.sending import Answer, Patience, Request, Sender, answer_to
from douane.vocabulary.errors import PartnerRefused, PartnerUnreachable

ANSWERS = "answers"
"""The header that names the message which a JSON message answers."""
RECIPIENT = "recipient"
"""The header that names the party outside for whom a JSON message is that another node is to pass on."""
TRACE = "traceparent"
PATIENCE = Patience(connect_seconds=15.0, idle_seconds=45.0, whole_seconds=120.0)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a client proves itself with: its certificate chain and key, and the root it trusts."""

    certificate: Path
    key: Path
    root: Path

    def context(self) -> ssl.SSLContext:
        """The TLS side of a client."""
        context = ssl.create_default_context(cafile=str(self.root))
        context.load_cert_chain(self.certificate, self.key)
        return context


class Partner:
    """One platform of a partner, over kept-alive connections."""

    def __init__(self, url: str, identity: Identity, patience: Patience = PATIENCE) -> None:
        self.url, self._patience = url, patience
        self._sender: Sender = HttpSender(identity.context())

    async def close(self) -> None:
        """Close the connections."""
        await self._sender.close()

    async def send(
        self, body: bytes, *, json: bool = False, query: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Post a message; the raw answer. Raises PartnerUnreachable."""
        media = "application/json" if json else "application/xml"
        path = f"/v1/messages{'?' + query if query else ''}"
        return await self._ask("POST", path, body, {"content-type": media, **(headers or {})})

    async def call(self, operation: str, body: bytes, own_id: str = "") -> Any:
        """Call an operation with a JSON body; its answer as JSON. own_id: by which a message is known, if it is one.

        Raises PartnerRefused with the faults named.
        """
        service, _, name = operation.partition(".")
        headers = {"content-type": "application/json", **({"message-id": own_id} if own_id else {})}
        answer = await self._ask("POST", f"/{service}/v1/{name}", body, headers)
        return self._good(answer)

    async def status(self, item: str) -> Any:
        """What became of a message that this client's party sent, with the messages that answered it."""
        return self._good(await self._ask("GET", f"/v1/messages/{quote(item)}", b"", {}))

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post to an address of the platform (of the bus, say); the raw answer. Raises PartnerUnreachable."""
        return await self._ask("POST", path, body, headers)

    async def collect(
        self, after: str = "", wait: float = 0, limit: int = 100, feed: str = "", box: str = ""
    ) -> tuple[list[dict[str, Any]], str]:
        """A page of the own inbox, of a box beside it, or of an event feed, and the next cursor."""
        path = f"/v1/feeds/{feed}" if feed else "/v1/inbox"
        answer = await self._ask("GET", f"{path}?after={after}&wait={wait}&limit={limit}{_named('&', box)}", b"", {})
        page = self._good(answer)
        return page["items"], page["after"]

    async def acknowledge(self, item: str, box: str = "") -> None:
        """Confirm that a message was taken."""
        answer = await self._ask("POST", f"/v1/inbox/{item}/ack{_named('?', box)}", b"", {})
        if answer.status not in (204, 404):
            self._good(answer)

    async def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return await answer_to(self._sender, Request(method, self.url + path, headers, body, self._patience))

    def _good(self, answer: Answer) -> Any:
        if answer.status < 300:
            return answer.json() if answer.body else None
        raise PartnerRefused(f"{self.url} refuses with {answer.status}: {answer.text[:300]}")


def _named(sign: str, box: str) -> str:
    return f"{sign}box={quote(box)}" if box else ""


class RestTransport:
    """Carries lanes to partners' REST doors: one message a request, in order."""

    def __init__(self, partners: Mapping[str, Partner]) -> None:
        self._partners = dict(partners)

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer items in order; stops at the first that got no answer."""
        partner = self._partners[lane]
        attempts: list[Attempt] = []
        for _, headers, body in items:
            json = headers["media"] == "json"
            query = f"type={headers['type']}" if json else ""
            named = {"message-id": headers["id"]}
            if json and headers.get("correlation"):  # in a family the message says so itself
                named[ANSWERS] = headers["correlation"]
            if json and headers.get("recipient"):
                named[RECIPIENT] = headers["recipient"]
            named |= {TRACE: headers[TRACE]} if headers.get(TRACE) else {}
            try:
                answer = await partner.send(body, json=json, query=query, headers=named)
            except PartnerUnreachable as problem:
                attempts.append(Attempt(Outcome.FAILED, problem.text))
                break
            attempts.append(_outcome(answer, body))
            if attempts[-1].outcome is Outcome.FAILED:
                break
        return attempts


def _outcome(answer: Answer, body: bytes) -> Attempt:
    """A receipt for this body is a COA; what a sender must change is an exception; everything else is tried again."""
    if answer.status == 202:
        if _receipted(answer) == hashlib.sha256(body).hexdigest():
            return Attempt(Outcome.ARRIVED)
        return Attempt(Outcome.FAILED, "202 without a receipt for this message")
    if answer.status in (400, 404, 405, 409, 413, 422) or (answer.status == 403):
        return Attempt(Outcome.REFUSED, f"{answer.status} {answer.text[:150]}")
    return Attempt(Outcome.FAILED, f"{answer.status}", asked(answer.headers))


def _receipted(answer: Answer) -> object:
    """The digest of what a receipt is for; None where there is no receipt."""
    try:
        receipt = answer.json()
    except ValueError:
        return None
    return receipt.get("digest") if isinstance(receipt, dict) else None
