"""Signing out together with a provider that speaks OpenID Connect: begun here, or by the provider behind the browser.

OpenID Connect RP-Initiated Logout 1.0 and Back-Channel Logout 1.0. A notice of a provider holds once, is signed by a
key that it publishes, is for us, and of now; what it says of persons that we do not know ends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import msgspec

from douane.identity.federating.providers import OPEN, SECOND, SKEW, Provider
from douane.identity.kept import Kept
from douane.vocabulary.errors import NotAuthenticated, PartnerFault, StoreUnavailable

EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
LONGEST: Final = 16 * 1024
"""Letters of a notice."""
REMEDY: Final = "Send a logout token by OpenID Connect Back-Channel Logout 1.0, once."
_NOTICES: Final = "notices"


class Published(Protocol):
    """What a provider publishes of itself, as the federation reads it."""

    async def leaving_at(self, provider: Provider) -> str:
        """Where it signs somebody out; empty where it says nothing. Raises PartnerFault."""

    async def claims(self, provider: Provider, token: str, *, posted: bool = False) -> dict[str, Any]:
        """What a token says that is signed by a key of its. posted: anybody may have sent it.

        Raises NotAuthenticated, PartnerFault.
        """


class _Notice(msgspec.Struct, frozen=True):
    """A notice that was taken: who wrote it."""

    issuer: str


class Leaving:
    """Signing out together. ``now``: of the real clock (microseconds)."""

    def __init__(
        self, providers: Callable[[], Mapping[str, Provider]], published: Published, kept: Kept,
        now: Callable[[], int],
    ) -> None:  # fmt: skip
        self._providers, self._published, self._kept, self._now = providers, published, kept, now

    async def address(self, provider: Provider, back: str) -> str:
        """Where the browser goes so that the provider signs its person out as well; empty where it offers nothing.

        back: where it leads on to. A provider that is down keeps nobody signed in here.
        """
        try:
            at = await self._published.leaving_at(provider)
        except PartnerFault:
            return ""
        asked = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
        return f"{at}{'&' if '?' in at else '?'}{urlencode(asked)}" if at else ""

    async def told(self, token: str, issuer: str) -> tuple[Provider, str]:
        """The provider that signed somebody out, and as whom it knows him. ``issuer``: whose token it says to be.

        Raises NotAuthenticated for a notice that does not hold, PartnerFault for a provider that does not serve.
        """
        provider = next(
            (e for e in self._providers().values() if e.issuer == issuer and e.client_id and e.saml is None), None
        )
        if provider is None or len(token) > LONGEST:
            raise NotAuthenticated("No provider that is known here wrote this.", remedy=REMEDY)
        said = await self._published.claims(provider, token, posted=True)
        fault = self._fault(provider, said)
        if fault:
            raise NotAuthenticated(f"The notice of {provider.title} {fault}.", remedy=REMEDY)
        self._once(provider, str(said["jti"]))
        return provider, str(said["sub"])

    def _fault(self, provider: Provider, said: Mapping[str, Any]) -> str:
        """What is wrong with the claims of a notice (2.6); empty for nothing."""
        now, audience = self._now() // SECOND, said.get("aud")
        events, issued, ends = said.get("events"), said.get("iat"), said.get("exp", now)
        for wrong, text in (
            (said.get("iss") != provider.issuer, "comes from another issuer"),
            (provider.client_id not in (audience if isinstance(audience, list) else [audience]), "is for another"),
            (not isinstance(issued, int) or not isinstance(ends, int), "does not say when it was made"),
            (not isinstance(issued, int) or not now - OPEN // SECOND - SKEW <= issued <= now + SKEW, "is not of now"),
            (isinstance(ends, int) and now >= ends + SKEW, "has expired"),
            (not isinstance(events, dict) or not isinstance(events.get(EVENT), dict), "is of no sign-out"),
            ("nonce" in said, "is the statement of a sign-in"),
            (not isinstance(said.get("jti"), str) or not 0 < len(said["jti"]) <= 255, "has no name of its own"),
            (not isinstance(said.get("sub"), str) or not 0 < len(said["sub"]) <= 255, "names nobody"),
        ):  # fmt: skip
            if wrong:
                return text
        return ""

    def _once(self, provider: Provider, name: str) -> None:
        """Take a notice, if it is the first of its name. Raises NotAuthenticated."""
        self._kept.sweep(_NOTICES, self._now() - 2 * OPEN)
        try:
            self._kept.write(self._kept.path(_NOTICES, f"{provider.issuer}\0{name}"), _Notice(provider.issuer))
        except StoreUnavailable as problem:
            if not isinstance(problem.__cause__, FileExistsError):
                raise
            raise NotAuthenticated(f"The notice of {provider.title} was taken before.", remedy=REMEDY) from None
