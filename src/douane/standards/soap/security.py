"""WS-Security 1.1 with the X.509 token profile: one signature over body and timestamp of an envelope, at least.

The signature is proven here; whether its certificate is trusted, and whose it is, the caller of ``read_security``
decides. What is returned covers the very body element that will be read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from douane.standards.soap.envelope import Envelope, Version
from douane.standards.xml_signature import algorithms, names
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.reading import Policy, read_signature
from douane.standards.xml_signature.signing import Digested, signature
from douane.standards.xml_signature.tokens import TokenForm, read_named, write_token
from douane.standards.xml_signature.verifying import verify
from douane.vocabulary.errors import BadSignature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

POLICY: Final = Policy(algorithms.KNOWN, frozenset({names.SHA256, names.SHA384, names.SHA512}), references=16, local=16)
SKEW: Final = dt.timedelta(minutes=5)
"""How far the clocks of two parties may lie apart."""
LONGEST_LIFE: Final = dt.timedelta(hours=1)
_WSU_ID: Final = f"{{{names.WSU}}}Id"
_SECURITY: Final = f"{{{names.WSSE}}}Security"
_TIMESTAMP: Final = f"{{{names.WSU}}}Timestamp"
_SIGNATURE: Final = f"{{{names.DS}}}Signature"


@dataclass(frozen=True, slots=True)
class Secured:
    """A proven signature: the certificate (DER) whose key made it, and when its message was made."""

    certificate: bytes
    created: dt.datetime
    expires: dt.datetime


def read_security(envelope: Envelope, now: dt.datetime) -> Secured | None:
    """The proven signature of an envelope; None where it has no Security header for us.

    Raises BadSignature when it does not hold, does not cover body and timestamp, or is out of date; AlgorithmRefused
    for what the policy excludes.
    """
    headers = [entry for entry in envelope.headers if entry.tag == _SECURITY]
    if not headers:
        return None
    if len(headers) > 1:
        raise BadSignature("The envelope has two Security headers for the same receiver.", remedy="Send one.")
    timestamp, signed = _only(headers[0], _TIMESTAMP), _only(headers[0], _SIGNATURE)
    ids = identified(envelope.root)
    found = read_signature(signed, POLICY)
    if found.key_info is None:
        raise BadSignature("The signature names no key.", remedy="Refer to a BinarySecurityToken with the certificate.")
    named = read_named(found.key_info, ids)
    if not named.chain:
        raise BadSignature("The certificate is not in the message.", remedy="Send it as a BinarySecurityToken.")
    covered = verify(found, _key_of(named.chain[0]), ids=ids)
    body = envelope.body.getparent()
    assert body is not None
    for element in (body, timestamp):
        if not covered.covers(element):
            name = str(element.tag).rpartition("}")[2]
            raise BadSignature(f"{name} is not signed.", remedy="Sign the body and the timestamp.")
    created, expires = _lifetime(timestamp, now)
    return Secured(named.chain[0].public_bytes(Encoding.DER), created, expires)


def _key_of(certificate: x509.Certificate) -> algorithms.PublicKey:
    try:
        return cast("algorithms.PublicKey", certificate.public_key())  # of another kind: refused by the verification
    except (UnsupportedAlgorithm, ValueError) as problem:
        raise BadSignature(
            "The key of the certificate cannot be read.", remedy="Use RSA, ECDSA or Ed25519."
        ) from problem


def _only(header: _Element, tag: str) -> _Element:
    found = [child for child in header if child.tag == tag]
    if len(found) != 1:
        name = tag.rpartition("}")[2]
        raise BadSignature(f"The Security header holds {len(found)} elements {name}.", remedy="Send exactly one.")
    return found[0]


def _lifetime(timestamp: _Element, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    created, expires = (_moment(timestamp, name) for name in ("Created", "Expires"))
    if created > now + SKEW or expires < now - SKEW or not created < expires <= created + LONGEST_LIFE:
        raise BadSignature(
            f"The message holds from {created:%Y-%m-%d %H:%M:%S} to {expires:%H:%M:%S}, which is not now.",
            remedy=f"Set your clock, and let a message live at most {LONGEST_LIFE.seconds // 60} minutes.",
        )
    return created, expires


def _moment(timestamp: _Element, name: str) -> dt.datetime:
    text = (timestamp.findtext(f"{{{names.WSU}}}{name}") or "").strip()
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadSignature(f"The timestamp has no time {name}.", remedy="Give Created and Expires in UTC.")
    return found


@dataclass(frozen=True, slots=True)
class Signer:
    """What an envelope is signed with: a private key and its certificate chain, the end certificate first."""

    key: algorithms.PrivateKey
    chain: Sequence[x509.Certificate]

    def method(self) -> str:
        """The signature algorithm of this key."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return names.RSA_SHA256
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return names.ECDSA_SHA256
        assert isinstance(self.key, ed25519.Ed25519PrivateKey)
        return names.ED25519

    def sign(self, data: bytes, now: dt.datetime, life: dt.timedelta = SKEW) -> bytes:
        """An envelope of ours with a Security header: timestamp, certificate, a signature over all that is in it."""
        root = etree.fromstring(data)
        version = Version(str(root.tag)[1:].rpartition("}")[0])
        space = f"{{{version.value}}}"
        body = root.find(f"{space}Body")
        assert body is not None
        header = root.find(f"{space}Header")
        if header is None:
            header = etree.Element(f"{space}Header")
            root.insert(0, header)
        token = write_token(TokenForm.CERTIFICATE, self.chain, id="token")
        security = etree.fromstring(_security_text(token.before, version, now, now + life))
        things = [*((f"h{n}", entry) for n, entry in enumerate(header)), ("body", body)]
        header.append(security)
        for id, element in things:
            element.set(_WSU_ID, id)
        things.append(("timestamp", security[0]))
        digested = [Digested.element(id, EXCLUSIVE.octets(element)) for id, element in things]
        made = signature(digested, key=self.key, method=self.method(), key_info=_wsse(token.reference), id="signature")
        security.append(etree.fromstring(made))
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _wsse(text: str) -> str:
    return text.replace("<wsse:SecurityTokenReference>", f'<wsse:SecurityTokenReference xmlns:wsse="{names.WSSE}">', 1)


def _security_text(token: str, version: Version, created: dt.datetime, expires: dt.datetime) -> str:
    moments = "".join(
        f"<wsu:{name}>{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z</wsu:{name}>"
        for name, moment in (("Created", created), ("Expires", expires))
    )
    return (
        f'<wsse:Security xmlns:wsse="{names.WSSE}" xmlns:wsu="{names.WSU}" xmlns:soap="{version.value}"'
        f' soap:mustUnderstand="{"1" if version is Version.SOAP11 else "true"}">'
        f'<wsu:Timestamp wsu:Id="timestamp">{moments}</wsu:Timestamp>{token}</wsse:Security>'
    )
