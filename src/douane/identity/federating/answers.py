"""What an answer of a provider earns: a word that holds once, for a minute, in the browser that began.

Answers that come without our cookie (SAML posts them from the provider's page), or before the last page (a passkey),
are verified where they come in; who they are for is proven where the word is redeemed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from douane.identity.federating.providers import AGAIN, OPEN, SECOND, Provider, Statement, Wish
from douane.identity.kept import Kept, digest
from douane.vocabulary.errors import NotAuthenticated

SWEEP: Final = 60 * SECOND
BEARS: Final = 60 * SECOND
"""How long what an answer earns may wait for its browser (microseconds)."""
_ANSWERED: Final = "answered"


class Flow(msgspec.Struct, frozen=True):
    """A request that waits for its answer. ``browser``: the hash of what the browser holds."""

    country: str
    issuer: str
    browser: str
    opened: int
    wish: Wish

    def begun_in(self, browser: str) -> bool:
        """Whether it is this browser's."""
        return bool(browser) and hmac.compare_digest(self.browser, digest(browser))


class Answered(msgspec.Struct, frozen=True):
    """An answer that holds, and waits for the browser that began."""

    flow: Flow
    statement: Statement
    at: int


class Answers:
    """The requests of a node that wait, and the answers that came. ``now``: of the real clock."""

    def __init__(self, providers: Callable[[], Mapping[str, Provider]], kept: Kept, now: Callable[[], int]) -> None:
        self._providers, self._kept, self._now = providers, kept, now
        self._swept = 0

    def ask(self, kind: str, provider: Provider, wish: Wish, browser: str, mark: str = "") -> str:
        """Keep a request until its answer comes; its name. ``mark``: with what the name begins."""
        now = self._now()
        if not 0 <= now - self._swept < SWEEP:
            for each in (kind, _ANSWERED):
                self._kept.sweep(each, now - OPEN)
            self._swept = now
        name = f"{mark}{self._kept.secret()}"
        flow = Flow(provider.country, provider.issuer, digest(browser), now, wish)
        self._kept.write(self._kept.path(kind, name), flow)
        return name

    def asked(self, kind: str, name: str) -> tuple[Flow, Provider]:
        """A request that waits, and the provider that it went to, as it stands now. Raises NotAuthenticated."""
        flow = self._kept.read(self._kept.path(kind, name), Flow)
        if flow is None or not 0 <= self._now() - flow.opened <= OPEN:
            raise NotAuthenticated("This sign-in is over, was used, or never began here.", remedy=AGAIN)
        return flow, self._provider(flow)

    def earn(self, kind: str, name: str, flow: Flow, statement: Statement) -> str:
        """The word for an answer that holds; of two that bring one, one has it. Raises NotAuthenticated."""
        if self._kept.take(self._kept.path(kind, name), Flow) is None:
            raise NotAuthenticated("This answer was used before.", remedy=AGAIN)
        word = self._kept.secret()
        self._kept.write(self._kept.path(_ANSWERED, word), Answered(flow, statement, self._now()))
        return word

    def redeem(self, word: str, browser: str) -> tuple[Provider, Wish, Statement]:
        """Who signed in, and what for, in the browser that began. Raises NotAuthenticated."""
        answered = self._kept.take(self._kept.path(_ANSWERED, word), Answered)
        if answered is None or not 0 <= self._now() - answered.at <= BEARS:
            raise NotAuthenticated("This sign-in is over, was used, or never began here.", remedy=AGAIN)
        if not answered.flow.begun_in(browser):
            raise NotAuthenticated("This sign-in began in another browser.", remedy=AGAIN)
        return self._provider(answered.flow), answered.flow.wish, answered.statement

    def _provider(self, flow: Flow) -> Provider:
        provider = self._providers().get(flow.country)
        if provider is None or provider.issuer != flow.issuer:
            raise NotAuthenticated("The answer comes from another provider than was asked.", remedy=AGAIN)
        return provider
