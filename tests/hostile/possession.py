"""Proofs of possession (RFC 9449) as an attacker's own client makes them."""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def proof_of(key: ec.EllipticCurvePrivateKey, method: str, url: str, token: str = "") -> str:
    """A proof for one request; for a door, with its token."""
    point = key.public_key().public_numbers()
    jwk = {"kty": "EC", "crv": "P-256", "x": _text(point.x.to_bytes(32)), "y": _text(point.y.to_bytes(32))}
    said = {"jti": str(uuid.uuid4()), "htm": method, "htu": url, "iat": int(time.time())}
    said |= {"ath": _text(hashlib.sha256(token.encode()).digest())} if token else {}
    head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk}
    signed = f"{_text(json.dumps(head).encode())}.{_text(json.dumps(said).encode())}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{_text(r.to_bytes(32) + s.to_bytes(32))}"


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
