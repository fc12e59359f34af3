"""Passkeys of operators: what a page asks an authenticator to sign, and whose proof it was.

These hold. (1) What is signed was made by this process within ten minutes, for one browser, and proves once. (2) A
public key counts while ``operators.toml`` names it: nobody makes himself an operator by making a key. (3) Nothing is
kept of whoever only asks: a stranger fills no folder.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from douane.identity.federating.central import base64_of, octets_back, octets_of
from douane.identity.kept import Kept
from douane.identity.operators import Operator, Operators, PublicKey
from douane.standards.webauthn.ceremonies import Expected, Passkey, made, proven
from douane.vocabulary.errors import NotAuthenticated

OPEN: Final = 600_000_000
"""How long somebody may take (microseconds)."""
_COUNTERS: Final = "counters"
_MOST_USED: Final = 10_000


class Counter(msgspec.Struct, frozen=True):
    """How often a passkey has signed."""

    counter: int


class OperatorPasskeys:
    """The ceremonies of the console. at: its address; kept: where counters are; ``now``: of the real clock."""

    def __init__(
        self, operators: Callable[[], Operators], kept: Kept, *, at: Callable[[], str], now: Callable[[], int],
        random: Callable[[int], bytes],
    ) -> None:  # fmt: skip
        self._operators, self._kept, self._at, self._now, self._random = operators, kept, at, now, random
        self._key = random(32)
        self._used: OrderedDict[str, None] = OrderedDict()

    def word(self) -> str:
        """Begins a ceremony: what a browser and its form are to bring back."""
        said = f"{self._now()}.{base64_of(self._random(16))}"
        return f"{said}.{self._seal(said)}"

    def challenge(self, word: str) -> str:
        """What is to be signed in a ceremony. Raises NotAuthenticated for one that is over."""
        self._must_hold(word)
        return base64_of(_challenge(word))

    def make(self, form: Mapping[str, str]) -> PublicKey:
        """The public half of a passkey that was made just now. Raises NotAuthenticated."""
        word = form.get("flow", "")
        self._must_hold(word)
        found = made(
            self._expected(word), id=octets_of(form, "id"), client=octets_of(form, "client"),
            authenticator=octets_of(form, "authenticator"), key=octets_of(form, "key"),
        )  # fmt: skip
        self._use(word)
        return PublicKey(base64_of(found.id), base64_of(found.key))

    def prove(self, form: Mapping[str, str]) -> Operator:
        """Which operator signs in. Raises NotAuthenticated."""
        word = form.get("flow", "")
        self._must_hold(word)
        known = self._operators().by_passkey(base64_of(octets_of(form, "id")))
        if known is None:
            raise NotAuthenticated("This passkey is no operator's.", remedy="Use the one that operators.toml names.")
        operator, key = known
        path = self._kept.path(_COUNTERS, key.id)
        held = self._kept.read(path, Counter)
        now = proven(
            self._expected(word), Passkey(octets_back(key.id), octets_back(key.key), held.counter if held else 0),
            client=octets_of(form, "client"), authenticator=octets_of(form, "authenticator"),
            signature=octets_of(form, "signature"),
        )  # fmt: skip
        self._use(word)
        keep = self._kept.replace if held is not None else self._kept.write
        keep(path, Counter(now.counter))
        return operator

    def _expected(self, word: str) -> Expected:
        parts = urlsplit(self._at())
        return Expected(_challenge(word), f"{parts.scheme}://{parts.netloc}", parts.hostname or "")

    def _must_hold(self, word: str) -> None:
        said, _, seal = word.rpartition(".")
        begun = said.partition(".")[0]
        fits = word.isascii() and begun.isdecimal() and len(begun) < len("9" * 20)
        own = fits and hmac.compare_digest(seal, self._seal(said))
        if not own or not 0 <= self._now() - int(begun) <= OPEN or word in self._used:
            raise NotAuthenticated("This sign-in is over, was used, or never began here.", remedy="Begin it again.")

    def _use(self, word: str) -> None:
        self._used[word] = None
        while len(self._used) > _MOST_USED:
            self._used.popitem(last=False)

    def _seal(self, said: str) -> str:
        return base64_of(hmac.digest(self._key, said.encode(), hashlib.sha256))


def _challenge(word: str) -> bytes:
    return hashlib.sha256(f"operator:{word}".encode()).digest()
