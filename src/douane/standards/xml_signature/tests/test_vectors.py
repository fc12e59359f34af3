"""Vectors that were not made by us: what policy allows verifies, everything else is refused with a reason.

The vectors use inclusive canonicalisation, which no message door accepts; here a policy opens it.
"""

from __future__ import annotations

import dataclasses
import io
import lzma
import os
import tarfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature import algorithms, names
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.reading import DOCUMENTS, read_signature
from douane.standards.xml_signature.verifying import verify
from douane.vocabulary.errors import DouaneError

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
ARCHIVE = ROOT.parent / "shared/data/xmldsig/interop-vectors.tar.xz"
LIMITS = Limits(scope=128, depth=200)
OPEN = dataclasses.replace(DOCUMENTS, inclusive=True)
STRONG = {
    "TR2012/signature-enveloping-derencoded-ec.xml",
    "TR2012/signature-enveloping-p256_sha384.xml",
    "TR2012/signature-enveloping-p384_sha256.xml",
    "TR2012/signature-enveloping-p384_sha512.xml",
    "TR2012/signature-enveloping-p521_sha256.xml",
    "xml-crypto/wsfederation_metadata.xml",
    # by Canonical XML 1.1
    *(f"aleksey-xmldsig-01-enveloped/enveloped-sha256-rsa-sha256-test-{n}.xml" for n in (1, 3, 4, 5, 6, 7, 8)),
}
SHORT_KEYS = {
    "TR2012/signature-enveloping-keyinforeference-rsa.xml",
    "TR2012/signature-enveloping-sha256-rsa-sha256.xml",
    "TR2012/signature-enveloping-sha384-rsa_sha256.xml",
    "TR2012/signature-enveloping-sha512-rsa_sha256.xml",
    "pyXMLSecurity/SAML_assertion_sha256.xml",
}
"""Sound, but signed with RSA of 1024 bits."""
CURVES = {"1.2.840.10045.3.1.7": ec.SECP256R1(), "1.3.132.0.34": ec.SECP384R1(), "1.3.132.0.35": ec.SECP521R1()}


def vectors() -> dict[str, bytes]:
    """The XML files of the archive by name, without its first folder if it has one."""
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(ARCHIVE.read_bytes()))) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None and member.name.endswith(".xml"):
                found["/".join(member.name.split("/")[-2:])] = file.read()
    return found


def known(key: object) -> PublicKey:
    assert isinstance(key, PublicKey)
    return key


def key_in(root: Any) -> PublicKey | None:
    """The key that a vector brings along: only a test may believe it."""
    certificate = root.find(f".//{{{names.DS}}}X509Certificate")
    if certificate is not None:
        return known(x509.load_der_x509_certificate(b64decode(certificate.text)).public_key())
    encoded = root.find(f".//{{{names.DS11}}}DEREncodedKeyValue")
    if encoded is not None:
        return known(load_der_public_key(b64decode(encoded.text)))
    point, curve = (root.find(f".//{{{names.DS11}}}{part}") for part in ("PublicKey", "NamedCurve"))
    if point is not None and curve is not None:
        named = CURVES[curve.get("URI").removeprefix("urn:oid:")]
        return ec.EllipticCurvePublicKey.from_encoded_point(named, b64decode(point.text))
    modulus, exponent = (root.find(f".//{{{names.DS}}}{part}") for part in ("Modulus", "Exponent"))
    if modulus is not None and exponent is not None:
        numbers = [int.from_bytes(b64decode(each.text), "big") for each in (exponent, modulus)]
        return rsa.RSAPublicNumbers(*numbers).public_key()
    return None


def verdict(data: bytes) -> str:
    try:
        root = read_tree(data, LIMITS, keep_comments=True)
        found = [root] if root.tag == f"{{{names.DS}}}Signature" else root.findall(f".//{{{names.DS}}}Signature")
        if len(found) != 1:
            return f"{len(found)} signatures"
        signature = read_signature(found[0], OPEN)
        key = key_in(root)
        if key is None:
            return "no key"
        verify(signature, key, ids=identified(root))
    except DouaneError as problem:
        return f"{type(problem).__name__}: {problem.text}"
    return "verifies"


@pytest.mark.skipif(not ARCHIVE.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout")
def test_what_policy_allows_verifies_and_the_rest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = {name: verdict(data) for name, data in vectors().items()}
    assert {name for name, found in verdicts.items() if found == "verifies"} == STRONG
    assert verdicts["merlin-xmldsig-twenty-three/signature.xml"].startswith("NotWellFormed")
    assert verdicts["TR2012/signature-enveloping-sha384-rsa_sha256.xml"].endswith("1024 bits is too short.")
    monkeypatch.setattr(algorithms, "SMALLEST_RSA", 1024)  # the arithmetic is right for keys that policy refuses, too
    weaker = {name for name, data in vectors().items() if verdict(data) == "verifies"}
    assert weaker - STRONG == SHORT_KEYS
