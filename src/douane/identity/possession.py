"""That a caller holds the key to which its token is bound: proofs of possession (DPoP, RFC 9449).

These hold. (1) A proof is for one request: its method, its address and, at a door, its token. (2) It was made just now,
and is taken once: what was seen is remembered for as long as it could be taken again. (3) The algorithm is ECDSA on
P-256 or Ed25519, and the key lies in the proof, public half alone. (4) Nothing of a proof is believed before its
signature holds.

What was seen is remembered by the processes of a host together (``taken``), also beyond a restart. Hosts that share one
public name do not see each other's: there a proof holds for a minute at each, and who sends a message twice under the
same identification is told the first receipt.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from functools import lru_cache
from typing import Any, Final, NamedTuple, NoReturn
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from douane.identity.taken import Taken
from douane.runtime.door.proof import Possession
from douane.standards.json.bounds import decode
from douane.vocabulary.errors import NotAuthenticated, TooMany

TYPE: Final = "dpop+jwt"
SECOND: Final = 1_000_000
WINDOW: Final = 60
"""Seconds by which a proof may be old, or a clock ahead."""
LONGEST: Final = 2048
MOST: Final = 200_000
"""Proofs that are remembered: more in two minutes are refused, so that none is forgotten too early."""
SHARED: Final = 150_000
"""How many of them anybody may take up; the rest is for those who have few."""
FEW: Final = 1_200
"""Proofs that a client has room for, whatever others send: ten a second."""
REMEDY: Final = "Make a proof of its own for each request: RFC 9449, with ES256 or Ed25519."
ALGORITHMS: Final = ("ES256", "Ed25519", "EdDSA")
"""The last two are one: RFC 9864 names it anew."""


class _Claims(msgspec.Struct, frozen=True):
    jti: str
    htm: str
    htu: str
    iat: int
    ath: str = ""


class Shown(NamedTuple):
    """A proof: the thumbprint of the key that made it, its own name, and when it says it was made (seconds)."""

    key: str
    jti: str
    made: int


class Proofs:
    """The proofs that were seen. taken: what other processes that serve the same address took."""

    def __init__(self, taken: Taken | None = None) -> None:
        self._taken = taken
        self._seen: OrderedDict[Shown, tuple[int, str]] = OrderedDict()
        self._held: dict[str, int] = {}

    def read(self, possession: Possession, now: int, token: str = "") -> Shown:
        """A proof that holds for this request, not taken yet. ``token``: for which it must have been made.

        Raises NotAuthenticated.
        """
        key, claims = _read(possession.proof)
        seconds = now // SECOND
        if claims.htm != possession.method or _place(claims.htu) != _place(possession.url):
            _refuse("The proof of possession is for another request.")
        if not seconds - WINDOW <= claims.iat <= seconds + WINDOW:
            _refuse("The proof of possession was not made just now; or a clock is wrong.")
        if token and not hmac.compare_digest(claims.ath.encode(), hash_of(token).encode()):
            _refuse("The proof of possession is for another token.")
        return Shown(key, claims.jti, claims.iat)

    def take(self, shown: Shown, client: str, now: int) -> None:
        """Raise NotAuthenticated where a proof was seen before, TooMany where this client has too many, and
        StoreUnavailable where nobody can say what others saw.

        Remembered until its time is over for certain: so a door takes it of whom it knows by then alone, since
        strangers can make as many as they like. No client takes the room of those who have few.
        """
        seconds, held = now // SECOND, self._held
        self._forget(seconds)
        if shown in self._seen:
            _refuse("The proof of possession was used before.")
        own = held.get(client, 0)
        if len(self._seen) >= (SHARED if own >= FEW else MOST):
            raise TooMany("Too many proofs came within two minutes.", remedy="Ask for fewer, or come later.")
        if self._taken is not None and not self._taken.take(_digest(shown), shown.made // 60, seconds // 60):
            _refuse("The proof of possession was used before.")
        self._seen[shown] = seconds + 2 * WINDOW, client
        held[client] = own + 1

    def _forget(self, seconds: int) -> None:
        seen, held = self._seen, self._held
        while seen and next(iter(seen.values()))[0] < seconds:
            _, (_, client) = seen.popitem(last=False)
            held[client] -= 1
            if not held[client]:
                del held[client]


def _digest(shown: Shown) -> bytes:
    return hashlib.sha256(f"{shown.key}\0{shown.jti}".encode()).digest()


def hash_of(token: str) -> str:
    """How a proof names its token (RFC 9449, 4.2)."""
    return _encoded(hashlib.sha256(token.encode()).digest())


def _read(proof: str) -> tuple[str, _Claims]:
    """The thumbprint of the key of a proof whose signature holds, and what it says."""
    parts = proof.split(".")
    if len(proof) > LONGEST or len(parts) != 3:
        _refuse("The proof of possession is no signed JWT.")
    try:
        header: dict[str, Any] = decode(_decoded(parts[0]), dict[str, Any])
        jwk = header.get("jwk")
        if header.get("typ") != TYPE or header.get("alg") not in ALGORITHMS or not isinstance(jwk, dict):
            _refuse("The proof of possession is of another type, or by an algorithm that is not taken.")
        if "crit" in header or "d" in jwk:
            _refuse("The proof of possession carries what it must not.")
        members = tuple(str(jwk.get(name, "")) for name in ("kty", "crv", "x", "y"))
        thumbprint = _verify(str(header["alg"]), members, f"{parts[0]}.{parts[1]}".encode(), _decoded(parts[2]))
        claims = decode(_decoded(parts[1]), _Claims)
    except (ValueError, binascii.Error, InvalidSignature, msgspec.MsgspecError):
        _refuse("The proof of possession does not hold.")
    if not 8 <= len(claims.jti) <= 128:
        _refuse("The proof of possession has no name of its own (jti), of 8 to 128 characters.")
    return thumbprint, claims


def _verify(algorithm: str, members: tuple[str, ...], octets: bytes, value: bytes) -> str:
    """The thumbprint of a key whose signature this is. Raises ValueError, InvalidSignature."""
    key, thumbprint = _key(members)
    if isinstance(key, ec.EllipticCurvePublicKey):
        if algorithm != "ES256" or len(value) != 64:
            raise InvalidSignature
        signature = encode_dss_signature(int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big"))
        key.verify(signature, octets, ec.ECDSA(hashes.SHA256()))
    else:
        if algorithm == "ES256":
            raise InvalidSignature
        key.verify(value, octets)
    return thumbprint


@lru_cache(maxsize=4096)
def _key(members: tuple[str, ...]) -> tuple[ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey, str]:
    """A public key by its members, and its thumbprint. Raises ValueError."""
    kty, crv, x, y = members
    if (kty, crv) == ("EC", "P-256"):
        numbers = ec.EllipticCurvePublicNumbers(_number(x), _number(y), ec.SECP256R1())
        named = {"crv": crv, "kty": kty, "x": x, "y": y}
        return numbers.public_key(), _encoded(hashlib.sha256(msgspec.json.encode(named)).digest())
    if (kty, crv) == ("OKP", "Ed25519"):
        named = {"crv": crv, "kty": kty, "x": x}
        return ed25519.Ed25519PublicKey.from_public_bytes(_decoded(x)), _encoded(
            hashlib.sha256(msgspec.json.encode(named)).digest()
        )
    raise ValueError(kty)


def _number(text: str) -> int:
    octets = _decoded(text)
    if len(octets) != 32 or _encoded(octets) != text:  # or one key had many thumbprints
        raise ValueError(text)
    return int.from_bytes(octets, "big")


def _place(url: str) -> tuple[str, str, int, str]:
    """An address without its query, as two writers of it agree (RFC 9449, 4.3; RFC 3986, 6.2)."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError:
        _refuse("The proof of possession names no address.")
    return parts.scheme, parts.hostname or "", port, parts.path or "/"


def _decoded(text: str) -> bytes:
    """Octets of base64url without padding (RFC 7515, 2). Raises ValueError where there is some."""
    if "=" in text:
        raise ValueError(text)
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _refuse(text: str) -> NoReturn:
    raise NotAuthenticated(text, remedy=REMEDY)
