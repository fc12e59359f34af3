"""The exchange by PyPI's ``as4``, run by the interpreter of its own environment: figures, or messages to try against.

``as4_exchange.py SECONDS`` reads a payload and prints figures (CPU microseconds) as JSON. ``as4_exchange.py serve``
answers JSON lines: ``{"build": {...}}``, ``{"parse": {...}}``, ``{"settle": {...}}``. It knows nothing of our code.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from as4 import AS4LocalPrivateKey, SecurityPolicy, pinned_certificates
from as4.peppol import (
    build_peppol_message,
    create_peppol_external_party,
    create_peppol_internal_party,
    parse_peppol_message,
    parse_peppol_receipt,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KIND = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:cen.eu:en16931:2017::2.1"


def certified(name: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """A key of RSA-2048 with a certificate that names a Peppol access point."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=30))
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return key, builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256())


def party(number: str, certificate: x509.Certificate, key: object) -> Any:
    """A party with its key."""
    return create_peppol_internal_party(party_id=number, certificate=certificate, private_key=AS4LocalPrivateKey(key))


def build(payload: bytes, local: object, remote: object) -> Any:
    """A message of theirs."""
    return build_peppol_message(
        payload=payload, local_party=local, remote_party=remote, sender="9932:9999999999", recipient="9932:1111111111",
        sender_country_id="GB", document_type_identifier_scheme="busdox-docid-qns", document_type_identifier_value=KIND,
        process_identifier="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    )  # fmt: skip


def cost(function: Callable[[], object], seconds: float) -> float:
    """CPU microseconds of one call: the best of several rounds."""
    function()
    start = time.process_time()
    function()
    once = max(time.process_time() - start, 1e-6)
    calls = max(1, int(seconds / 5 / once))
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(calls):
            function()
        best = min(best, (time.process_time() - start) / calls)
    return best * 1e6


def figures(payload: bytes, seconds: float) -> dict[str, float]:
    """What the halves of an exchange cost them."""
    sender_key, sender_certificate = certified("POP000001")
    receiver_key, receiver_certificate = certified("POP000002")
    sender = party("POP000001", sender_certificate, sender_key)
    receiver = party("POP000002", receiver_certificate, receiver_key)
    to = create_peppol_external_party(party_id="POP000002", certificate=receiver_certificate)
    policy = SecurityPolicy(signer_resolver=pinned_certificates(sender_certificate))

    def send() -> tuple[Any, dict[str, str], bytes]:
        made = build(payload, sender, to)
        body, boundary = made.get_request_data()
        return made, made.get_http_headers(boundary), body

    def receive() -> Any:
        return parse_peppol_message(
            request_headers=headers, request_body=body, local_party=receiver, security_policy=policy
        )

    def settle() -> None:
        receipt = parse_peppol_receipt(signal, receiver_certificate)
        receipt.verify_non_repudiation(message.signed_references)

    message, headers, body = send()
    received = receive()
    if not received.successful:
        raise SystemExit(f"as4 refuses its own message: {received.errors}")
    _, signal = received.build_signal()
    share = seconds / 4
    return {
        "send_us": cost(send, share), "receive_us": cost(receive, share),
        "receipt_us": cost(received.build_signal, share), "settle_us": cost(settle, share),
    }  # fmt: skip


def serve() -> None:
    """Answer requests, one JSON line each."""
    sent: dict[str, Any] = {}
    for line in sys.stdin:
        ((what, given),) = json.loads(line).items()
        certificate = x509.load_pem_x509_certificate(given["certificate"].encode())
        if what == "settle":
            receipt = parse_peppol_receipt(base64.b64decode(given["receipt"]), certificate)
            receipt.verify_non_repudiation(sent["message"].signed_references)
            answer: dict[str, object] = {"success": receipt.success}
        else:
            key = load_pem_private_key(given["key"].encode(), None)
            other = x509.load_pem_x509_certificate(given["other"].encode())
            local = party(given["party"], certificate, key)
            if what == "build":
                remote = create_peppol_external_party(party_id=given["to"], certificate=other)
                sent["message"] = build(base64.b64decode(given["payload"]), local, remote)
                body, boundary = sent["message"].get_request_data()
                headers = sent["message"].get_http_headers(boundary)
                answer = {"headers": dict(headers), "body": base64.b64encode(body).decode()}
            else:
                policy = SecurityPolicy(signer_resolver=pinned_certificates(other), verify_participants=False)
                received = parse_peppol_message(
                    request_headers=given["headers"], request_body=base64.b64decode(given["body"]), local_party=local,
                    security_policy=policy,
                )  # fmt: skip
                _, signal = received.build_signal()
                answer = {
                    "successful": received.successful, "errors": [str(each) for each in received.errors],
                    "signal": base64.b64encode(signal).decode(),
                }  # fmt: skip
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        print(json.dumps(figures(sys.stdin.buffer.read(), float(sys.argv[1]))))
