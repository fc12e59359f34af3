"""Packs of messages by every channel: each holds by itself, offline, and no octet of it can be changed unnoticed."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import cryptography
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from douane.configuration.keys import log_signer
from douane.configuration.settings import read_settings
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.pack_verifier.container import unzipped, zipped
from douane.shared_services.auditing.pack_verifier.pack import examine
from douane.shared_services.auditing.pack_verifier.report import FAILS, HOLDS, NOT_CHECKED, TRUST, Report
from douane.shared_services.auditing.packing import packed, program
from douane.standards.transparency_log.note import Signer
from douane.standards.xml_signature.tests.certified import end
from tests.evidence.scene import CHANNELS, DE, FR, Scene, build, declaration

each_way = pytest.mark.parametrize("way", CHANNELS)
PROVEN = {
    "rest": "It is the message that the leaf commits to",
    "bearer": "vouched for trader.fr.lesquin, EORI FR40123456700017 at speed2",
    "soap": "The envelope holds the message.",
    "signed": "signed body and time",
    "as4-2.0": "signed this message, as he says",
    "as4-1.x": "signed its header and its 2 payloads",
    "csi_queue": "by csi_queue; queue CORE-RCT-NCTS.EU, message_id M-csi_queue, user_id guest",
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return build(tmp_path_factory.mktemp("evidence"))


@pytest.fixture(scope="module")
def signer(scene: Scene) -> Signer:
    return log_signer(read_settings(scene.config, data=str(scene.data)), 0)


def roots(scene: Scene) -> list[x509.Certificate]:
    """What a judge trusts: root and authority of the traders, and the seals of the platform's access point."""
    return [*(x509.load_pem_x509_certificate((scene.identity.folder / name).read_bytes())
              for name in ("root.pem", "untrusted.pem")),
            *(end(kind).certificate for kind in ("p256", "rsa2"))]  # fmt: skip


def judged(scene: Scene, signer: Signer, data: bytes) -> Report:
    return examine(data, [signer.key.text()], roots(scene))


def failed(report: Report) -> set[str]:
    return {piece for state, piece, _ in report.lines if state == FAILS}


@each_way
def test_a_pack_holds_and_says_who_is_proven_by_what(scene: Scene, signer: Signer, way: str) -> None:
    report = judged(scene, signer, scene.packs[way].read_bytes())
    said = [text for _, _, text in report.lines]
    assert report.verdict() == HOLDS, said
    assert [text for text in said if PROVEN[way] in text]
    if way != "csi_queue":
        assert [text for text in said if "stood in no revocation list" in text]
    party = {"csi_queue": "NTA.DE", "as4-1.x": DE}.get(way, FR)
    assert f"The party is {party}." in said
    assert [text for text in said if "states that the checkpoint existed on" in text]


@each_way
def test_what_the_reader_does_not_trust_yet_is_named_with_its_fingerprint(scene: Scene, way: str) -> None:
    report = examine(scene.packs[way].read_bytes(), [], [])
    assert report.verdict() == TRUST
    asked = [text for state, _, text in report.lines if state == TRUST]
    assert any("--key journey.douane.example/p0+" in text for text in asked)
    assert (way == "csi_queue") == (len(asked) == 2)  # the log and the time-stamp; all others a certificate too


@each_way
def test_every_changed_octet_is_refused_and_the_piece_named(scene: Scene, signer: Signer, way: str) -> None:
    data, rng = scene.packs[way].read_bytes(), random.Random(way)
    at = 0
    for name, part in zipped(unzipped(data)):
        content = len(part) - len(unzipped(data).get(name, b""))
        for place in (rng.randrange(content), rng.randrange(content, len(part)) if content < len(part) else 0):
            changed = bytearray(data)
            changed[at + place] ^= 1 << rng.randrange(8)
            report = judged(scene, signer, bytes(changed))
            assert report.verdict() == FAILS, (name, place)
            named = failed(report) | {text.rpartition(" ")[2].rstrip(".") for s, _, text in report.lines if s == FAILS}
            assert named & {name, "container", *unzipped(data)}
            if place >= content:
                assert name in named, (name, named)
        at += len(part)


