"""Algorithm identifiers of XML Encryption that this profile knows."""

from __future__ import annotations

from typing import Final

from douane.standards.xml_signature.names import DSM, XENC, XENC11

AES128_GCM: Final = f"{XENC11}aes128-gcm"
RSA_OAEP: Final = f"{XENC11}rsa-oaep"
MGF1_SHA256: Final = f"{XENC11}mgf1sha256"
AES128_WRAP: Final = f"{XENC}kw-aes128"
ECDH_ES: Final = f"{XENC11}ECDH-ES"
X25519: Final = f"{DSM}x25519"
HKDF: Final = f"{DSM}hkdf"
CONCAT_KDF: Final = f"{XENC11}ConcatKDF"
HMAC_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
