"""Content under AES-128-GCM, as a stream: nonce of 12 octets, ciphertext, tag of 16 (XML Encryption 1.1, 5.2.4).

Decryption releases plaintext before the tag is checked: whoever takes it keeps it aside until ``finish`` returned.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import AEADDecryptionContext, Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from douane.vocabulary.errors import NotDecrypted

KEY: Final = 16
NONCE: Final = 12
TAG: Final = 16


class Encryptor:
    """Encrypts one part. ``nonce`` must be fresh for every part under the same key."""

    def __init__(self, key: bytes, nonce: bytes) -> None:
        self._state = Cipher(AES(key), GCM(nonce)).encryptor()
        self._head = nonce

    def update(self, octets: bytes) -> bytes:
        """Ciphertext of the next octets, the nonce before the first of it."""
        head, self._head = self._head, b""
        return head + self._state.update(octets)

    def finish(self) -> bytes:
        """What ends the part: the tag (and the nonce, where the part is empty)."""
        return self._head + self._state.finalize() + self._state.tag


class Decryptor:
    """Decrypts one part. Nothing of it counts before ``finish``."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._state: AEADDecryptionContext | None = None
        self._kept = b""

    def update(self, octets: bytes) -> bytes:
        """Plaintext, not yet proven, of what is no nonce and cannot be the tag."""
        kept = self._kept + octets
        if self._state is None:
            if len(kept) < NONCE:
                self._kept = kept
                return b""
            self._state = Cipher(AES(self._key), GCM(kept[:NONCE])).decryptor()
            kept = kept[NONCE:]
        cut = max(0, len(kept) - TAG)
        self._kept = kept[cut:]
        return self._state.update(kept[:cut]) if cut else b""

    def finish(self) -> None:
        """The part is whole and unchanged. Raises NotDecrypted."""
        if self._state is None or len(self._kept) != TAG:
            raise NotDecrypted(UNDISCLOSED)
        try:
            self._state.finalize_with_tag(self._kept)
        except InvalidTag as problem:
            raise NotDecrypted(UNDISCLOSED) from problem


UNDISCLOSED: Final = "The content cannot be decrypted."
"""The one sentence for every failure, so that none tells an attacker anything."""