@each_way
def test_a_dishonest_operator_who_signs_the_manifest_anew_is_found_out(scene: Scene, signer: Signer, way: str) -> None:
    """What the message proves does not rest on the manifest: each piece has a proof of its own."""
    pieces, rng = unzipped(scene.packs[way].read_bytes()), random.Random(way)
    own = {n: d for n, d in pieces.items() if n not in ("README.txt", "verify.py", "manifest.json", "manifest.txt")}
    facts = {"message": "M", "direction": "received from", "party": "X"}
    report = judged(scene, signer, packed(own, facts, signer, 0))
    assert report.verdict() == HOLDS
    for name in sorted(own):
        if name == "message/attachments.json":
            continue  # its media types are the sender's word about the parts, which are proven themselves
        data = bytearray(own[name])
        inside = {"answer/receipt.json": b'"leaf": "', "answer/receipt.xml": b"DigestValue>",
                  "time/token.der": b"\x04\x20", "time/earlier.der": b"\x04\x20"}.get(name)  # fmt: skip
        at = data.index(inside) + len(inside) if inside else rng.randrange(len(data))  # what else it says is not proven
        data[at] ^= 2
        report = judged(scene, signer, packed(own | {name: bytes(data)}, facts, signer, 0))
        assert report.verdict() == FAILS, name
        blamed = {name, "trust/list.txt"} if name.startswith("trust/") else {name}
        blamed |= {"message/body"} if name.startswith("message/") else set()
        if name == "log/evidence.json":  # what it discloses of a piece may no longer fit that piece
            blamed |= {"message/body", "wire/statement.json"}
        assert failed(report) & blamed, (name, report.lines)


