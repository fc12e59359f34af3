"""Revocation lists (RFC 5280, 5): whose each is, which one of an authority holds, and what is no complete list.

An authority is its name and its key. It has one list, the one with the highest number: numbers of different
authorities say nothing of each other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NoReturn, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from douane.identity.authorities import Revocation
from douane.standards.x509.faults import UNREADABLE
from douane.vocabulary.errors import DeclarationFault

_Kind = TypeVar("_Kind", bound=x509.ExtensionType)
Authority = tuple[bytes, bytes]
"""Its name and its public key (DER): a certificate that was made anew for the same key is the same authority."""
_BEGIN: Final = b"-----BEGIN X509 CRL-----"
_BLOCK: Final = re.compile(_BEGIN + rb".+?-----END X509 CRL-----", re.DOTALL)
_COMPLETE: Final = "Ask the authority for its complete list: one for all its certificates and all reasons."


def authority_of(certificate: x509.Certificate) -> Authority:
    """Which authority a certificate of one stands for."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return certificate.subject.public_bytes(), key


def key_identifier(authority: x509.Certificate) -> str:
    """The key identifier of an authority (RFC 5280, 4.2.1.2, method 1) in hexadecimal: what its files are called by.

    It is computed: what a certificate says of itself could be that of another authority.
    """
    return x509.SubjectKeyIdentifier.from_public_key(authority.public_key()).digest.hex()


@dataclass(frozen=True)
class RevocationList:
    """One complete list."""

    crl: x509.CertificateRevocationList

    @cached_property
    def number(self) -> int:
        """Its number; 0 where it has none."""
        found = _extension(self.crl, x509.CRLNumber)
        return found.crl_number if found is not None else 0

    @property
    def order(self) -> tuple[int, float]:
        """Which of two lists of one authority is the later one."""
        return self.number, self.crl.last_update_utc.timestamp()

    @property
    def until(self) -> dt.datetime:
        """When the next one is due. One that does not say so is not read."""
        return self.crl.next_update_utc or self.crl.last_update_utc

    @property
    def name(self) -> str:
        """Who says to have signed it."""
        return self.crl.issuer.rfc4514_string()

    @cached_property
    def serials(self) -> frozenset[int]:
        """The numbers of the certificates on it."""
        return frozenset(entry.serial_number for entry in self.crl)

    @property
    def entries(self) -> tuple[Revocation, ...]:
        """What stands on it."""
        return tuple(Revocation(e.serial_number, e.revocation_date_utc, _reason(e)) for e in self.crl)

    def pem(self) -> bytes:
        """The file form."""
        return self.crl.public_bytes(Encoding.PEM)


def read_lists(pem: bytes) -> list[RevocationList]:
    """Every list in a file. Raises DeclarationFault where one cannot be read, is in parts, or says not until when."""
    blocks = _BLOCK.findall(pem)
    if not blocks or len(blocks) != pem.count(_BEGIN):
        _no_list()
    return [_whole(block) for block in blocks]


def issuer_of(found: RevocationList, authorities: Iterable[x509.Certificate]) -> x509.Certificate | None:
    """The authority whose signature a list bears; None where that is none of these."""
    for each in authorities:
        key = each.public_key()
        if found.crl.issuer != each.subject:
            continue
        if not isinstance(key, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey):
            continue
        if found.crl.is_signature_valid(key):
            return each
    return None


def of_others(found: RevocationList, authorities: Iterable[x509.Certificate]) -> bool:
    """Whether a list does not even say to be of one of these, by name and key: one that left its list behind."""
    said = _extension(found.crl, x509.AuthorityKeyIdentifier)
    named = [each for each in authorities if each.subject == found.crl.issuer]
    if said is None or said.key_identifier is None:
        return not named
    return all(said.key_identifier not in _identifiers(each) for each in named)


def _identifiers(authority: x509.Certificate) -> tuple[bytes, ...]:
    """By what a list may name the key of an authority: as its certificate says, or computed."""
    computed = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())
    said = _extension(authority, x509.SubjectKeyIdentifier) or computed
    return said.digest, computed.digest


def newest(lists: Iterable[tuple[Authority, RevocationList]]) -> Mapping[Authority, RevocationList]:
    """The list of each authority that holds. Raises DeclarationFault where two with one number differ."""
    held: dict[Authority, RevocationList] = {}
    for authority, each in lists:
        other = held.setdefault(authority, each)
        if each.number == other.number != 0 and each.serials != other.serials:
            raise DeclarationFault(
                f"Two lists of {each.name} have number {each.number} and differ.",
                remedy="Ask the authority for its present list, and keep that one only.",
            )
        if each.order > other.order:
            held[authority] = each
    return held


def _whole(pem: bytes) -> RevocationList:
    """A list that says of every certificate of its authority whether it is revoked. Raises DeclarationFault."""
    try:
        found = RevocationList(x509.load_pem_x509_crl(pem))
        extensions = found.crl.extensions
        found.serials  # noqa: B018 - an entry that cannot be read is found here
        until = found.crl.next_update_utc
    except UNREADABLE as problem:
        _no_list(problem)
    for each in extensions:
        if isinstance(each.value, x509.DeltaCRLIndicator):
            _refuse(found, "says only what changed since another one (a delta list)")
        if isinstance(each.value, x509.IssuingDistributionPoint):
            _refuse(found, "speaks of some certificates or reasons only (an issuing distribution point)")
        if each.critical:
            _refuse(found, f"has the critical extension {each.oid.dotted_string}, which is not understood here")
    if until is None:
        _refuse(found, "does not say until when it holds")
    return found


def _refuse(found: RevocationList, what: str) -> NoReturn:
    raise DeclarationFault(f"The revocation list of {found.name} {what}.", remedy=_COMPLETE)


def _no_list(problem: Exception | None = None) -> NoReturn:
    raise DeclarationFault("That is no revocation list.", remedy="Give a file in PEM form.") from problem


def _extension(
    found: x509.CertificateRevocationList | x509.Certificate | x509.RevokedCertificate, kind: type[_Kind]
) -> _Kind | None:
    try:
        return found.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags:
    found = _extension(entry, x509.CRLReason)
    return found.reason if found is not None else x509.ReasonFlags.unspecified
