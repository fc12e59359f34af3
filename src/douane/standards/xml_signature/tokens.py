"""How a message names a certificate (WSS X.509 token profile 1.1): the certificate itself, its chain, or a hint.

A name only says which key; whether the key is trusted is decided elsewhere.
"""

from __future__ import annotations

import enum
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.x509.oid import NameOID

from douane.standards.x509.faults import UNREADABLE
from douane.standards.xml_signature import names
from douane.standards.xml_signature.pki_path import octets, read_certificate, read_path, write_path
from douane.standards.xml_signature.reading import octets_of
from douane.vocabulary.errors import BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element


_OTHER_NAMES = {
    "EMAILADDRESS": NameOID.EMAIL_ADDRESS,
    "E": NameOID.EMAIL_ADDRESS,
    "SERIALNUMBER": NameOID.SERIAL_NUMBER,
}


class TokenForm(enum.Enum):
    """The forms in which a certificate is named, for signing and for encryption."""

    CERTIFICATE = "X509v3"  # a BinarySecurityToken with the certificate
    PATH = "X509PKIPathv1"  # a BinarySecurityToken with the whole chain
    KEY_IDENTIFIER = "SubjectKeyIdentifier"  # wsse:KeyIdentifier with the subject key identifier
    ISSUER_SERIAL = "IssuerSerial"  # ds:X509IssuerSerial
    X509_SKI = "X509SKI"  # ds:X509SKI
    EMBEDDED = "EmbeddedCertificate"  # wsse:KeyIdentifier with the whole certificate


@dataclass(frozen=True, slots=True)
class Named:
    """What a message said of a certificate: a chain (the end certificate first), or a hint that finds one.

    Exactly one of ``chain``, ``key_identifier`` and ``issuer`` with ``serial`` is there.
    """

    form: TokenForm
    chain: tuple[x509.Certificate, ...] = ()
    key_identifier: bytes = b""
    issuer: str = ""
    serial: int = 0

    def names(self, certificate: x509.Certificate) -> bool:
        """Whether a certificate is the one that is named."""
        if self.chain:
            return certificate == self.chain[0]
        if self.key_identifier:
            return key_identifier(certificate) == self.key_identifier
        return certificate.serial_number == self.serial and _same_name(self.issuer, certificate.issuer)


@dataclass(frozen=True, slots=True)
class Token:
    """A certificate named in XML: a token to put before its use (may be empty), and the reference to it."""

    before: str
    reference: str
    form: TokenForm


