"""Character repertoires of ISO 9735 (0001): which characters an interchange may hold, and as which bytes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_CAPITALS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/='+:?!\"%&*;<>")
_LETTERS: Final = _CAPITALS | frozenset("abcdefghijklmnopqrstuvwxyz")
INSTEAD: Final = "."
"""Stands for a character that has no likeness in a repertoire."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """A repertoire. ``syntax``: the version of ISO 9735 that knows it; ``allowed``: its list of characters."""

    name: str
    codec: str
    syntax: int = 3
    allowed: frozenset[str] | None = None

    def holds(self, text: str) -> bool:
        """Whether every character may stand in an interchange of this repertoire; control characters never may."""
        if self.allowed is not None:
            return self.allowed.issuperset(text)
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return not any(unicodedata.category(each) == "Cc" for each in text)

    def fitted(self, text: str) -> str:
        """The text, each foreign character replaced by the likest one: its letter without marks, its capital, a point.

        Positions stay: one character stands for one.
        """
        return text if self.holds(text) else "".join(map(self._likeness, text))

    def _likeness(self, character: str) -> str:
        plain = unicodedata.normalize("NFKD", character)[:1]
        tried = (character, plain, character.upper(), plain.upper())
        return next((each for each in tried if len(each) == 1 and self.holds(each)), INSTEAD)


REPERTOIRES: Final[Mapping[str, Repertoire]] = MappingProxyType(
    {
        each.name: each
        for each in (
            Repertoire("UNOA", "ascii", allowed=_CAPITALS), Repertoire("UNOB", "ascii", allowed=_LETTERS),
            Repertoire("UNOC", "iso8859-1"), Repertoire("UNOD", "iso8859-2"), Repertoire("UNOE", "iso8859-5"),
            Repertoire("UNOF", "iso8859-7"), Repertoire("UNOG", "iso8859-3", 4), Repertoire("UNOH", "iso8859-4", 4),
            Repertoire("UNOI", "iso8859-6", 4), Repertoire("UNOJ", "iso8859-8", 4), Repertoire("UNOK", "iso8859-9", 4),
            Repertoire("UNOW", "utf-8", 4), Repertoire("UNOY", "utf-8", 4),
        )
    }
)  # fmt: skip
"""By name. UNOY is ISO 10646 without saying in which form; like others, UTF-8 is what is read and written here."""
