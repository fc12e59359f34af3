"""Checking client certificates: path, period, revocation, and the circle, which only the issuing authority decides."""

from __future__ import annotations

import base64
import datetime as dt
import enum
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import Criticality, ExtensionPolicy, Policy, PolicyBuilder, Store, VerificationError

from douane.identity.revocations import (
    Authority,
    RevocationList,
    authority_of,
    issuer_of,
    key_identifier,
    newest,
)
from douane.model.circles import Circle
from douane.standards.x509.faults import UNREADABLE
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, StaleEvidence

CACHE_SIZE = 4096
LEAST_RSA_BITS: Final = 2048
STRONG: Final = f"Use RSA of {LEAST_RSA_BITS} bits or more (3072 are advised), or ECDSA on P-256 or larger."
CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
LOAD = "The operator of this node has to load the present list: douane certificate load FILE."
RENEW = "Ask the authority of your circle for a new certificate and register it in UUM&DS."


def thumbprint(der: bytes) -> str:
    """SHA-256 of a certificate's DER form, base64url without padding: the ``x5t#S256`` of RFC 8705."""
    return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()


def thumbprint_of(certificate: x509.Certificate) -> str:
    """The thumbprint of a parsed certificate."""
    return thumbprint(_der(certificate))


def moment(now: int) -> dt.datetime:
    """An instant (microseconds since 1970) as a date-time in UTC."""
    return dt.datetime.fromtimestamp(now // 1_000_000, dt.UTC) + dt.timedelta(microseconds=now % 1_000_000)


@dataclass(frozen=True, slots=True)
class CheckedCertificate:
    """A certificate that holds, and what follows from it."""

    thumbprint: str
    circle: Circle
    subject: str
    serial: int
    until: int
    """Instant at which this verdict ends: expiry, or the next revocation list."""


class Stale(enum.Enum):
    """What a revocation list beyond its next update means: it says nothing about a certificate any more."""

    REFUSE = "refuse"  # unknown is not good
    ACCEPT = "accept"  # take the certificate, and tell the operator (``CertificateChecker.findings``)


SOON = dt.timedelta(minutes=5)
"""For how long a verdict lasts that was given on a list out of date."""


class CertificateChecker:
    """Checks certificates against the authorities of each circle and the revocation list of each authority.

    Of several lists of one authority the newest holds. An authority without a list vouches for nobody, unless
    ``unlisted`` names its key identifier: it publishes none. All are fixed for the life of a checker; new lists make a
    new checker, which also drops the remembered verdicts.

    Raises DeclarationFault for an authority of two circles and for a list that holds for none of them.
    """

    def __init__(
        self, anchors: Mapping[Circle, Sequence[x509.Certificate]], lists: Iterable[RevocationList] = (), *,
        unlisted: Collection[str] = (), stale: Stale = Stale.REFUSE,
    ) -> None:  # fmt: skip
        self._stale = stale
        self.findings: set[str] = set()
        self._circles: dict[Authority, Circle] = {}
        for circle, certificates in anchors.items():
            for each in certificates:
                if self._circles.setdefault(authority_of(each), circle) is not circle:
                    raise DeclarationFault(
                        f"Authority {each.subject.rfc4514_string()} stands for two circles.",
                        remedy="Give each circle authorities of its own.",
                    )
        self._anchors = [each for certificates in anchors.values() for each in certificates]
        self._store = Store(self._anchors) if self._anchors else None
        self.lists = newest(_match(each, self._anchors) for each in lists)
        self._unlisted = {authority_of(each) for each in self._anchors if key_identifier(each) in unlisted}
        self._verdicts: dict[bytes, CheckedCertificate] = {}

    def check(self, der: bytes, now: int) -> CheckedCertificate:
        """The verdict for a certificate in DER form at an instant.

        Raises NotAuthenticated for one that does not hold, StaleEvidence when the revocation list is out of date.
        """
        known = self._verdicts.get(der)
        if known is not None and now < known.until:
            return known
        verdict = self._judge(der, moment(now))
        if len(self._verdicts) >= CACHE_SIZE:
            self._verdicts.clear()
        self._verdicts[der] = verdict
        return verdict

    def _judge(self, der: bytes, now: dt.datetime) -> CheckedCertificate:
        try:
            certificate = x509.load_der_x509_certificate(der)
            begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
            self_signed, key = certificate.issuer == certificate.subject, certificate.public_key()
        except UNREADABLE as error:
            raise NotAuthenticated("The client certificate cannot be read.", remedy=RENEW) from error
        if now < begin:
            raise NotAuthenticated(
                f"The client certificate is not valid before {begin:%Y-%m-%d %H:%M} UTC.",
                remedy="Use one that is valid now, or set your clock.",
            )
        if now > end:
            raise NotAuthenticated(f"The client certificate expired on {end:%Y-%m-%d %H:%M} UTC.", remedy=RENEW)
        if not strong(key):
            raise NotAuthenticated(
                "The key of the client certificate is too weak, or of a kind that is not taken.",
                remedy=STRONG,
            )
        if self_signed:
            raise NotAuthenticated("The client certificate is self-signed: nobody vouches for it.", remedy=RENEW)
        authority = self._anchor(certificate, now)
        if not authority.not_valid_before_utc <= now <= authority.not_valid_after_utc:
            raise NotAuthenticated("The authority of the client certificate is not valid now.", remedy=RENEW)
        own = authority_of(authority)
        held = self.lists.get(own)
        if held is not None and certificate.serial_number in held.serials:
            raise NotAuthenticated("The client certificate has been revoked.", remedy=RENEW)
        until = min(end, authority.not_valid_after_utc, self._fresh_until(authority, held, now))
        return CheckedCertificate(
            thumbprint(der),
            self._circles[own],
            certificate.subject.rfc4514_string(),
            certificate.serial_number,
            int(until.timestamp()) * 1_000_000,
        )

    def _anchor(self, certificate: x509.Certificate, now: dt.datetime) -> x509.Certificate:
        """The authority that issued it, proven by a valid path."""
        unknown = "The client certificate comes from no authority that this node knows."
        if self._store is None:
            raise NotAuthenticated(unknown, remedy=RENEW)
        verifier = (
            PolicyBuilder()
            .store(self._store)
            .time(now.replace(tzinfo=None))
            .extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=_END_POLICY)
            .build_client_verifier()
        )
        try:
            return verifier.verify(certificate, []).chain[-1]
        except (VerificationError, ValueError) as error:
            if _for_clients(certificate):
                raise NotAuthenticated(unknown, remedy=RENEW) from error
            raise NotAuthenticated(
                "The certificate may not be used by a client.",
                remedy="Use one whose extended key usage holds clientAuth.",
            ) from error

    def _fresh_until(self, authority: x509.Certificate, held: RevocationList | None, now: dt.datetime) -> dt.datetime:
        """Until when it may be said that a certificate of an authority is not revoked. Raises StaleEvidence."""
        name = authority.subject.rfc4514_string()
        if held is None and authority_of(authority) in self._unlisted:
            return dt.datetime.max.replace(tzinfo=dt.UTC)
        if held is None:
            raise StaleEvidence(f"There is no revocation list of {name} here.", remedy=LOAD)
        if now <= held.until:
            return held.until
        if self._stale is Stale.REFUSE:
            raise StaleEvidence(f"The revocation list of {name} is out of date.", remedy=LOAD)
        self.findings.add(f"The revocation list of {name} is out of date.")
        return now + SOON


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _match(found: RevocationList, anchors: Sequence[x509.Certificate]) -> tuple[Authority, RevocationList]:
    """A revocation list with the authority whose signature it bears."""
    authority = issuer_of(found, anchors)
    if authority is None:
        raise DeclarationFault(
            f"The revocation list of {found.name} is signed by no known authority.",
            remedy="Load the list together with the certificate of its authority.",
        )
    return authority_of(authority), found


def strong(key: object) -> bool:
    """Whether a key of a client is one that nobody breaks today (NIST SP 800-57, part 1: 112 bits at least)."""
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= LEAST_RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES)


def _client_purpose(_policy: Policy, _certificate: x509.Certificate, usage: x509.ExtendedKeyUsage | None) -> None:
    if usage is not None and ExtendedKeyUsageOID.CLIENT_AUTH not in usage:
        raise ValueError("no clientAuth among the purposes")


def _for_clients(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return True
    return ExtendedKeyUsageOID.CLIENT_AUTH in usage


# Seals and administrations' certificates often carry no subject alternative name, which the web's policy demands.
_END_POLICY = ExtensionPolicy.permit_all().may_be_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _client_purpose)
