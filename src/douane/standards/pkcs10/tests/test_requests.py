"""Requests for certificates as strangers write them: read, or refused by name, whatever stands in them."""

from __future__ import annotations

import contextlib
import random
from typing import Any, Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID

from douane.standards.pkcs10.requests import LARGEST, kind_of, names_in, read
from douane.vocabulary.errors import BadSignature, NotWellFormed

KEY: Final = ec.generate_private_key(ec.SECP256R1())
NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "our program")])
ALTERNATIVE: Final = {
    "ediPartyName": "3006a504a1020c00", "x400Address": "3004a3023000", "garbage": "3005ffffffffff", "cut off": "3009",
    "no sequence": "0500", "otherName without a value": "3004a0020600", "an address of three octets": "30058703010203",
    "a name that is no text": "3003a4013f", "empty": "",
}  # fmt: skip


def request(key: Any = KEY, *extensions: tuple[x509.ObjectIdentifier, bytes]) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(NAME)
    for oid, octets in extensions:
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, octets), critical=False)
    hashed = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(key, hashed).public_bytes(Encoding.DER)


@pytest.mark.parametrize("octets", [bytes.fromhex(each) for each in ALTERNATIVE.values()], ids=ALTERNATIVE)
def test_an_alternative_name_that_cannot_be_read_is_refused_by_name(octets: bytes) -> None:
    with pytest.raises(NotWellFormed) as caught:
        read(request(KEY, (ExtensionOID.SUBJECT_ALTERNATIVE_NAME, octets)))
    assert caught.value.remedy


def test_an_extension_that_stands_twice_is_refused_by_name() -> None:
    """The builder makes none: the second one is renamed in the octets, of which the signature is then another's."""
    made = request(
        KEY, (ExtensionOID.KEY_USAGE, b"\x03\x02\x07\x80"), (ExtensionOID.SUBJECT_KEY_IDENTIFIER, b"\x04\x01a")
    )
    twice = made.replace(bytes.fromhex("0603551d0e"), bytes.fromhex("0603551d0f"))
    assert twice != made
    with pytest.raises(NotWellFormed):
        read(twice)


def test_a_key_of_a_kind_that_nobody_names_is_told_by_its_class() -> None:
    key = dsa.generate_private_key(1024)
    assert kind_of(read(request(key))) == "DSAPublicKey"


def test_a_name_of_another_registry_is_read() -> None:
    found = read(request(KEY, (ExtensionOID.SUBJECT_ALTERNATIVE_NAME, bytes.fromhex("300488022a03"))))
    assert ("RegisteredID", "<ObjectIdentifier(oid=1.2.3, name=Unknown OID)>") in list(names_in(found))


def test_octets_of_a_request_that_were_changed_are_read_or_refused_and_nothing_else() -> None:
    whole = request(KEY, (ExtensionOID.SUBJECT_ALTERNATIVE_NAME, bytes.fromhex("300a8203612e6282036c2e6d")))
    chance = random.Random(25)
    for _ in range(3_000):
        octets = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            octets[chance.randrange(len(octets))] = chance.randrange(256)
        for made in (bytes(octets), bytes(octets[: chance.randrange(len(octets))])):
            with contextlib.suppress(NotWellFormed, BadSignature):
                read(made)
    with pytest.raises(NotWellFormed):
        read(b"0" * (LARGEST + 1))
