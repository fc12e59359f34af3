"""Metadata (SAML Metadata, 2.4): what a provider says of itself, and what we say of us.

A provider's document names the keys by which its answers are proven. It is trusted as an operator puts it there, or by
the signature of a federation whose key he pins, which must then hold. One that is over is refused.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from douane.standards.saml import names
from douane.standards.saml.reading import md, read, time_of
from douane.standards.saml.reasons import Reason
from douane.standards.x509.faults import UNREADABLE
from douane.standards.xml.writing import attribute
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.names import DS, SHA256, XENC11
from douane.standards.xml_signature.reading import DOCUMENTS, octets_of
from douane.standards.xml_signature.verifying import verify_enveloped
from douane.vocabulary.errors import AssertionRefused, DeclarationFault, SenderFault

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_KEYS: Final = 8


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """A provider by its metadata. ``sign_on``, ``logout``: addresses by HTTP-Redirect; ``logout`` may be empty."""

    entity: str
    sign_on: str
    logout: str
    keys: tuple[PublicKey, ...]


def read_metadata(data: bytes, *, now: int, signers: Collection[PublicKey] = ()) -> IdentityProvider:
    """A provider's metadata. ``signers``: where they are given, one of them must have signed it whole.

    now: seconds since 1970. Raises DeclarationFault with what to mend.
    """
    try:
        root = read(data)
        until = time_of(root, "validUntil", Reason.UNREADABLE)
    except AssertionRefused as fault:
        raise _bad(fault.text) from fault
    if signers:
        _must_hold(root, signers)
    descriptors = root.findall(md("IDPSSODescriptor"))
    if root.tag != md("EntityDescriptor") or len(descriptors) != 1 or not root.get("entityID"):
        raise _bad("It describes no one identity provider.")
    if until is not None and now >= until:
        raise _bad("It has expired.")
    provider = descriptors[0]
    keys = tuple(_keys(provider))
    sign_on = _address(provider, "SingleSignOnService")
    if not keys or not sign_on:
        raise _bad("It names no signing key, or no single sign-on by HTTP-Redirect.")
    return IdentityProvider(root.get("entityID", ""), sign_on, _address(provider, "SingleLogoutService"), keys)


def _must_hold(root: _Element, signers: Collection[PublicKey]) -> None:
    """Raise unless one of these keys signed a document."""
    for key in signers:
        try:
            verify_enveloped(root, key, DOCUMENTS)
        except SenderFault:
            continue
        return
    raise _bad("No key that is pinned for it signed it, or it was changed.")


def _keys(provider: _Element) -> list[PublicKey]:
    found: list[PublicKey] = []
    for each in provider.findall(md("KeyDescriptor"))[:MOST_KEYS]:
        if each.get("use", "signing") != "signing":
            continue
        for written in each.iter(f"{{{DS}}}X509Certificate"):
            try:
                key = x509.load_der_x509_certificate(octets_of(written)).public_key()
            except (SenderFault, *UNREADABLE) as problem:
                raise _bad("It holds a certificate that cannot be read.") from problem
            if not isinstance(key, PublicKey):
                raise _bad("It names a key that is neither RSA, nor ECDSA, nor Ed25519.")
            found.append(key)
    return found


def _address(provider: _Element, service: str) -> str:
    offered = (each for each in provider.findall(md(service)) if each.get("Binding") == names.REDIRECT)
    return next((each.get("Location", "") for each in offered), "")


def _bad(text: str) -> DeclarationFault:
    return DeclarationFault(f"The metadata of a provider cannot be used. {text}", remedy="See docs/sign-in.md.")


@dataclass(frozen=True, slots=True)
class Ourselves:
    """Us, as a relying party. ``consumer``: where answers are posted; ``logout``: where single logout comes in."""

    entity: str
    consumer: str
    logout: str
    certificate: x509.Certificate


def write_metadata(us: Ourselves) -> bytes:
    """What providers read of us: that requests are signed, that assertions must be, by which key, and where we are."""
    card = base64.b64encode(us.certificate.public_bytes(Encoding.DER)).decode()
    return (
        f'<md:EntityDescriptor xmlns:md="{names.METADATA}" xmlns:ds="{DS}" entityID="{attribute(us.entity)}">'
        '<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" '
        f'protocolSupportEnumeration="{names.PROTOCOL}">'
        f'<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{card}</ds:X509Certificate>'
        "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        f'<md:KeyDescriptor use="encryption"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{card}</ds:X509Certificate>'
        f'</ds:X509Data></ds:KeyInfo><md:EncryptionMethod Algorithm="{XENC11}rsa-oaep">'
        f'<ds:DigestMethod Algorithm="{SHA256}"/><xenc11:MGF xmlns:xenc11="{XENC11}" Algorithm="{XENC11}mgf1sha256"/>'
        "</md:EncryptionMethod>"
        f'<md:EncryptionMethod Algorithm="{XENC11}aes256-gcm"/></md:KeyDescriptor>'
        f'<md:SingleLogoutService Binding="{names.REDIRECT}" Location="{attribute(us.logout)}"/>'
        f"<md:NameIDFormat>{names.PERSISTENT}</md:NameIDFormat>"
        f'<md:AssertionConsumerService Binding="{names.POST}" Location="{attribute(us.consumer)}" index="0" '
        'isDefault="true"/></md:SPSSODescriptor></md:EntityDescriptor>'
    ).encode()
