"""Clients registered with a certificate of their own request: the private key never leaves who made it.

Of a request (PKCS#10) only the public key is taken, once the request proves possession of its private half. Name and
purpose are those that the registration gives, whatever the request asks for; which circle it opens, the authority
that signs. Where the keys of authorities lie on another machine, a certificate that one of them issued is brought
instead; then its key is checked as that of a request, and its circle has to be the client's.

The register is written whole beside its place and renamed: doors read the former or the next one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

from douane.identity.authorities import Credential, Period, issue_requested
from douane.identity.certificates import STRONG, moment, strong, thumbprint_of
from douane.identity.register import Client, Register
from douane.model.circles import ActorKind
from douane.model.needs import registered_as
from douane.runtime.store.ports import SECOND, Instant
from douane.standards.pkcs10 import requests
from douane.trust.development_identity import CLIENT_DAYS, DevelopmentIdentity, write_synced
from douane.trust.revoking import alone, credential_of
from douane.vocabulary.errors import DeclarationFault, NotFound

Replace = Callable[[bytes], object]


@dataclasses.dataclass(frozen=True, slots=True)
class Enrolled:
    """A client as it is registered now, and its new certificate with that of the authority (PEM)."""

    client: Client
    certificate: bytes
    path: Path
    until: int


def read_request(octets: bytes) -> x509.CertificateSigningRequest:
    """A request whose maker holds its key. Raises NotWellFormed, BadSignature, DeclarationFault for a weak key."""
    request = requests.read(octets)
    if not strong(request.public_key()):
        raise DeclarationFault("The key of the request is too weak, or of a kind that is not taken.", remedy=STRONG)
    return request


def add(
    identity: DevelopmentIdentity, wanted: Client, request: bytes, *, now: int, random: Callable[[int], bytes],
    replace: Replace | None = None, issued: bool = False,
) -> Enrolled:  # fmt: skip
    """Register a client with a certificate for the key of a request. ``wanted``: without certificates. replace: puts
    another register in the place of the one that holds; without it the file is written. issued: what is given for a
    request is a certificate that an authority issued elsewhere (PEM).

    Raises DeclarationFault for a client that is registered already, or that the register does not take; what
    ``read_request`` raises; NotFound where the key of the circle's authority is not here.
    """
    with alone(identity):
        register = identity.load_clients()
        if register.client(wanted.id) is not None:
            raise DeclarationFault(f"Client {wanted.id} is registered.", remedy=f"douane client renew {wanted.id}")
        return _enrol(identity, register, wanted, _proof(identity, wanted, request, now, random, issued), replace)


def renew(
    identity: DevelopmentIdentity, id: str, request: bytes, *, now: int, random: Callable[[int], bytes],
    replace: Replace | None = None, issued: bool = False,
) -> Enrolled:  # fmt: skip
    """Give a client a further certificate; those that it has hold on. Raises NotFound, and what ``add`` raises."""
    with alone(identity):
        register = identity.load_clients()
        client = register.client(id)
        if client is None:
            raise NotFound(f"No client is called {id[:64]!r}.", remedy="Register it: douane client add.")
        return _enrol(identity, register, client, _proof(identity, client, request, now, random, issued), replace)


@dataclasses.dataclass(frozen=True, slots=True)
class _Proof:
    """A certificate, and that of the authority that issued it."""

    made: x509.Certificate
    chain: bytes


def _proof(
    identity: DevelopmentIdentity, client: Client, given: bytes, now: int, random: Callable[[int], bytes], issued: bool
) -> _Proof:
    if issued:
        return _brought(identity, client, given, now)
    made, issuer = _issued(identity, client, given, now, random)
    return _Proof(made, made.public_bytes(Encoding.PEM) + issuer.certificate_pem())


def _brought(identity: DevelopmentIdentity, client: Client, given: bytes, now: int) -> _Proof:
    """A certificate that was issued elsewhere. Raises DeclarationFault, NotAuthenticated, StaleEvidence for one that
    opens nothing here, or another circle than the client's."""
    try:
        made = x509.load_pem_x509_certificate(given)
        key = made.public_key()
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise DeclarationFault("This is no certificate.", remedy="Name a PEM file.") from problem
    checked = identity.load_certificates().check(made.public_bytes(Encoding.DER), now)
    if checked.circle is not client.circle:
        raise DeclarationFault(
            f"The certificate is of the {checked.circle.value} circle, and {client.id} enters by the "
            f"{client.circle.value} one.", remedy="Have it issued by the authority of that circle.",
        )  # fmt: skip
    _must_be_new(identity, identity.load_register(), key)
    authority = next(each for each in identity.load_authorities()[client.circle] if each.subject == made.issuer)
    return _Proof(made, made.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM))


