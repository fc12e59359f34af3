"""By which codes a refusal of the platform itself is told: those of the family that the message is of, else our own.

What the core finds wrong is the same for every message: its identification is known with other content, its name is
taken, its reference is unknown. How that is called differs: each published family of messages has lists of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one family of messages for what the platform refuses.

    changed: a known identification came again with other content. taken: the name that it opens belongs to another
    case. unknown: no case of its sender is known under its reference. foreign: it is not its sender's to say, or a rule
    is broken that has no code of its own. elsewhere: its case is elsewhere in its procedure. unreadable: it is no
    document. untaken: its type is none that is taken. wrong: a value is of the wrong type.

    Of what rules find: missing, unwanted: a condition demands what is not there, or forbids what is. broken: a rule is.
    unlisted: a value is in no code list. transitional: a constraint of a transitional period is broken.
    """

    changed: str
    taken: str
    unknown: str
    foreign: str
    elsewhere: str
    unreadable: str
    untaken: str
    wrong: str
    missing: str
    unwanted: str
    broken: str
    unlisted: str
    transitional: str


PLATFORM: Final = Codes(
    changed="26", taken="26", unknown="90", foreign="14", elsewhere="92", unreadable="52", untaken="15", wrong="50",
    missing="13", unwanted="15", broken="14", unlisted="12", transitional="50",
)  # fmt: skip
"""Our own, for messages of no published family (docs/errors.md). They are those that release 0.1 told everybody."""
