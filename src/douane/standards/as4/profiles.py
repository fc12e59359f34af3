"""What each profile of eDelivery AS4 accepts of signatures and encryption. A profile is data; code names none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature import names
from douane.standards.xml_signature.reading import Policy

LOCAL: Final = 4  # references to elements: Messaging, Body, Timestamp, and one to spare


@dataclass(frozen=True, slots=True)
class SecurityProfile:
    """A profile by name: signature algorithms and key transports that it accepts, and those it writes by default."""

    name: str
    signatures: frozenset[str]
    keys: frozenset[KeyMethod]
    signature: str
    key: KeyMethod

    def policy(self, parts: int) -> Policy:
        """The policy for a signature over a message with so many parts."""
        return Policy(self.signatures, attachments=True, references=parts + 3, local=LOCAL)


V1: Final = SecurityProfile(
    "1.x",
    frozenset({names.RSA_SHA256}),
    frozenset({KeyMethod.RSA_OAEP, KeyMethod.ECDH_CONCAT, KeyMethod.ECDH_HKDF}),
    names.RSA_SHA256,
    KeyMethod.RSA_OAEP,
)
V2: Final = SecurityProfile(
    "2.0",
    frozenset({names.ED25519, names.ECDSA_SHA256}),
    frozenset({KeyMethod.X25519_HKDF, KeyMethod.ECDH_HKDF}),
    names.ED25519,
    KeyMethod.X25519_HKDF,
)
PROFILES: Final = {each.name: each for each in (V1, V2)}
