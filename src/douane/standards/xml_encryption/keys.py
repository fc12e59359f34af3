"""The encrypted content key of a message (``xenc:EncryptedKey``), written and read."""

from __future__ import annotations

import enum
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from douane.standards.xml_encryption import names
from douane.standards.xml_encryption.agreement import SALT, Agreement, Derivation, Random, agree, agreed, read_agreement
from douane.standards.xml_encryption.content import KEY, UNDISCLOSED
from douane.standards.xml_signature.names import DS, WSU, XENC, XENC11
from douane.standards.xml_signature.names import SHA256 as SHA256_NAME
from douane.standards.xml_signature.reading import octets_of
from douane.standards.xml_signature.tokens import Named, read_named
from douane.vocabulary.errors import AlgorithmRefused, BadSignature, NotDecrypted

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 1024  # octets of a wrapped key: RSA of 8192 bits


class KeyMethod(enum.Enum):
    """How the content key reaches the recipient."""

    RSA_OAEP = "rsa-oaep"
    X25519_HKDF = "x25519-hkdf"
    ECDH_HKDF = "ecdh-es-hkdf"
    ECDH_CONCAT = "ecdh-es-concatkdf"


@dataclass(frozen=True, slots=True, eq=False)
class EncryptedKey:
    """A wrapped content key as a message carries it: for whom, how, and which EncryptedData it opens."""

    id: str
    method: KeyMethod
    recipient: Named
    wrapped: bytes
    data: tuple[str, ...]
    agreement: Agreement | None = None

    def content_key(self, key: object) -> bytes:
        """The content key, by the recipient's private key. Raises NotDecrypted, always in the same words."""
        try:
            if self.agreement is not None:
                found = aes_key_unwrap(agreed(self.agreement, key), self.wrapped)
            elif isinstance(key, rsa.RSAPrivateKey):
                found = key.decrypt(self.wrapped, _OAEP)
            else:
                raise NotDecrypted(UNDISCLOSED)
        except (ValueError, InvalidUnwrap) as problem:
            raise NotDecrypted(UNDISCLOSED) from problem
        if len(found) != KEY:
            raise NotDecrypted(UNDISCLOSED)
        return found


_OAEP = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)


def write_encrypted_key(
    method: KeyMethod, content_key: bytes, certificate: x509.Certificate, reference: str, *, id: str,
    data: Sequence[str], random: Random,
) -> str:  # fmt: skip
    """An ``xenc:EncryptedKey``. ``reference`` names the certificate in XML; ``data``: the Ids that the key opens.

    Raises AlgorithmRefused when the certificate's key does not belong to the method. The element binds its prefixes,
    ``wsse`` excepted.
    """
    key = certificate.public_key()
    opened = "".join(f'<xenc:DataReference URI="#{each}"/>' for each in data)
    if method is KeyMethod.RSA_OAEP:
        if not isinstance(key, rsa.RSAPublicKey):
            raise _mismatch(method, certificate)
        wrapped = key.encrypt(content_key, _OAEP)
        how = (
            f'<xenc:EncryptionMethod Algorithm="{names.RSA_OAEP}"><ds:DigestMethod Algorithm="{SHA256_NAME}"/>'
            f'<xenc11:MGF Algorithm="{names.MGF1_SHA256}"/></xenc:EncryptionMethod><ds:KeyInfo>{reference}</ds:KeyInfo>'
        )
    else:
        kind = x25519.X25519PublicKey if method is KeyMethod.X25519_HKDF else ec.EllipticCurvePublicKey
        if not isinstance(key, kind):
            raise _mismatch(method, certificate)
        derivation = Derivation(hkdf=False) if method is KeyMethod.ECDH_CONCAT else Derivation(salt=random(SALT))
        wrapping, agreement = agree(key, derivation, reference, random)
        wrapped = aes_key_wrap(wrapping, content_key)
        how = f'<xenc:EncryptionMethod Algorithm="{names.AES128_WRAP}"/><ds:KeyInfo>{agreement}</ds:KeyInfo>'
    return (
        f'<xenc:EncryptedKey xmlns:xenc="{XENC}" xmlns:xenc11="{XENC11}" xmlns:ds="{DS}" Id="{id}">{how}'
        f"<xenc:CipherData><xenc:CipherValue>{b64encode(wrapped).decode()}</xenc:CipherValue></xenc:CipherData>"
        f"<xenc:ReferenceList>{opened}</xenc:ReferenceList></xenc:EncryptedKey>"
    )