def _enrol(
    identity: DevelopmentIdentity, register: Register, client: Client, proof: _Proof, replace: Replace | None
) -> Enrolled:
    made, chain = proof.made, proof.chain
    known = dataclasses.replace(client, certificates=(*client.certificates, thumbprint_of(made)))
    changed = Register([known if each.id == known.id else each for each in register]
                       + ([known] if register.client(known.id) is None else []))  # fmt: skip
    path = identity.client(client.id).certificate
    write_synced(path, chain)
    content = changed.toml().encode()  # last: nobody is registered by what is not there
    if replace is not None:
        replace(content)
    else:
        write_synced(identity.register, content)
    return Enrolled(known, chain, path, int(made.not_valid_after_utc.timestamp()))


def _issued(
    identity: DevelopmentIdentity, client: Client, request: bytes, now: int, random: Callable[[int], bytes]
) -> tuple[x509.Certificate, Credential]:
    """A certificate for the key of a request, and who issued it."""
    asked = read_request(request)
    _must_be_new(identity, identity.load_register(), asked.public_key())
    issuer = _issuer(identity, client)
    serial = int.from_bytes(b"\x01" + random(15), "big")
    period = Period.days(moment(now), CLIENT_DAYS)
    made = issue_requested(asked, client.id, issuer=issuer, period=period, serial=serial, country=client.country)
    return made, issuer


def certifier(
    folder: Path, random: Callable[[int], bytes]
) -> Callable[[bytes, str, str, Instant], tuple[str, str, Instant]]:
    """What issues certificates to traders' programs by the authority of an identity folder, as it is then."""

    def certify(request: bytes, client: str, country: str, now: Instant) -> tuple[str, str, Instant]:
        wanted = Client(client, ActorKind.TRADER, country)
        made, issuer = _issued(DevelopmentIdentity(folder), wanted, request, now, random)
        pem = made.public_bytes(Encoding.PEM) + issuer.certificate_pem()
        return pem.decode(), thumbprint_of(made), int(made.not_valid_after_utc.timestamp()) * SECOND

    return certify


def _must_be_new(identity: DevelopmentIdentity, register: Register, key: CertificatePublicKeyTypes) -> None:
    """Raise where a card in the folder has this key: two clients with one key could be taken for one another."""
    own = registered_as(requests.known_by(key))
    if register.client(own) is not None:
        raise DeclarationFault(f"The key of the request is that of {own}.",
                               remedy="Make a new key for each certificate.")  # fmt: skip
    for path in (identity.folder / "clients").glob("*.pem"):
        held = x509.load_pem_x509_certificate(path.read_bytes())
        holder = register.holder(thumbprint_of(held))
        if held.public_key() == key and holder is not None:
            raise DeclarationFault(f"The key of the request is that of {holder.id}.",
                                   remedy="Make a new key for each certificate.")  # fmt: skip


def _issuer(identity: DevelopmentIdentity, client: Client) -> Credential:
    """The authority of a client's circle. Raises DeclarationFault where its key is not here."""
    authority = identity.load_authorities()[client.circle][-1]  # the last is the next one, where it is rolled over
    try:
        return credential_of(identity, client.circle, authority)
    except DeclarationFault as elsewhere:
        raise DeclarationFault(
            elsewhere.text,
            remedy="Have that authority issue the certificate where its key is (docs/deploy.md, A client's next "
            "certificate), then bring it: --certificate FILE.",
        ) from elsewhere
