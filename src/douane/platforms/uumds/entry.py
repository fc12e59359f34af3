"""The web entry of UUM&DS: tokens for registered clients, and the keys by which platforms check them.

``POST /token`` takes the client-credentials grant (RFC 6749, 4.4) and token exchange (RFC 8693, ``exchange``). A client
proves itself by secret (form or Basic) or by the certificate of the connection (RFC 8705); a certificate always binds
the token, a proof of possession (RFC 9449) does where none came. ``resource`` (RFC 8707) names the platform,
``acting_for`` a principal whose delegation the client holds, ``scope`` the roles that the token is to have, ``may_act``
the client that may exchange it.

``POST /statement`` states to the keeper of a case who asks about it (``identity.asker_statements``): a client proves
itself by secret or certificate, and names ``keeper``, ``country`` and ``reference``, and whom it acts for.
"""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import msgspec

from douane.identity.asker_statements import MINUTE, Askers
from douane.identity.authentication import holder
from douane.identity.certificates import CertificateChecker
from douane.identity.policy import enter
from douane.identity.possession import ALGORITHMS, Proofs
from douane.identity.principals import Principal, Proof, ProofKind
from douane.identity.register import Client, Register
from douane.identity.taken import Taken
from douane.identity.tokens import ALGORITHM, TokenIssuer
from douane.model.circles import Circle, Platform
from douane.model.routes import Opening, Route
from douane.platforms.uumds.exchange import CREDENTIALS, EXCHANGE, Asked, Refusal, exchanged, own
from douane.platforms.uumds.secrets import Renew, Secrets
from douane.runtime.store.ports import SECOND
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.fair_use import Allowance, FairUse
from douane.shared_services.web.requests import (
    Application,
    Limits,
    Refuse,
    Request,
    application,
    routes,
    told_as_problem,
)
from douane.vocabulary.askers import AskedCase
from douane.vocabulary.errors import (
    BadRequest,
    Misdirected,
    NotAuthenticated,
    NotAuthorised,
    SenderFault,
    WrongCircle,
)

