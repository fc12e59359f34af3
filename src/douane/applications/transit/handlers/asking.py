"""Claims whose registers another node keeps: those are asked by message, and what they answer counts while it may.

The declaration goes on as if the right were not claimed (decision 0375). The release waits a while for the answer; one
that comes in time gives back what the declaration lost, one that comes later changes nothing, and is told.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.aeo.contract import AeoCheck, AeoStatus, AuthorisedOperators
from douane.applications.authorisations.contract import (
    TYPE_OF_DOCUMENT,
    AuthorisationAnswer,
    AuthorisationQuestion,
    Authorisations,
)
from douane.applications.eori.contract import UNION, EconomicOperators, OperatorQuestion, OperatorStanding
from douane.applications.guarantees.contract import CarnetQuestion, CarnetStanding, Guarantees
from douane.applications.transit.handlers import registers
from douane.applications.transit.handlers.departure import departure, identity_denied
from douane.applications.transit.records.departure import Declaration, Departure
from douane.applications.transit.rules import claims as rules
from douane.applications.transit.rules.claims import Claim
from douane.author import Instant, Says, moment
from douane.author.run import Instant as At
from douane.author.run import ProcessInstance, Work, process
from douane.standards.ncts.phase5 import CC015C

claiming = process("claiming", Departure, __name__, first=2 << 32)

AGAIN: Final = 15 * 60
"""Seconds after which a register that did not say is asked again: patience, no limit of law."""
LOST: Final = 60 * 60
"""Seconds after which a question counts as lost. It waits for the register until then and longer: a keeper that comes
back answers the last one."""
MENDED: Final = frozenset({"pre-lodged", "accepted", "guarantee not valid"})
"""States in which the declaration still gets back what an answer confirms: neither controlled nor released."""


def whole(work: Work) -> CC015C:
    """The declaration with all that it claims."""
    kept = work.need(Declaration)
    if kept.whole is not None:
        return kept.whole
    if kept.position:
        message: CC015C = work.journalled(kept.position)
        return message
    assert kept.content is not None, "a declaration is kept, or the position of its message"
    return kept.content


def stated(m: CC015C, claims: tuple[Claim, ...], position: int = 0) -> Declaration:
    """The record of a declaration, without what its registers did not confirm. position: of the message that says it
    whole, where one does."""
    content = rules.without(m, claims)
    if position:
        return Declaration(position=position, content=None if content is m else content)
    return Declaration(m) if content is m else Declaration(content, whole=m)


def begin(work: Work) -> None:
    """Tell the declarant what is not known, and ask the registers, unless that is being done."""
    case = work.get(Departure)
    if case is None or not any(_open(each) for each in case.claims):
        return
    for each in case.claims:
        if _open(each) and rules.about_cover(each):
            tell(work, case, each, f"{rules.silent(each)} Nothing is released before: {rules.absent(each)[0]}.")
        elif _open(each) and rules.about_identity(each):
            tell(work, case, each, f"{rules.silent(each)} {_settles(each)}.")
        elif _open(each):
            tell(work, case, each, f"{rules.silent(each)} Until its register answers {_lost(each)}.")
    instance = work.get(ProcessInstance, claiming.name.encode())
    if instance is None or instance.ended:
        claiming.start(work, case)


def tell(work: Work, case: Departure, claim: Claim, reason: str) -> None:
    """A notice to whoever claims it."""
    work.send(registers.notice(claim, reason, lrn=case.lrn, mrn=case.mrn), claim.by, correlation=case.message)


def _lost(claim: Claim) -> str:
    return f"it counts as not claimed: {rules.absent(claim)[0]}"


def _settles(claim: Claim) -> str:
    unless = "" if claim.type == rules.POWER else ", unless that register answers before"
    return f"Before the release {rules.absent(claim)[0]}{unless}"


def _open(claim: Claim) -> bool:
    return claim.says is Says.NOT_KNOWN


# --- the process ------------------------------------------------------------------------------------------------------


def _matters(case: Departure) -> bool:
    """Whether an answer is still told: before the release, and not after the end."""
    return case.released_on is None and case.over_on is None


def _next(case: Departure) -> dict[str, Claim]:
    """About which authorisation each authority is asked next: one at a time, the least asked first."""
    waiting = [each for each in case.claims if _open(each) and each.type in TYPE_OF_DOCUMENT]
    return {each.keeper: each for each in sorted(waiting, key=lambda each: -each.asked)}


@claiming.ask_each("ask_authorities", Authorisations.ask, administrations=_next)
def ask_authorities(_work: Work, case: Departure, keeper: str) -> AuthorisationQuestion:
    """Ask whoever granted what is claimed whether it may be used, as of the day on which it is."""
    claim = _next(case)[keeper]
    return AuthorisationQuestion(
        reference=claim.reference, valid_at=moment(Instant(claim.at)), begins_in=case.office[:2],
        ends_in=case.destination[:2],
    )  # fmt: skip


@claiming.answer("ask_authorities")
def authority_answered(work: Work, case: Departure, answer: AuthorisationAnswer, keeper: str) -> Departure:
    """Take what a register says of a claim; about another authorisation it says nothing of this one."""
    claim = next(
        (each for each in case.claims if _open(each) and (each.keeper, each.reference) == (keeper, answer.reference)),
        None,
    )
    if claim is None or answer.known.says is Says.NOT_KNOWN:
        return _not_said(case, claim or _next(case).get(keeper))
    return _settled(work, case, claim, rules.why_not(answer, claim.type, case.holder))


@claiming.ask_each(
    "ask_operators", AuthorisedOperators.check,
    administrations=lambda case: (UNION,) if any(map(_of_operator, case.claims)) else (),
)  # fmt: skip
def ask_operators(_work: Work, case: Departure, _keeper: str) -> AeoCheck:
    """Ask who keeps the authorised economic operators whether the holder is one."""
    return AeoCheck(case.holder)


def _of_operator(claim: Claim) -> bool:
    return _open(claim) and claim.type == rules.HOLDER_IS_TRUSTED


@claiming.answer("ask_operators")
def operators_answered(work: Work, case: Departure, answer: AeoStatus, _keeper: str) -> Departure:
    """Take what the register says of the holder; about another operator it says nothing of him."""
    for claim in filter(_of_operator, case.claims):
        if answer.identifier != case.holder or answer.known.says is Says.NOT_KNOWN:
            case = _not_said(case, claim)
            continue
        why = "" if claim.reference in answer.numbers else "The holder has no valid authorisation of this number."
        case = _settled(work, case, claim, why, tuple(each.value for each in answer.types))
    return case


def _numbers(case: Departure, type: str) -> list[Claim]:
    return sorted((each for each in case.claims if _open(each) and each.type == type), key=lambda each: each.asked)


@claiming.ask_each(
    "ask_numbers", EconomicOperators.standing,
    administrations=lambda case: (UNION,) if _numbers(case, rules.NUMBER) else (),
)  # fmt: skip
def ask_numbers(work: Work, case: Departure, _keeper: str) -> OperatorQuestion:
    """Ask who keeps the registered operators about one that is named."""
    claim = _numbers(case, rules.NUMBER)[0]
    return OperatorQuestion(eori=claim.reference, valid_on=work.today(case.office))


@claiming.answer("ask_numbers")
def numbers_answered(work: Work, case: Departure, answer: OperatorStanding, _keeper: str) -> Departure:
    """Take what the register says of a number; about another it says nothing of this one."""
    return _identity_said(work, case, rules.NUMBER, answer.eori, answer.known.says, "That number is not registered.")


@claiming.ask_each(
    "ask_recognised", AuthorisedOperators.check,
    administrations=lambda case: (UNION,) if _numbers(case, rules.RECOGNISED) else (),
)  # fmt: skip
def ask_recognised(_work: Work, case: Departure, _keeper: str) -> AeoCheck:
    """Ask who keeps the agreements with third countries whether one of them recognises a number."""
    return AeoCheck(_numbers(case, rules.RECOGNISED)[0].reference)


@claiming.answer("ask_recognised")
def recognised_answered(work: Work, case: Departure, answer: AeoStatus, _keeper: str) -> Departure:
    """Take what the register says of a number; about another it says nothing of this one."""
    says = answer.known.says
    if says is Says.YES and not answer.agreement:
        says = Says.NO
    return _identity_said(work, case, rules.RECOGNISED, answer.identifier, says, "No agreement recognises that number.")


def _carnets(case: Departure) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.keeper for each in _numbers(case, rules.CARNET)))


@claiming.ask_each("ask_carnets", Guarantees.ask_carnet, administrations=_carnets)
def ask_carnets(_work: Work, case: Departure, _keeper: str) -> CarnetQuestion:
    """Ask whoever keeps the carnets who stands for that of the declaration."""
    return CarnetQuestion(carnet=_numbers(case, rules.CARNET)[0].reference, office=case.office)


@claiming.answer("ask_carnets")
def carnets_answered(work: Work, case: Departure, answer: CarnetStanding, _keeper: str) -> Departure:
    """What the register says of a carnet takes the place of what an officer was to say; about another it says
    nothing."""
    asked = next(iter(_numbers(case, rules.CARNET)), None)
    if asked is None or answer.carnet != asked.reference or answer.known.says is Says.NOT_KNOWN:
        return _not_said(case, asked)
    faults = tuple(registers.carnet_faults("/CC015C", whole(work), answer, work.today(case.office)))
    said = replace(asked, says=Says.NO if faults else Says.YES, heard=work.now)
    case = _changed(case, asked, said)
    if faults:
        case = replace(case, remarks=faults[0].remedy)
    else:
        left = tuple(each for each in case.left_to_officer if each != rules.silent(asked))
        case = replace(registers.covered(case, answer), left_to_officer=left)
    tell(work, case, said, faults[0].remedy if faults else f"An association stands for carnet {asked.reference}.")
    work.put(case)
    departure.receive(work, "cover_answered", case)
    return work.need(Departure)


def _identity_said(
    work: Work, case: Departure, type: str, reference: str, says: Says, denied: str
) -> Departure:  # fmt: skip
    """What a register says of who declares settles it: nobody acts for that."""
    asked = _numbers(case, type)
    claim = next((each for each in asked if each.reference == reference), None)
    if claim is None or says is Says.NOT_KNOWN:
        return _not_said(case, claim or (asked[0] if asked else None))
    said = replace(claim, says=says, heard=work.now)
    case = _changed(case, claim, said)
    confirmed = f"{rules.named(said)} is confirmed."
    tell(work, case, said, confirmed if says is Says.YES else f"{denied} Nothing is released.")
    return settled(work, case)


def settled(work: Work, case: Departure) -> Departure:
    """The procedure goes on once it is known who declares, or that he is not who he says."""
    work.put(case)
    open = any(_open(each) for each in case.claims if rules.about_identity(each))
    if not open or identity_denied(case):
        departure.receive(work, "identity_answered", case)
    return work.need(Departure)


def _not_said(case: Departure, claim: Claim | None) -> Departure:
    return case if claim is None else _changed(case, claim, replace(claim, asked=claim.asked + 1))


def _changed(case: Departure, claim: Claim, said: Claim) -> Departure:
    return replace(case, claims=tuple(said if each == claim else each for each in case.claims))


def _settled(work: Work, case: Departure, claim: Claim, why: str, grants: tuple[str, ...] = ()) -> Departure:
    """What a register says counts while the goods are neither controlled nor released, and the declarant is told."""
    said = replace(claim, says=Says.NO if why else Says.YES, heard=work.now, awaited=False, grants=grants)
    case = _changed(case, claim, said)
    if said.says is Says.NO:
        tell(work, case, said, f"{why} The declaration stays as it is: {_lost(said)}.")
    elif case.state in MENDED:
        full = whole(work)
        work.put(stated(full, case.claims, work.need(Declaration).position))
        tell(work, case, said, f"{rules.named(said)} may be used: it counts as claimed from now on.")
    else:
        tell(work, case, said, f"{rules.named(said)} may be used. That came too late for this declaration to change.")
    if said.type == rules.HOLDER_IS_TRUSTED and said.says is Says.YES:
        case = replace(case, trusted=True)
    work.put(case)
    if not any(each.awaited for each in case.claims):
        departure.receive(work, "claims_answered", case)
    return work.need(Departure)


@claiming.when
def more_to_ask(case: Departure) -> bool:
    """A register that answered is asked about its next claim at once."""
    heard = {(_register(each), each.keeper) for each in case.claims if each.asked or not _open(each)}
    return _matters(case) and any(
        _open(each) and not each.asked and (_register(each), each.keeper) in heard for each in case.claims
    )


def _register(claim: Claim) -> str:
    """What tells apart the registers of one keeper."""
    return "authorisations" if claim.type in TYPE_OF_DOCUMENT else claim.type


@claiming.when
def still_silent(case: Departure) -> bool:
    """A register did not say, and its answer would still be of use. About powers it is asked by nobody."""
    return _matters(case) and any(_open(each) for each in case.claims if each.type != rules.POWER)


@claiming.deadline()
def ask_again_at(work: Work, _case: Departure) -> At:
    """When a register that did not say is asked again."""
    return work.within(AGAIN)


@claiming.deadline()
def question_lost_at(work: Work, _case: Departure) -> At:
    """When a question counts as lost."""
    return work.within(LOST)
