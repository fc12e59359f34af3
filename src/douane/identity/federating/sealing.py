"""What a sign-in needs between its steps rides with the browser, sealed: any process of pages goes on with what another
one began, and nothing of it lies in a folder.

Invariants. (1) Only who has the keys makes or reads what is sealed (AES-256-GCM, NIST SP 800-38D; the kind is bound to
it): the core gives them to sign-in pages over the link of UUM&DS, and each is old after an hour or two. (2) A seal
holds once: a process remembers what it took, and the register takes one session for a sign-in, whoever asks. (3) What
one process seals, each other one opens, on whichever side of the full hour it last asked for the keys.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from douane.identity.federating.providers import OPEN, SECOND
from douane.identity.kept import digest
from douane.vocabulary.errors import CoreUnreachable

T = TypeVar("T", bound=msgspec.Struct)
ANEW: Final = 60 * SECOND
"""How often the keys are asked for (microseconds)."""
AHEAD: Final = 2 * ANEW
"""How long before its hour a key opens: who asked for the keys just before the hour reads what others seal after it."""
LASTS: Final = 3600 * SECOND
"""For how long a key seals; it opens for as long after that."""
MOST_TAKEN: Final = 100_000
LONGEST: Final = 4_000
"""Letters of a seal: what is longer is none."""
_NONCE: Final = 12
_MARK: Final = "_"
"""Begins each seal, so that it can be the name of a request in XML."""


def keys_at(secret: bytes, now: int) -> tuple[bytes, ...]:
    """The key of this hour, that of the one before, and shortly before the next hour that one's too, of a secret that a
    node keeps."""

    def key(hour: int) -> bytes:
        return hmac.digest(secret, b"douane sign-ins %d" % hour, hashlib.sha256)

    hour, soon = now // LASTS, (now + AHEAD) // LASTS
    return (key(hour), key(hour - 1), *((key(soon),) if soon > hour else ()))


class Seal:
    """Seals and opens. keys: gives the key of now first, then others that open; now: of the real clock."""

    def __init__(
        self, keys: Callable[[], Awaitable[Sequence[bytes]]], *, now: Callable[[], int], random: Callable[[int], bytes]
    ) -> None:
        self._source, self._now, self._random = keys, now, random
        self._keys: Sequence[bytes] = ()
        self._asked = 0
        self._taken: OrderedDict[str, int] = OrderedDict()

    @classmethod
    def alone(cls, *, now: Callable[[], int], random: Callable[[int], bytes]) -> Seal:
        """Of one process, whose seals no other one opens."""
        key = random(32)

        async def keys() -> Sequence[bytes]:
            return (key,)

        return cls(keys, now=now, random=random)

    async def ready(self) -> None:
        """Have the keys of now. Raises what asking for them raises."""
        now = self._now()
        if not self._keys or not 0 <= now - self._asked < ANEW:
            self._keys, self._asked = tuple(await self._source()), now

    def secret(self) -> str:
        """A name that nobody guesses."""
        return _text(self._random(32))

    def seal(self, kind: str, value: msgspec.Struct) -> str:
        """A value as only this node reads it."""
        if not self._keys:
            raise CoreUnreachable("The keys of sign-ins are not known yet.", remedy="Sign in again shortly.")
        nonce = self._random(_NONCE)
        sealed = AESGCM(self._keys[0]).encrypt(nonce, msgspec.msgpack.encode(value), kind.encode())
        return _MARK + _text(nonce + sealed)

    def open(self, kind: str, sealed: str, what: type[T]) -> T | None:
        """What was sealed; None for what was not, for another kind, or by a key that is old."""
        octets = _octets(sealed)
        for key in self._keys if len(octets) > _NONCE else ():
            try:
                found = AESGCM(key).decrypt(octets[:_NONCE], octets[_NONCE:], kind.encode())
                return msgspec.msgpack.decode(found, type=what)
            except (InvalidTag, msgspec.MsgspecError):
                continue
        return None

    def take(self, kind: str, sealed: str, what: type[T]) -> T | None:
        """The same, once in this process."""
        found, name, now = self.open(kind, sealed, what), digest(sealed), self._now()
        while self._taken and (len(self._taken) >= MOST_TAKEN or now - next(iter(self._taken.values())) > 2 * OPEN):
            self._taken.popitem(last=False)
        if found is None or name in self._taken:
            return None
        self._taken[name] = now
        return found


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _octets(sealed: str) -> bytes:
    """The octets of a seal as it was written, and in no other spelling; none for anything else."""
    text = sealed.removeprefix(_MARK)
    if len(sealed) > LONGEST or not sealed.startswith(_MARK):
        return b""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""
    return found if _text(found) == text else b""
