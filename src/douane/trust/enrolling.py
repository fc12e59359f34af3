"""Clients registered with a certificate of their own request: the private key never leaves who made it.

Of a request (PKCS#10) only the public key is taken, once the request proves possession of its private half. Name and
purpose are those that the registration gives, whatever the request asks for; which circle it opens, the authority
that signs. The register is written whole beside its place and renamed: doors read the former or the next one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from douane.identity.authorities import Credential, Period, issue_requested
from douane.identity.certificates import LEAST_RSA_BITS, moment, strong, thumbprint_of
from douane.identity.register import Client, Register
from douane.trust.development_identity import CLIENT_DAYS, DevelopmentIdentity, write_synced
from douane.trust.revoking import alone, credential_of
from douane.vocabulary.errors import BadSignature, DeclarationFault, NotFound, NotWellFormed

LARGEST: Final = 64 * 1024
"""Octets of a request."""


@dataclasses.dataclass(frozen=True, slots=True)
class Enrolled:
    """A client as it is registered now, and its new certificate with that of the authority (PEM)."""

    client: Client
    certificate: bytes
    path: Path
    until: int


def read_request(octets: bytes) -> x509.CertificateSigningRequest:
    """A request whose maker holds its key. Raises NotWellFormed, BadSignature, DeclarationFault for a weak key."""
    try:
        if len(octets) > LARGEST:
            raise ValueError(len(octets))
        pem = b"-----BEGIN" in octets
        request = x509.load_pem_x509_csr(octets) if pem else x509.load_der_x509_csr(octets)
        holds, key = request.is_signature_valid, request.public_key()
    except (ValueError, UnsupportedAlgorithm, InvalidSignature, x509.InvalidVersion) as problem:
        raise NotWellFormed("The request for a certificate cannot be read.",
                            remedy="Send PKCS#10, in PEM or DER.") from problem  # fmt: skip
    if not holds:
        raise BadSignature("The request for a certificate is not signed by its own key.",
                           remedy="Make it anew: openssl req -new -key KEY.")  # fmt: skip
    if not strong(key):
        raise DeclarationFault(
            "The key of the request is too weak, or of a kind that is not taken.",
            remedy=f"Use RSA of {LEAST_RSA_BITS} bits or more (3072 are advised), or ECDSA on P-256 or larger.",
        )
    return request


def add(
    identity: DevelopmentIdentity, wanted: Client, request: bytes, *, now: int, random: Callable[[int], bytes]
) -> Enrolled:
    """Register a client with a certificate for the key of a request. ``wanted``: without certificates.

    Raises DeclarationFault for a client that is registered already, or that the register does not take; what
    ``read_request`` raises; NotFound where the key of the circle's authority is not here.
    """
    with alone(identity):
        register = identity.load_register()
        if register.client(wanted.id) is not None:
            raise DeclarationFault(f"Client {wanted.id} is registered.", remedy=f"douane client renew {wanted.id}")
        return _enrol(identity, register, wanted, request, now, random)


def renew(
    identity: DevelopmentIdentity, id: str, request: bytes, *, now: int, random: Callable[[int], bytes]
) -> Enrolled:
    """Give a client a further certificate; those that it has hold on. Raises NotFound, and what ``add`` raises."""
    with alone(identity):
        register = identity.load_register()
        client = register.client(id)
        if client is None:
            raise NotFound(f"No client is called {id[:64]!r}.", remedy="Register it: douane client add.")
        return _enrol(identity, register, client, request, now, random)


def _enrol(
    identity: DevelopmentIdentity, register: Register, client: Client, request: bytes, now: int,
    random: Callable[[int], bytes],
) -> Enrolled:  # fmt: skip
    asked = read_request(request)
    _must_be_new(identity, register, asked)
    issuer = _issuer(identity, client)
    serial = int.from_bytes(b"\x01" + random(15), "big")
    period = Period.days(moment(now), CLIENT_DAYS)
    made = issue_requested(asked, client.id, issuer=issuer, period=period, serial=serial, country=client.country)
    known = dataclasses.replace(client, certificates=(*client.certificates, thumbprint_of(made)))
    changed = Register([known if each.id == known.id else each for each in register]
                       + ([known] if register.client(known.id) is None else []))  # fmt: skip
    chain = made.public_bytes(Encoding.PEM) + issuer.certificate_pem()
    path = identity.client(client.id).certificate
    write_synced(path, chain)
    write_synced(identity.register, changed.toml().encode())  # last: nobody is registered by what is not there
    return Enrolled(known, chain, path, int(made.not_valid_after_utc.timestamp()))


def _must_be_new(identity: DevelopmentIdentity, register: Register, asked: x509.CertificateSigningRequest) -> None:
    """Raise where a card in the folder has this key: two clients with one key could be taken for one another."""
    key = asked.public_key()
    for path in (identity.folder / "clients").glob("*.pem"):
        held = x509.load_pem_x509_certificate(path.read_bytes())
        holder = register.holder(thumbprint_of(held))
        if held.public_key() == key and holder is not None:
            raise DeclarationFault(f"The key of the request is that of {holder.id}.",
                                   remedy="Make a new key for each certificate.")  # fmt: skip


def _issuer(identity: DevelopmentIdentity, client: Client) -> Credential:
    """The authority of a client's circle. Raises DeclarationFault where its key is not here."""
    authority = identity.load_authorities()[client.circle][-1]  # the last is the next one, where it is rolled over
    return credential_of(identity, client.circle, authority)
