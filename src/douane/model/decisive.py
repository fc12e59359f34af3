"""As of which day a message is judged: the code lists, rules and settings of law of that day hold for it.

A declaration keeps the law of its acceptance for all that follows in its procedure (UCC art. 172(2)): an amendment is
not judged by lists that came later. Every operation declares its decisive date; today is none, since a message may be
handled long after it was received.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any


class Decisive(enum.Enum):
    """The decisive date of an operation."""

    RECEIPT = "the day on which the message is received"
    ACCEPTANCE = "the day on which the declaration was accepted (UCC art. 172(2)); before that, the day of receipt"


def decisive_day(decisive: Decisive, case: Any, received: dt.date) -> dt.date:
    """The day as of which a message is judged.

    case: what the handler knows of it; for ACCEPTANCE it has a field ``accepted_on``, None until the acceptance.
    received: the day of receipt.
    """
    match decisive:
        case Decisive.RECEIPT:
            return received
        case Decisive.ACCEPTANCE:
            accepted: dt.date | None = case.accepted_on if case is not None else None
            return accepted or received
