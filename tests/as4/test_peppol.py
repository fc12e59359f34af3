"""Messages of PyPI's ``peppol-py`` at our receiver: XML built by hand, signed and encrypted through libxmlsec.

It repeats the headers of the request before the first part, and sends payloads in base64; both are MIME, and taken.
"""

from __future__ import annotations

import asyncio
import email
import json
import os
import subprocess
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.receiving import Desk, Received, Receiver, always
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4 import names
from douane.standards.as4.matching import AgreementBook
from douane.standards.as4.messages import PartyId, Typed, UserMessage
from douane.standards.as4.opening import references_of
from douane.standards.as4.pmodes import PMode, Side
from douane.standards.as4.profiles import V1
from douane.standards.mime.reading import Limits
from douane.standards.mime.writing import Part, multipart, related
from douane.vocabulary.errors import BadSignature, DouaneError
from tests.architecture.tree import REPOSITORY
from tests.as4.access_points import ORIGIN
from tests.as4.test_peer import OURS, THEIRS, TYPE, key_pem, pem

PEER = REPOSITORY / "build/peers/peppol/bin/python"
SCRIPT = REPOSITORY / "bench/peers/peppol_message.py"
DOCUMENT = "<Invoice>" + "twelve items, " * 40 + "</Invoice>"
MODE = PMode(
    id="peppol", initiator=Side((PartyId("POP000001", TYPE),), names.INITIATOR),
    responder=Side((PartyId("POP000002", TYPE),), names.RESPONDER), service=Typed("urn:process", "cenbii-procid-ubl"),
    action="busdox-docid-qns::urn:invoice", agreement=Typed("urn:fdc:peppol.eu:2017:agreements:tia:ap_provider"),
)  # fmt: skip
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PEER.exists() and "CI" not in os.environ, reason="tools/peer_environment.sh peppol makes the environment"
    ),
]


@pytest.fixture(scope="module")
def theirs() -> tuple[dict[str, str], bytes]:
    """Headers and body as peppol-py would post them."""
    asked = {
        "document": DOCUMENT, "at": "2026-11-24T10:00:00.000Z", "type": "urn:invoice", "process": "urn:process",
        "sender": "9932:1", "receiver": "9932:2", "from": "POP000001", "to": "POP000002", "key": key_pem(THEIRS),
        "certificate": pem(THEIRS.certificate), "other": pem(OURS.certificate),
    }  # fmt: skip
    done = subprocess.run(
        [str(PEER), str(SCRIPT)], input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=110
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    return found["headers"], b64decode(found["body"])


def taken(folder: Path, content_type: str, body: bytes) -> Received:
    async def octets() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 1000):
            yield body[start : start + 1000]

    payloads = FilePayloads(folder, os.urandom)
    register = CertificateRegister([OwnCertificate(OURS.chain, OURS.key)], {})
    nobody: Any = lambda _der: None  # noqa: E731 - whoever signed it: the test looks
    desk = Desk(AgreementBook([MODE]), register, payloads, nobody, always(V1), lambda: ORIGIN, Limits())
    return asyncio.run(Receiver(desk).take(content_type, octets()))


def in_as4_form(body: bytes) -> tuple[str, list[tuple[str, bytes]], list[bytes]]:
    """Their parts without their MIME: content type of the envelope, ids, octets."""
    message = email.message_from_bytes(body)
    parts = [each for each in message.walk() if not each.is_multipart()]
    ids = [str(each["Content-ID"]).strip("<>") for each in parts]
    contents = [bytes(each.get_payload(decode=True)) for each in parts]  # leaves are octets
    return ids[0], list(zip(ids[1:], contents[1:], strict=True)), [contents[0]]


def wrapped(body: bytes, *, envelope: bytes = b"", payload: bytes = b"") -> tuple[str, bytes]:
    root_id, ((payload_id, octets),), (root_octets,) = in_as4_form(body)
    root = Part("application/soap+xml; charset=UTF-8", root_id)
    content = [
        (root, [envelope or root_octets]),
        (Part("application/octet-stream", payload_id), [payload or octets]),
    ]
    return related("part", root), b"".join(multipart("part", content))


@pytest.mark.parametrize("own", [True, False], ids=["as it posts it", "in binary, by us"])
def test_what_it_signs_and_encrypts_is_proven_and_opened(
    theirs: tuple[dict[str, str], bytes], tmp_path: Path, own: bool
) -> None:
    headers, body = theirs
    assert body.startswith(b"Content-Type: multipart/related")
    assert b"Content-Transfer-Encoding: base64" in body
    received = taken(tmp_path, headers["Content-Type"], body) if own else taken(tmp_path, *wrapped(body))
    assert isinstance(received.message, UserMessage)
    assert received.certificate == THEIRS.certificate
    assert received.message.value_of("originalSender") == "9932:1"
    (payload,) = received.payloads.values()
    assert payload.whole(10_000).decode() == DOCUMENT
    assert len(references_of(received.claims)) == 3


@pytest.mark.parametrize("change", [b"urn:process", b"9932:2", b"POP000001"])
def test_a_header_changed_after_it_signed_is_refused(
    theirs: tuple[dict[str, str], bytes], tmp_path: Path, change: bytes
) -> None:
    _, _, (root,) = in_as4_form(theirs[1])
    assert change in root
    with pytest.raises(DouaneError):
        taken(tmp_path, *wrapped(theirs[1], envelope=root.replace(change, change[:-1] + b"9")))


def test_a_payload_changed_on_its_way_is_refused(theirs: tuple[dict[str, str], bytes], tmp_path: Path) -> None:
    _, ((_, octets),), _ = in_as4_form(theirs[1])
    for place in (0, len(octets) // 2, len(octets) - 1):
        bad = octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]
        with pytest.raises((BadSignature, DouaneError)):
            taken(tmp_path, *wrapped(theirs[1], payload=bad))