def key_identifier(certificate: x509.Certificate) -> bytes:
    """The subject key identifier: that of the extension, else computed from the public key (RFC 5280, 4.2.1.2)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, *UNREADABLE):
        return x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest


def write_token(form: TokenForm, chain: Sequence[x509.Certificate], *, id: str) -> Token:
    """Name the first certificate of a chain. ``id``: the wsu:Id of the token, where the form has one.

    A key identifier needs the extension that carries it: without one the certificate itself is sent (``Token.form``
    tells).
    """
    end = chain[0]
    if form in (TokenForm.KEY_IDENTIFIER, TokenForm.X509_SKI) and not _has_identifier(end):
        form = TokenForm.CERTIFICATE
    match form:
        case TokenForm.CERTIFICATE | TokenForm.PATH:
            path = form is TokenForm.PATH
            kind = names.PKI_PATH if path else names.X509V3
            content = write_path(chain) if path else octets(end)
            before = (
                f'<wsse:BinarySecurityToken EncodingType="{names.BASE64}" ValueType="{kind}" wsu:Id="{id}">'
                f"{_base64(content)}</wsse:BinarySecurityToken>"
            )
            return Token(before, _reference(f'<wsse:Reference URI="#{id}" ValueType="{kind}"/>'), form)
        case TokenForm.KEY_IDENTIFIER:
            inner = _identifier(names.SUBJECT_KEY_IDENTIFIER, key_identifier(end))
        case TokenForm.EMBEDDED:
            inner = _identifier(names.X509V3, octets(end))
        case TokenForm.ISSUER_SERIAL:
            inner = (
                f"<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>{escape(end.issuer.rfc4514_string())}"
                f"</ds:X509IssuerName><ds:X509SerialNumber>{end.serial_number}</ds:X509SerialNumber>"
                "</ds:X509IssuerSerial></ds:X509Data>"
            )
        case _:
            inner = f"<ds:X509Data><ds:X509SKI>{_base64(key_identifier(end))}</ds:X509SKI></ds:X509Data>"
    return Token("", _reference(inner), form)


def read_named(container: _Element, ids: Mapping[str, _Element]) -> Named:
    """The certificate that a KeyInfo (or RecipientKeyInfo) names. Raises BadSignature for any other form."""
    children = list(container)
    if len(children) == 1 and children[0].tag == f"{{{names.WSSE}}}SecurityTokenReference":
        children = list(children[0])
    if len(children) != 1:
        raise BadSignature("The key is not named in one way.", remedy="Name the certificate once.")
    inner = children[0]
    if inner.tag == f"{{{names.WSSE}}}Reference":
        return _carried(inner, ids)
    if inner.tag == f"{{{names.DS}}}X509Data" and len(inner) == 1:
        return _x509_data(inner[0])
    kind = inner.get("ValueType") if inner.tag == f"{{{names.WSSE}}}KeyIdentifier" else ""
    if kind == names.SUBJECT_KEY_IDENTIFIER:
        return Named(TokenForm.KEY_IDENTIFIER, key_identifier=octets_of(inner))
    if kind == names.X509V3:
        return Named(TokenForm.EMBEDDED, chain=(read_certificate(octets_of(inner)),))
    raise BadSignature("The certificate is named in a form that is not known.",
                       remedy=f"Use one of: {', '.join(f.value for f in TokenForm)}.")  # fmt: skip


def _carried(reference: _Element, ids: Mapping[str, _Element]) -> Named:
    uri = reference.get("URI", "")
    token = ids.get(uri[1:]) if uri.startswith("#") else None
    if token is None or token.tag != f"{{{names.WSSE}}}BinarySecurityToken":
        raise BadSignature(f"No token stands under {uri[:80]!r}.", remedy="Send the token that is referred to.")
    match token.get("ValueType"):
        case names.X509V3:
            return Named(TokenForm.CERTIFICATE, chain=(read_certificate(octets_of(token)),))
        case names.PKI_PATH:
            return Named(TokenForm.PATH, chain=read_path(octets_of(token)))
    raise BadSignature("The token is neither a certificate nor a path.", remedy="Send X509v3 or X509PKIPathv1.")


def _x509_data(inner: _Element) -> Named:
    if inner.tag == f"{{{names.DS}}}X509SKI":
        return Named(TokenForm.X509_SKI, key_identifier=octets_of(inner))
    if inner.tag == f"{{{names.DS}}}X509Certificate":
        return Named(TokenForm.EMBEDDED, chain=(read_certificate(octets_of(inner)),))
    texts = [(e.text or "").strip() for e in inner]
    if inner.tag != f"{{{names.DS}}}X509IssuerSerial" or len(texts) != 2 or not texts[1].isdecimal():
        raise BadSignature("X509Data names no certificate.", remedy="Give issuer and serial number, or the SKI.")
    if len(texts[1]) > 60:
        raise BadSignature("The serial number is too long.")
    return Named(TokenForm.ISSUER_SERIAL, issuer=texts[0], serial=int(texts[1]))


def _same_name(text: str, name: x509.Name) -> bool:
    """Whether a written distinguished name means a certificate's: attributes compared, in either order of writing."""
    try:
        written = x509.Name.from_rfc4514_string(text, _OTHER_NAMES)
    except ValueError:
        return False
    ours, theirs = _parts(name), _parts(written)
    return theirs in (ours, ours[::-1])


def _parts(name: x509.Name) -> list[frozenset[tuple[str, str]]]:
    return [
        frozenset((a.oid.dotted_string, " ".join(str(a.value).split()).casefold()) for a in rdn) for rdn in name.rdns
    ]


def _has_identifier(certificate: x509.Certificate) -> bool:
    try:
        certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False
    return True


def _identifier(kind: str, content: bytes) -> str:
    return (
        f'<wsse:KeyIdentifier EncodingType="{names.BASE64}" ValueType="{kind}">{_base64(content)}</wsse:KeyIdentifier>'
    )


def _reference(inner: str) -> str:
    return f"<wsse:SecurityTokenReference>{inner}</wsse:SecurityTokenReference>"


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
