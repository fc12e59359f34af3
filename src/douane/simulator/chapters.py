"""The chapters in which journeys stand: each is played alone too, and has a page of the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from douane.vocabulary.errors import NotFound


@dataclass(frozen=True, slots=True)
class Chapter:
    """What its journeys are about. name: in commands and addresses; about: a sentence for a customs officer."""

    name: str
    title: str
    about: str


TRANSIT: Final = Chapter(
    "transit", "Transit", "Movements of goods: from the declaration to the discharge, and what may go wrong on the way."
)
DECISIONS: Final = Chapter(
    "decisions", "Decisions", "Applications and decisions: several Member States are asked, time limits pass at once."
)
SYSTEMS: Final = Chapter(
    "systems", "Systems", "Doors, channels, other authorities, copies and proofs: how systems work with each other."
)
CHAPTERS: Final = (TRANSIT, DECISIONS, SYSTEMS)
"""In the order of the report; another theme adds one here, and its journeys name it."""


def chapter(name: str) -> Chapter:
    """The chapter of a name, however it is written. Raises NotFound, which names those that there are."""
    found = next((each for each in CHAPTERS if each.name == name.lower()), None)
    if found is None:
        known = ", ".join(each.name for each in CHAPTERS)
        raise NotFound(f"There is no chapter {name[:40]!r}.", remedy=f"Name one of these: {known}.")
    return found
