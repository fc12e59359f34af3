"""XAdES baseline B signatures written: for clients of the platform, and what the verifier is tried by."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from douane.standards.xades.names import SIGNED_PROPERTIES, XADES
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature import names
from douane.standards.xml_signature.algorithms import PrivateKey, digest, sign_octets
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.content_ids import address_of


@dataclass(frozen=True, slots=True)
class Seal:
    """With what somebody signs: his key, the chain of his certificate (his own first), and the algorithm."""

    key: PrivateKey
    chain: Sequence[x509.Certificate]
    method: str


def sign_inside(body: bytes, seal: Seal, at: dt.datetime) -> bytes:
    """The message with the signature as the last child of its root."""
    root = read_tree(body, Limits())
    whole = _reference(
        "", "message", (names.ENVELOPED, names.EXCLUSIVE), digest(names.SHA256, EXCLUSIVE.document(root))
    )
    root.append(etree.fromstring(_signature([whole], "text/xml", seal, at)))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def sign_beside(
    parts: Mapping[str, bytes], seal: Seal, at: dt.datetime, *, media: str = "text/xml"
) -> bytes:  # fmt: skip
    """A detached signature over the octets of parts, by their Content-IDs, the message first. media: of the message."""
    references = [
        _reference(address_of(name), "message" if not number else f"part-{number}", (), digest(names.SHA256, octets))
        for number, (name, octets) in enumerate(parts.items())
    ]
    return _signature(references, media, seal, at).encode()


def _signature(references: list[str], media: str, seal: Seal, at: dt.datetime) -> str:
    """A ``ds:Signature``; whatever is digested of it is written in its exclusive canonical form."""
    properties = _properties(seal.chain[0], media, at)
    own = _reference(
        "#properties", "", (names.EXCLUSIVE,), digest(names.SHA256, properties.encode()), SIGNED_PROPERTIES
    )
    info = (
        f'<ds:SignedInfo xmlns:ds="{names.DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{names.EXCLUSIVE}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{seal.method}"></ds:SignatureMethod>{"".join(references)}{own}</ds:SignedInfo>'
    )
    proof = b64encode(sign_octets(seal.key, seal.method, info.encode())).decode()
    carried = "".join(
        f"<ds:X509Certificate>{b64encode(each.public_bytes(Encoding.DER)).decode()}</ds:X509Certificate>"
        for each in seal.chain
    )
    return (
        f'<ds:Signature xmlns:ds="{names.DS}" Id="signature">{info}<ds:SignatureValue>{proof}</ds:SignatureValue>'
        f"<ds:KeyInfo><ds:X509Data>{carried}</ds:X509Data></ds:KeyInfo><ds:Object>"
        f'<xades:QualifyingProperties xmlns:xades="{XADES}" Target="#signature">{properties}'
        "</xades:QualifyingProperties></ds:Object></ds:Signature>"
    )


def _properties(certificate: x509.Certificate, media: str, at: dt.datetime) -> str:
    """The signed properties that baseline B asks for, in canonical form."""
    fingerprint = b64encode(certificate.fingerprint(hashes.SHA256())).decode()
    moment = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<xades:SignedProperties xmlns:xades="{XADES}" Id="properties"><xades:SignedSignatureProperties>'
        f"<xades:SigningTime>{moment}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
        f'<ds:DigestMethod xmlns:ds="{names.DS}" Algorithm="{names.SHA256}"></ds:DigestMethod>'
        f'<ds:DigestValue xmlns:ds="{names.DS}">{fingerprint}</ds:DigestValue>'
        "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties>"
        '<xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#message">'
        f"<xades:MimeType>{escape(media)}</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties>"
        "</xades:SignedProperties>"
    )


def _reference(uri: str, id: str, transforms: Sequence[str], value: bytes, type: str = "") -> str:
    """A ``ds:Reference`` in canonical form: attributes in the order of their names."""
    named = f' Id="{id}"' if id else ""
    kind = f' Type="{type}"' if type else ""
    listed = "".join(f'<ds:Transform Algorithm="{each}"></ds:Transform>' for each in transforms)
    changed = f"<ds:Transforms>{listed}</ds:Transforms>" if transforms else ""
    return (
        f'<ds:Reference{named}{kind} URI="{uri}">{changed}'
        f'<ds:DigestMethod Algorithm="{names.SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue>{b64encode(value).decode()}</ds:DigestValue></ds:Reference>"
    )
