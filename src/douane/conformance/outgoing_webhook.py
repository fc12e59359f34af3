"""What we push to a partner's webhook, right and wrong, and what its answers are worth."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.webhook.signing import Signed, WebhookKey
from douane.conformance import stalls
from douane.conformance.cases import Case, Judged, Trial, remark, right, wrong
from douane.conformance.wire import Target, Told, post
from douane.runtime.store.ports import MINUTE, Clock, Ids

CONTRACT: Final = "docs/partners.md"
SIGNED: Final = "RFC 9421, 3.2"
LARGE: Final = 8 * 1024 * 1024
"""The largest message that a node sends, in octets."""


@dataclass(frozen=True, slots=True)
class Push:
    """One request as it goes out."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookBench:
    """The cases of one address. ``content``: a business message, another one at each call; ``type``: of which kind."""

    target: Target
    key: WebhookKey
    content: Callable[[], bytes]
    type: str
    clock: Clock
    ids: Ids

    # --- making and sending

    def push(self, body: bytes | None = None, *, key: WebhookKey | None = None, age: int = 0, url: str = "") -> Push:
        """A signed push. ``age``: how long ago it was signed, in microseconds."""
        content = self.content() if body is None else body
        headers = {
            "content-type": "application/xml", "douane-message": f"BN{self.ids.random(12).hex()}",
            "douane-type": self.type, "douane-sequence": str(int.from_bytes(self.ids.random(3), "big")),
        }  # fmt: skip
        request = Signed("POST", url or self.target.url, headers)
        (key or self.key).sign(request, content, at=self.clock.now() - age)
        return Push(request.headers, content)

    async def send(self, push: Push, *, stop: int | None = None, drip: bool = False) -> Told:
        """One attempt."""
        return await post(self.target, push.headers, push.body, stop=stop, drip=drip)

    async def taken(self, push: Push) -> Judged:
        """Send what has to be taken."""
        told = await self.send(push)
        if 200 <= told.status < 300:
            return right(_shown(told))
        return wrong(_shown(told), "Answer 2xx once the message is safe with you.")

    async def refused(self, push: Push, remedy: str) -> Judged:
        """Send what has to be refused."""
        told = await self.send(push)
        if 400 <= told.status < 500:
            return right(_shown(told))
        if told.status >= 500:
            return remark(_shown(told), "Answer 401 or 403: after 5xx the message is sent again.")
        return wrong(_shown(told), remedy)

    # --- the cases

    async def good(self) -> Judged:
        """A message as agreed."""
        return await self.taken(self.push())

    async def duplicate(self) -> Judged:
        """The same push twice, as after a lost answer."""
        push = self.push()
        first, again = await self.taken(push), await self.taken(push)
        if first != right(first.seen):
            return first
        if again != right(again.seen):
            return wrong(f"the second time {again.seen}",
                         "Answer a known douane-message as the first time; only your work is done once.")  # fmt: skip
        return right("taken both times")

    async def digest(self) -> Judged:
        """A body that was changed after it was signed."""
        push = self.push()
        return await self.refused(Push(push.headers, push.body + b" "), "Compare Content-Digest with the body.")

    async def header(self) -> Judged:
        """A header under the signature that was changed."""
        push = self.push()
        changed = {**push.headers, "douane-message": "BN-somebody-else"}
        return await self.refused(Push(changed, push.body), "Check the signature over every header that it covers.")

    async def unsigned(self) -> Judged:
        """No signature."""
        push = self.push()
        bare = {n: v for n, v in push.headers.items() if n.lower() not in ("signature", "signature-input")}
        return await self.refused(Push(bare, push.body), "Take nothing that is not signed.")

    async def expired(self) -> Judged:
        """A signature of ten minutes ago."""
        return await self.refused(self.push(age=10 * MINUTE), "Refuse what was signed more than five minutes ago.")

    async def unknown(self) -> Judged:
        """A stranger's key."""
        key = WebhookKey(ed25519.Ed25519PrivateKey.generate())
        return await self.refused(
            self.push(key=key), "Check with the key that douane partner key prints, by its keyid."
        )

    async def elsewhere(self) -> Judged:
        """What was signed for another address."""
        push = self.push(url="https://elsewhere.example/hook")
        return await self.refused(push, "Check the signature over @target-uri, with the address that you registered.")

    async def malformed(self) -> Judged:
        """A signed message that is not well-formed."""
        told = await self.send(self.push(b"<ncts:CC928C"))
        if 400 <= told.status < 500:
            return right(_shown(told))
        if 200 <= told.status < 300:
            return remark(_shown(told), "Answer 422 for what you cannot read, and tell us: 2xx says that it is safe.")
        return wrong(_shown(told), "Answer 422: anything else is sent again, and stops what waits behind it.")

    async def large(self) -> Judged:
        """A message of the largest size that we send."""
        body = self.content()
        told = await self.send(self.push(body + b" " * (LARGE - len(body))))
        if 200 <= told.status < 300 or told.status == 413:
            return right(_shown(told))
        return wrong(_shown(told), f"Take {LARGE // 1024 // 1024} MiB, or answer 413.")

    async def drips(self) -> Judged:
        """One request drips; another one beside it has to be served."""
        return await stalls.beside(self.send(self.push(), drip=True), self.good)

    async def half_open(self) -> Judged:
        """A request that stops in the middle, then the same one whole."""
        push = self.push()
        told = await self.send(push, stop=len(push.body) // 2)
        return await stalls.stopped(told, functools.partial(self.taken, push))


def _shown(told: Told) -> str:
    if not told.status:
        return "the connection was closed without an answer" if told.closed else f"no answer in {told.seconds:.0f} s"
    text = told.body[:120].decode("utf-8", "replace").strip()
    return f"HTTP {told.status} {text}".strip()


_TAKEN: Final = "2xx"
_REFUSED: Final = "401, 403 or another 4xx"
CASES: Final = (
    (Case("out.good", "a message as agreed", _TAKEN, CONTRACT), WebhookBench.good, False),
    (Case("out.duplicate", "the same message twice", "2xx both times", CONTRACT), WebhookBench.duplicate, False),
    (Case("out.digest", "a body changed after signing", _REFUSED, "RFC 9530, 2"), WebhookBench.digest, False),
    (Case("out.header", "a header changed after signing", _REFUSED, SIGNED), WebhookBench.header, False),
    (Case("out.unsigned", "no signature", _REFUSED, SIGNED), WebhookBench.unsigned, False),
    (Case("out.expired", "a signature of ten minutes ago", _REFUSED, CONTRACT), WebhookBench.expired, False),
    (Case("out.unknown", "a stranger's key", _REFUSED, SIGNED), WebhookBench.unknown, False),
    (Case("out.elsewhere", "signed for another address", _REFUSED, SIGNED), WebhookBench.elsewhere, False),
    (Case("out.malformed", "a message that is not well-formed", "422", CONTRACT), WebhookBench.malformed, False),
    (Case("out.large", "8 MiB", "2xx or 413", CONTRACT), WebhookBench.large, False),
    (Case("out.slow-body", "a body that drips", "others are served meanwhile", CONTRACT), WebhookBench.drips, True),
    (Case("out.half-open", "a request that stops half way", "closed in time; whole, it is taken", CONTRACT),
     WebhookBench.half_open, True),
)  # fmt: skip


def trials(make: Callable[[str], WebhookBench]) -> list[Trial]:
    """Every case, in the order in which they are told. ``make``: the bench of a case, by its id."""
    return [Trial(case, functools.partial(work, make(case.id)), aside=aside) for case, work, aside in CASES]
