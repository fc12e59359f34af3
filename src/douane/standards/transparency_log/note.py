"""Signed notes (C2SP signed-note): a text, an empty line, and a signature line for each key that signed the text.

A signature line is ``— NAME BASE64(key id || signature)``; the key id of an Ed25519 key is the first four bytes of
SHA-256(NAME || 0x0A || 0x01 || public key). A public key travels as ``NAME+KEYID+BASE64(0x01 || public key)``.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from douane.vocabulary.errors import NotWellFormed, ProofFailed

MAX_NOTE_BYTES = 64 * 1024
MAX_SIGNATURES = 100
_ED25519 = b"\x01"
_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Key(NamedTuple):
    """A public key with the name under which it signs."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that find this key among the signatures of a note."""
        return key_id(self.name, self.public)

    def text(self) -> str:
        """The form in which the key travels."""
        return f"{self.name}+{self.id.hex()}+{b64encode(_ED25519 + self.public).decode()}"

    def fingerprint(self) -> str:
        """SHA-256 of the public key in hexadecimal: to be compared by telephone or on paper."""
        return sha256(self.public).hexdigest()

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature over the text was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class Signature(NamedTuple):
    """One signature line: the name it claims, the key id and the signature bytes."""

    name: str
    key: bytes
    value: bytes


class Note(NamedTuple):
    """A text (it ends with a newline) and its signatures, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def signers(self, trusted: Iterable[Key]) -> tuple[Key, ...]:
        """The trusted keys that signed; a wrong signature under a trusted key raises ProofFailed."""
        found = []
        for key in trusted:
            lines = [each for each in self.signatures if each.name == key.name and each.key == key.id]
            if not lines:
                continue
            if not all(key.signed(self.text, each.value) for each in lines):
                raise ProofFailed(f"The signature of {key.name} ({key.id.hex()}) does not match the text.")
            found.append(key)
        return tuple(found)


class Signer:
    """A private key with the name under which it signs."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        _check_name(name)
        self.key = Key(name, private.public_key().public_bytes_raw())
        self._private = private
        self._id = self.key.id

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Signer:
        """The signer whose private key is these 32 bytes (RFC 8032)."""
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, text: str) -> str:
        """The note: the text, an empty line and the signature line."""
        value = self._id + self._private.sign(text.encode())
        return f"{text}\n{_DASH}{self.key.name} {b64encode(value).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """The key id of an Ed25519 key under this name."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def parse_key(text: str) -> Key:
    """Read a public key from the form in which it travels; a wrong key id or algorithm is refused."""
    name, _, rest = text.strip().partition("+")
    claimed, _, encoded = rest.partition("+")
    _check_name(name)
    data = decode_base64(encoded)
    if data[:1] != _ED25519 or len(data) != 33:
        raise NotWellFormed("The key is not an Ed25519 key.", remedy="Use the form NAME+KEYID+BASE64.")
    key = Key(name, data[1:])
    if claimed != key.id.hex():
        raise NotWellFormed(f"The key id {claimed!r} does not belong to this key.", remedy="Copy the whole key again.")
    return key


def parse_note(data: str) -> Note:
    """Split a note into text and signatures; anything out of form is refused."""
    if len(data) > MAX_NOTE_BYTES:
        raise NotWellFormed("The note is longer than 64 kB.")
    if _CONTROL.search(data):
        raise NotWellFormed("The note contains control characters.")
    text, gap, lines = data.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise NotWellFormed("The note has no signature part.", remedy="Keep the empty line and the last newline.")
    rows = lines[:-1].split("\n")
    if len(rows) > MAX_SIGNATURES:
        raise NotWellFormed("The note has more than 100 signatures.")
    return Note(text + "\n", tuple(_signature(row) for row in rows))


def decode_base64(text: str) -> bytes:
    """Strict standard base64 in its one canonical form."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotWellFormed("A value is not base64.") from error
    if b64encode(data).decode() != text:
        raise NotWellFormed("A value is not in the canonical form of base64.")
    return data


def _signature(row: str) -> Signature:
    if not row.startswith(_DASH):
        raise NotWellFormed("A signature line does not begin with a dash.")
    name, gap, encoded = row[len(_DASH) :].partition(" ")
    _check_name(name)
    value = decode_base64(encoded) if gap else b""
    if len(value) < 5:
        raise NotWellFormed("A signature line holds no signature.")
    return Signature(name, value[:4], value[4:])


def _check_name(name: str) -> None:
    if not name or "+" in name or not name.isprintable() or any(c.isspace() for c in name):
        raise NotWellFormed(f"The key name {name[:80]!r} is empty or holds a space or a plus sign.")
