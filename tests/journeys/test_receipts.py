"""The receipt of a message: a page to print, and a pack that programs which are not ours verify offline."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xmlsec
from lxml import etree

from douane.configuration.keys import log_signer
from douane.standards.xades.signing import sign_beside
from tests.journeys.standing import Standing
from tests.journeys.test_attachments import MEDIA, multipart
from tests.journeys.test_signed import NOW, OTHER, TRADER, Scene, declaration, make_scene, seal


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with make_scene(tmp_path_factory.mktemp("receipts")) as made:
        yield made


def ask(node: Standing, who: str, operation: str, **content: Any) -> Any:
    body = json.dumps({"country": "FR", **content}).encode()
    return node.client("speed2", who).ask(
        "POST", f"/case_files/v1/{operation}", body, {"content-type": "application/json"}
    )


def pack_of(scene: Scene, receipt: Any, folder: Path, who: str = TRADER) -> Path:
    """The pack of the message that a receipt is for, once a checkpoint covers it."""
    shown = ask(scene.node, who, "show", reference=receipt["case"]).json
    (first, *_) = shown["messages"]
    until = time.monotonic() + 20
    found = ask(scene.node, who, "evidence", reference=receipt["case"], leaf=first["leaf"])
    while found.status == 404 and time.monotonic() < until:
        time.sleep(0.1)
        found = ask(scene.node, who, "evidence", reference=receipt["case"], leaf=first["leaf"])
    assert found.status == 200, found
    path = folder / str(found.json["name"])
    path.write_bytes(base64.b64decode(found.json["pack"]))
    return path


def verified(scene: Scene, path: Path, folder: Path, *roots: Path) -> tuple[int, str]:
    """What the program in a pack says, run by itself: without this project in reach."""
    with zipfile.ZipFile(path) as pack:
        (folder / "verify.py").write_bytes(pack.read("verify.py"))
    key = log_signer(scene.node.node.core.settings, 0).key.text()
    named = [word for each in roots for word in ("--root", str(each))]
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(path), "--key", key, *named],
        capture_output=True, text=True, timeout=60, cwd=folder, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def anchors(scene: Scene, folder: Path) -> tuple[Path, Path]:
    signers = folder / "seals.pem"
    signers.write_bytes(scene.authority.certificate_pem())
    return scene.node.identity.root, signers


def test_the_pack_of_a_signed_declaration_is_verified_by_foreign_code(scene: Scene, tmp_path: Path) -> None:
    receipt = scene.post(scene.sign("seal", "R1")).json
    path = pack_of(scene, receipt, tmp_path)
    code, said = verified(scene, path, tmp_path, *anchors(scene, tmp_path))
    assert code == 0, said
    assert "TOTAL-PASSED" in said
    assert "signed this message" in said
    with zipfile.ZipFile(path) as pack:
        root = etree.fromstring(pack.read("wire/body"))
        assert json.loads(pack.read("answer/receipt.json"))["leaf"] == receipt["leaf"]
    xmlsec.tree.add_ids(root, ["Id"])
    checking = xmlsec.SignatureContext()
    checking.key = xmlsec.Key.from_memory(
        scene.cards["seal"].certificate_pem(), xmlsec.constants.KeyDataFormatCertPem, None
    )
    checking.verify(root[-1])


def test_the_pack_of_a_detached_signature_is_verified_too(scene: Scene, tmp_path: Path) -> None:
    body, invoice = declaration("R2"), b"%PDF-1.7\nan invoice"
    written = sign_beside({"m@t": body, "invoice@t": invoice}, seal(scene.cards["seal"]), NOW)
    parts = [("application/xml", "m@t", body), ("application/pdf", "invoice@t", invoice), ("text/xml", "s@t", written)]
    receipt = scene.node.client("speed2", TRADER).ask("POST", "/v1/messages", multipart(*parts), MEDIA).json
    path = pack_of(scene, receipt, tmp_path)
    code, said = verified(scene, path, tmp_path, *anchors(scene, tmp_path))
    assert code == 0, said
    assert "signed this message" in said


def test_a_pack_in_which_the_declaration_was_changed_fails(scene: Scene, tmp_path: Path) -> None:
    path = pack_of(scene, scene.post(scene.sign("seal", "R3")).json, tmp_path)
    raw = path.read_bytes()
    changed = raw.replace(b"FA-2025-0001", b"FA-2025-0002")
    assert changed != raw
    path.write_bytes(changed)
    code, said = verified(scene, path, tmp_path, *anchors(scene, tmp_path))
    assert code == 1, said


def test_an_unsigned_declaration_has_a_pack_as_well(scene: Scene, tmp_path: Path) -> None:
    path = pack_of(scene, scene.post(declaration("R4")).json, tmp_path)
    code, said = verified(scene, path, tmp_path, *anchors(scene, tmp_path))
    assert code == 0, said
    assert "signature report" not in said


def test_nobody_else_gets_the_pack(scene: Scene) -> None:
    receipt = scene.post(declaration("R5")).json
    shown = ask(scene.node, TRADER, "show", reference=receipt["case"]).json
    leaf = shown["messages"][0]["leaf"]
    assert ask(scene.node, OTHER, "evidence", reference=receipt["case"], leaf=leaf).status == 404
    own = scene.post(declaration("R6")).json
    crossed = ask(scene.node, TRADER, "evidence", reference=own["case"], leaf=leaf + 100_000)
    assert crossed.status == 404
    inner = ask(scene.node, TRADER, "evidence", reference=own["case"], leaf=leaf)
    assert inner.status == 404, "a message of another case"
