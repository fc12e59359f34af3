"""What an officer is told whose decision cannot be recorded."""

from __future__ import annotations

from typing import Any

from douane.applications.transit.messages import DeskRefusal
from douane.author import Fault, Mrn, SenderFault
from douane.author.run import Work

OUT_OF_SEQUENCE = Fault("/", "92", "The movement is elsewhere in its procedure; ask where it stands.")


def elsewhere(fault: Fault = OUT_OF_SEQUENCE) -> SenderFault:
    """The movement is elsewhere in its procedure: the sender is told so, and nothing else of his message is judged."""
    return SenderFault(fault.remedy, faults=(fault,))


def must_be_an_mrn(mrn: str) -> None:
    """What an officer typed is an MRN with its check digit, before another office hears of it. Raises SenderFault."""
    if not (Mrn.accepts(mrn) and Mrn.trusted(mrn).has_right_check_digit):
        remedy = "Check the MRN: its last character is the check digit."
        raise elsewhere(Fault("/mrn", "93", remedy, rule="R0028", value=mrn))


def tell_officer(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """The movement is unknown (90), or elsewhere in its procedure (92)."""
    work.reply(DeskRefusal(m.mrn, faults[0].code, faults[0].remedy))
