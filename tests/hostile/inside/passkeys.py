"""Passkeys that prove nothing, shown to the ceremonies of the tree: tells which of them were believed.

An authenticator that lies is one in software: it signs whatever its owner, or a site that he visits, has it sign.
"""

from __future__ import annotations

import hashlib
import json
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import surface  # type: ignore[import-not-found]  # beside this script, which runs by itself
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

json.load(sys.stdin)
ceremonies, errors = surface.module("standards.webauthn.ceremonies"), surface.module("vocabulary.errors")
ORIGIN, NAME, THERE, VERIFIED, ATTESTED = "https://signin.example", "signin.example", 1, 4, 64
HERE = ceremonies.Expected(b"c" * 32, ORIGIN, NAME)
EARLIER = ceremonies.Expected(b"e" * 32, ORIGIN, NAME)


def collected(kind: str, challenge: bytes, said: dict[str, Any]) -> bytes:
    """What a browser collects."""
    usual = {"type": kind, "challenge": urlsafe_b64encode(challenge).decode().rstrip("="), "origin": ORIGIN}
    return json.dumps({**usual, **said}).encode()


@dataclass
class Authenticator:
    """A key in software, with the counter that its owner wants."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = b"identifier"
    count: int = 0

    def data(self, flags: int, name: str = NAME, attested: bytes = b"") -> bytes:
        """What it says."""
        self.count += 1
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + attested

    def make(self, *, flags: int = THERE | VERIFIED | ATTESTED, name: str = NAME, **said: Any) -> dict[str, bytes]:
        """A passkey is made."""
        at = self.key.public_key().public_numbers()
        cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + at.x.to_bytes(32, "big") + b"\x22\x58\x20"
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose + at.y.to_bytes(32, "big")
        spki = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        client = collected("webauthn.create", HERE.challenge, said)
        return {"id": self.id, "client": client, "authenticator": self.data(flags, name, attested), "key": spki}

    def prove(
        self, *, flags: int = THERE | VERIFIED, name: str = NAME, challenge: bytes = HERE.challenge, **said: Any
    ) -> dict[str, bytes]:
        """Its holder is proven."""
        client, data = collected("webauthn.get", challenge, said), self.data(flags, name)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {"client": client, "authenticator": data, "signature": signature}


def believed(attempt: Callable[[], object]) -> bool:
    """Whether a ceremony takes it."""
    try:
        attempt()
    except errors.NotAuthenticated:
        return False
    return True


def main() -> None:
    """Show each of them."""
    holder, thief = Authenticator(), Authenticator()
    key = ceremonies.made(HERE, **holder.make())
    copied = Authenticator(holder.key, count=0)

    def proves(**how: Any) -> bool:
        return believed(lambda: ceremonies.proven(HERE, key, **how))

    def makes(**how: Any) -> bool:
        return believed(lambda: ceremonies.made(HERE, **Authenticator().make(**how)))

    mixed = thief.make() | {"key": holder.make()["key"]}
    took = {
        "a proof that was read on its way, for another challenge": proves(**holder.prove(challenge=EARLIER.challenge)),
        "the proof of a page of another site": proves(**holder.prove(origin="https://signin.example.evil")),
        "a proof from within another site's page": proves(**holder.prove(crossOrigin=True)),
        "a proof over plain HTTP": proves(**holder.prove(origin="http://signin.example")),
        "a proof for another name": proves(**holder.prove(name="evil.example")),
        "a proof without a person": proves(**holder.prove(flags=VERIFIED)),
        "a proof of a person who was not verified": proves(**holder.prove(flags=THERE)),
        "a key that was made, shown as a proof": proves(**holder.prove(type="webauthn.create")),
        "another key's proof": proves(**thief.prove()),
        "a copy that lags behind": proves(**copied.prove()),
        "a passkey of another site": makes(name="evil.example"),
        "a passkey that nobody verified": makes(flags=THERE | ATTESTED),
        "a passkey for another challenge": makes(challenge="AAAA"),
        "the key of somebody else in one's own passkey": believed(lambda: ceremonies.made(HERE, **mixed)),
    }
    surface.tell({"honest": proves(**holder.prove()), "took": [each for each, yes in took.items() if yes],
                  "of": len(took)})  # fmt: skip


main()
