"""What transit asks the registers: who is registered, authorised, trusted. A declaration proves none of it.

Each answer is that of the decisive date, now, for a declaration is judged when it is lodged. A register that another
node keeps is asked by message: what it would say is *not known* (``vocabulary.known``) until then, which is no "no". A
right that is not known counts as absent (decision 0375): the declaration is judged without it, and refused where it
cannot be without. An operator who proved to this node who he is, or is spoken for by a power that it knows, is taken as
that; who another is an officer settles before the release, where no register does (decision 0376).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from msgspec.structs import replace

from douane.applications.aeo.contract import AeoCheck, AeoStatus, AuthorisedOperators
from douane.applications.authorisations.contract import (
    TYPE_OF_DOCUMENT,
    AuthorisationAnswer,
    AuthorisationQuestion,
    Authorisations,
    authority_of,
)
from douane.applications.eori.contract import UNION, EconomicOperators, OperatorQuestion, OperatorStanding
from douane.applications.guarantees.contract import CarnetQuestion, CarnetStanding, Guarantees
from douane.applications.risk_analysis.contract import TrustedTrader
from douane.applications.transit.messages import RegisterNotice
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules import claims as claiming
from douane.applications.transit.rules import cover
from douane.applications.transit.rules.book import JUDGED
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.claims import HOLDER_IS_TRUSTED, VALID_DECISION, Claim
from douane.author import (
    NO,
    DecisionReference,
    Fault,
    Instant,
    Known,
    Says,
    SenderFault,
    Why,
    in_words,
    machine,
    moment,
    not_known,
    yes_or_no,
)
from douane.author.run import SECOND, Work
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC007C, CC013C, CC015C

TIR: Final = "TIR"
"""Declaration type (CL231): goods under cover of a TIR carnet."""
NORTHERN_IRELAND: Final = "XI"
HOLDS: Final = 15 * 60 * SECOND
"""How long what the register of another node said is taken as said now."""
_RULE: Final = "14"  # CL180: a rule is broken
_REGISTERED = "R0850"
"""An identification is a valid EORI or TCUIN."""


def confirm_declaration(
    work: Work, m: CC013C | CC015C, power: tuple[Claim, ...], known: KnownCase | None = None,
    before: tuple[Claim, ...] = (),
) -> tuple[Claim, ...]:  # fmt: skip
    """What a declaration claims and the register of another node is to confirm, after what is claimed of a power.

    known: of a case that is amended. before: what was claimed in it; what was settled of who declares stays so.

    Raises SenderFault with everything that a register denies, and with what the declaration cannot be without.
    """
    root, holder = f"/{type(m).__name__}", m.holder_of_the_transit_procedure.identification_number or ""
    # whoever sends it is the holder, or has shown his power (standing)
    proven = frozenset({work.row.sender} if power else {work.row.sender, holder})
    begins_in = m.customs_office_of_departure.reference_number[:2]
    ends_in = m.customs_office_of_destination_declared.reference_number[:2]
    judged = [*_registered(work, f"{root}/HolderOfTheTransitProcedure", holder, office=begins_in, proven=proven)]
    if m.representative is not None:
        number = m.representative.identification_number
        judged += _registered(work, f"{root}/Representative", number, office=begins_in, proven=proven)
    found = [*cover.unfit(m)]
    if m.transit_operation.declaration_type == TIR:
        judged += _vouched(work, root, m)
    judged += _authorised(work, root, m.authorisation, holder, begins_in=begins_in, ends_in=ends_in)
    judged += _trusted(work, root, m.consignment.additional_reference, holder)
    denied = [each for _, each in judged if isinstance(each, Fault)]
    claims = {path: each for path, each in judged if isinstance(each, Claim)}
    rights = {path: each for path, each in claims.items() if claiming.is_right(each)}
    _confirmed((*denied, *found, *_needed(work, m, rights, known)))
    settled = {
        (each.type, each.reference): each for each in before if claiming.about_identity(each) and each.says is Says.YES
    }
    return (*power, *(settled.get((each.type, each.reference), each) for each in claims.values()))


def _needed(
    work: Work, m: CC013C | CC015C, claims: Mapping[str, Claim], known: KnownCase | None
) -> Iterator[Fault]:  # fmt: skip
    """Why a declaration is not in order without what it claims: whose register is silent, and what it lacks."""
    if not claims:
        return
    lacks = claiming.lacking(m, claims.values(), JUDGED, known, work.look())
    if lacks:
        yield from (silence(path, each, lacks[0].remedy) for path, each in claims.items())
        yield from lacks


def notice(claim: Claim, reason: str, *, lrn: str = "", mrn: str = "") -> RegisterNotice:
    """What whoever claims a right is told of it: what its register says, and what that means."""
    known = yes_or_no(claim.says is Says.YES)
    if claim.says is Says.NOT_KNOWN:
        known = not_known(claim.keeper, Why.ELSEWHERE, machine(claim.since))
    return RegisterNotice(
        lrn=lrn, mrn=mrn, claim=claim.type, reference=claim.reference, known=known, reason=reason,
        article=claiming.absent(claim)[1],
    )  # fmt: skip


def silence(path: str, claim: Claim, instead: str) -> Fault:
    """The fault of a claim that is not known, where nothing goes on without it. instead: what to do then."""
    remedy = f"{claiming.silent(claim)} Lodge it again when that register answers. Without: {instead}"
    return Fault(path, _RULE, remedy, rule=VALID_DECISION, value=claim.reference)


def confirm_arrival(work: Work, m: CC007C, heard: tuple[Claim, ...] = ()) -> tuple[tuple[str, Claim], ...]:
    """What the trader at destination claims and the register of another node is to confirm, each with its place.

    heard: what registers said before; a right that one confirmed a moment ago is confirmed.

    Raises SenderFault with everything that a register denies.
    """
    root, trader = "/CC007C", m.trader_at_destination.identification_number
    ends_in = m.customs_office_of_destination_actual.reference_number[:2]
    proven = frozenset({work.row.sender})
    judged = [
        *_registered(work, f"{root}/TraderAtDestination", trader, office=ends_in, proven=proven),
        *_authorised(work, root, m.authorisation, trader, begins_in="", ends_in=ends_in),
    ]
    _confirmed(tuple(each for _, each in judged if isinstance(each, Fault)))
    confirmed = {
        (each.type, each.reference, each.by) for each in heard
        if each.says is Says.YES and work.now - each.heard <= HOLDS
    }  # fmt: skip
    open = ((path, each) for path, each in judged if isinstance(each, Claim))
    return tuple((path, each) for path, each in open if (each.type, each.reference, each.by) not in confirmed)


def standing_of_carnet(work: Work, m: CC013C | CC015C) -> CarnetStanding:
    """Who stands for the TIR carnet of a declaration; nobody where it names none."""
    number, office = m.transit_operation.tir_carnet_number or "", m.customs_office_of_departure.reference_number
    if not number:
        return CarnetStanding(carnet=number, known=NO)
    question = CarnetQuestion(carnet=number, office=office)
    found: CarnetStanding = work.query(Guarantees.ask_carnet, question, administration=office[:2])
    return found


def _vouched(work: Work, root: str, m: CC013C | CC015C) -> Iterator[tuple[str, Fault | Claim]]:
    """Why goods do not move under the carnet of a declaration, or that nobody could be asked who stands for it."""
    carnet, office = standing_of_carnet(work, m), m.customs_office_of_departure.reference_number
    if carnet.known.says is Says.NOT_KNOWN:
        claim = replace(_claim(work, claiming.CARNET, carnet.carnet, carnet.known), awaited=False)
        yield f"{root}/TransitOperation/TIRCarnetNumber", claim
        return
    for fault in carnet_faults(root, m, carnet, work.today(office)):
        yield fault.pointer, fault


def vouched(work: Work, m: CC015C, case: Departure) -> Departure:
    """A movement under TIR with the association that stands for it, as far as that is known; any other as it is."""
    if m.transit_operation.declaration_type != TIR:
        return case
    carnet = standing_of_carnet(work, m)
    return covered(case, carnet) if carnet.known.says is Says.YES else case


def covered(case: Departure, carnet: CarnetStanding) -> Departure:
    """A movement with the association that stands for it."""
    return replace(case, association=carnet.association, liable=carnet.limit)


def carnet_faults(root: str, m: CC013C | CC015C, carnet: CarnetStanding, day: dt.date) -> Iterator[Fault]:
    """Why goods do not move under a TIR carnet: an association stands for it, and it is its holder's (IA art. 163)."""
    place = f"{root}/TransitOperation/TIRCarnetNumber"
    if carnet.known.says is not Says.YES:
        remedy = "No guaranteeing association is known to stand for this carnet (IA 2015/2447 art. 163)."
        yield Fault(place, _RULE, remedy, value=carnet.carnet)
        return
    if carnet.valid_to is not None and carnet.valid_to < day:
        yield Fault(place, _RULE, f"The carnet was valid until {carnet.valid_to}.", value=carnet.carnet)
    holder = m.holder_of_the_transit_procedure
    for tag, given, right in (
        ("TIRHolderIdentificationNumber", holder.tir_holder_identification_number, carnet.tir_holder),
        ("identificationNumber", holder.identification_number, carnet.holder),
    ):
        if given != right:
            remedy = "The carnet is another person's: name its holder by both of his numbers."
            yield Fault(f"{root}/HolderOfTheTransitProcedure/{tag}", _RULE, remedy, value=given or "")


