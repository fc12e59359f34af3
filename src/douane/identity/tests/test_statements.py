"""Statements that administrations sign: whose they are the register says, whether they hold the certificate."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from douane.configuration.ports import SystemIds
from douane.identity.statements import LARGEST, opened, sign
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.vocabulary.errors import BadSignature, NotAuthenticated

NOW = time.time_ns() // 1000
YEAR = 365 * 24 * 3600 * 1_000_000


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIdentity:
    return prepare(tmp_path_factory.mktemp("identity") / "i", now=NOW, random=SystemIds().random)


def signed(identity: DevelopmentIdentity, client: str, content: bytes = b'{"a":1}') -> bytes:
    files = identity.client(client)
    return sign(content, files.key.read_bytes(), files.certificate.read_bytes())


def read(identity: DevelopmentIdentity, statement: bytes, now: int = NOW) -> tuple[bytes, str]:
    content, client = opened(statement, identity.load_register(), identity.load_certificates(), now)
    return content, client.id


def test_what_was_signed_is_read_with_its_signer(identity: DevelopmentIdentity) -> None:
    assert read(identity, signed(identity, "be.system")) == (b'{"a":1}', "be.system")
    assert read(identity, signed(identity, "be.system") + b"\n") == (b'{"a":1}', "be.system")


def test_a_changed_content_a_changed_signature_and_a_changed_certificate_are_refused(
    identity: DevelopmentIdentity,
) -> None:
    head, body, signature = signed(identity, "be.system").split(b".")
    other_head, other_body, _ = signed(identity, "it.system", b'{"a":2}').split(b".")
    for broken in (
        b".".join((head, other_body, signature)),
        b".".join((head, body, signature[:-4] + b"AAAA")),
        b".".join((other_head, body, signature)),
        b".".join((head, body, b"")),
    ):
        with pytest.raises(BadSignature):
            read(identity, broken)


def test_a_certificate_of_another_authority_or_after_its_end_is_refused(
    identity: DevelopmentIdentity, tmp_path: Path
) -> None:
    stranger = prepare(tmp_path / "other", now=NOW, random=SystemIds().random)
    with pytest.raises(NotAuthenticated):
        read(identity, signed(stranger, "be.system"))
    with pytest.raises(NotAuthenticated):
        read(identity, signed(identity, "be.system"), NOW + 3 * YEAR)


@pytest.mark.parametrize(
    "statement", [b"", b"...", b"abc", b"{}.x.y", b"eyJhbGciOiJub25lIn0.e30.", b"\xff" * 50, b"a" * (LARGEST + 1)]
)
def test_what_is_no_statement_is_refused(identity: DevelopmentIdentity, statement: bytes) -> None:
    with pytest.raises(BadSignature):
        read(identity, statement)
