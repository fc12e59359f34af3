"""The certificates of an identity folder: what each is worth, revoking one, taking over a list of an authority.

A revocation list is replaced as a whole, beside the place and then renamed, so a door reads the former or the next one.
"""

from __future__ import annotations

import contextlib
import enum
import fcntl
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from douane.identity.authorities import Credential, Period, Revocation, issue_revocations, read_credential
from douane.identity.certificates import moment, thumbprint_of
from douane.identity.revocations import (
    Authority,
    RevocationList,
    authority_of,
    issuer_of,
    key_identifier,
    newest,
    read_lists,
)
from douane.model.circles import Circle
from douane.shared_services.archiving.files import make_folder
from douane.trust.development_identity import AUTHORITY_DAYS, DevelopmentIdentity, write_synced
from douane.vocabulary.errors import DeclarationFault, NotFound

REASONS: Final = {
    "unspecified": x509.ReasonFlags.unspecified,
    "key-compromise": x509.ReasonFlags.key_compromise,
    "affiliation-changed": x509.ReasonFlags.affiliation_changed,
    "superseded": x509.ReasonFlags.superseded,
    "cessation-of-operation": x509.ReasonFlags.cessation_of_operation,
    "privilege-withdrawn": x509.ReasonFlags.privilege_withdrawn,
}
"""Why a certificate is revoked (RFC 5280, 5.3.1), by the name that a command takes."""


class State(enum.StrEnum):
    """What a certificate is worth now."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNREGISTERED = "unregistered"  # no client has it
    UNPROVEN = "unproven"  # its authority has no revocation list here that holds now: doors refuse it


class Proof(enum.StrEnum):
    """Whether it is known which certificates of an authority are revoked."""

    HELD = "held"  # by the list that holds now
    STALE = "out of date"
    MISSING = "missing"
    UNLISTED = "declared: no list"  # the operator says that it publishes none


@dataclass(frozen=True, slots=True)
class Card:
    """A client's certificate. ``until``: its expiry, seconds since 1970."""

    client: str
    circle: Circle
    serial: int
    thumbprint: str
    state: State
    until: int


