"""What the office already holds of a case: some rules compare a message with the declaration it follows.

A handler says what it knows (``handles(case=...)``), and the core hands it to the rules. Where the case is unknown such
a rule stays silent, because absence of knowledge is no fault of the sender.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from douane.applications.transit.rules.places import Declaration
from douane.standards.ncts.phase5 import CC043C


@dataclass(frozen=True, slots=True)
class KnownCase:
    """What is known of the case of a message; None means: not known here.

    declaration: as it stands, amendments applied. accepted: whether it was accepted and so has an MRN. accepted_on: the
    day of that, by which what follows is judged (UCC art. 172(2)). permission: the unloading permission that was sent.
    guarantee_asked: whether another guarantee was asked for (published state "Guarantee under amendment").
    """

    declaration: Declaration | None = None
    accepted: bool | None = None
    accepted_on: dt.date | None = None
    permission: CC043C | None = None
    guarantee_asked: bool | None = None


def declared(case: KnownCase | None) -> Declaration | None:
    """The declaration as it stands, where the case is known."""
    return case.declaration if case is not None else None
