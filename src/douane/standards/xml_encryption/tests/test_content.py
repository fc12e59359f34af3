"""Content is encrypted and decrypted as a stream, however it is cut; a changed or cut-off part is refused."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.xml_encryption.content import Decryptor, Encryptor
from douane.vocabulary.errors import NotDecrypted

KEY, NONCE = bytes(range(16)), bytes(range(12))


def cut(octets: bytes, sizes: list[int]) -> list[bytes]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(octets[at : at + size])
        at += size
    return [*pieces, octets[at:]]


@given(st.binary(max_size=200), st.lists(st.integers(0, 40), max_size=8), st.lists(st.integers(0, 40), max_size=8))
def test_every_cut_gives_the_same(plain: bytes, first: list[int], second: list[int]) -> None:
    encryptor = Encryptor(KEY, NONCE)
    sent = b"".join(encryptor.update(piece) for piece in cut(plain, first)) + encryptor.finish()
    assert sent == NONCE + AESGCM(KEY).encrypt(NONCE, plain, None)
    decryptor = Decryptor(KEY)
    found = b"".join(decryptor.update(piece) for piece in cut(sent, second))
    decryptor.finish()
    assert found == plain


def test_what_is_changed_or_cut_off_is_refused_in_one_sentence() -> None:
    sent = NONCE + AESGCM(KEY).encrypt(NONCE, b"some content", None)
    changed = [sent[:n] + bytes((sent[n] ^ 1,)) + sent[n + 1 :] for n in range(len(sent))]
    texts = set()
    for bad in [*changed, *(sent[:n] for n in range(len(sent))), sent + b"\0"]:
        decryptor = Decryptor(KEY)
        decryptor.update(bad)
        with pytest.raises(NotDecrypted) as caught:
            decryptor.finish()
        texts.add(str(caught.value))
    assert len(texts) == 1