@dataclass(frozen=True, slots=True)
class Vouching:
    """An authority and its revocation list. ``key``: its key identifier; ``until``: next update, seconds since 1970."""

    circle: Circle
    name: str
    key: str
    proof: Proof
    number: int = 0
    entries: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A revocation list that now holds. ``added``: entries that its predecessor had not."""

    circle: Circle
    authority: str
    number: int
    entries: int
    added: int


def cards(identity: DevelopmentIdentity, now: int) -> list[Card]:
    """Every certificate that lies in the folder for a client, by client."""
    register, lists = identity.load_register(), identity.load_certificates().lists
    proofs = {each.key: each.proof for each in vouching(identity, now)}
    found = []
    for path in sorted((identity.folder / "clients").glob("*.pem")):
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        circle, authority = _issuer(identity, certificate)
        held, thumb = lists.get(authority_of(authority)), thumbprint_of(certificate)
        state = State.GOOD if register.holder(thumb) else State.UNREGISTERED
        if proofs[key_identifier(authority)] in (Proof.MISSING, Proof.STALE):
            state = State.UNPROVEN
        if certificate.not_valid_after_utc < moment(now):
            state = State.EXPIRED
        if held is not None and certificate.serial_number in held.serials:
            state = State.REVOKED
        until = int(certificate.not_valid_after_utc.timestamp())
        found.append(Card(path.stem, circle, certificate.serial_number, thumb, state, until))
    return found


def vouching(identity: DevelopmentIdentity, now: int) -> list[Vouching]:
    """Every authority of the folder with what holds of its list, by circle."""
    lists, found = identity.load_certificates().lists, []
    for circle, authority in _authorities(identity):
        name, key = authority.subject.rfc4514_string(), key_identifier(authority)
        held = lists.get(authority_of(authority))
        if held is None:
            proof = Proof.UNLISTED if identity.unlisted(authority).exists() else Proof.MISSING
            found.append(Vouching(circle, name, key, proof))
            continue
        proof = Proof.HELD if moment(now) <= held.until else Proof.STALE
        until = int(held.until.timestamp())
        found.append(Vouching(circle, name, key, proof, held.number, len(held.serials), until))
    return found


def revoke(identity: DevelopmentIdentity, which: str, *, reason: x509.ReasonFlags, now: int) -> Listed:
    """Revoke a certificate: that of a client id, or one in a PEM file. Once more changes nothing.

    Raises NotFound for neither, DeclarationFault where the key of its authority is not here.
    """
    certificate = _certificate(identity, which)
    circle, authority = _issuer(identity, certificate)
    issuer, name = credential_of(identity, circle, authority), authority.subject.rfc4514_string()
    with alone(identity):
        held = identity.load_certificates().lists.get(authority_of(authority))
        entries, number = (held.entries, held.number) if held is not None else ((), 0)
        if any(each.serial == certificate.serial_number for each in entries):
            return Listed(circle, name, number, len(entries), 0)
        entries = (*entries, Revocation(certificate.serial_number, moment(now).replace(microsecond=0), reason))
        period = Period.days(moment(now), AUTHORITY_DAYS)
        _write(identity, authority, issue_revocations(entries, issuer=issuer, period=period, number=number + 1))
    return Listed(circle, name, number + 1, len(entries), 1)


def load(identity: DevelopmentIdentity, pem: bytes) -> list[Listed]:
    """Take over the lists in a file, each signed by an authority of this folder: all of them or none.

    Raises DeclarationFault for a list of nobody here, for one that is older than the list of its authority that holds,
    and for one that is not complete.
    """
    authorities = [each for _, each in _authorities(identity)]
    with alone(identity):
        former, taken = identity.load_certificates().lists, []
        for own, found in newest(_of_known(each, authorities) for each in read_lists(pem)).items():
            circle, authority = next((c, a) for c, a in _authorities(identity) if authority_of(a) == own)
            held, name = former.get(own), authority.subject.rfc4514_string()
            if held is not None and newest(((own, held), (own, found)))[own] is held and found.order < held.order:
                raise DeclarationFault(
                    f"The list of {name} has number {found.number}; number {held.number} holds already.",
                    remedy="Ask the authority for its present list.",
                )
            added = found.serials - (held.serials if held is not None else frozenset())
            taken.append((authority, found, Listed(circle, name, found.number, len(found.serials), len(added))))
        for authority, found, _ in taken:
            _write(identity, authority, found.pem())
    return [listed for _, _, listed in taken]


def declare_unlisted(identity: DevelopmentIdentity, key: str) -> Vouching:
    """Declare that an authority, by its key identifier, publishes no revocation list: nothing of it can be revoked.

    Raises NotFound for an authority that is not here, DeclarationFault for one whose list holds.
    """
    for circle, authority in _authorities(identity):
        if key_identifier(authority) != key:
            continue
        name = authority.subject.rfc4514_string()
        with alone(identity):
            held = identity.load_certificates().lists.get(authority_of(authority))
            if held is not None:
                raise DeclarationFault(f"List {held.number} of {name} holds.", remedy="Load its next one instead.")
            make_folder(identity.lists)
            write_synced(identity.unlisted(authority), b"")
        return Vouching(circle, name, key, Proof.UNLISTED)
    raise NotFound(f"No authority of {identity.folder} has the key {key[:80]!r}.",
                   remedy="douane certificate show names them.")  # fmt: skip


def _write(identity: DevelopmentIdentity, authority: x509.Certificate, pem: bytes) -> None:
    """Put a list in the place of the former one; what was declared for want of a list ends with it."""
    make_folder(identity.lists)
    write_synced(identity.revocations(authority), pem)
    identity.unlisted(authority).unlink(missing_ok=True)


def _of_known(found: RevocationList, authorities: Sequence[x509.Certificate]) -> tuple[Authority, RevocationList]:
    authority = issuer_of(found, authorities)
    if authority is None:
        raise DeclarationFault(f"No authority of this folder has signed the list of {found.name}.",
                               remedy="Load the list of an authority whose certificate is here.")  # fmt: skip
    return authority_of(authority), found


def credential_of(identity: DevelopmentIdentity, circle: Circle, authority: x509.Certificate) -> Credential:
    """An authority with its key, where that lies here: that of one of a circle may. Raises DeclarationFault."""
    path = identity.authority_key(circle)
    if path.exists():
        found = read_credential(authority.public_bytes(Encoding.PEM), path.read_bytes())
        if found.key.public_key() == authority.public_key():
            return found
    raise DeclarationFault(
        f"The key of the authority {authority.subject.rfc4514_string()} is not in {identity.authorities}.",
        remedy="Let that authority revoke it, then take its list over: douane certificate load FILE.",
    )


def _certificate(identity: DevelopmentIdentity, which: str) -> x509.Certificate:
    path = identity.client(which).certificate if "/" not in which else Path(which)
    path = path if path.exists() else Path(which)
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise NotFound(
            f"{which[:80]!r} is neither a client with a certificate in {identity.folder} nor a PEM file.",
            remedy="douane certificate list shows the clients.",
        ) from problem


def _authorities(identity: DevelopmentIdentity) -> list[tuple[Circle, x509.Certificate]]:
    return [(circle, each) for circle, several in identity.load_authorities().items() for each in several]


def _issuer(identity: DevelopmentIdentity, certificate: x509.Certificate) -> tuple[Circle, x509.Certificate]:
    """The authority that issued a certificate, expired or not, and its circle."""
    for circle, authority in _authorities(identity):
        with contextlib.suppress(ValueError, TypeError, InvalidSignature):
            certificate.verify_directly_issued_by(authority)
            return circle, authority
    raise DeclarationFault("No authority of this folder has issued the certificate.",
                           remedy="Revoke it where it was issued.")  # fmt: skip


@contextlib.contextmanager
def alone(identity: DevelopmentIdentity) -> Iterator[None]:
    """One change of the lists at a time, or the second would forget what the first added."""
    file = os.open(identity.folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
