"""XML signatures of WS-Security: what they cover, digest by digest, and whose key made them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

from douane.shared_services.auditing.pack_verifier.certificates import verify_octets
from douane.shared_services.auditing.pack_verifier.report import Refused, need
from douane.shared_services.auditing.pack_verifier.xml import Element

DS, WSSE, WSU = (
    "http://www.w3.org/2000/09/xmldsig#",
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
)
XENC, EXCLUSIVE = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2001/10/xml-exc-c14n#"
SWA = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform"
DIGESTS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    f"{XENC}sha256": hashes.SHA256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashes.SHA384,
    f"{XENC}sha512": hashes.SHA512,
}
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
METHODS: dict[str, Callable[[], hashes.HashAlgorithm] | None] = {
    **{f"{_MORE}{kind}-{name}": made for kind in ("rsa", "ecdsa") for name, made in
       (("sha256", hashes.SHA256), ("sha384", hashes.SHA384), ("sha512", hashes.SHA512))},
    "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519": None,
}  # fmt: skip


def digest(name: str, data: bytes) -> str:
    """A digest as XML Signature writes it."""
    need(name in DIGESTS, f"The digest {name} is not accepted.")
    made = hashes.Hash(DIGESTS[name]())
    made.update(data)
    return base64.b64encode(made.finalize()).decode()


def prefixes_of(method: Element) -> list[str]:
    """The prefix list of an exclusive canonicalisation; any other method is refused."""
    need(method.get("Algorithm") == EXCLUSIVE, f"The transform {method.get('Algorithm')} is not accepted.")
    lists = list(method.all(EXCLUSIVE, "InclusiveNamespaces"))
    return lists[0].get("PrefixList").split() if lists else []


def signed_elements(root: Element, parts: dict[str, bytes]) -> tuple[Element, list[Element], list[str]]:
    """What the one signature of a document refers to, each digest compared: elements, and attachments by Content-ID."""
    signature = root.one(WSSE, "Security").one(DS, "Signature")
    elements, attachments = [], []
    for reference in signature.one(DS, "SignedInfo").all(DS, "Reference"):
        uri, method = reference.get("URI"), reference.one(DS, "DigestMethod").get("Algorithm")
        transforms = list(reference.all(DS, "Transform"))
        need(len(transforms) == 1, f"The reference {uri} is not transformed once.")
        if uri.startswith("cid:"):
            name = unquote(uri[4:])
            need(name in parts and transforms[0].get("Algorithm") == SWA, f"The part {name} is not signed as one.")
            data = parts[name]
            attachments.append(name)
        else:
            found = [e for e in _everything(root) if uri and "#" + (e.get("Id", WSU) or e.get("Id")) == uri]
            need(len(found) == 1, f"{len(found)} elements have the Id {uri}.")
            data = found[0].canonical(prefixes_of(transforms[0]))
            elements.append(found[0])
        stated = reference.one(DS, "DigestValue").text().split()
        need("".join(stated) == digest(method, data), f"What {uri} refers to is not what was signed.")
    return signature, elements, attachments


def _everything(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from _everything(child)


def signer_of(signature: Element, candidates: Iterable[x509.Certificate]) -> x509.Certificate:
    """The certificate whose key made a signature."""
    info = signature.one(DS, "SignedInfo")
    data = info.canonical(prefixes_of(info.one(DS, "CanonicalizationMethod")))
    method = info.one(DS, "SignatureMethod").get("Algorithm")
    need(method in METHODS, f"The signature method {method} is not accepted.")
    value = base64.b64decode("".join(signature.one(DS, "SignatureValue").text().split()), validate=True)
    made = METHODS[method]
    for certificate in candidates:
        key, raw = certificate.public_key(), value
        if isinstance(key, ec.EllipticCurvePublicKey):
            half = len(value) // 2
            raw = utils.encode_dss_signature(int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
        if ("rsa" in method) == isinstance(key, rsa.RSAPublicKey) and verify_octets(
            key, raw, data, made() if made else None
        ):
            return certificate
    raise Refused("The signature was made with the key of no certificate in this pack.")
