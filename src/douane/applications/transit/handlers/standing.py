"""Who may speak for the holder of the procedure at departure (UCC art. 18 and 19).

The holder himself; a representative whom the holder's own declaration names; a representative of whom the register of
representation says that the holder empowered him, on the day on which he speaks. Nobody is a representative because he
says so. An amendment changes neither (R0520). Where the register cannot be asked, what he lodges is taken, and an
officer asks for the evidence before anything is released (UCC art. 19(2), decision 0376).
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
from douane.applications.transit.rules.claims import POWER, Claim, silent
from douane.author import Fault, NotValid, Says
from douane.author.run import Work

DIRECT, INDIRECT = "2", "3"
_STATUS: Final = {DIRECT: Representing.DIRECT, INDIRECT: Representing.INDIRECT}
"""Status of a representative (CL094)."""
_LATER: Final = "Let the holder lodge it himself, or lodge it when powers can be asked."
_REMEDY: Final = "Let the holder empower this representative first (representation.empower)."


def must_speak_for(work: Work, m: Any, holder: str) -> tuple[Claim, ...]:
    """The sender is the holder, or has a power of the kind that the message names; what is claimed of that where nobody
    can be asked. Raises NotValid."""
    if work.row.sender == holder:
        return ()
    return _power(work, m, holder, status=_status(m))


def must_speak_in(work: Work, m: Any, case: Departure) -> tuple[Claim, ...]:
    """The sender may speak about a declaration that was lodged; what is claimed of that where nobody can be asked.
    Raises NotValid."""
    sender = work.row.sender
    named_by_holder = case.declarant == case.holder and sender == case.representative
    if sender == case.holder or named_by_holder:
        return ()
    return _power(work, m, case.holder, before=case.claims)


def must_speak_surely_in(work: Work, m: Any, case: Departure) -> None:
    """The same of what ends a declaration: no officer settles that afterwards. Raises NotValid."""
    claims = must_speak_in(work, m, case)
    if any(each.says is not Says.YES for each in claims):
        reason = f"{silent(claims[0])} Who ends a declaration must be known before."
        raise NotValid(reason, remedy=_LATER, faults=(Fault(_place(m), "14", _LATER, value=work.row.sender),))


def _status(m: Any) -> str:
    return m.representative.status if m.representative else ""


def _place(m: Any) -> str:
    return f"/{type(m).__name__}/Representative/identificationNumber"


def _power(
    work: Work, m: Any, holder: str, *, status: str = "", before: tuple[Claim, ...] = ()
) -> tuple[Claim, ...]:  # fmt: skip
    """Nothing where the sender has a power; what he claims where that is not known, as an officer settled it where he
    did. Raises NotValid where he has none."""
    sender = work.row.sender
    question = RepresentationQuery(administration=work.administration, principal=holder, representative=sender)
    power: RepresentationState = work.query(Representation.check, question)
    if power.known.says is Says.NOT_KNOWN:
        kept = next((each for each in before if (each.type, each.reference) == (POWER, sender)), None)
        settled = kept is not None and kept.says is Says.YES
        fresh = Claim(POWER, sender, power.known.whom, sender, work.now, work.lawful_now, awaited=False)
        return (kept if kept is not None and settled else fresh,)
    if power.known.says is not Says.YES or (status and power.kind is not _STATUS.get(status)):
        raise NotValid(
            f"{sender} has no power to act for {holder}.", remedy=_REMEDY,
            faults=(Fault(_place(m), "14", _REMEDY, value=sender),),
        )  # fmt: skip
    return ()
