"""A passkey proves who holds it: here, now, once, to us; and whatever is changed proves nothing."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.webauthn.ceremonies import ATTESTED, PRESENT, VERIFIED, Expected, Passkey, made, proven
from douane.vocabulary.errors import NotAuthenticated

HERE = Expected(b"c" * 32, "https://signin.example", "signin.example")
DER = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Authenticator:
    """One that holds a key."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = b"identifier"
    count: int = 0
    name: str = "signin.example"

    @property
    def spki(self) -> bytes:
        return bytes(self.key.public_key().public_bytes(*DER))

    def data(self, flags: int, attested: bytes = b"") -> bytes:
        self.count += 1
        return hashlib.sha256(self.name.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + attested

    def make(self, *, flags: int = PRESENT | VERIFIED | ATTESTED, **said: object) -> dict[str, bytes]:
        numbers = self.key.public_key().public_numbers()
        cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + numbers.x.to_bytes(32, "big")
        cose += b"\x22\x58\x20" + numbers.y.to_bytes(32, "big")
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        return {"id": self.id, "client": collected("webauthn.create", **said),
                "authenticator": self.data(flags, attested), "key": self.spki}  # fmt: skip

    def prove(self, *, flags: int = PRESENT | VERIFIED, **said: object) -> dict[str, bytes]:
        client, data = collected("webauthn.get", **said), self.data(flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {"client": client, "authenticator": data, "signature": signature}


def collected(ceremony: str, **said: object) -> bytes:
    usual = {"type": ceremony, "challenge": urlsafe_b64encode(HERE.challenge).decode().rstrip("="),
             "origin": HERE.origin, "crossOrigin": False}  # fmt: skip
    return json.dumps({**usual, **said}).encode()


def test_a_passkey_that_was_made_here_proves_its_holder_and_counts() -> None:
    holder = Authenticator()
    key = made(HERE, **holder.make())
    assert (key.id, key.key, key.counter) == (b"identifier", holder.spki, 1)
    key = proven(HERE, key, **holder.prove())
    assert key.counter == 2
    silent = Authenticator()
    silent.count = -1
    key = made(HERE, **silent.make())
    silent.count = -1
    assert proven(HERE, key, **silent.prove()).counter == 0, "many count nothing"


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"type": "webauthn.other"}, "another ceremony"), ({"challenge": "x"}, "another challenge"),
    ({"challenge": ""}, "another challenge"), ({"origin": "https://evil.example"}, "another site"),
    ({"origin": "http://signin.example"}, "another site"), ({"crossOrigin": True}, "another site"),
    ({"topOrigin": "https://evil.example"}, "another site"), ({"origin": None}, "cannot be read"),
    ({"flags": PRESENT | ATTESTED}, "verify that you are there"), ({"flags": VERIFIED | ATTESTED}, "you are there"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "why"), FAULTS, ids=str)
def test_what_was_done_elsewhere_or_by_nobody_is_refused(said: dict[str, Any], why: str) -> None:
    holder = Authenticator()
    key = made(HERE, **holder.make())
    with pytest.raises(NotAuthenticated, match=why):
        made(HERE, **holder.make(**said))
    with pytest.raises(NotAuthenticated, match=why):
        proven(HERE, key, **holder.prove(**said))


def test_a_passkey_for_another_site_or_by_another_key_proves_nothing() -> None:
    holder, thief = Authenticator(), Authenticator()
    key = made(HERE, **holder.make())
    with pytest.raises(NotAuthenticated, match="does not hold"):
        proven(HERE, key, **thief.prove())
    other = Authenticator(key=holder.key, name="evil.example")
    with pytest.raises(NotAuthenticated, match="for another site"):
        proven(HERE, key, **other.prove())
    with pytest.raises(NotAuthenticated, match="for another site"):
        made(HERE, **other.make())
    with pytest.raises(NotAuthenticated, match="another challenge"):
        proven(replace(HERE, challenge=b""), key, **holder.prove(challenge=""))


def test_an_rsa_key_of_a_tpm_is_taken_and_a_short_one_is_not() -> None:
    class Tpm(Authenticator):
        def make(self, *, flags: int = PRESENT | VERIFIED | ATTESTED, **said: object) -> dict[str, bytes]:
            numbers = self.key.public_key().public_numbers()
            attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + numbers.n.to_bytes(256, "big")
            return {"id": self.id, "client": collected("webauthn.create", **said),
                    "authenticator": self.data(flags, attested), "key": self.spki}  # fmt: skip

    holder = Tpm(key=rsa.generate_private_key(65537, 2048))
    key = made(HERE, **holder.make())
    client, data = collected("webauthn.get"), holder.data(PRESENT | VERIFIED)
    octets = data + hashlib.sha256(client).digest()
    right = holder.key.sign(octets, padding.PKCS1v15(), hashes.SHA256())
    assert proven(HERE, key, client=client, authenticator=data, signature=right).counter == 2
    for wrong in (right[:-1] + bytes([right[-1] ^ 1]), holder.key.sign(octets, padding.PKCS1v15(), hashes.SHA512())):
        with pytest.raises(NotAuthenticated, match="does not hold"):
            proven(HERE, key, client=client, authenticator=data, signature=wrong)
    with pytest.raises(NotAuthenticated, match="not taken"):
        made(HERE, **Tpm(key=rsa.generate_private_key(65537, 1024)).make())


def test_a_copy_that_lags_behind_is_noticed() -> None:
    holder = Authenticator()
    key = made(HERE, **holder.make())
    copy = Authenticator(key=holder.key, count=holder.count)
    key = proven(HERE, key, **holder.prove())
    with pytest.raises(NotAuthenticated, match="copied"):
        proven(HERE, key, **copy.prove())


def test_a_key_that_its_authenticator_did_not_make_is_refused() -> None:
    holder = Authenticator()
    honest = holder.make()
    p384, edwards = ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()
    for change, why in (
        ({"key": Authenticator().spki}, "another key"), ({"id": b"other"}, "another identifier"),
        ({"key": p384.public_key().public_bytes(*DER)}, "not taken"),
        ({"key": edwards.public_key().public_bytes(*DER)}, "not taken"), ({"key": b"x"}, "cannot be read"),
        ({"authenticator": holder.data(PRESENT | VERIFIED)}, "made no key"), ({"authenticator": b""}, "cannot be read"),
        ({"client": b"x" * 10_000}, "too large"), ({"client": b"x"}, "cannot be read"),
    ):  # fmt: skip
        with pytest.raises(NotAuthenticated, match=why):
            made(HERE, **{**honest, **change})


KEEPER = Authenticator()
KEY = made(HERE, **KEEPER.make())
HONEST = KEEPER.prove()


@given(st.sampled_from(sorted(HONEST)), st.integers(0, 200), st.binary(min_size=1, max_size=3))
def test_whatever_is_changed_proves_nothing(which: str, at: int, put: bytes) -> None:
    octets = HONEST[which]
    changed = octets[: at % len(octets)] + put + octets[at % len(octets) + len(put) :]
    if changed == octets:
        return
    with pytest.raises(NotAuthenticated):
        proven(HERE, KEY, **{**HONEST, which: changed})


def test_the_honest_one_holds() -> None:
    assert proven(HERE, KEY, **HONEST) == Passkey(KEY.id, KEY.key, 2)
