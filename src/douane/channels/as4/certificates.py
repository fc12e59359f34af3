"""Keys and certificates of an access point: own ones with their keys, partners' by party, old and new side by side.

Whether a signer is trusted is the gate's verdict; this register only finds the certificate that a message names,
opens what was encrypted for any certificate of ours that is still valid, and says early what will expire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519

from douane.standards.as4.pmodes import PMode
from douane.standards.as4.securing import Recipient, Signer
from douane.standards.x509.faults import UNREADABLE
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature import names
from douane.standards.xml_signature.tokens import Named
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated

Chain = tuple[x509.Certificate, ...]
WARNINGS: Final = (60, 30, 14, 7, 1)
"""Days before expiry on which a certificate is a finding."""
_DAY: Final = 86_400
_SIGNS: Final[dict[str, type]] = {
    names.RSA_SHA256: rsa.RSAPrivateKey,
    names.ECDSA_SHA256: ec.EllipticCurvePrivateKey,
    names.ED25519: ed25519.Ed25519PrivateKey,
}
_RECEIVES: Final[dict[KeyMethod, type]] = {
    KeyMethod.RSA_OAEP: rsa.RSAPublicKey,
    KeyMethod.X25519_HKDF: x25519.X25519PublicKey,
    KeyMethod.ECDH_HKDF: ec.EllipticCurvePublicKey,
    KeyMethod.ECDH_CONCAT: ec.EllipticCurvePublicKey,
}


PrivateKeys = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | x25519.X25519PrivateKey


@dataclass(frozen=True, slots=True, repr=False)
class OwnCertificate:
    """A certificate of ours, chain with the own one first, and its private key. Never shown."""

    chain: Chain
    key: PrivateKeys

    def __repr__(self) -> str:
        return f"<OwnCertificate {self.chain[0].subject.rfc4514_string()}>"


@dataclass(frozen=True, slots=True)
class _Term:
    """When a certificate is valid, in seconds since 1970."""

    begin: float
    end: float

    def holds(self, now: int) -> bool:
        """Whether it is valid at an instant."""
        return self.begin <= now / 1_000_000 <= self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """A certificate that expires soon, or did. ``whose``: the party, empty for us. ``days`` left; -1: expired."""

    whose: str
    subject: str
    days: int


class CertificateRegister:
    """Frozen; a new certificate makes a new register. Several certificates of one use may be valid side by side."""

    def __init__(self, own: Sequence[OwnCertificate], partners: Mapping[str, Sequence[Chain]]) -> None:
        self._own = tuple(own)
        self._partners = {party: tuple(chains) for party, chains in partners.items()}
        self._signing = {
            method: [(each, _term(each.chain[0])) for each in _newest_first(own, wanted)]
            for method, wanted in _SIGNS.items()
        }  # fmt: skip
        self._receiving: dict[tuple[str, KeyMethod], list[tuple[Chain, _Term]]] = {}

    def signer(self, mode: PMode, now: int) -> Signer:
        """With what we sign under an agreement: the newest valid certificate of the right kind."""
        method = mode.security.signature or mode.security_profile.signature
        newest = next((own for own, term in self._signing[method] if term.holds(now)), None)
        if newest is None:
            raise DeclarationFault(f"There is no valid own certificate that signs by {method}.",
                                   remedy="Register one and its key.")  # fmt: skip
        key = newest.key
        assert not isinstance(key, x25519.X25519PrivateKey)
        return Signer(key, newest.chain, method, mode.security.signer_form)

    def recipient(self, mode: PMode, party: str, now: int) -> Recipient:
        """For whom parts are encrypted: the partner's newest valid certificate of the right kind."""
        method = mode.security.key or mode.security_profile.key
        newest = next((chain for chain, term in self._received(party, method) if term.holds(now)), None)
        if newest is None:
            raise DeclarationFault(f"{party} has no valid certificate for {method.value}.",
                                   remedy="Ask the partner for one and register it.")  # fmt: skip
        return Recipient(newest, method, mode.security.recipient_form)

    def _received(self, party: str, method: KeyMethod) -> list[tuple[Chain, _Term]]:
        """A partner's certificates of a kind, the newest first."""
        found = self._receiving.get((party, method))
        if found is None:
            chains = self._partners.get(party, ())
            fitting = [c for c in chains if isinstance(c[0].public_key(), _RECEIVES[method]) and _encrypts(c[0])]
            fitting.sort(key=lambda chain: chain[0].not_valid_before_utc, reverse=True)
            found = [(chain, _term(chain[0])) for chain in fitting]
            if party in self._partners:  # others say any name
                self._receiving[party, method] = found
        return found

    def private_key(self, named: Named, now: int) -> object:
        """Our key for the certificate that a message was encrypted for; None where it is none of ours, or expired."""
        return next((o.key for o in self._own if named.names(o.chain[0]) and _term(o.chain[0]).holds(now)), None)

    def certificate(self, named: Named) -> x509.Certificate:
        """The certificate that a signature names: carried by the message, or a partner's that is registered."""
        if named.chain:
            return named.chain[0]
        known = [c[0] for chains in self._partners.values() for c in chains if named.names(c[0])]
        if not known:
            raise NotAuthenticated("The signature names a certificate that is not registered.",
                                   remedy="Register it, or send it along with the message.")  # fmt: skip
        return known[0]

    def belongs(self, party: str, certificate: x509.Certificate) -> bool:
        """Whether a certificate is registered for a party."""
        return any(chain[0] == certificate for chain in self._partners.get(party, ()))

    def lacking(self, mode: PMode, party: str) -> str:
        """What is missing to send under an agreement, valid or expired; empty where nothing is."""
        signature, key = mode.security.signature, mode.security.key or mode.security_profile.key
        signature = signature or mode.security_profile.signature
        if not any(isinstance(each.key, _SIGNS[signature]) for each in self._own):
            return f"There is no own certificate that signs by {signature}."
        shown = [chain[0] for chain in self._partners.get(party, ())]
        if mode.security.encrypt and not any(
            isinstance(c.public_key(), _RECEIVES[key]) and _encrypts(c) for c in shown
        ):
            return f"{party} has no certificate for {key.value}."
        return ""

    def findings(self, now: int) -> list[Finding]:
        """What expires within 60 days, the most urgent first."""
        everything = [("", o.chain[0]) for o in self._own]
        everything += [(party, c[0]) for party, chains in self._partners.items() for c in chains]
        found = [
            Finding(whose, each.subject.rfc4514_string(), left)
            for whose, each in everything
            if (left := _days_left(each, now)) <= WARNINGS[0]
        ]
        return sorted(found, key=lambda f: (f.days, f.whose))

    def rehearse(self, modes: Sequence[tuple[PMode, str]], at: int) -> list[str]:
        """Which agreements (with the partner's party) could not be served at an instant, and why: before it happens."""
        failing = []
        for mode, party in modes:
            try:
                self.signer(mode, at)
                if mode.security.encrypt:
                    self.recipient(mode, party, at)
            except DeclarationFault as problem:
                failing.append(f"{mode.id}: {problem.text}")
        return failing


def _term(certificate: x509.Certificate) -> _Term:
    return _Term(certificate.not_valid_before_utc.timestamp(), certificate.not_valid_after_utc.timestamp())


def _newest_first(own: Sequence[OwnCertificate], kind: type) -> list[OwnCertificate]:
    fitting = [each for each in own if isinstance(each.key, kind)]
    return sorted(fitting, key=lambda each: each.chain[0].not_valid_before_utc, reverse=True)


def _days_left(certificate: x509.Certificate, now: int) -> int:
    left = certificate.not_valid_after_utc.timestamp() - now / 1_000_000
    return int(left // _DAY) if left >= 0 else -1


def _encrypts(certificate: x509.Certificate) -> bool:
    """Whether key usage, where it is stated, allows the certificate to receive keys."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except UNREADABLE:
        return False
    return usage.key_encipherment or usage.key_agreement