LIMITS = Limits(body=2 * 1024, seconds=2.0, pause=2.0)
FORM = "application/x-www-form-urlencoded"
CHANNEL = "http"
ROUTES = (
    Route(CHANNEL, "POST", "/token", Opening.CLIENT),
    Route(CHANNEL, "POST", "/statement", Opening.CLIENT),
    Route(CHANNEL, "GET", "/.well-known/jwks.json", Opening.ANYBODY),
    Route(CHANNEL, "GET", "/.well-known/oauth-authorization-server", Opening.ANYBODY),
    Route(CHANNEL, "GET", "/.well-known/openid-configuration", Opening.ANYBODY),
)
NO_STORE = (("cache-control", "no-store"),)
_HOST = re.compile(r"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
_DISTRUST = "Check client_id and secret, or present the registered client certificate."

JwkSet = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Known:
    """What callers are judged by at a moment; a new register, revocation list or token key makes a new value."""

    register: Register
    certificates: CertificateChecker
    tokens: JwkSet = field(default_factory=lambda: {"keys": []})
    """The public keys of which one signed a token."""


class UumDs:
    """The token service. ``public``: where others reach it. ``known`` and ``issuer`` may be replaced while it
    runs; each request sees one value of each.
    """

    def __init__(
        self,
        *,
        known: Known,
        issuer: TokenIssuer,
        audiences: Mapping[str, Platform],
        now: Callable[[], int],
        random: Callable[[int], bytes],
        refused: Callable[[SenderFault], None] = lambda _refusal: None,
        guessed: Callable[[str], None] = lambda _client: None,
        use: FairUse | None = None,
        renew: Renew = lambda _id, _former, _new: None,
        public: str = "",
        taken: Taken | None = None,
    ) -> None:
        self.known, self.issuer, self._told, self._guessed = known, issuer, refused, guessed
        self._public = public
        self._secrets = Secrets(use or FairUse(Allowance(), lambda: now() / SECOND), random, renew)
        self._audiences, self._now, self._random = dict(audiences), now, random
        self._proofs = Proofs(taken)

    def application(self, refuse: Refuse = told_as_problem) -> Application:
        """What answers requests at the UUM&DS listener."""
        handlers = (self._token, self._statement, self._jwks, self._metadata, self._metadata)
        return application(routes(dict(zip(ROUTES, handlers, strict=True))), LIMITS, refuse=refuse)

    async def _jwks(self, _request: Request) -> Response:
        return json_response(self.issuer.jwks(), headers=(("cache-control", "max-age=300"),))

    async def _metadata(self, request: Request) -> Response:
        """Who issues here, and where this service is: the address at which it is asked. Raises Misdirected for a host
        that is none of its own: what a client reads there names another one, and a careful client refuses that."""
        issuers = self.issuer.issuers
        issuer = issuers.at(_host(request))
        if not issuer:
            raise Misdirected("UUM&DS is not asked under this name.", remedy=f"Ask at {issuers.usual}/.")
        public = urlsplit(self._public).netloc == urlsplit(issuer).netloc
        return json_response(metadata(issuer, self._public if public else issuer), headers=NO_STORE)

    async def _token(self, request: Request) -> Response:
        return await self._answered(self._grant, request)

    async def _statement(self, request: Request) -> Response:
        return await self._answered(self._stated, request)

    async def _answered(self, grant: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        try:
            return await grant(request)
        except Refusal as refusal:
            return _refused(refusal)
        except NotAuthenticated as error:
            self._told(error)
            return _refused(Refusal("invalid_client", error.text, remedy=error.remedy or _DISTRUST, status=401))
        except WrongCircle as error:
            self._told(error)
            return _refused(Refusal("unauthorized_client", error.text, remedy=error.remedy))
        except BadRequest as error:
            return _refused(Refusal("invalid_request", error.text, remedy=error.remedy))

    async def _grant(self, request: Request) -> Response:
        known, issuer = self.known, self.issuer
        form, now = await read_form(request), self._now()
        if form.get("grant_type") not in (CREDENTIALS, EXCHANGE):
            raise Refusal(
                "unsupported_grant_type",
                "This service grants client_credentials and token-exchange only.",
                remedy=f"Send grant_type={CREDENTIALS}, or {EXCHANGE}.",
            )
        client, thumbprint = await self._client(known, request, form)
        request.belong(client.id)
        key = "" if thumbprint else self._proven(request, client.id, now)
        if client.bound and not (thumbprint or key):
            raise Refusal(
                "invalid_request",
                "This client is registered for tokens that are bound to a key of its own.",
                remedy="Ask over your certificate, or with a proof of possession (the header DPoP).",
            )
        asked = Asked(client, self._audience(client, form.get("resource", "")), form, now, bool(thumbprint or key))
        exchanges = form["grant_type"] == EXCHANGE
        granted = exchanged(known.register, issuer, asked) if exchanges else own(known.register, asked)
        token = issuer.issue(
            client, audience=granted.audience, roles=granted.roles, now=now,
            jti=base64.urlsafe_b64encode(self._random(15)).decode(), thumbprint=thumbprint, key=key,
            acting_for=granted.acting_for, through=granted.through, may_act=granted.may_act, until=granted.until,
            issuer=issuer.issuers.at(request.header("host")),
        )  # fmt: skip
        ends = now // SECOND + issuer.lifetime
        answer = {
            "access_token": token, "token_type": "DPoP" if key else "Bearer",
            "expires_in": min(ends, granted.until or ends) - now // SECOND, **granted.said,
        }  # fmt: skip
        return json_response(answer, headers=NO_STORE)

    async def _stated(self, request: Request) -> Response:
        """A statement that a client asks about a case, for itself or for who gave it a delegation."""
        known, issuer = self.known, self.issuer
        form, now = await read_form(request), self._now()
        client, thumbprint = await self._client(known, request, form)
        request.belong(client.id)
        if client.bound and not thumbprint:
            raise Refusal("invalid_request", "This client is registered for what is bound to a key of its own.",
                          remedy="Ask over your certificate.")  # fmt: skip
        try:
            case = msgspec.convert({name: form.get(name, "") for name in AskedCase.__struct_fields__}, AskedCase)
        except msgspec.ValidationError as problem:
            raise BadRequest("The form names no case.", remedy="Send keeper, country and reference.") from problem
        acting_for = form.get("acting_for", "")
        roles = known.register.roles(client, acting_for, now)
        who = Principal(
            id=client.id, kind=client.kind, circle=client.circle, proof=Proof(ProofKind.CERTIFICATE, thumbprint),
            country=client.country, eori=client.eori, roles=roles, acting_for=acting_for, person=client.person,
        )  # fmt: skip
        try:
            statement = Askers(issuer.issuers, lambda: issuer.key, self._now, self._random).state(who, case)
        except NotAuthorised as problem:
            raise Refusal("unauthorized_client", problem.text, remedy=problem.remedy) from problem
        return json_response({"statement": statement, "expires_in": MINUTE}, headers=NO_STORE)

    def _proven(self, request: Request, client: str, now: int) -> str:
        """The key of which a client's request proves possession; empty where it shows no proof. Raises Refusal."""
        possession = request.possession
        if not possession.proof:
            return ""
        if self._public:
            possession = replace(possession, url=f"{self._public}/token")
        try:
            shown = self._proofs.read(possession, now)
            self._proofs.take(shown, client, now)
        except NotAuthenticated as fault:
            raise Refusal("invalid_dpop_proof", fault.text, remedy=fault.remedy) from fault
        return shown.key

    async def _client(self, known: Known, request: Request, form: Mapping[str, str]) -> tuple[Client, str]:
        """The client that asks, and the thumbprint of its certificate when the connection has one."""
        id, secret = credentials(request.header("authorization"), form)
        by_card, thumbprint = None, ""
        if request.certificate:
            checked = known.certificates.check(request.certificate, self._now())
            by_card, thumbprint = holder(known.register, checked), checked.thumbprint
        by_secret = await self._by_secret(known.register, id, secret, request) if secret else None
        client = by_secret or by_card
        if client is None:
            raise NotAuthenticated("Neither a secret nor a client certificate came with the request.", remedy=_DISTRUST)
        if (id and client.id != id) or (by_card and by_card.id != client.id):
            raise NotAuthenticated("Certificate and client_id name different clients.", remedy="Use one identity.")
        return client, thumbprint

    async def _by_secret(self, register: Register, id: str, secret: str, request: Request) -> Client:
        client = register.client(id)
        known = client if client is not None and client.circle is Circle.UNTRUSTED else None
        async with request.waiting(1.0):  # for its turn, and no longer than the client does
            right = await self._secrets.check(id, secret, known.secret if known else None, request.holder)
        if known is None or not right:
            self._guessed(id if client is not None else "")  # what nobody registered may be anybody's text
            raise NotAuthenticated("The client is unknown or its secret is wrong.", remedy=_DISTRUST)
        return known

    def _audience(self, client: Client, asked: str) -> str:
        """The audience asked for, or the client's own platform; never one that would not let it in."""
        open_to = [name for name, platform in self._audiences.items() if platform.admits(client.kind)]
        if not asked and open_to:
            return open_to[0]
        if asked in open_to:
            return asked
        platform = self._audiences.get(asked)
        reason = enter(client.kind, platform).reason if platform else f"No platform is called {asked!r}."
        remedy = f"Send resource={' or '.join(open_to)}." if open_to else "No platform here is open to this client."
        raise Refusal("invalid_target", reason, remedy=remedy)


def _host(request: Request) -> str:
    host = request.header("host")
    if not _HOST.fullmatch(host):
        raise BadRequest("The Host header names no host.", remedy="Send the host and the port that you connect to.")
    return host


def metadata(issuer: str, address: str) -> dict[str, object]:
    """What a client can read about this service (RFC 8414). ``address``: where it is reached."""
    return {
        "issuer": issuer,
        "token_endpoint": f"{address}/token",
        "jwks_uri": f"{address}/.well-known/jwks.json",
        "grant_types_supported": [CREDENTIALS, EXCHANGE],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "tls_client_auth"],
        "access_token_signing_alg_values_supported": [ALGORITHM],
        "tls_client_certificate_bound_access_tokens": True,
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
    }


async def read_form(request: Request) -> dict[str, str]:
    """The form of a token request; each parameter at most once (RFC 6749, 3.2)."""
    media = request.header("content-type").partition(";")[0].strip().lower()
    if media != FORM:
        raise BadRequest("The request is not a form.", remedy=f"Send Content-Type: {FORM}.")
    try:
        text = (await request.body()).decode("ascii")
        pairs = urllib.parse.parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=16
        )
    except ValueError as error:
        raise BadRequest("The form cannot be read.", remedy="Encode it as name=value pairs joined by &.") from error
    form = dict(pairs)
    if len(form) != len(pairs):
        raise BadRequest("A parameter of the form stands twice.", remedy="Send each parameter once.")
    return form


