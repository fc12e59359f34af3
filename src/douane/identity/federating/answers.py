"""What an answer of a provider earns: a word that holds once, for a minute, in the browser that began.

Answers that come without our cookie (SAML posts them from the provider's page), or before the last page (a passkey),
are verified where they come in; who they are for is proven where the word is redeemed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import msgspec

from douane.identity.federating.providers import AGAIN, OPEN, SECOND, Provider, Statement, Wish
from douane.identity.federating.sealing import Seal
from douane.identity.kept import digest
from douane.vocabulary.errors import NotAuthenticated

BEARS: Final = 60 * SECOND
"""How long what an answer earns may wait for its browser (microseconds)."""
_ANSWERED: Final = "answered"


class Flow(msgspec.Struct, frozen=True, array_like=True):
    """A request that waits for its answer. ``browser``: the hash of what the browser holds."""

    country: str
    issuer: str
    browser: str
    opened: int
    wish: Wish

    def begun_in(self, browser: str) -> bool:
        """Whether it is this browser's."""
        return bool(browser) and hmac.compare_digest(self.browser, digest(browser))


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """An answer that holds, and waits for the browser that began."""

    flow: Flow
    statement: Statement
    at: int
    once: str


class Finished(NamedTuple):
    """Who signed in where, what for, and the name under which the register lets him in once."""

    provider: Provider
    wish: Wish
    statement: Statement
    once: str


class Answers:
    """The requests of a node that wait, and the answers that came. ``now``: of the real clock."""

    def __init__(self, providers: Callable[[], Mapping[str, Provider]], seal: Seal, now: Callable[[], int]) -> None:
        self._providers, self.seal, self._now = providers, seal, now

    def ask(self, kind: str, provider: Provider, wish: Wish, browser: str) -> str:
        """A request that waits for its answer: its name bears it, sealed, and begins with a mark as names in XML do."""
        flow = Flow(provider.country, provider.issuer, digest(browser), self._now(), wish)
        return self.seal.seal(kind, flow)

    def asked(self, kind: str, name: str) -> tuple[Flow, Provider]:
        """A request that waits, and the provider that it went to, as it stands now. Raises NotAuthenticated."""
        flow = self.seal.open(kind, name, Flow)
        if flow is None or not 0 <= self._now() - flow.opened <= OPEN:
            raise NotAuthenticated("This sign-in is over, was used, or never began here.", remedy=AGAIN)
        return flow, self._provider(flow)

    def earn(self, kind: str, name: str, flow: Flow, statement: Statement) -> str:
        """The word for an answer that holds; of two that bring one, one has it. Raises NotAuthenticated."""
        if self.seal.take(kind, name, Flow) is None:
            raise NotAuthenticated("This answer was used before.", remedy=AGAIN)
        return self.seal.seal(_ANSWERED, Answered(flow, statement, self._now(), digest(name)))

    def redeem(self, word: str, browser: str) -> Finished:
        """Who signed in, and what for, in the browser that began. Raises NotAuthenticated."""
        answered = self.seal.take(_ANSWERED, word, Answered)
        if answered is None or not 0 <= self._now() - answered.at <= BEARS:
            raise NotAuthenticated("This sign-in is over, was used, or never began here.", remedy=AGAIN)
        if not answered.flow.begun_in(browser):
            raise NotAuthenticated("This sign-in began in another browser.", remedy=AGAIN)
        return Finished(self._provider(answered.flow), answered.flow.wish, answered.statement, answered.once)

    def _provider(self, flow: Flow) -> Provider:
        provider = self._providers().get(flow.country)
        if provider is None or provider.issuer != flow.issuer:
            raise NotAuthenticated("The answer comes from another provider than was asked.", remedy=AGAIN)
        return provider
