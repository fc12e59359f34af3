"""Signatures of webhooks: HTTP message signatures (RFC 9421, Ed25519) over address, content digest and our own headers.

A receiver checks what it got with ``verify`` or with any implementation of the RFC; nothing of the message is believed
that the signature does not cover. What is signed is written here, since each post pays for it; a library verifies, and
a property holds both to the same octets (decision 0275).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature as WrongSignature
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from douane.runtime.store.ports import SECOND, Instant
from douane.standards.internet.addresses import read_endpoint
from douane.vocabulary.errors import NotAuthenticated

TAG: Final = "douane-webhook"
LABEL: Final = "douane"
FIELDS: Final = ("content-digest", "content-type", "douane-message", "douane-type", "douane-sequence")
COVERED: Final = ("@method", "@target-uri", *FIELDS)
_LISTED: Final = "(" + " ".join(f'"{each}"' for each in COVERED) + ")"
MAX_AGE: Final = dt.timedelta(minutes=5)


@dataclass
class Signed:
    """A request as the signature sees it; ``headers`` gains what signing adds."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class WebhookKey:
    """The key that signs webhooks. Its id is the RFC 7638 thumbprint of its public half."""

    def __init__(self, key: ed25519.Ed25519PrivateKey) -> None:
        self._key = key
        self.id = thumbprint(key.public_key())

    @property
    def public(self) -> ed25519.Ed25519PublicKey:
        """What a receiver needs."""
        return self._key.public_key()

    def jwk(self) -> dict[str, str]:
        """The public half as it is published."""
        return _jwk(self.public) | {"kid": self.id, "use": "sig", "alg": "EdDSA"}

    def sign(self, request: Signed, body: bytes, *, at: Instant) -> None:
        """Add digest and signature to the headers of a request (RFC 9421, 2.5 and 3.1).

        Its address is one that may be called (``check_endpoint``); headers that no header may hold the sender refuses.
        """
        headers = request.headers
        headers["content-digest"] = f"sha-256=:{_encoded(hashlib.sha256(body).digest())}:"
        said = f'{_LISTED};created={at // SECOND};keyid="{self.id}";alg="ed25519";tag="{TAG}"'
        lines = [f'"@method": {request.method}', f'"@target-uri": {_target(request.url)}']
        lines += [f'"{name}": {headers[name]}' for name in FIELDS]
        signature = self._key.sign("\n".join((*lines, f'"@signature-params": {said}')).encode())
        headers["signature-input"] = f"{LABEL}={said}"
        headers["signature"] = f"{LABEL}=:{_encoded(signature)}:"


def verify(request: Signed, body: bytes, keys: Mapping[str, ed25519.Ed25519PublicKey]) -> None:
    """Raise NotAuthenticated unless one of these keys (by id) signed this request and body within five minutes."""
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=_Keys(dict(keys)))
    try:
        verifier.verify(request, max_age=MAX_AGE, expect_tag=TAG, require_components=COVERED, body=body)
    except (HTTPMessageSignaturesException, WrongSignature, KeyError) as problem:
        raise NotAuthenticated(
            f"The webhook is not signed by a known key: {_reason(problem)}.",
            remedy="Take only what the sender's key signs.",
        ) from problem


def _reason(problem: Exception) -> str:
    return "the signature is wrong" if isinstance(problem, WrongSignature) or not str(problem) else str(problem)


def thumbprint(key: ed25519.Ed25519PublicKey) -> str:
    """RFC 7638 thumbprint of a public key."""
    jwk = _jwk(key)
    text = f'{{"crv":"{jwk["crv"]}","kty":"{jwk["kty"]}","x":"{jwk["x"]}"}}'
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


class _Keys(HTTPSignatureKeyResolver):
    """Keys by their id. The library asks for either half under one type, hence Any."""

    def __init__(self, keys: dict[str, Any]) -> None:
        self._keys = keys

    def resolve_private_key(self, key_id: str) -> Any:
        return self._keys[key_id]

    def resolve_public_key(self, key_id: str) -> Any:
        return self._keys[key_id]


def _jwk(key: ed25519.Ed25519PublicKey) -> dict[str, str]:
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).decode().rstrip("=")}


def _target(url: str) -> str:
    """An address as its receiver sees it: by Host and request line (RFC 9421, 2.2.2). Raises DeclarationFault."""
    to, parts = read_endpoint(url), urlsplit(url)
    return f"{to.scheme}://{to.authority}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
