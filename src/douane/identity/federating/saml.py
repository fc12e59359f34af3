"""Signing in by a national identity provider that speaks SAML 2.0: the relying party of web single sign-on.

These hold. (1) We ask first: what answers no request of ours is no answer. (2) An answer is verified whole when it
comes (``standards/saml``), by keys of the metadata that its entry names by digest, or whose signer it does; metadata
that is over holds no more. (3) It is posted from the provider's page, with none of our cookies: so it only earns a word
that holds once, for a minute, in the browser that began. (4) Of an answer only who it is about, when he proved it, and
the roles that the administration's table knows are taken.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from douane.identity.federating.answers import Answers
from douane.identity.federating.providers import AGAIN, SECOND, SKEW, Provider, SamlTerms, Statement, Wish
from douane.standards.saml.metadata import IdentityProvider, Ourselves, read_metadata, write_metadata
from douane.standards.saml.reasons import Reason, refuse
from douane.standards.saml.redirecting import REQUEST, RESPONSE, address, message_of
from douane.standards.saml.requests import (
    Asked,
    read_logout,
    write_logout_request,
    write_logout_response,
    write_request,
)
from douane.standards.saml.responses import Expected, at_least, person_of, read_response, request_of
from douane.standards.xml_signature.algorithms import PrivateKey, PublicKey
from douane.vocabulary.errors import AssertionRefused, DeclarationFault, NotAuthenticated, PartnerRefused

_ASKED: Final = "saml-asked"
SWEEP: Final = 60 * SECOND
"""How long metadata that was read is believed (microseconds)."""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Whom a provider signed out, and where its browser goes with our answer."""

    provider: Provider
    subject: str
    to: str


@dataclass(frozen=True, slots=True)
class Own:
    """The key by which we sign requests, with its certificate."""

    key: PrivateKey
    certificate: x509.Certificate


