"""What proves a release: digests of its files, a signature over them, and the statement of where they come from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"
PUBLIC: Final = "release.pem"
PROVENANCE: Final = "provenance.json"
_SEAL: Final = frozenset({SUMS, SIGNATURE, PUBLIC})


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums(files: Sequence[Path]) -> str:
    """The digests as ``sha256sum -c`` reads them."""
    return "".join(f"{digest_of(each)}  {each.name}\n" for each in sorted(files, key=lambda each: each.name))


def provenance(
    files: Sequence[Path], *, commit: str, clean: bool, unproven: Sequence[str], lock: Path, made: str
) -> dict[str, Any]:
    """Where these files come from: an in-toto statement with the predicate of SLSA 1. unproven: what it lacks."""
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": each.name, "digest": {"sha256": digest_of(each)}} for each in files],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://douane.example/release/v1",
                "externalParameters": {"commit": commit, "clean": clean, "unproven": list(unproven)},
                "resolvedDependencies": [
                    {"uri": "git+https://douane.example", "digest": {"gitCommit": commit}},
                    {"uri": lock.name, "digest": {"sha256": digest_of(lock)}},
                ],
            },
            "runDetails": {"builder": {"id": "make release"}, "metadata": {"finishedOn": made}},
        },
    }  # fmt: skip


def key_in(path: Path) -> Ed25519PrivateKey:
    """The key that signs releases; made where there is none."""
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return made
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{path} is no Ed25519 key.")
    return key


def seal(folder: Path, key: Ed25519PrivateKey) -> None:
    """Write the digests of every file of a folder, their signature, and the public key beside them."""
    text = sums([each for each in folder.iterdir() if each.is_file() and each.name not in _SEAL]).encode()
    (folder / SUMS).write_bytes(text)
    (folder / SIGNATURE).write_bytes(key.sign(text))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / PUBLIC).write_bytes(public)


def broken(folder: Path, public: bytes) -> list[str]:
    """What does not hold of a sealed folder; the key is that which somebody trusts, not the one that lies there."""
    key = load_pem_public_key(public)
    text = (folder / SUMS).read_bytes()
    if not isinstance(key, Ed25519PublicKey):
        return ["the key is no Ed25519 key"]
    try:
        key.verify((folder / SIGNATURE).read_bytes(), text)
    except InvalidSignature:
        return [f"{SUMS} is not signed by this key"]
    lines = [line.partition("  ") for line in text.decode().splitlines()]
    named = {name: digest for digest, _, name in lines}
    there = {each.name for each in folder.iterdir() if each.is_file()} - _SEAL
    found = [f"{each} is not named" for each in sorted(there - named.keys())]
    found += [f"{each} is missing" for each in sorted(named.keys() - there)]
    return found + [
        f"{each} was changed" for each in sorted(named.keys() & there) if digest_of(folder / each) != named[each]
    ]


def write_provenance(folder: Path, statement: dict[str, Any]) -> None:
    """Put the statement beside what it is about."""
    (folder / PROVENANCE).write_text(json.dumps(statement, indent=1) + "\n", encoding="utf-8")