def credentials(authorization: str, form: Mapping[str, str]) -> tuple[str, str]:
    """Client id and secret from a Basic header or the form, never from both (RFC 6749, 2.3)."""
    if not authorization:
        return form.get("client_id", ""), form.get("client_secret", "")
    if "client_secret" in form:
        raise BadRequest("The secret stands in header and form.", remedy="Send it in one place.")
    scheme, _, encoded = authorization.partition(" ")
    try:
        id, colon, secret = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise NotAuthenticated("The Basic header cannot be read.", remedy=_DISTRUST) from error
    if scheme.lower() != "basic" or not colon or form.get("client_id", id) != id:
        raise NotAuthenticated("The Authorization header is no Basic header for this client.", remedy=_DISTRUST)
    return urllib.parse.unquote_plus(id), urllib.parse.unquote_plus(secret)


def _refused(refusal: Refusal) -> Response:
    description = f"{refusal.text} {refusal.remedy}".strip()
    # RFC 6749, 5.2 allows printable ASCII without quote and backslash; names of clients may hold more.
    safe = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "?" for c in description)
    headers = NO_STORE + ((("www-authenticate", 'Basic realm="uumds"'),) if refusal.status == 401 else ())
    return json_response({"error": refusal.error, "error_description": safe}, refusal.status, headers)
