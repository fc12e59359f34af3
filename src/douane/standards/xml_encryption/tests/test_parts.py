"""What a message says of its encrypted attachments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from douane.standards.xml_encryption.parts import (
    EncryptedPart,
    check_references,
    read_encrypted_part,
    write_encrypted_part,
)
from douane.standards.xml_signature.names import CIPHERTEXT, CONTENT_ONLY, WSSE
from douane.vocabulary.errors import AlgorithmRefused, NotDecrypted

PART = EncryptedPart("ED-1", 'a "b"&@host', "text/xml")


def text() -> str:
    return f'<r xmlns:wsse="{WSSE}">{write_encrypted_part(PART, key_id="EK-1")}</r>'


def read(written: str) -> EncryptedPart:
    return read_encrypted_part(etree.fromstring(written)[0], key_id="EK-1")


def test_what_is_written_is_read() -> None:
    assert read(text()) == PART


def test_lenient_forms_are_read() -> None:
    bare = text()
    start, stop = bare.index("<ds:KeyInfo"), bare.index("</ds:KeyInfo>") + len("</ds:KeyInfo>")
    assert read(bare[:start] + bare[stop:]) == PART
    assert read(bare.replace(CONTENT_ONLY, CIPHERTEXT)) == PART
    assert read(bare.replace("><", ">\n<")) == PART


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("aes128-gcm", "aes128-cbc"),
        lambda t: t.replace("#EK-1", "#EK-2"),
        lambda t: t.replace("cid:", "http:"),
        lambda t: t.replace("CipherReference", "CipherValue"),
        lambda t: t.replace("EncryptedData", "EncryptedKey"),
        lambda t: t.replace(CIPHERTEXT, "http://www.w3.org/2000/09/xmldsig#base64"),
        lambda t: t.replace("Content-Only", "Complete"),
    ],
)
def test_other_forms_are_refused(change: Callable[[str], str]) -> None:
    assert change(text()) != text()
    with pytest.raises((AlgorithmRefused, NotDecrypted)):
        read(change(text()))


def test_key_and_parts_belong_together() -> None:
    check_references({"ED-1": PART}, ("ED-1",))
    check_references({"ED-1": PART}, ())
    for data in (("ED-2",), ("ED-1", "ED-2"), ("ED-1", "ED-1")):
        with pytest.raises(NotDecrypted):
            check_references({"ED-1": PART}, data)
