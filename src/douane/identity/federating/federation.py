"""Signing in by a national identity provider: the relying party of OpenID Connect, authorisation code with PKCE; where
a provider speaks SAML 2.0, ``saml`` has its part.

OpenID Connect Core 1.0 (3.1), RFC 7636 (PKCE, S256), RFC 9207 (``iss`` in the answer), RFC 9700. These hold. (1) An
answer is worth something once, within ten minutes, in the browser that asked, and from the provider that was asked:
where there are several it has to name itself, since else a false one has us bring it what another one answered.
(2) The provider's statement (ID token) is checked with keys that it publishes, by an algorithm that we chose, for us,
for this very request, now. (3) Of the statement who it is about is taken: what that person may do stands in the
register of accounts, and where his administration says so, the statement narrows it, and never widens it. (4) A
provider that is down, slow or wrong lets nobody in.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from douane.identity.federating.answers import Answers, Finished
from douane.identity.federating.central import Central
from douane.identity.federating.leaving import Leaving
from douane.identity.federating.providers import AGAIN, OPEN, SECOND, SKEW, MemberStateType, Provider, Statement, Wish
from douane.identity.federating.saml import Saml
from douane.identity.federating.sealing import Seal
from douane.identity.kept import Kept, digest
from douane.runtime.door.outgoing import Asked, Outgoing
from douane.standards.json.bounds import decode
from douane.vocabulary.errors import NotAuthenticated, PartnerRefused

ALGORITHMS: Final = ("ES256", "RS256", "PS256")
"""By which a statement may be signed; what its header says chooses among these alone."""
REMEMBERED: Final = 600 * SECOND
RELOAD: Final = 60 * SECOND
"""How long what a provider publishes is believed, and how often it is asked anew for a key that is not there: once for
statements, which it gave us itself, and once for notices, which anybody may post (microseconds)."""
REFUSED: Final = 5 * SECOND
"""How long a provider is not asked again that published what cannot be used (microseconds)."""
_FLOWS: Final = "flows"


class Metadata(msgspec.Struct, frozen=True):
    """What a provider publishes of itself (OpenID Connect Discovery 1.0, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str = ""


class Flow(msgspec.Struct, frozen=True, array_like=True):
    """A sign-in that waits for the provider's answer. ``browser``: the hash of what the browser holds.

    salt: of what nonce and verifier (RFC 7636) are made, which nobody reads but who opens the seal.
    """

    issuer: str
    salt: bytes
    browser: str
    opened: int
    wish: Wish

    @property
    def nonce(self) -> str:
        """What the statement names."""
        return _made(b"nonce", self.salt)

    @property
    def verifier(self) -> str:
        """What proves that who redeems the code asked for it."""
        return _made(b"verifier", self.salt)


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    sub: str
    aud: str | list[str]
    exp: int
    iat: int
    nonce: str = ""
    azp: str = ""
    auth_time: int = 0
    acr: str = ""


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str
    token_type: str = ""


@dataclass(slots=True)
class _Published:
    metadata: Metadata
    keys: KeySet
    at: int


@dataclass(frozen=True, slots=True)
class Others:
    """What speaks with providers that do not speak OpenID Connect, and with persons whose country has none."""

    answers: Answers
    saml: Saml
    central: Central


class Federation:
    """The providers of a node. ``redirect``: our address for their answers; ``now``: of the real clock.

    others: what speaks with those that do not speak OpenID Connect. kept: where notices of providers lie. seal: of what
    waits for an answer.
    """

    def __init__(
        self, providers: Callable[[], Mapping[str, Provider]], http: Outgoing, kept: Kept, seal: Seal, *,
        redirect: Callable[[], str], now: Callable[[], int], others: Others,
    ) -> None:  # fmt: skip
        self._providers, self._http, self._seal, self.others = providers, http, seal, others
        self._redirect, self._now = redirect, now
        self._published: dict[str, _Published] = {}
        self._refused: dict[str, tuple[int, PartnerRefused]] = {}
        self._reloaded: dict[tuple[str, bool], int] = {}
        self._loading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.leaving = Leaving(providers, self, kept, now)

    @property
    def providers(self) -> Mapping[str, Provider]:
        """Each country's provider."""
        return self._providers()

    def origins(self) -> list[str]:
        """Where providers are, to which a form of ours may lead."""
        saml = self.others.saml
        away = [each for each in self.providers.values() if each.type is not MemberStateType.CENTRAL]
        at = (saml.address(each) if each.saml is not None else each.issuer for each in away)
        parts = [each for each in map(urlsplit, at) if each.netloc]
        return sorted({f"{each.scheme}://{each.netloc}" for each in parts})

    async def begin(self, provider: Provider, wish: Wish, browser: str, hint: str = "") -> str:
        """Where the browser is sent. ``browser``: what it holds from now on. Raises PartnerFault."""
        await self.others.answers.seal.ready()
        if provider.saml is not None:
            return self.others.saml.begin(provider, wish, browser)
        if provider.type is MemberStateType.CENTRAL:
            return self.others.central.begin(provider, wish, browser)
        published = await self._known(provider)
        await self._seal.ready()
        flow = Flow(provider.issuer, self._seal.secret().encode(), digest(browser), self._now(), wish)
        state, nonce = self._seal.seal(_FLOWS, flow), flow.nonce
        challenge = base64.urlsafe_b64encode(hashlib.sha256(flow.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code", "client_id": provider.client_id, "redirect_uri": self._redirect(),
            "scope": "openid", "state": state, "nonce": nonce, "code_challenge": challenge,
            "code_challenge_method": "S256", **({"login_hint": hint} if hint else {}),
            **({"prompt": "login", "max_age": "0"} if wish.fresh else {}),
        }  # fmt: skip
        mark = "&" if "?" in published.metadata.authorization_endpoint else "?"
        return f"{published.metadata.authorization_endpoint}{mark}{urlencode(asked)}"

    async def finish(self, answer: Mapping[str, str], browser: str) -> Finished:
        """Who signed in, and what for. Raises NotAuthenticated for an answer that is none, PartnerFault for a provider
        that does not serve."""
        if "word" in answer:
            await self.others.answers.seal.ready()
            return self.others.answers.redeem(answer["word"], browser)
        await self._seal.ready()
        flow = self._seal.take(_FLOWS, answer.get("state", ""), Flow)
        if flow is None or not 0 <= self._now() - flow.opened <= OPEN:
            raise NotAuthenticated("This sign-in is over, was used, or never began here.", remedy=AGAIN)
        if not browser or not hmac.compare_digest(flow.browser, digest(browser)):
            raise NotAuthenticated("This sign-in began in another browser.", remedy=AGAIN)
        provider = self.providers.get(flow.wish.country)
        named = answer.get("iss", flow.issuer if len({each.issuer for each in self.providers.values()}) == 1 else "")
        if provider is None or not provider.issuer == flow.issuer == named:
            raise NotAuthenticated("The answer comes from another provider than was asked.", remedy=AGAIN)
        if "error" in answer:
            told = "".join(each for each in answer["error"][:40] if each.isalnum() or each == "_")
            raise NotAuthenticated(f"{provider.title} signed nobody in: {told}.", remedy=AGAIN)
        published = await self._known(provider)
        token = await self._redeem(provider, published.metadata, answer.get("code", ""), flow.verifier)
        statement = await self._statement(provider, token, flow.nonce)
        if flow.wish.fresh and statement.auth_time < flow.opened // SECOND - SKEW:
            raise NotAuthenticated(f"{provider.title} did not ask you again who you are.", remedy=AGAIN)
        return Finished(provider, flow.wish, statement, digest(answer["state"]))

    async def leave(self, provider: Provider, subject: str, back: str) -> str:
        """Where a browser goes so that the provider signs its person out as well; empty where it cannot be asked.

        subject: as whom a provider that speaks SAML knows him. back: where it leads on to.
        """
        if provider.saml is not None:
            return self.others.saml.leave(provider, subject)
        return "" if provider.type is MemberStateType.CENTRAL else await self.leaving.address(provider, back)

    async def leaving_at(self, provider: Provider) -> str:
        """Where a provider signs somebody out; empty where it says nothing, or names an address without TLS."""
        at = (await self._known(provider)).metadata.end_session_endpoint
        return at if at and _fit(at) else ""

    async def _redeem(self, provider: Provider, metadata: Metadata, code: str, verifier: str) -> str:
        """The statement for a code."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._redirect(),
                "code_verifier": verifier}  # fmt: skip
        known = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "authorization": f"Basic {base64.b64encode(known.encode()).decode()}",
        }
        answered = await self._http.ask(Asked("POST", metadata.token_endpoint, headers, urlencode(form).encode()))
        if answered.status in (400, 401):
            raise NotAuthenticated(f"{provider.title} does not confirm this sign-in.", remedy=AGAIN)
        if answered.status != 200:
            raise self._wrong(provider, f"answers {answered.status}")
        try:
            return decode(answered.body, _Tokens).id_token
        except msgspec.MsgspecError as problem:
            raise self._wrong(provider, "gives no statement") from problem

    async def _statement(self, provider: Provider, token: str, nonce: str) -> Statement:
        """What a statement says, if it holds: its signature, its issuer, for us, for this sign-in, now."""
        said = await self.claims(provider, token)
        try:
            claims = msgspec.convert(said, _Claims)
        except msgspec.ValidationError as problem:
            raise NotAuthenticated(f"The statement of {provider.title} does not hold.", remedy=AGAIN) from problem
        now = self._now() // SECOND
        audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        faults = [text for wrong, text in (
            (claims.iss != provider.issuer, "comes from another issuer"),
            (provider.client_id not in audience, "is for somebody else"),
            (len(audience) > 1 and claims.azp != provider.client_id, "was made for somebody else"),
            (bool(claims.azp) and claims.azp != provider.client_id, "was made for somebody else"),
            (now >= claims.exp + SKEW, "has expired; or a clock is wrong"),
            (claims.iat > now + SKEW, "is of the future: a clock is wrong"),
            (claims.iat < now - OPEN // SECOND - SKEW, "is too old: a clock is wrong"),
            (not hmac.compare_digest(claims.nonce.encode(), nonce.encode()), "belongs to another sign-in"),
            (not claims.sub or len(claims.sub) > 255, "names nobody"),
        ) if wrong]  # fmt: skip
        if faults:
            raise NotAuthenticated(f"The statement of {provider.title} {faults[0]}.", remedy=AGAIN)
        return Statement(claims.sub, claims.auth_time, claims.acr, provider.stated(said.get(provider.role_claim)))

    async def claims(self, provider: Provider, token: str, *, posted: bool = False) -> dict[str, Any]:
        """The claims of a statement whose signature holds. A key that is not known yet is asked for once a minute.

        posted: anybody may have sent it: it leaves statements that the provider gave us their own turn to ask.
        """
        published, kid, turn = await self._known(provider), _kid(token), (provider.issuer, posted)
        if kid not in _kids(published.keys) and not 0 <= self._now() - self._reloaded.get(turn, -RELOAD) < RELOAD:
            self._reloaded[turn] = self._now()
            published = await self._load(provider, instead=published)
        key = next((each for each in published.keys.keys if (each.kid or "") == kid), None)
        try:
            if key is None:
                raise ValueError(kid)
            return dict(jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims)
        except (JoseError, ValueError, RecursionError) as problem:
            raise NotAuthenticated(f"The statement of {provider.title} does not hold.", remedy=AGAIN) from problem

    async def _known(self, provider: Provider) -> _Published:
        found = self._published.get(provider.issuer)
        if found is None or not 0 <= self._now() - found.at < REMEMBERED:
            found = await self._load(provider, instead=found)
        return found

    async def _load(self, provider: Provider, instead: _Published | None) -> _Published:
        """What a provider publishes now, in place of what the caller has; one asks, and who comes meanwhile waits.

        Raises PartnerFault; for what cannot be used at once, a while.
        """
        async with self._loading[provider.issuer]:
            found = self._published.get(provider.issuer)
            if found is not None and found is not instead:
                return found
            since, refused = self._refused.get(provider.issuer, (0, None))
            if refused is not None and 0 <= self._now() - since < REFUSED:
                raise refused
            try:
                found = self._published[provider.issuer] = await self._asked(provider)
            except PartnerRefused as problem:
                self._refused[provider.issuer] = self._now(), problem
                raise
            self._refused.pop(provider.issuer, None)
            return found

    async def _asked(self, provider: Provider) -> _Published:
        """What a provider answers now. Raises PartnerFault."""
        body = await self._read(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        try:
            metadata = decode(body, Metadata)
        except msgspec.MsgspecError as problem:
            raise self._wrong(provider, "does not say where it is") from problem
        if metadata.issuer != provider.issuer:
            raise self._wrong(provider, "calls itself otherwise")
        named = (provider.issuer, metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        if not all(map(_fit, named)):
            raise self._wrong(provider, "names addresses without TLS")
        try:
            keys = KeySet.import_key_set(decode(await self._read(provider, metadata.jwks_uri)))
        except (JoseError, ValueError, KeyError, TypeError, msgspec.MsgspecError) as problem:
            raise self._wrong(provider, "publishes no keys") from problem
        return _Published(metadata, keys, self._now())

    async def _read(self, provider: Provider, url: str) -> bytes:
        answered = await self._http.ask(Asked("GET", url))
        if answered.status != 200:
            raise self._wrong(provider, f"answers {answered.status}")
        return answered.body

    def _wrong(self, provider: Provider, what: str) -> PartnerRefused:
        return PartnerRefused(f"{provider.title} {what}.", remedy="Try again later; its operator has to mend it.")


def _made(what: bytes, salt: bytes) -> str:
    """A word of a flow, which tells nothing of another one."""
    return base64.urlsafe_b64encode(hashlib.sha256(what + b" " + salt).digest()).decode().rstrip("=")


def _fit(url: str) -> bool:
    """Whether an address is one to trust what comes from: by TLS, or on this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    here = host in ("localhost", "127.0.0.1") or host.endswith(".localhost")
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def _kids(keys: KeySet) -> set[str]:
    return {each.kid or "" for each in keys.keys}


def _kid(token: str) -> str:
    """The name of the key in the header of a statement; nothing else of it is believed."""
    return _said(token, 0, "kid")


def issuer_of(token: str) -> str:
    """Whose statement a token says to be: enough to ask him for his keys, and no more."""
    return _said(token, 1, "iss")


def _said(token: str, part: int, name: str) -> str:
    """A text in the header (0) or the claims (1) of a token, of which nothing is proven; empty for none."""
    written = ([*token.split(".", 2), "", ""])[part]
    try:
        found: Any = decode(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    except (ValueError, msgspec.DecodeError):
        return ""
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""
