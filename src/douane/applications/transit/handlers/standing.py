"""Who may speak for the holder of the procedure at departure (UCC art. 18 and 19).

The holder himself; a representative whom the holder's own declaration names; a representative of whom the register of
representation says that the holder empowered him, on the day on which he speaks. Nobody is a representative because he
says so. An amendment changes neither (R0520).
"""

from __future__ import annotations

from typing import Any, Final

from douane.applications.representation.contract import (
    Representation,
    RepresentationQuery,
    RepresentationState,
    Representing,
)
from douane.applications.transit.records.departure import Departure
from douane.runtime.core.work import Work
from douane.vocabulary.errors import Fault, NotValid
from douane.vocabulary.known import Says, in_words

DIRECT, INDIRECT = "2", "3"
_STATUS: Final = {DIRECT: Representing.DIRECT, INDIRECT: Representing.INDIRECT}
"""Status of a representative (CL094)."""
_LATER: Final = "Let the holder lodge it himself, or lodge it when powers can be asked."
_REMEDY: Final = "Let the holder empower this representative first (representation.empower)."


def must_speak_for(work: Work, m: Any, holder: str) -> None:
    """The sender is the holder, or has a power of the kind that the message names. Raises NotValid."""
    if work.row.sender != holder:
        _must_be_empowered(work, m, holder, work.row.sender, status=_status(m))


def must_speak_in(work: Work, m: Any, case: Departure) -> None:
    """The sender may speak about a declaration that was lodged. Raises NotValid."""
    sender = work.row.sender
    named_by_holder = case.declarant == case.holder and sender == case.representative
    if sender != case.holder and not named_by_holder:
        _must_be_empowered(work, m, case.holder, sender)


def _status(m: Any) -> str:
    return m.representative.status if m.representative else ""


def _must_be_empowered(work: Work, m: Any, holder: str, representative: str, *, status: str = "") -> None:
    question = RepresentationQuery(administration=work.administration, principal=holder, representative=representative)
    power: RepresentationState = work.query(Representation.check, question)
    if power.known.says is Says.NOT_KNOWN:
        path = f"/{type(m).__name__}/Representative/identificationNumber"
        raise NotValid(
            f"Whether {representative} may act for {holder} is {in_words(power.known)}.", remedy=_LATER,
            faults=(Fault(path, "14", _LATER, value=representative),),
        )  # fmt: skip
    if power.known.says is not Says.YES or (status and power.kind is not _STATUS.get(status)):
        path = f"/{type(m).__name__}/Representative/identificationNumber"
        raise NotValid(
            f"{representative} has no power to act for {holder}.", remedy=_REMEDY,
            faults=(Fault(path, "14", _REMEDY, value=representative),),
        )  # fmt: skip
