"""An implementation that is not ours (PyPI's ``as4``, a Peppol access point) as the partner of the bench."""

from __future__ import annotations

import asyncio
import itertools
import os
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.configuration.ports import SystemClock
from douane.conformance.cases import Judged, Verdict, run
from douane.conformance.outgoing_as4 import As4Bench, Outgoing, trials
from douane.conformance.wire import Answer, Asked, Target, listen
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4 import names
from douane.standards.as4.messages import UserMessage
from douane.standards.as4.opening import Opener, read_claims
from douane.standards.as4.pmodes import PMode, Security, Side
from douane.standards.as4.profiles import V1
from douane.standards.as4.reading import read_envelope
from douane.standards.mime.gzip_stream import unpack
from douane.standards.xml_signature.tokens import TokenForm
from tests.as4.test_peer import OURS, PAYLOAD, PEER, THEIRS, Peer, key_pem, peer, pem, split
from tests.contracts import toy

__all__ = ["peer"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PEER.exists() and "CI" not in os.environ, reason="tools/peer_environment.sh as4 makes the environment"
    ),
]


def example(peer: Peer) -> tuple[UserMessage, bytes]:
    """A message as this partner writes it, to us: what it takes looks like that."""
    made = peer.ask("build", certificate=pem(THEIRS.certificate), key=key_pem(THEIRS), other=pem(OURS.certificate),
                    party="POP000001", to="POP000002", payload=b64encode(PAYLOAD).decode())  # fmt: skip
    content_type = next(value for name, value in made["headers"].items() if name.lower() == "content-type")
    (_, soap), (start, octets) = split(content_type, b64decode(made["body"]))
    envelope = read_envelope(soap)
    claims = read_claims(envelope, V1, encrypted=True)
    assert claims.key is not None
    assert isinstance(envelope.message, UserMessage)
    opener = Opener(claims.parts[start.content_id].media_type, claims.key.content_key(OURS.key))
    packed = opener.update(octets)
    opener.finish()
    return envelope.message, unpack(packed, 1_000_000)


def bench(peer: Peer, folder: Path, url: str) -> As4Bench:
    """Our end: as the example, with the sides exchanged."""
    like, content = example(peer)
    us, them = like.receiver.id, like.sender.id
    mode = PMode(
        "peppol", Side((us,), like.sender.role), Side((them,), like.receiver.role), like.service, like.action,
        agreement=like.agreement, largest=1_000_000, security=Security(recipient_form=TokenForm.CERTIFICATE),
    )  # fmt: skip
    ids = toy.Ids(seed="peer")
    register = CertificateRegister([OwnCertificate(OURS.chain, OURS.key)], {them.value: [THEIRS.chain]})
    point = AccessPoint("us.example", [mode], register, FilePayloads(folder, ids.random), SystemClock(), ids)
    numbers = itertools.count()

    def another() -> bytes:
        return content.replace(b"twelve", b"%d" % next(numbers))

    return As4Bench(
        Outgoing(point, them.value, mode, Target(url), another, like.action, "application/xml", like.properties)
    )


def tried(peer: Peer, folder: Path, cases: set[str]) -> dict[str, Judged]:
    async def answer(asked: Asked) -> Answer:
        found = peer.ask("parse", certificate=pem(THEIRS.certificate), key=key_pem(THEIRS), other=pem(OURS.certificate),
                         party="POP000001", headers={"Content-Type": asked.headers["content-type"]},
                         body=b64encode(asked.body).decode())  # fmt: skip
        return Answer(200, b64decode(found["signal"]), (("content-type", names.SOAP_MEDIA),))

    async def main() -> dict[str, Judged]:
        listening = await listen("127.0.0.1", 0, answer)
        made = bench(peer, folder, listening.url)
        chosen = [t for t in trials(lambda _case: made) if t.case.id in cases]
        found = await run(chosen, 100)
        await listening.close()
        return {f.case.id: f.judged for f in found}

    return asyncio.run(main())


R, M, W = Verdict.RIGHT, Verdict.REMARK, Verdict.WRONG
FOUND = {
    "out.good": R, "out.compressed": R, "out.uncompressed": R, "out.digest": R, "out.cipher": R, "out.unsigned": R,
    "out.expired": R, "out.unknown": R, "out.packaging": R, "out.damaged": R,
    # it reads one payload, and names another code for a part without PartInfo
    "out.several": M, "out.unnamed": M,
    # it is a library without a store: repetitions, agreements and services are its user's to know
    "out.duplicate": M, "out.changed": W, "out.agreement": W, "out.service": W,
    # it knows no test service, and reads past a document type declaration
    "out.ping": W, "out.entities": W,
}  # fmt: skip


def test_what_the_bench_says_of_it(peer: Peer, tmp_path: Path) -> None:
    """Time and connections are those of the listener here, not of the library; so these cases are left out."""
    found = tried(peer, tmp_path, set(FOUND))
    assert {id: judged.verdict for id, judged in found.items()} == FOUND, found
