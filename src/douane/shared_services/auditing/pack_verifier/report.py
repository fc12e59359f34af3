"""What a verification found, in sentences, and the one error that a failed check raises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from cryptography import x509

HOLDS, FAILS, NOT_CHECKED, TRUST, NOTE = 0, 1, 2, 3, 4
"""Exit codes, and states of a finding. TRUST: it holds if a key is whose it says it is, which the reader decides.
NOTE: what this pack does not prove."""
WORDS = ("holds", "FAILS", "", "TRUST", "note")
T = TypeVar("T")


class Refused(Exception):
    """A check that did not hold, in a sentence."""


def need(fact: object, otherwise: str) -> None:
    """Refuse unless it is so."""
    if not fact:
        raise Refused(otherwise)


class Report:
    """What was found, in order: (state, piece, sentence)."""

    def __init__(self, keys: Sequence[str], roots: Sequence[x509.Certificate]) -> None:
        self.keys, self.roots = keys, roots
        self.lines: list[tuple[int, str, str]] = []

    def say(self, piece: str, text: str, state: int = HOLDS) -> None:
        """Add a finding; what the reader has to decide himself is asked once."""
        if state == TRUST and any(known == text for asked, _, known in self.lines if asked == TRUST):
            return
        self.lines.append((state, piece, text))

    def obtain(self, piece: str, work: Callable[[], T]) -> T | None:
        """Do some work on a piece; what it raises, for whatever reason, is a failure of that piece."""
        try:
            return work()
        except Refused as problem:
            self.say(piece, str(problem), FAILS)
        except Exception as problem:  # noqa: BLE001 - bytes of a stranger break any reader in its own way
            self.say(piece, f"It cannot be read ({type(problem).__name__}: {problem}).", FAILS)
        return None

    def check(self, piece: str, work: Callable[[], str]) -> bool:
        """Do one check, and say what it found."""
        said = self.obtain(piece, work)
        if said:
            self.say(piece, said)
        return said is not None

    def verdict(self) -> int:
        """The exit code."""
        states = {state for state, _, _ in self.lines}
        return FAILS if FAILS in states or not states else TRUST if TRUST in states else HOLDS


def instant(microseconds: int) -> dt.datetime:
    """A time of the log: microseconds since 1970."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=microseconds)


def when(at: dt.datetime) -> str:
    """A time for people."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
