"""Messages of an implementation that is not ours (PyPI's ``as4``): theirs proven by us, ours by them."""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from douane.standards.as4 import names
from douane.standards.as4.messages import Party, PartyId, Property, Receipt, Typed, UserMessage
from douane.standards.as4.opening import Opener, check_parts, prove, read_claims, references_of
from douane.standards.as4.profiles import V1
from douane.standards.as4.reading import read_envelope
from douane.standards.as4.securing import Recipient, Sealer, Signer, content_key, nonce, secure
from douane.standards.as4.writing import messaging
from douane.standards.mime.gzip_stream import unpack
from douane.standards.mime.media_type import read_media_type
from douane.standards.mime.reading import Limits, PartData, PartStart, Splitter
from douane.standards.mime.writing import Part, multipart, related
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tests.certified import Certified, authority, certify, rsa_key
from douane.standards.xml_signature.tokens import TokenForm
from tests.architecture.tree import REPOSITORY

PEER = REPOSITORY / "build/peers/as4/bin/python"
SCRIPT = REPOSITORY / "bench/peers/as4_exchange.py"
PAYLOAD = b"<CC015C>twelve items</CC015C>"
LIMITS = Limits()
TYPE = "urn:fdc:peppol.eu:2017:identifiers:ap"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PEER.exists() and "CI" not in os.environ, reason="tools/peer_environment.sh as4 makes the environment"
    ),
]


class Peer:
    """A process of the other implementation."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [str(PEER), str(SCRIPT), "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, **given: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({what: given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            raise AssertionError(self.process.stderr.read()[-2000:])
        return json.loads(line)


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer()
    yield made
    made.process.stdin.close()  # type: ignore[union-attr]
    made.process.wait(20)
    made.process.stdout.close()  # type: ignore[union-attr]
    made.process.stderr.close()  # type: ignore[union-attr]


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def key_pem(certified: Certified) -> str:
    return certified.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def named(common: str, key: rsa.RSAPrivateKey) -> Certified:
    """Peppol wants the access point's number as the common name."""
    made = certify(common, key, authority())
    assert made.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == common
    return made


OURS, THEIRS = named("POP000002", rsa_key(0)), named("POP000001", rsa_key(1))


def split(content_type: str, body: bytes) -> list[tuple[PartStart, bytes]]:
    splitter = Splitter(read_media_type(content_type).boundary, LIMITS)
    parts: list[tuple[PartStart, bytearray]] = []
    for event in splitter.feed(body):
        match event:
            case PartStart():
                parts.append((event, bytearray()))
            case PartData(octets=octets):
                parts[-1][1].extend(octets)
    splitter.close()
    return [(start, bytes(octets)) for start, octets in parts]


def test_their_message_is_proven_by_us_and_our_receipt_by_them(peer: Peer) -> None:
    made = peer.ask("build", certificate=pem(THEIRS.certificate), key=key_pem(THEIRS), other=pem(OURS.certificate),
                    party="POP000001", to="POP000002", payload=b64encode(PAYLOAD).decode())  # fmt: skip
    content_type = next(value for name, value in made["headers"].items() if name.lower() == "content-type")
    (_, soap), *rest = split(content_type, b64decode(made["body"]))
    envelope = read_envelope(soap)
    check_parts(envelope, [start.content_id for start, _ in rest])
    claims = read_claims(envelope, V1, encrypted=True)
    assert claims.signer.names(THEIRS.certificate)
    assert claims.key is not None
    key = claims.key.content_key(OURS.key)
    ((start, octets),) = rest
    opener = Opener(claims.parts[start.content_id].media_type, key)
    packed = opener.update(octets)
    digests = {start.content_id: opener.finish()}
    message = envelope.message
    assert isinstance(message, UserMessage)
    prove(envelope, claims, THEIRS.certificate.public_key(), digests, message.timestamp)  # type: ignore[arg-type]
    assert PAYLOAD[:-10] in unpack(packed, 1_000_000)
    receipt = Receipt("receipt@ours", message.timestamp, message.id, references_of(claims))
    signer = Signer(OURS.key, OURS.chain, V1.signature)  # type: ignore[arg-type]
    answer = secure(messaging(receipt), [], signer, random=os.urandom).envelope
    found = peer.ask("settle", certificate=pem(OURS.certificate), receipt=b64encode(answer).decode())
    assert found == {"success": True}


def test_our_message_is_proven_by_them_up_to_their_own_rules(peer: Peer) -> None:
    """They accept Peppol's business envelope only; signature, coverage and decryption are passed before that."""
    info = Property(names.MIME_TYPE, "application/xml"), Property(names.COMPRESSION_TYPE, names.GZIP_MEDIA)
    from douane.standards.as4.messages import PartInfo

    message = UserMessage(
        "message@ours", 1_795_514_400_000_000, Party(PartyId("POP000002", TYPE), names.INITIATOR),
        Party(PartyId("POP000001", TYPE), names.RESPONDER), Typed("urn:process", "cenbii-procid-ubl"),
        "busdox-docid-qns::x", "1", Typed("urn:fdc:peppol.eu:2017:agreements:tia:ap_provider"),
        parts=(PartInfo("payload@ours", info),),
        properties=(Property("originalSender", "9932:9999999999", "iso6523-actorid-upis"),
                    Property("finalRecipient", "9932:1111111111", "iso6523-actorid-upis")),
    )  # fmt: skip
    key = content_key(os.urandom)
    sealer = Sealer("payload@ours", "application/xml", compress=True, key=key, nonce=nonce(os.urandom))
    octets = sealer.update(PAYLOAD) + sealer.finish()
    signer = Signer(OURS.key, OURS.chain, V1.signature)  # type: ignore[arg-type]
    recipient = Recipient(THEIRS.chain, KeyMethod.RSA_OAEP, TokenForm.CERTIFICATE)
    sent = secure(messaging(message), [sealer.part()], signer, recipient=recipient, key=key, random=os.urandom)
    root = Part("application/soap+xml; charset=UTF-8", "root@ours")

    def verdict(envelope: bytes, part: bytes) -> list[str]:
        parts = [(root, [envelope]), (Part("application/octet-stream", "payload@ours"), [part])]
        body = b"".join(multipart("b0undary", parts))
        found = peer.ask("parse", certificate=pem(THEIRS.certificate), key=key_pem(THEIRS), other=pem(OURS.certificate),
                         party="POP000001", headers={"Content-Type": related("b0undary", root)},
                         body=b64encode(body).decode())  # fmt: skip
        assert found["successful"] is False
        errors: list[str] = found["errors"]
        return errors

    good = " ".join(verdict(sent.envelope, octets))
    assert "EBMS:010" not in good, good
    assert "EBMS:0009" not in good, good
    changed = " ".join(verdict(sent.envelope.replace(b">1</eb:Conv", b">2</eb:Conv"), octets))
    assert "EBMS:0101" in changed
    flipped = " ".join(verdict(sent.envelope, octets[:30] + bytes((octets[30] ^ 1,)) + octets[31:]))
    assert "EBMS:0102" in flipped
    assert good != changed != flipped
