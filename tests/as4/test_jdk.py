"""Our messages opened by a JDK's own classes: XML-DSig's validator for profile 1.x, a verifier by hand for 2.0.

Canonical forms under prefix lists are compared with those of its canonicaliser.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from douane.standards.as4.profiles import V1, SecurityProfile
from douane.standards.as4.tests.exchange import BOTH, KINDS, send, user_message
from douane.standards.xml_signature.canonical import Canonical
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.tests.test_canonical import documents
from douane.standards.xml_signature.tokens import TokenForm

JAVA = shutil.which("java")
SOURCE = Path(__file__).with_name("Verifier.java")
PACKAGE = "java.xml.crypto/com.sun.org.apache.xml.internal.security"
CONTENTS = (b"<CC015C>twelve items</CC015C>", bytes(range(256)) * 300)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(JAVA is None and "CI" not in os.environ, reason="install a JDK (default-jdk-headless)"),
]


def verdict(folder: Path, envelope: bytes) -> list[str]:
    (folder / "envelope.xml").write_bytes(envelope)
    command = [str(JAVA), *(f"--add-exports={PACKAGE}{each}=ALL-UNNAMED" for each in ("", ".c14n")), str(SOURCE)]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@pytest.mark.parametrize("profile", BOTH, ids=lambda p: p.name)
def test_a_jdk_verifies_and_opens_our_message(tmp_path: Path, profile: SecurityProfile) -> None:
    form = TokenForm.PATH if profile is V1 else TokenForm.CERTIFICATE
    sent = send(user_message(*CONTENTS), *CONTENTS, profile=profile, form=form)
    key = end(KINDS[profile.name][1]).key
    (tmp_path / "key.der").write_bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    for part, octets in sent.parts:
        (tmp_path / part.content_id).write_bytes(octets)
    digests = [hashlib.sha256(each).hexdigest() for each in CONTENTS]
    expected = [f"payload{n}@host {digest}" for n, digest in enumerate(digests)]
    assert verdict(tmp_path, sent.secured.envelope) == ["signature valid", *expected]
    changed = sent.secured.envelope.replace(b"IE3F10", b"IE3F11")
    assert verdict(tmp_path, changed)[0] == "signature invalid"


@pytest.mark.parametrize("prefixes", ["#default", "#default b", "b"])
def test_a_jdk_canonicalises_as_we_do(prefixes: str) -> None:
    texts = documents(100)
    command = [str(JAVA), *(f"--add-exports={PACKAGE}{each}=ALL-UNNAMED" for each in ("", ".c14n"))]
    asked = "".join(b64encode(each).decode() + "\n" for each in texts)
    done = subprocess.run([*command, str(SOURCE.with_name("Canonical.java")), prefixes], input=asked,
                          capture_output=True, text=True, check=False, timeout=100)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    ours = Canonical(prefixes=tuple(prefixes.split()))
    expected = [ours.octets(node) for text in texts for node in etree.fromstring(text).iter(etree.Element)]
    assert [b64decode(line) for line in done.stdout.splitlines()] == expected
