"""Citations: how texts name a place in an act, in English and in the short forms of France and Germany.

``UCC art. 22(3)``, ``UCC 22(3)``, ``DA 2015/2446 art. 171(1)``, ``IA art. 31(2), (3)``, ``UCC art. 279 to 281``,
``Article 22(3) of the Code``, ``CDU art. 22, paragraphe 6``. What follows a citation after a comma, *and*, *or*, *to*
belongs to it while it looks like a place: a list names each, a range its two ends. An article without an act is no
citation: nobody knows of which act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from douane.standards.union_law.acts import Act, articles, exists

_NAMES: Final = {
    "UCC": Act.UCC, "CDU": Act.UCC, "UZK": Act.UCC, "DA": Act.DA, "UCC-DA": Act.DA, "UCC DA": Act.DA, "IA": Act.IA,
    "UCC-IA": Act.IA, "UCC IA": Act.IA, "1182/71": Act.PERIODS, "2026/382": Act.LOW_VALUE,
}  # fmt: skip
_PLACE: Final = r"(?:\((?:[0-9]{1,3}[a-z]?|[a-z]{1,4})\))"
_NUMBER: Final = r"[0-9]{1,3}[a-z]{0,2}(?![0-9a-z/%:-]|\.[0-9])"
_WORD: Final = r"(?:[Aa]rts?\.|[Aa]rticles?|[Aa]rtikels?)"
_ACT: Final = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_FIRST: Final = re.compile(
    rf"(?<![\w/-])(?P<act>{_ACT})(?: 2015/244[67])? (?:{_WORD} ?)?(?P<number>{_NUMBER})(?P<place>{_PLACE}*)"
)
_BACKWARD: Final = re.compile(rf"{_WORD} (?P<number>{_NUMBER})(?P<place>{_PLACE}*) of the (?P<act>UCC|Code|DA|IA)\b")
_MORE: Final = re.compile(
    r"(?:,|;)? ?(?:(?:and|or|to|et|ou|à|und|oder|bis)\b)? ?"
    rf"(?:(?P<place>{_PLACE}+)|(?P<number>{_NUMBER})(?P<own>{_PLACE}*))"
)
_UNIT: Final = re.compile(r" [a-z%]")
"""What follows a number that counts something: ``120 days``."""
_GOES_ON: Final = re.compile(r" (?:and|or|to|of|et|ou|und)\b")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an act. place: paragraph and point, as ``(6)(a)``; empty for a whole article."""

    act: Act
    article: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.act.short} art. {self.article}{self.place}"

    @property
    def exists(self) -> bool:
        """Whether the act has it."""
        return exists(self.act, self.article, self.place)

    @property
    def title(self) -> str:
        """The title of its article; empty where it has none, or is not held."""
        found = articles(self.act).get(self.article)
        return found.title if found is not None else ""

    def within(self, other: Citation) -> bool:
        """Whether it is the same place as another, or one inside it: article 103(3)(a) within 103."""
        same = (self.act, self.article) == (other.act, other.article)
        return same and (self.place == other.place or self.place.startswith(f"{other.place}("))


def citations(text: str) -> Iterator[Citation]:
    """Every place that a text cites, in order, each as often as it stands there."""
    for found in _FIRST.finditer(text):
        first = Citation(_NAMES[found["act"]], found["number"], found["place"])
        if not found["place"] and _counts(text, found.end()):
            continue
        yield first
        yield from _more(text, found.end(), first)
    for found in _BACKWARD.finditer(text):
        act = Act.UCC if found["act"] == "Code" else _NAMES[found["act"]]
        yield Citation(act, found["number"], found["place"])


def _more(text: str, at: int, last: Citation) -> Iterator[Citation]:
    """What goes on behind a citation."""
    while True:
        found = _MORE.match(text, at)
        if found is None:
            return
        between = text[at : found.start("place") if found["place"] else found.start("number")]
        if not between.strip():  # a bracket of the sentence, or a number that nothing joins
            return
        if found["number"]:
            if not found["own"] and _counts(text, found.end()):
                return
            last = Citation(last.act, found["number"], found["own"])
        else:
            last = Citation(last.act, last.article, _beside(last.place, found["place"]))
        yield last
        at = found.end()


def _beside(before: str, place: str) -> str:
    """The place that stands behind another in a list: ``(6)(a), (b)`` is (6)(b), ``(1), (3)`` is (3)."""
    parts = re.findall(_PLACE, before)
    for depth, part in enumerate(parts):
        if part[1].isdigit() == place[1].isdigit():
            return "".join(parts[:depth]) + place
    return before + place


def _counts(text: str, at: int) -> bool:
    """Whether the number that ends here counts something, instead of naming an article."""
    return _UNIT.match(text, at) is not None and _GOES_ON.match(text, at) is None