def test_a_pulled_answer_is_proven_with_the_receipt_of_its_puller(scene: Scene, signer: Signer) -> None:
    assert len(scene.pulled) == 2
    facts = {"message": "M", "direction": "sent to", "party": "X"}
    for number, position in enumerate(scene.pulled):
        pack = scene.data.parent / f"pulled-{number}.zip"
        code, said = scene.command("audit", "evidence", f"out:{position:x}", "-o", str(pack), "--data", str(scene.data),
                                   "--config", str(scene.config))  # fmt: skip
        assert code == 0, said
        report = judged(scene, signer, pack.read_bytes())
        texts = [text for _, _, text in report.lines]
        assert report.verdict() == HOLDS, texts
        assert [text for text in texts if "signed the receipt for it, which repeats 3 digests" in text]
        assert [text for text in texts if "delivered" in text]
        pieces = unzipped(pack.read_bytes())
        own = {n: d for n, d in pieces.items() if n not in ("README.txt", "verify.py", "manifest.json", "manifest.txt")}
        for name in [each for each in own if each.startswith("receipt/")]:
            changed = bytearray(own[name])
            changed[len(changed) // 2] ^= 2
            report = judged(scene, signer, packed(own | {name: bytes(changed)}, facts, signer, 0))
            assert report.verdict() == FAILS, name


@each_way
def test_a_piece_that_is_taken_away_is_missed(scene: Scene, signer: Signer, way: str) -> None:
    pieces = unzipped(scene.packs[way].read_bytes())
    for name in pieces:
        less = b"".join(part for _, part in zipped({n: d for n, d in pieces.items() if n != name}))
        assert judged(scene, signer, less).verdict() == FAILS, name


OFFLINE = """
import runpy, sys
sys.path[:0] = [sys.argv.pop(1)]
import cryptography.x509, cryptography.hazmat.primitives.asymmetric.ec
def hook(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(event)
sys.addaudithook(hook)
try:
    import douane
except ImportError:
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    sys.exit("the product is on the path")
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``cryptography`` and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("packages")
    site = Path(cryptography.__file__).parents[1]
    for found in site.iterdir():
        if found.name.startswith(("cryptography", "cffi", "_cffi", "pycparser", "typing_extensions")):
            (folder / found.name).symlink_to(found)
    return folder


@each_way
def test_the_program_in_the_pack_needs_neither_network_nor_product(scene: Scene, empty: Path, way: str, tmp_path: Path,
                                                                   signer: Signer) -> None:  # fmt: skip
    with zipfile.ZipFile(scene.packs[way]) as file:
        assert file.testzip() is None
        (tmp_path / "verify.py").write_bytes(file.read("verify.py"))
    trusted = tmp_path / "roots.pem"
    trusted.write_bytes(b"".join(r.public_bytes(Encoding.PEM) for r in roots(scene)))
    command = [sys.executable, "-I", "-S", "-c", OFFLINE, str(empty), str(tmp_path / "verify.py"),
               str(scene.packs[way]), "--key", signer.key.text(), "--root", str(trusted)]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False, env={})
    assert ran.returncode == HOLDS, ran.stdout + ran.stderr
    assert ran.stdout.endswith("Everything in this pack holds.\n")


def test_the_program_is_the_verifier_of_this_release_and_names_nothing_of_the_product(scene: Scene) -> None:
    assert unzipped(scene.packs["rest"].read_bytes())["verify.py"] == program()
    assert b"douane.shared_services" not in program()
    assert b"import douane" not in program()
    compile(program(), "verify.py", "exec")


def test_the_command_says_the_same(scene: Scene, signer: Signer, tmp_path: Path) -> None:
    pack, root = scene.packs["signed"], str(scene.identity.root)
    code, said = scene.command("audit", "verify", str(pack), "--key", signer.key.text(), "--root", root)
    assert (code, said.splitlines()[-1]) == (HOLDS, "Everything in this pack holds.")
    code, said = scene.command("audit", "verify", str(pack), "--json")
    assert (code, json.loads(said)["verdict"]) == (TRUST, "TRUST")
    mine = tmp_path / "mine.xml"
    mine.write_bytes(unzipped(pack.read_bytes())["message/body"])
    assert scene.command("audit", "verify", str(pack), "--payload", str(mine))[0] == TRUST
    mine.write_bytes(declaration("other"))
    code, said = scene.command("audit", "verify", str(pack), "--payload", str(mine))
    assert code == FAILS
    assert "another message" in said
    assert scene.command("audit", "verify", str(pack), "--key", "no+key")[0] == NOT_CHECKED
    assert scene.command("audit", "verify", str(tmp_path / "none.zip"))[0] == NOT_CHECKED


def test_a_pack_without_content_proves_the_place_and_names_nobody(scene: Scene, signer: Signer) -> None:
    data = scene.pack("as4-2.0", "--without-content", name="place").read_bytes()
    assert FR.encode() not in data
    assert set(unzipped(data)) == {
        "README.txt", "manifest.json", "manifest.txt", "verify.py", "log/evidence.json", "time/earlier.der",
        "time/token.der",
    }  # fmt: skip
    report = judged(scene, signer, data)
    assert report.verdict() == HOLDS
    said = " ".join(text for _, _, text in report.lines)
    assert "its place in the log is proven, not its content" in said
    assert "though the leaf commits to it" in said


def test_a_message_that_was_sent_has_a_pack_too(scene: Scene, signer: Signer) -> None:
    from douane.configuration import discovery

    reader: Any = discovery.open_reader(read_settings(scene.config, data=str(scene.data)).store_address)
    position, raw = reader.scan_log(Log.SENT, 0, 1 << 62, 1)[0]
    target = scene.data.parent / "sent.zip"
    code, said = scene.command("audit", "evidence", f"out:{position:x}", "-o", str(target), "--data", str(scene.data),
                               "--config", str(scene.config))  # fmt: skip
    assert code == 0, said
    report = judged(scene, signer, target.read_bytes())
    assert report.verdict() == HOLDS
    assert f"The party is {SENT.read(raw).party}." in [text for _, _, text in report.lines]


def test_a_pack_of_another_log_is_not_taken_for_the_trusted_one(scene: Scene) -> None:
    other = Signer.from_seed("journey.douane.example/p0", bytes(32))
    report = examine(scene.packs["rest"].read_bytes(), [other.key.text()], roots(scene))
    assert report.verdict() == TRUST
    pieces = unzipped(scene.packs["rest"].read_bytes())
    content = json.loads(pieces["log/evidence.json"])
    pieces["log/evidence.json"] = json.dumps(content | {"key": other.key.text()}).encode()
    forged = b"".join(part for _, part in zipped(pieces))
    assert "log/evidence.json" in failed(examine(forged, [other.key.text()], roots(scene)))


def test_bytes_of_any_kind_are_refused_and_never_raise(scene: Scene) -> None:
    rng = random.Random(9)
    for data in (b"", b"PK\x03\x04", rng.randbytes(2_000), b"PK\x03\x04" + rng.randbytes(2_000)):
        assert examine(data, [], []).verdict() == FAILS
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("log/evidence.json", b'{"format": "douane.evidence.1"}')
    assert examine(out.getvalue(), [], []).verdict() == FAILS