def read_encrypted_key(element: _Element, ids: Mapping[str, _Element], accepted: frozenset[KeyMethod]) -> EncryptedKey:
    """An ``xenc:EncryptedKey`` by position. Raises AlgorithmRefused for methods that are not accepted, NotDecrypted."""
    children = [c for c in element if c.tag != f"{{{XENC}}}ReferenceList"]
    wanted = [f"{{{XENC}}}EncryptionMethod", f"{{{DS}}}KeyInfo", f"{{{XENC}}}CipherData"]
    if element.tag != f"{{{XENC}}}EncryptedKey" or [c.tag for c in children] != wanted:
        raise NotDecrypted(UNDISCLOSED)
    how, key_info, cipher = children
    agreement = None
    if how.get("Algorithm") == names.AES128_WRAP and len(key_info) == 1:
        agreement = read_agreement(key_info[0])
        method = _agreement_method(agreement)
    else:
        _check_oaep(how)
        method = KeyMethod.RSA_OAEP
    if method not in accepted:
        offered = ", ".join(sorted(m.value for m in accepted))
        raise AlgorithmRefused(f"The key transport {method.value} is not accepted.", remedy=f"Use one of: {offered}.")
    try:
        recipient = read_named(agreement.recipient if agreement else key_info, ids)
        wrapped = octets_of(cipher[0]) if len(cipher) == 1 and cipher[0].tag == f"{{{XENC}}}CipherValue" else b""
    except BadSignature as problem:
        raise NotDecrypted(UNDISCLOSED) from problem
    if not wrapped or len(wrapped) > LARGEST:
        raise NotDecrypted(UNDISCLOSED)
    lists = [c for c in element if c.tag == f"{{{XENC}}}ReferenceList"]
    data = tuple(r.get("URI", "").removeprefix("#") for each in lists for r in each)
    own_id = element.get("Id") or element.get(f"{{{WSU}}}Id") or ""
    return EncryptedKey(own_id, method, recipient, wrapped, data, agreement)


def _agreement_method(agreement: Agreement) -> KeyMethod:
    if isinstance(agreement.ephemeral, x25519.X25519PublicKey):
        if not agreement.derivation.hkdf:
            raise AlgorithmRefused("X25519 is agreed with ConcatKDF.", remedy=f"Derive the key by {names.HKDF}.")
        return KeyMethod.X25519_HKDF
    return KeyMethod.ECDH_HKDF if agreement.derivation.hkdf else KeyMethod.ECDH_CONCAT


def _check_oaep(how: _Element) -> None:
    """RSA-OAEP with SHA-256 throughout: what is left out means SHA-1, which is not accepted."""
    found = {child.tag: child.get("Algorithm") for child in how}
    wanted = {f"{{{DS}}}DigestMethod": SHA256_NAME, f"{{{XENC11}}}MGF": names.MGF1_SHA256}
    if how.get("Algorithm") != names.RSA_OAEP or found != wanted:
        raise AlgorithmRefused(
            f"The key transport {how.get('Algorithm', 'without a name')[:80]} is not accepted as it stands.",
            remedy=f"Use {names.RSA_OAEP} and name SHA-256 as digest and mgf1sha256 as mask generation.",
        )


def _mismatch(method: KeyMethod, certificate: x509.Certificate) -> AlgorithmRefused:
    return AlgorithmRefused(
        f"The certificate of {certificate.subject.rfc4514_string()[:120]} has no key for {method.value}.",
        remedy="Register an encryption certificate whose key belongs to the agreed key transport.",
    )
