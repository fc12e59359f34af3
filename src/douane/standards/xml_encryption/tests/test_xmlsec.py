"""RSA-OAEP and AES-GCM beside libxmlsec1: each side opens what the other locked."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from typing import Any

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from douane.standards.xml_encryption.content import Decryptor, Encryptor
from douane.standards.xml_encryption.keys import KeyMethod, read_encrypted_key, write_encrypted_key
from douane.standards.xml_signature.names import DS, WSSE, XENC
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.tokens import TokenForm, write_token

KEY = bytes(range(16))
PLAIN = b"<declaration>12 items</declaration>" * 100
FORM = (
    f'<xenc:EncryptedData xmlns:xenc="{XENC}"><xenc:EncryptionMethod '
    'Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    "{key}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{value}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"
)


def context() -> Any:
    pem = end("rsa").key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keys = xmlsec.KeysManager()
    keys.add_key(xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem, None))
    return xmlsec.EncryptionContext(keys)


def encrypted_key() -> str:
    reference = write_token(TokenForm.KEY_IDENTIFIER, end("rsa").chain, id="x").reference
    text = write_encrypted_key(
        KeyMethod.RSA_OAEP, KEY, end("rsa").certificate, reference, id="EK-1", data=(), random=os.urandom
    )
    return text.replace(reference, "").replace("<xenc:ReferenceList></xenc:ReferenceList>", "")


def test_it_opens_what_we_locked() -> None:
    encryptor = Encryptor(KEY, bytes(12))
    value = encryptor.update(PLAIN) + encryptor.finish()
    document = etree.fromstring(FORM.format(key=encrypted_key(), value=b64encode(value).decode()))
    assert context().decrypt(document) == PLAIN


def test_we_open_what_it_locked() -> None:
    template = etree.fromstring(FORM.format(key=encrypted_key(), value=""))
    value = template.find(f".//{{{XENC}}}EncryptedKey//{{{XENC}}}CipherValue")
    assert value is not None
    value.text = ""
    locking = context()
    locking.key = xmlsec.Key.generate(xmlsec.constants.KeyDataAes, 128, xmlsec.constants.KeyDataTypeSession)
    locked = locking.encrypt_binary(template, PLAIN)
    element = locked.find(f".//{{{XENC}}}EncryptedKey")
    reference = write_token(TokenForm.KEY_IDENTIFIER, end("rsa").chain, id="x").reference
    info = element.find(f"{{{DS}}}KeyInfo")
    info.clear()
    info.append(etree.fromstring(f'<w xmlns:wsse="{WSSE}">{reference}</w>')[0])
    key = read_encrypted_key(element, {}, frozenset({KeyMethod.RSA_OAEP})).content_key(end("rsa").key)
    decryptor = Decryptor(key)
    plain = decryptor.update(b64decode(locked.findall(f".//{{{XENC}}}CipherValue")[-1].text))
    decryptor.finish()
    assert plain == PLAIN
