"""The certificates of an identity folder: what each is worth, revoking one, taking over a list of an authority.

A revocation list is replaced as a whole, beside the place and then renamed, so a door reads the former or the next one.
"""

from __future__ import annotations

import contextlib
import enum
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from douane.assembly.development.identity import AUTHORITY_DAYS, DevelopmentIdentity, write_synced
from douane.identity.authorities import Period, Revocation, issue_revocations, read_credential, read_revocations
from douane.identity.certificates import CertificateChecker, moment, thumbprint_of
from douane.model.circles import Circle
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
class Listed:
    """A revocation list that now holds. ``added``: entries that its predecessor had not."""

    circle: Circle
    number: int
    entries: int
    added: int


def cards(identity: DevelopmentIdentity, now: int) -> list[Card]:
    """Every certificate that lies in the folder for a client, by client."""
    register = identity.load_register()
    revoked = {circle: {e.serial for e in _list(identity, circle)[0]} for circle in Circle}
    found = []
    for path in sorted((identity.folder / "clients").glob("*.pem")):
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        circle, thumb = _circle(identity, certificate), thumbprint_of(certificate)
        state = State.GOOD if register.holder(thumb) else State.UNREGISTERED
        if certificate.not_valid_after_utc < moment(now):
            state = State.EXPIRED
        if certificate.serial_number in revoked[circle]:
            state = State.REVOKED
        until = int(certificate.not_valid_after_utc.timestamp())
        found.append(Card(path.stem, circle, certificate.serial_number, thumb, state, until))
    return found


def revoke(identity: DevelopmentIdentity, which: str, *, reason: x509.ReasonFlags, now: int) -> Listed:
    """Revoke a certificate: that of a client id, or one in a PEM file. Once more changes nothing.

    Raises NotFound for neither, DeclarationFault where the key of its authority is not here.
    """
    certificate = _certificate(identity, which)
    circle = _circle(identity, certificate)
    key = identity.authority_key(circle)
    if not key.exists():
        raise DeclarationFault(
            f"The key of the authority of the {circle.value} circle is not in {identity.authorities}.",
            remedy="Let that authority revoke it, then take its list over: douane certificate load FILE.",
        )
    issuer = read_credential(identity.authority(circle).read_bytes(), key.read_bytes())
    with _alone(identity):
        entries, number = _list(identity, circle)
        if any(each.serial == certificate.serial_number for each in entries):
            return Listed(circle, number, len(entries), 0)
        entries = (*entries, Revocation(certificate.serial_number, moment(now).replace(microsecond=0), reason))
        period = Period.days(moment(now), AUTHORITY_DAYS)
        made = issue_revocations(entries, issuer=issuer, period=period, number=number + 1)
        write_synced(identity.revocations(circle), made)
    return Listed(circle, number + 1, len(entries), 1)


def load(identity: DevelopmentIdentity, pem: bytes) -> Listed:
    """Take over the list that an authority of this folder has signed.

    Raises DeclarationFault for a list of nobody here, and for one that is older than the list that holds.
    """
    try:
        entries, number = read_revocations(pem)
    except ValueError as problem:
        raise DeclarationFault("That is no revocation list.", remedy="Give a file in PEM form.") from problem
    circle = next((c for c in Circle if _signed_by(identity, c, pem)), None)
    if circle is None:
        raise DeclarationFault("No authority of this folder has signed the list.",
                               remedy="Load the list of an authority whose certificate is here.")  # fmt: skip
    with _alone(identity):
        former, known = _list(identity, circle)
        if number < known:
            raise DeclarationFault(f"The list has number {number}; number {known} holds already.",
                                   remedy="Ask the authority for its present list.")  # fmt: skip
        write_synced(identity.revocations(circle), pem)
    added = {each.serial for each in entries} - {each.serial for each in former}
    return Listed(circle, number, len(entries), len(added))


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


def _circle(identity: DevelopmentIdentity, certificate: x509.Certificate) -> Circle:
    """The circle whose authority issued a certificate, expired or not."""
    for circle in Circle:
        for authority in x509.load_pem_x509_certificates(identity.authority(circle).read_bytes()):
            with contextlib.suppress(ValueError, TypeError, InvalidSignature):
                certificate.verify_directly_issued_by(authority)
                return circle
    raise DeclarationFault("No authority of this folder has issued the certificate.",
                           remedy="Revoke it where it was issued.")  # fmt: skip


def _signed_by(identity: DevelopmentIdentity, circle: Circle, pem: bytes) -> bool:
    anchors = x509.load_pem_x509_certificates(identity.authority(circle).read_bytes())
    try:
        CertificateChecker({circle: anchors}, [pem])
    except DeclarationFault:
        return False
    return True


def _list(identity: DevelopmentIdentity, circle: Circle) -> tuple[tuple[Revocation, ...], int]:
    return read_revocations(identity.revocations(circle).read_bytes())


@contextlib.contextmanager
def _alone(identity: DevelopmentIdentity) -> Iterator[None]:
    """One change of the lists at a time, or the second would forget what the first added."""
    file = os.open(identity.folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
