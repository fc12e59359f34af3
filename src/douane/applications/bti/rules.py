"""Which goods are the same to the register, and which rulings a search means. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from douane.applications.bti.messages import Goods


def same_goods(one: Goods, other: Goods) -> bool:
    """Whether two descriptions say the same but for spaces, case and accents; else a person compares (IA art. 17)."""
    return _plain(one) == _plain(other)


def _plain(goods: Goods) -> tuple[str, ...]:
    return tuple(folded(each) for each in (goods.appearance, goods.use, goods.composition, goods.ingredients))


def folded(text: str) -> str:
    """A text without case, accents and superfluous spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in decomposed if not unicodedata.combining(each)).split())


def matches(words: str, texts: Iterable[str]) -> bool:
    """Whether every word that is sought stands somewhere, at least as a part of a word."""
    whole = folded(" ".join(texts))
    return all(each in whole for each in folded(words).split())
