"""Signs and verifies XAdES signatures with signxml, in its own environment: JSON in, JSON out.

{"sign": "enveloped" or "detached", "document", "uri", "key", "certificate"}: the signed document or the signature;
{"verify": document, "certificate"}: whether it holds, and what it covers.
"""

from __future__ import annotations

import json
import sys

from cryptography import x509
from lxml import etree
from signxml import DigestAlgorithm, InvalidSignature, SignatureConstructionMethod, SignatureMethod
from signxml.xades import XAdESDataObjectFormat, XAdESSigner, XAdESVerifier


def main() -> None:
    asked = json.load(sys.stdin)
    certificate = x509.load_pem_x509_certificate(asked["certificate"].encode())
    if "verify" in asked:
        try:
            found = XAdESVerifier().verify(asked["verify"].encode(), x509_cert=certificate, expect_references=2)
        except InvalidSignature as problem:
            json.dump({"holds": False, "why": str(problem)}, sys.stdout)
            return
        json.dump({"holds": True, "covers": found[0].signed_data.decode()}, sys.stdout)
        return
    signer = XAdESSigner(
        method=SignatureConstructionMethod[asked["sign"]], signature_algorithm=SignatureMethod.ECDSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        data_object_format=XAdESDataObjectFormat(Description="declaration", MimeType="text/xml"),
    )  # fmt: skip
    made = signer.sign(
        etree.fromstring(asked["document"].encode()), key=asked["key"].encode(), cert=[certificate],
        reference_uri=asked.get("uri"),
    )  # fmt: skip
    json.dump({"signed": etree.tostring(made).decode()}, sys.stdout)


if __name__ == "__main__":
    main()
