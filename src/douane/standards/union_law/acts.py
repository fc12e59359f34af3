"""Acts of the Union and their structure: every article, paragraph and point of an act, as of a consolidated version.

What is held is structure and titles, no text. Of the Delegated and the Implementing Act the articles are held that
concern decisions, debt, guarantees, movements and declarations; an article that is not held does not
exist for a citation, so that whoever cites it reads it and adds it. Subparagraphs have no number and are not held.

Source: EUR-Lex, (c) European Union; only the Official Journal is authentic.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from douane.vocabulary.errors import DeclarationFault


class Act(enum.Enum):
    """An act: short name, full name, CELEX number, file of its structure, and the date of the version that was read."""

    UCC = ("UCC", "Regulation (EU) No 952/2013", "32013R0952", "ucc", dt.date(2020, 1, 1))
    DA = ("DA", "Delegated Regulation (EU) 2015/2446", "32015R2446", "da", dt.date(2025, 2, 25))
    IA = ("IA", "Implementing Regulation (EU) 2015/2447", "32015R2447", "ia", dt.date(2026, 7, 1))
    PERIODS = ("1182/71", "Regulation (EEC, Euratom) No 1182/71", "31971R1182", "reg_1182_71", dt.date(1971, 6, 8))
    LOW_VALUE = ("2026/382", "Council Regulation (EU) 2026/382", "32026R0382", "reg_2026_382", dt.date(2026, 2, 18))

    def __init__(self, short: str, full: str, celex: str, file: str, version: dt.date) -> None:
        self.short, self.full, self.celex, self.file, self.version = short, full, celex, file, version


@dataclass(frozen=True, slots=True)
class Article:
    """An article. places: its paragraphs and points as they are cited: ``(1)``, ``(6)(a)``, ``(b)``."""

    number: str
    title: str
    places: frozenset[str]

    def has(self, place: str) -> bool:
        """Whether it has this paragraph or point; the empty place is the article itself."""
        return not place or place in self.places


@cache
def articles(act: Act) -> Mapping[str, Article]:
    """The articles of an act that are held, by number, in their order."""
    text = resources.files(__package__).joinpath(f"{act.file}.txt").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        number, title, places = line.split("|")
        if number in found:
            raise DeclarationFault(f"Article {number} of {act.short} stands twice.", remedy="Take one line out.")
        found[number] = Article(number, title, frozenset(places.split()))
    return MappingProxyType(found)


def exists(act: Act, article: str, place: str = "") -> bool:
    """Whether an act has an article, and in it a paragraph or point."""
    found = articles(act).get(article)
    return found is not None and found.has(place)