def _confirmed(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise SenderFault(faults[0].remedy, faults=faults)


def trust(work: Work, operator: str, claims: tuple[Claim, ...] = ()) -> TrustedTrader:
    """The AEO status of an operator, as the register knows it, or answered about a claim; none where it is silent."""
    answered = [each for each in claims if each.type == HOLDER_IS_TRUSTED and each.says is Says.YES]
    if answered:
        return TrustedTrader.of(answered[-1].grants)
    return TrustedTrader.of(each.value for each in _status(work, operator).types)


def untold_trust(work: Work, operator: str, claims: tuple[Claim, ...] = ()) -> tuple[str, ...]:
    """That nobody could be asked whether an operator is an AEO, in a sentence for the officer (UCC art. 38(6))."""
    if any(each.type == HOLDER_IS_TRUSTED and each.says is Says.YES for each in claims):
        return ()
    known = _status(work, operator).known
    if known.says is not Says.NOT_KNOWN:
        return ()
    return (f"Whether {operator} is an AEO is {in_words(known)}: the risk was analysed as of any operator.",)


def _status(work: Work, operator: str) -> AeoStatus:
    if not operator:
        return AeoStatus(operator, NO)
    answer: AeoStatus = work.query(AuthorisedOperators.check, AeoCheck(operator), administration=UNION)
    return answer


def _registered(
    work: Work, path: str, number: str, *, office: str, proven: frozenset[str]
) -> Iterator[tuple[str, Fault | Claim]]:  # fmt: skip
    """Of an operator that no register knows: his place, and that; where it cannot be asked, what one claims of himself
    who is not proven."""
    if not number or not work.look().has("CL010", office):
        return
    place, known = f"{path}/identificationNumber", _identified(work, number, office)
    match known.says:
        case Says.YES:
            return
        case Says.NO:
            remedy = "Use the number of an operator that is registered (EORI), or recognised by an agreement (TCUIN)."
            yield place, Fault(place, _RULE, remedy, rule=_REGISTERED, value=number)
        case Says.NOT_KNOWN:
            if number not in proven:
                type = claiming.NUMBER if _of_the_union(work, number) else claiming.RECOGNISED
                yield place, replace(_claim(work, type, number, known), awaited=False)
        case never:
            assert_never(never)


def _of_the_union(work: Work, number: str) -> bool:
    return work.look().has("CL010", number[:2]) or number.startswith(NORTHERN_IRELAND)


def _identified(work: Work, number: str, office: str) -> Known:
    """Whether a register knows an operator. A number of a common transit country is for its own customs to verify."""
    look = work.look()
    question = OperatorQuestion(eori=number, valid_on=work.today(office))
    if _of_the_union(work, number):
        answer: OperatorStanding = work.query(EconomicOperators.standing, question, administration=UNION)
        return answer.known
    status = _status(work, number)
    if status.known.says is Says.NOT_KNOWN:
        return status.known
    return yes_or_no(look.has("CL009", number[:2]) or bool(status.agreement))


def _authorised(
    work: Work, root: str, named: tuple[p5.Authorisation, ...], holder: str, *,
    begins_in: str, ends_in: str,
) -> Iterator[tuple[str, Fault | Claim]]:  # fmt: skip
    """Of each authorisation that is named and not confirmed: its place, and why not, or that its register is silent."""
    for n, each in enumerate(named, 1):
        if each.type not in TYPE_OF_DOCUMENT:
            continue
        path, reference = f"{root}/Authorisation[{n}]/referenceNumber", each.reference_number
        answer = _asked(work, reference, begins_in=begins_in, ends_in=ends_in)
        if answer is not None and answer.known.says is Says.NOT_KNOWN:
            yield path, _claim(work, each.type, reference, answer.known)
            continue
        why = "This is no reference of an authorisation."
        if answer is not None:
            why = claiming.why_not(answer, each.type, holder)
        if why:
            remedy = f"{why} Name an authorisation of the holder that may be used here, or none."
            yield path, Fault(path, _RULE, remedy, rule=VALID_DECISION, value=reference)


def _claim(work: Work, type: str, reference: str, known: Known) -> Claim:
    return Claim(type, reference, known.whom, work.row.sender, work.now, work.lawful_now)


def _asked(work: Work, reference: str, *, begins_in: str, ends_in: str) -> AuthorisationAnswer | None:
    """What the register of an authorisation says; None where no customs authority can have granted it."""
    if not DecisionReference.accepts(reference):
        return None
    authority, look = authority_of(reference), work.look()
    if not look.has("CL010", authority) and not look.has("CL009", authority):
        return None
    valid_at = moment(Instant(work.lawful_now))
    question = AuthorisationQuestion(reference=reference, valid_at=valid_at, begins_in=begins_in, ends_in=ends_in)
    answer: AuthorisationAnswer = work.query(Authorisations.ask, question, administration=authority)
    return answer


def _trusted(
    work: Work, root: str, named: tuple[p5.AdditionalReference02, ...], holder: str
) -> Iterator[tuple[str, Fault | Claim]]:  # fmt: skip
    """Of each number of an AEO that is named and not confirmed: its place, and why not, or that it is not known."""
    for n, each in enumerate(named, 1):
        if each.type != HOLDER_IS_TRUSTED:
            continue
        status, reference = _status(work, holder), each.reference_number or ""
        path = f"{root}/Consignment/AdditionalReference[{n}]/referenceNumber"
        if status.known.says is Says.NOT_KNOWN:
            yield path, _claim(work, each.type, reference, status.known)
        elif reference not in status.numbers:
            remedy = "Give the number of a valid AEO authorisation of the holder, or leave the reference out."
            yield path, Fault(path, _RULE, remedy, value=reference)
