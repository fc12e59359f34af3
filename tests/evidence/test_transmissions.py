"""How a message came is kept with it: its octets, who signed, what it was judged by; and the audit leaf says so."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from douane.channels.as4.sending import part_info
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, JournalRow
from douane.runtime.store.ports import Log
from douane.runtime.store.transmission import Keep, WireForm, body_of, kept
from douane.shared_services.auditing.proving import prove_row
from douane.standards.as4.awareness import Verdict
from douane.standards.xml_signature.tests.certified import end
from douane.vocabulary.errors import NotReadable
from tests.as4.access_points import Platform1, Side1, mode_of, push
from tests.contracts import toy

ORDER = toy.Order("O1", "A", 60)


def first_row(platform: Platform1) -> JournalRow:
    (raw,) = platform.store.read_log(Log.JOURNAL, [1])
    assert raw is not None
    return JOURNAL.read(raw)


def test_octets_come_back_as_they_were_and_repeat_nothing_of_the_message() -> None:
    rng, rows = random.Random(3), []
    for _ in range(200):
        message = rng.randbytes(rng.randrange(0, 6_000))
        octets = rng.randbytes(rng.randrange(1, 300)) + message + rng.randbytes(50)
        found = kept(WireForm((("a", "b"),), octets), "soap", "", message)
        assert body_of(found, message) == octets
        assert len(found.body) < 500 + len(message) // 50
        rows.append(found)
    other = kept(WireForm((), b"<a>" * 500), "soap", "", b"")
    assert body_of(other, b"") == b"<a>" * 500
    with pytest.raises(NotReadable):
        body_of(rows[-1], b"another message")


def test_the_statement_names_every_part_by_its_digest() -> None:
    form = WireForm((("request", "POST /"), ("none", "")), b"body", "", (b"certificate",), "token", b"key")
    content = json.loads(kept(form, "rest", "ab", b"").statement)
    digests = {name: hashlib.sha256(each).hexdigest() for name, each in
               (("body", b"body"), ("token", b"token"), ("key", b"key"))}  # fmt: skip
    assert content == digests | {
        "format": "douane.wire.1",
        "channel": "rest",
        "facts": [["request", "POST /"]],
        "certificates": [hashlib.sha256(b"certificate").hexdigest()],
        "trust": "ab",
    }


@pytest.mark.parametrize("profile", ["1.x", "2.0"])
def test_a_signed_message_is_kept_octet_by_octet_and_its_leaf_commits_to_it(tmp_path: Path, profile: str) -> None:
    platform = Platform1(tmp_path)
    mode, side = mode_of(profile), Side1(platform)
    packed = side.pack(mode, ORDER)
    assert push(platform, side, mode, packed).verdict is Verdict.RECEIPT
    row = first_row(platform)
    found = row.transmission
    assert found is not None
    assert body_of(found, row.content.octets) == packed.whole()
    content = json.loads(found.statement)
    assert content["channel"] == "as4"
    assert dict(content["facts"]) == {"content-type": packed.content_type}
    signer = end({"1.x": "rsa", "2.0": "ed25519"}[profile]).certificate.public_bytes(Encoding.DER)
    digest = hashlib.sha256(signer).digest()
    assert content["certificates"][0] == digest.hex()
    assert platform.store.read([keys.certificate_key(0, digest)]) == [signer]
    evidence = prove_row(platform.store, toy.SIGNER.key, Log.JOURNAL, 1)
    assert evidence.opening["wire"].value == hashlib.sha256(found.statement).hexdigest()
    platform.close()


def test_what_is_large_lies_in_the_payload_store(tmp_path: Path) -> None:
    platform = Platform1(tmp_path)
    mode, side = mode_of("2.0"), Side1(platform)
    large, order = b"II*\0" + random.Random(1).randbytes(600_000), msgspec.json.encode(ORDER)
    infos = (part_info("order", "application/json", compress=True), part_info("scan", "image/tiff", compress=False))
    contents = [(infos[0], [order], len(order)), (infos[1], [large], len(large))]
    message = side.message(mode, 0, parts=infos)
    packed = side.packer().pack(mode, message, contents, "PLATFORM", platform.clock.now())
    answered = push(platform, side, mode, packed)
    assert answered.verdict is Verdict.RECEIPT, answered.reason
    row = first_row(platform)
    assert row.transmission is not None
    assert row.transmission.body == b""
    assert b"".join(platform.payloads.open(row.transmission.stored)) == packed.whole()
    packed.discard()
    platform.close()


def test_a_channel_that_keeps_nothing_leaves_the_leaf_as_it_was(tmp_path: Path) -> None:
    platform = Platform1(tmp_path)
    platform.keeping = {"as4": Keep.NOTHING}
    platform.begin()
    mode, side = mode_of("2.0"), Side1(platform)
    push(platform, side, mode, side.pack(mode, ORDER))
    assert first_row(platform).transmission is None
    assert "wire" not in prove_row(platform.store, toy.SIGNER.key, Log.JOURNAL, 1).opening
    assert not platform.door.keeps("as4", signed=True)
    platform.keeping = {"as4": Keep.SIGNED}
    platform.begin()
    assert platform.door.keeps("as4", signed=True)
    assert not platform.door.keeps("as4", signed=False)
    assert platform.door.keeps("rest", signed=False)
    platform.close()
