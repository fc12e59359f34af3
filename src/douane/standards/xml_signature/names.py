"""Namespaces and identifiers of XML Signature, XML Encryption and WS-Security, as the standards write them."""

from __future__ import annotations

from typing import Final

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
DS11: Final = "http://www.w3.org/2009/xmldsig11#"
DSM: Final = "http://www.w3.org/2021/04/xmldsig-more#"
XENC: Final = "http://www.w3.org/2001/04/xmlenc#"
XENC11: Final = "http://www.w3.org/2009/xmlenc11#"
_OASIS: Final = "http://docs.oasis-open.org/wss/"
_WSS: Final = f"{_OASIS}2004/01/oasis-200401-wss-"
WSSE: Final = f"{_WSS}wssecurity-secext-1.0.xsd"
WSU: Final = f"{_WSS}wssecurity-utility-1.0.xsd"
WSSE11: Final = f"{_OASIS}oasis-wss-wssecurity-secext-1.1.xsd"
XML: Final = "http://www.w3.org/XML/1998/namespace"

EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
INCLUSIVE_11: Final = "http://www.w3.org/2006/12/xml-c14n11"
ENVELOPED: Final = f"{DS}enveloped-signature"

BASE64: Final = f"{_WSS}soap-message-security-1.0#Base64Binary"
_TOKEN: Final = f"{_WSS}x509-token-profile-1.0#"
X509V3: Final = f"{_TOKEN}X509v3"
PKI_PATH: Final = f"{_TOKEN}X509PKIPathv1"
SUBJECT_KEY_IDENTIFIER: Final = f"{_TOKEN}X509SubjectKeyIdentifier"
ENCRYPTED_KEY_TOKEN: Final = f"{_OASIS}oasis-wss-soap-message-security-1.1#EncryptedKey"

SWA: Final = f"{_OASIS}oasis-wss-SwAProfile-1.1#"
CONTENT_SIGNATURE: Final = f"{SWA}Attachment-Content-Signature-Transform"
CONTENT_ONLY: Final = f"{SWA}Attachment-Content-Only"
CIPHERTEXT: Final = f"{SWA}Attachment-Ciphertext-Transform"

RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
RSA_SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
RSA_SHA512: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
ECDSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
ECDSA_SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"
ECDSA_SHA512: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"
ED25519: Final = f"{DSM}eddsa-ed25519"
SHA256: Final = f"{XENC}sha256"
SHA384: Final = "http://www.w3.org/2001/04/xmldsig-more#sha384"
SHA512: Final = f"{XENC}sha512"