class Saml:
    """The providers of a node that speak SAML. ``at``: our address of it; ``own``: our key, made when first needed.

    now: of the real clock (microseconds).
    """

    def __init__(
        self, providers: Callable[[], Mapping[str, Provider]], answers: Answers, *, at: Callable[[], str],
        own: Callable[[], Own], name: Callable[[], str], now: Callable[[], int], held: bool,
    ) -> None:  # fmt: skip
        """``name``: one that nobody guesses, for a message of ours. held: files hold as two persons approved them."""
        self._providers, self._answers, self._at, self._own, self._now = providers, answers, at, own, now
        self._name, self._held = name, held
        self._read: dict[SamlTerms, tuple[int, int, IdentityProvider]] = {}

    @property
    def consumer(self) -> str:
        """Where answers are posted."""
        return f"{self._at()}/answer"

    @property
    def leaving(self) -> str:
        """Where providers sign somebody out."""
        return f"{self._at()}/logout"

    async def ready(self) -> None:
        """Be ready for an answer. Raises what asking the core raises."""
        await self._answers.seal.ready()

    def metadata(self) -> bytes:
        """What we say of ourselves."""
        return write_metadata(Ourselves(self._at(), self.consumer, self.leaving, self._own().certificate))

    def address(self, provider: Provider) -> str:
        """Where a provider signs in; empty while its metadata cannot be used."""
        try:
            return self._known(provider).sign_on
        except PartnerRefused:
            return ""

    def begin(self, provider: Provider, wish: Wish, browser: str) -> str:
        """Where the browser is sent. Raises PartnerRefused where the provider's metadata cannot be used."""
        known, now = self._known(provider), self._now()
        id = self._answers.ask(_ASKED, provider, wish, browser)
        assert provider.saml is not None
        asked = Asked(
            id=id, issuer=self._at(), destination=known.sign_on, consumer=self.consumer, now=now // SECOND,
            fresh=wish.fresh, level=provider.saml.level,
        )  # fmt: skip
        return address(known.sign_on, REQUEST, write_request(asked), key=self._own().key)

    def answer(self, form: Mapping[str, str]) -> str:
        """The word that an answer earns. Raises NotAuthenticated: of AssertionRefused, with the reason."""
        data = _octets(form.get(RESPONSE, ""))
        request = request_of(data)
        flow, provider = self._answers.asked(_ASKED, request)
        statement = self._statement(provider, data, request)
        if flow.wish.fresh and statement.auth_time < flow.opened // SECOND - SKEW:
            raise NotAuthenticated(f"{provider.title} did not ask you again who you are.", remedy=AGAIN)
        return self._answers.earn(_ASKED, request, flow, statement)

    def leave(self, provider: Provider, subject: str) -> str:
        """Where a browser goes so that a provider signs its person out as well; empty where it cannot be asked."""
        try:
            known = self._known(provider)
        except PartnerRefused:
            return ""
        if not known.logout or not subject or provider.saml is None or provider.saml.person:
            return ""
        asked = write_logout_request(
            id=f"_{self._name()}", subject=subject, issuer=self._at(), destination=known.logout,
            now=self._now() // SECOND,
        )  # fmt: skip
        return address(known.logout, REQUEST, asked, key=self._own().key)

    def sign_out(self, query: bytes) -> SignedOut:
        """Whom a provider signs out, by the octets of the address that it sent. Raises AssertionRefused.

        Who asks is told by the signature alone: of the providers that we know, one must have made it.
        """
        last: AssertionRefused | None = None
        for provider in self._providers().values():
            if provider.saml is None:
                continue
            try:
                known = self._known(provider)
                message, relay = message_of(query, REQUEST, known.keys)
            except PartnerRefused:
                continue
            except AssertionRefused as refusal:  # another provider may have made it
                last = refusal
                continue
            if provider.saml.person:  # he is known by an attribute, which a request to sign out does not name
                refuse(Reason.SUBJECT)
            now = self._now() // SECOND
            asked = read_logout(message, issuer=provider.issuer, destination=self.leaving, now=now)
            told = write_logout_response(
                id=f"_{self._name()}", answers=asked.id, issuer=self._at(), destination=known.logout, now=now
            )
            to = address(known.logout, RESPONSE, told, key=self._own().key, relay=relay) if known.logout else "/"
            return SignedOut(provider, asked.subject, to)
        if last is not None:
            raise last
        return refuse(Reason.FOREIGN_KEY)

    def _statement(self, provider: Provider, data: bytes, request: str) -> Statement:
        terms = provider.saml
        if terms is None:
            raise NotAuthenticated("The answer comes from another provider than was asked.", remedy=AGAIN)
        expected = Expected(
            issuer=provider.issuer, audience=self._at(), recipient=self.consumer, request=request,
            keys=self._known(provider).keys, now=self._now() // SECOND,
            levels=frozenset(at_least(terms.level)) if terms.level else frozenset(),
            opens=self._opens(),
        )  # fmt: skip
        found = read_response(data, expected)
        roles = provider.stated(list(found.attributes.get(provider.role_claim, ())))
        return Statement(person_of(found, terms.person), found.proven, found.level, roles)

    def _opens(self) -> rsa.RSAPrivateKey | None:
        """Our key, by which assertions are encrypted for us."""
        key = self._own().key
        return key if isinstance(key, rsa.RSAPrivateKey) else None

    def _known(self, provider: Provider) -> IdentityProvider:
        """A provider by its metadata as the file is now, read anew each minute. Raises PartnerRefused."""
        terms, now = provider.saml, self._now()
        assert terms is not None
        try:
            changed = terms.metadata.stat().st_mtime_ns
            kept = self._read.get(terms)
            if kept is not None and kept[0] == changed and 0 <= now - kept[1] < SWEEP:
                return kept[2]
            metadata, signer = terms.read(held=self._held)
            found = read_metadata(metadata, now=now // SECOND, signers=_signers(signer))
            if found.entity != provider.issuer:
                raise DeclarationFault("The metadata is of another entity.")
        except (OSError, ValueError, DeclarationFault) as problem:
            raise PartnerRefused(
                f"{provider.title} cannot be asked: its metadata is missing, over, or not what was agreed.",
                remedy=f"Its operator has to mend it; ours puts it to {terms.metadata.name}.",
            ) from problem
        self._read[terms] = (changed, now, found)
        return found


def _signers(certificates: bytes) -> tuple[PublicKey, ...]:
    """The keys by which metadata must be signed; none without certificates. Raises ValueError."""
    if not certificates:
        return ()
    keys = tuple(each.public_key() for each in x509.load_pem_x509_certificates(certificates))
    return tuple(each for each in keys if isinstance(each, PublicKey))


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error):
        refuse(Reason.UNREADABLE, "it is not base64")
