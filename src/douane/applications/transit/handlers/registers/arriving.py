"""An authorised consignee whose authorisation another node keeps: its register is asked, and he notifies again.

Goods are received at an authorised place by whoever is authorised, and by nobody else (UCC art. 230, 233(4)(b)). Until
the register says so the notification is refused: the goods may be presented at the office meanwhile (decision 0375).
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.authorisations.contract import AuthorisationAnswer, AuthorisationQuestion, Authorisations
from douane.applications.transit.handlers import registers
from douane.applications.transit.handlers.arrival_replies import rejection
from douane.applications.transit.records.arrival import Arrival
from douane.applications.transit.rules import claims as rules
from douane.applications.transit.rules.claims import Claim
from douane.author import Says
from douane.author.run import Instant as At
from douane.author.run import ProcessInstance, Work, process
from douane.standards.ncts.phase5 import CC007C

receiving = process("receiving", Arrival, __name__, first=1 << 32)

AGAIN: Final = 15 * 60
LOST: Final = 60 * 60
"""Seconds after which a register that did not say is asked again, and a question counts as lost: no limits of law."""


def hold(work: Work, m: CC007C, case: Arrival, claims: tuple[tuple[str, Claim], ...]) -> None:
    """Refuse a notification that rests on what is not known, and ask whose register it is."""
    office = m.customs_office_of_destination_actual.reference_number
    instead = f"present the goods at the office of destination {office} (IA art. 306(1))."
    faults = tuple(registers.silence(path, each, instead) for path, each in claims)
    work.send(rejection(work, m, faults), work.row.sender, correlation=work.row.id)
    fresh = {(each.type, each.reference, each.by): each for _, each in claims}
    kept = (each for each in case.claims if (each.type, each.reference, each.by) not in fresh)
    changed = replace(case, claims=(*kept, *fresh.values()))
    instance = work.get(ProcessInstance, receiving.name.encode())
    if instance is None or instance.ended:
        receiving.start(work, changed)
    else:
        work.put(changed)


def tell(work: Work, case: Arrival, claim: Claim, reason: str) -> None:
    """A notice to whoever claims it."""
    work.send(registers.notice(claim, reason, mrn=case.mrn), claim.by)


def _next(case: Arrival) -> dict[str, Claim]:
    """About which authorisation each authority is asked next: one at a time, the least asked first."""
    waiting = [each for each in case.claims if each.says is Says.NOT_KNOWN]
    return {each.keeper: each for each in sorted(waiting, key=lambda each: -each.asked)}


@receiving.ask_each("ask_authorities", Authorisations.ask, administrations=_next)
def ask_authorities(_work: Work, case: Arrival, keeper: str) -> AuthorisationQuestion:
    """Ask whoever granted what is claimed whether it may be used here, now."""
    return AuthorisationQuestion(reference=_next(case)[keeper].reference, ends_in=case.office[:2])


@receiving.answer("ask_authorities")
def authority_answered(work: Work, case: Arrival, answer: AuthorisationAnswer, keeper: str) -> Arrival:
    """Take what a register says of a claim; about another authorisation it says nothing of this one."""
    claim = _next(case).get(keeper)
    if claim is None:
        return case
    if answer.reference != claim.reference or answer.known.says is Says.NOT_KNOWN:
        return _changed(case, claim, replace(claim, asked=claim.asked + 1))
    why = rules.why_not(answer, claim.type, claim.by)
    said = replace(claim, says=Says.NO if why else Says.YES, heard=work.now)
    if case.state == "expected":
        again = f"{rules.named(claim)} may be used: notify the arrival again."
        tell(work, case, said, why or again)
    return _changed(case, claim, said)


def _changed(case: Arrival, claim: Claim, said: Claim) -> Arrival:
    return replace(case, claims=tuple(said if each == claim else each for each in case.claims))


@receiving.when
def still_silent(case: Arrival) -> bool:
    """A register did not say, and the goods have not arrived otherwise."""
    return case.state == "expected" and any(each.says is Says.NOT_KNOWN for each in case.claims)


@receiving.deadline()
def ask_again_at(work: Work, _case: Arrival) -> At:
    """When a register that did not say is asked again."""
    return work.within(AGAIN)


@receiving.deadline()
def question_lost_at(work: Work, _case: Arrival) -> At:
    """When a question counts as lost."""
    return work.within(LOST)
