"""Content keys are wrapped for a certificate by every method, and opened by its key alone (AS4-P15, P16, S08)."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from douane.standards.xml_encryption.agreement import Agreement, Derivation, agreed, read_agreement
from douane.standards.xml_encryption.keys import EncryptedKey, KeyMethod, read_encrypted_key, write_encrypted_key
from douane.standards.xml_signature.names import DS, DS11, DSM, WSSE, WSU, XENC
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.tokens import TokenForm, write_token
from douane.vocabulary.errors import AlgorithmRefused, NotDecrypted

KEY = bytes(range(16))
ALL = frozenset(KeyMethod)
METHODS = [
    (KeyMethod.RSA_OAEP, "rsa"),
    (KeyMethod.X25519_HKDF, "x25519"),
    (KeyMethod.ECDH_HKDF, "p256"),
    (KeyMethod.ECDH_HKDF, "p384"),
    (KeyMethod.ECDH_HKDF, "p521"),
    (KeyMethod.ECDH_HKDF, "bp256"),
    (KeyMethod.ECDH_CONCAT, "p256"),
]
every_method = pytest.mark.parametrize(("method", "kind"), METHODS, ids=lambda each: getattr(each, "value", each))


def written(method: KeyMethod, kind: str, form: TokenForm = TokenForm.KEY_IDENTIFIER) -> str:
    token = write_token(form, end(kind).chain, id="X509-2")
    text = write_encrypted_key(
        method, KEY, end(kind).certificate, token.reference, id="EK-1", data=("ED-1",), random=os.urandom
    )
    return f'<r xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}" xmlns:ds="{DS}">{token.before}{text}</r>'


def agreement_in(text: str) -> etree._Element:
    found = etree.fromstring(text).find(f".//{{{XENC}}}AgreementMethod")
    assert found is not None
    return found


def read(text: str, accepted: frozenset[KeyMethod] = ALL) -> EncryptedKey:
    root = etree.fromstring(text)
    ids = {id: e for e in root if (id := e.get(f"{{{WSU}}}Id")) is not None}
    return read_encrypted_key(root[-1], ids, accepted)


@every_method
@pytest.mark.parametrize("form", TokenForm)
def test_the_recipient_opens_it(method: KeyMethod, kind: str, form: TokenForm) -> None:
    found = read(written(method, kind, form))
    assert (found.method, found.id, found.data) == (method, "EK-1", ("ED-1",))
    assert found.recipient.names(end(kind).certificate)
    assert found.content_key(end(kind).key) == KEY


@every_method
def test_every_failure_sounds_the_same(method: KeyMethod, kind: str) -> None:
    text = written(method, kind)
    found = read(text)
    heard = set()
    for key in (end("rsa2").key, end("ed25519").key, end("p384" if kind != "p384" else "p256").key, None):
        with pytest.raises(NotDecrypted) as caught:
            found.content_key(key)
        heard.add(str(caught.value))
    head, _, rest = text.partition("<xenc:CipherValue>")
    value, _, tail = rest.partition("<")
    flipped = value.replace(value[5], "B" if value[5] != "B" else "C")
    for bad in (flipped, value[:8], "", "*", "A" * 4000, value[:-4] + "AAA="):
        with pytest.raises(NotDecrypted) as caught:
            read(f"{head}<xenc:CipherValue>{bad}<{tail}").content_key(end(kind).key)
        heard.add(str(caught.value))
    assert len(heard) == 1


@every_method
def test_a_method_that_is_not_agreed_is_refused(method: KeyMethod, kind: str) -> None:
    with pytest.raises(AlgorithmRefused, match="is not accepted"):
        read(written(method, kind), ALL - {method})


@pytest.mark.parametrize(("method", "kind"), [(KeyMethod.RSA_OAEP, "p256"), (KeyMethod.X25519_HKDF, "rsa")])
def test_a_certificate_of_another_kind_is_not_written_for(method: KeyMethod, kind: str) -> None:
    with pytest.raises(AlgorithmRefused, match="has no key for"):
        written(method, kind)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"),
        lambda t: t.replace("mgf1sha256", "mgf1sha1"),
        lambda t: t.replace('<xenc11:MGF Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256"/>', ""),
        lambda t: t.replace('<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>', ""),
        lambda t: t.replace("http://www.w3.org/2009/xmlenc11#rsa-oaep", f"{XENC}rsa-oaep-mgf1p"),
        lambda t: t.replace("http://www.w3.org/2009/xmlenc11#rsa-oaep", f"{XENC}rsa-1_5"),
    ],
)
def test_weaker_transport_is_refused(change: Callable[[str], str]) -> None:
    text = written(KeyMethod.RSA_OAEP, "rsa")
    assert change(text) != text
    with pytest.raises(AlgorithmRefused):
        read(change(text))


class TestX25519:
    """The key agreement of profile 2.0, in the form that WSS4J writes."""

    SALT = "<dsm:Salt>"

    def text(self) -> str:
        return written(KeyMethod.X25519_HKDF, "x25519")

    def spki(self, text: str) -> str:
        return text.partition(f'<ds11:DEREncodedKeyValue xmlns:ds11="{DS11}">')[2].partition("<")[0]

    def test_the_written_form(self) -> None:
        agreement = agreement_in(self.text())
        tags = [e.tag.rpartition("}")[2] for e in agreement.iter()]
        assert tags[:10] == [
            "AgreementMethod", "KeyDerivationMethod", "HKDFParams", "PRF", "Salt", "KeyLength", "OriginatorKeyInfo",
            "DEREncodedKeyValue", "RecipientKeyInfo", "SecurityTokenReference",
        ]  # fmt: skip

    def test_other_ways_to_write_the_same_are_read(self) -> None:
        text = self.text()
        bare = f'<ds11:DEREncodedKeyValue xmlns:ds11="{DS11}">{self.spki(text)}</ds11:DEREncodedKeyValue>'
        from base64 import b64decode

        raw = b64encode(b64decode(self.spki(text))[-32:]).decode()
        as_curve = (
            f'<ds:KeyValue><ds11:ECKeyValue xmlns:ds11="{DS11}"><ds11:NamedCurve URI="urn:oid:1.3.101.110"/>'
            f"<ds11:PublicKey>{raw}</ds11:PublicKey></ds11:ECKeyValue></ds:KeyValue>"
        )
        for same in (
            text,
            text.replace(bare, f"<ds:KeyValue>{bare}</ds:KeyValue>"),
            text.replace(bare, as_curve),
            text.replace('<dsm:PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>', ""),
            text.replace("<dsm:KeyLength>16</dsm:KeyLength>", ""),
            text.replace("><", ">\n  <"),
        ):
            assert read(same).content_key(end("x25519").key) == KEY

    def test_salt_and_info_come_from_the_message(self) -> None:
        theirs = end("x25519").key
        assert isinstance(theirs, X25519PrivateKey)
        for derivation in (Derivation(), Derivation(salt=b"s" * 64, info=b"i" * 64)):
            ephemeral = X25519PrivateKey.generate()
            expected = derivation.key(ephemeral.exchange(theirs.public_key()))
            element = etree.fromstring(f'<r xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:dsm="{DSM}">'
                                       f"{derivation.text()}</r>")  # fmt: skip
            assert agreed(Agreement(ephemeral.public_key(), derivation, element), end("x25519").key) == expected
            text = self.text()
            start, stop = text.index("<xenc11:KeyDerivationMethod"), text.index("<xenc:OriginatorKeyInfo>")
            spki = ephemeral.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            text = text[:start] + derivation.text() + text[stop:]
            text = text.replace(self.spki(text), b64encode(spki).decode())
            found = read_agreement(agreement_in(text))
            assert agreed(found, end("x25519").key) == expected

    @pytest.mark.parametrize(
        "change",
        [
            lambda t: t.replace("<dsm:KeyLength>16", "<dsm:KeyLength>32"),
            lambda t: t.replace("<dsm:Salt>", "<dsm:Salt>" + "A" * 100),
            lambda t: t.replace("<dsm:Salt>", "<dsm:Salt>*"),
        ],
    )
    def test_other_lengths_are_not_decrypted(self, change: Callable[[str], str]) -> None:
        with pytest.raises(NotDecrypted):
            read(change(self.text()))

    @pytest.mark.parametrize(
        "change", [lambda spki: spki[:-1], lambda spki: b"", lambda spki: spki.replace(b"en", b"eo")]
    )
    def test_what_is_no_key_of_this_kind_is_not_decrypted(self, change: Callable[[bytes], bytes]) -> None:
        """Cut off, absent, and under an object identifier that no library knows."""
        from base64 import b64decode

        text = self.text()
        spki = b64decode(self.spki(text))
        assert b"en" in spki
        with pytest.raises(NotDecrypted):
            read(text.replace(self.spki(text), b64encode(change(spki)).decode()))

    def test_a_secret_of_zeros_is_refused(self) -> None:
        text = self.text()
        from base64 import b64decode

        zero = b64encode(b64decode(self.spki(text))[:-32] + b"\0" * 32).decode()
        with pytest.raises(NotDecrypted):
            read(text.replace(self.spki(text), zero)).content_key(end("x25519").key)

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            # Salt/Specified as PBKDF2 has it
            (
                lambda t: t.replace("<dsm:Salt>", "<dsm:Salt><dsm:X>").replace("</dsm:Salt>", "</dsm:X></dsm:Salt>"),
                "Salt with an element inside",
            ),
            # ECDH-ES as the name of X25519
            (lambda t: t.replace(f"{DSM}x25519", "http://www.w3.org/2009/xmlenc11#ECDH-ES"), "another kind"),
            # no HKDFParams
            (lambda t: t[: t.index("<dsm:HKDFParams")] + t[t.index("</xenc11:KeyD") :], "without HKDFParams"),
            (lambda t: t.replace("hmac-sha256", "hmac-sha512"), "another function"),
            (lambda t: t.replace("<dsm:KeyLength>", "<dsm:Label>AA==</dsm:Label><dsm:KeyLength>"), "Label"),
        ],
    )  # fmt: skip
    def test_the_encodings_of_other_families_are_refused_with_the_difference(
        self, change: Callable[[str], str], named: str
    ) -> None:
        with pytest.raises(AlgorithmRefused) as caught:
            read(change(self.text()))
        assert named in str(caught.value)
