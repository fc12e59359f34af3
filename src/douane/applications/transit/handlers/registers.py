"""What transit asks the registers: who is registered, authorised, trusted. A declaration proves none of it.

Each answer is that of the decisive date, now, for a declaration is judged when it is lodged. A register that another
node keeps is not asked: what it would say is *not known* (``vocabulary.known``), which is no "no". What is not known is
refused: no simplification, no trust, and of operators those alone who proved to this node who they are, or are spoken
for by a power that it knows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, assert_never

from msgspec.structs import replace

from douane.applications.aeo.contract import AeoCheck, AeoStatus, AuthorisedOperators
from douane.applications.authorisations.contract import (
    TYPE_OF_DOCUMENT,
    AuthorisationAnswer,
    AuthorisationQuestion,
    Authorisations,
    Standing,
    authority_of,
)
from douane.applications.eori.contract import UNION, EconomicOperators, OperatorQuestion, OperatorStanding
from douane.applications.guarantees.contract import CarnetQuestion, CarnetStanding, Guarantees
from douane.applications.risk_analysis.contract import TrustedTrader
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules import cover
from douane.runtime.core.work import Work
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC007C, CC013C, CC015C
from douane.vocabulary.decisions import DecisionType
from douane.vocabulary.errors import Fault, SenderFault
from douane.vocabulary.identifiers import DecisionReference
from douane.vocabulary.known import NO, Known, Says, in_words, yes_or_no
from douane.vocabulary.time import Instant, moment

HOLDER_IS_TRUSTED: Final = "Y026"
"""Additional reference: the holder of the procedure is an authorised economic operator."""
TIR: Final = "TIR"
"""Declaration type (CL231): goods under cover of a TIR carnet."""
NORTHERN_IRELAND: Final = "XI"
_RULE: Final = "14"  # CL180: a rule is broken
_REGISTERED, _VALID_DECISION = "R0850", "G0033"
"""An identification is a valid EORI or TCUIN; a reference is valid in the system of customs decisions."""


def confirm_declaration(work: Work, m: CC013C | CC015C) -> None:
    """Raises SenderFault with everything that a declaration claims and no register confirms."""
    root, holder = f"/{type(m).__name__}", m.holder_of_the_transit_procedure.identification_number or ""
    proven = frozenset({work.row.sender, holder})  # whoever sends it is the holder, or has shown his power (standing)
    begins_in = m.customs_office_of_departure.reference_number[:2]
    ends_in = m.customs_office_of_destination_declared.reference_number[:2]
    found = [*_unregistered(work, f"{root}/HolderOfTheTransitProcedure", holder, office=begins_in, proven=proven)]
    if m.representative is not None:
        number = m.representative.identification_number
        found += _unregistered(work, f"{root}/Representative", number, office=begins_in, proven=proven)
    found += _unauthorised(work, root, m.authorisation, holder, begins_in=begins_in, ends_in=ends_in)
    found += cover.unfit(m)
    if m.transit_operation.declaration_type == TIR:
        found += carnet_faults(
            root, m, standing_of_carnet(work, m), work.today(m.customs_office_of_departure.reference_number)
        )
    _confirmed((*found, *_untrusted(work, root, m.consignment.additional_reference, holder)))


def confirm_arrival(work: Work, m: CC007C) -> None:
    """Raises SenderFault with everything that the trader at destination claims and no register confirms."""
    root, trader = "/CC007C", m.trader_at_destination.identification_number
    ends_in = m.customs_office_of_destination_actual.reference_number[:2]
    proven = frozenset({work.row.sender})
    found = _unregistered(work, f"{root}/TraderAtDestination", trader, office=ends_in, proven=proven)
    _confirmed((*found, *_unauthorised(work, root, m.authorisation, trader, begins_in="", ends_in=ends_in)))


def standing_of_carnet(work: Work, m: CC013C | CC015C) -> CarnetStanding:
    """Who stands for the TIR carnet of a declaration; nobody where it names none."""
    number, office = m.transit_operation.tir_carnet_number or "", m.customs_office_of_departure.reference_number
    if not number:
        return CarnetStanding(carnet=number, known=NO)
    question = CarnetQuestion(carnet=number, office=office)
    found: CarnetStanding = work.query(Guarantees.ask_carnet, question, administration=office[:2])
    return found


def vouched(work: Work, m: CC015C, case: Departure) -> Departure:
    """A movement under TIR with the association that stands for it; any other as it is."""
    if m.transit_operation.declaration_type != TIR:
        return case
    carnet = standing_of_carnet(work, m)
    return replace(case, association=carnet.association, liable=carnet.limit)


def carnet_faults(root: str, m: CC013C | CC015C, carnet: CarnetStanding, day: dt.date) -> Iterator[Fault]:
    """Why goods do not move under a TIR carnet: an association stands for it, and it is its holder's (IA art. 163)."""
    place = f"{root}/TransitOperation/TIRCarnetNumber"
    match carnet.known.says:
        case Says.YES:
            pass
        case Says.NO:
            remedy = "No guaranteeing association is known to stand for this carnet (IA 2015/2447 art. 163)."
            yield Fault(place, _RULE, remedy, value=carnet.carnet)
            return
        case Says.NOT_KNOWN:
            remedy = f"Who stands for this carnet is {in_words(carnet.known)}: lodge it when its register can be asked."
            yield Fault(place, _RULE, remedy, value=carnet.carnet)
            return
        case never:
            assert_never(never)
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


def trust(work: Work, operator: str) -> TrustedTrader:
    """The AEO status of an operator, as the register knows it."""
    return TrustedTrader.of(each.value for each in _status(work, operator).types)


def _status(work: Work, operator: str) -> AeoStatus:
    if not operator:
        return AeoStatus(operator, NO)
    answer: AeoStatus = work.query(AuthorisedOperators.check, AeoCheck(operator), administration=UNION)
    return answer


def _unregistered(
    work: Work, path: str, number: str, *, office: str, proven: frozenset[str]
) -> Iterator[Fault]:  # fmt: skip
    """An operator that no register knows; where the register cannot be asked, one who is not proven."""
    if not number or not work.look().has("CL010", office):
        return
    says = _identified(work, number, office).says
    match says:
        case Says.YES:
            return
        case Says.NO:
            remedy = "Use the number of an operator that is registered (EORI), or recognised by an agreement (TCUIN)."
        case Says.NOT_KNOWN:
            if number in proven:
                return
            remedy = "The register of operators is kept elsewhere: let this operator lodge it, or leave him out."
        case never:
            assert_never(never)
    yield Fault(f"{path}/identificationNumber", _RULE, remedy, rule=_REGISTERED, value=number)


def _identified(work: Work, number: str, office: str) -> Known:
    """Whether a register knows an operator. A number of a common transit country is for its own customs to verify."""
    look = work.look()
    question = OperatorQuestion(eori=number, valid_on=work.today(office))
    if look.has("CL010", number[:2]) or number.startswith(NORTHERN_IRELAND):
        answer: OperatorStanding = work.query(EconomicOperators.standing, question, administration=UNION)
        return answer.known
    status = _status(work, number)
    if status.known.says is Says.NOT_KNOWN:
        return status.known
    return yes_or_no(look.has("CL009", number[:2]) or bool(status.agreement))


def _unauthorised(
    work: Work, root: str, named: tuple[p5.Authorisation, ...], holder: str, *,
    begins_in: str, ends_in: str,
) -> Iterator[Fault]:  # fmt: skip
    for n, each in enumerate(named, 1):
        type = TYPE_OF_DOCUMENT.get(each.type)
        why = _why_not(work, each.reference_number, type, holder, begins_in=begins_in, ends_in=ends_in) if type else ""
        if why:
            path = f"{root}/Authorisation[{n}]/referenceNumber"
            remedy = f"{why} Name an authorisation of the holder that may be used here, or none."
            yield Fault(path, _RULE, remedy, rule=_VALID_DECISION, value=each.reference_number)


def _why_not(
    work: Work, reference: str, type: DecisionType, holder: str, *, begins_in: str, ends_in: str
) -> str:  # fmt: skip
    """Why an authorisation does not cover the operation; empty where it does."""
    if not DecisionReference.accepts(reference):
        return "This is no reference of an authorisation."
    authority = authority_of(reference)
    valid_at = moment(Instant(work.lawful_now))
    question = AuthorisationQuestion(reference=reference, valid_at=valid_at, begins_in=begins_in, ends_in=ends_in)
    answer: AuthorisationAnswer = work.query(Authorisations.ask, question, administration=authority)
    if answer.known.says is Says.NOT_KNOWN:
        return f"Authorisations of {authority} cannot be verified here."
    if answer.standing is not Standing.USABLE:
        return f"The authorisation is {answer.standing.value}{f' ({answer.limited_by})' if answer.limited_by else ''}."
    if answer.type is not type:
        return f"The authorisation is of type {answer.type}, not {type}."
    return "" if answer.holder == holder else "The authorisation is another person's."


def _untrusted(
    work: Work, root: str, named: tuple[p5.AdditionalReference02, ...], holder: str
) -> Iterator[Fault]:  # fmt: skip
    for n, each in enumerate(named, 1):
        if each.type != HOLDER_IS_TRUSTED:
            continue
        status = _status(work, holder)
        if each.reference_number not in status.numbers:
            path = f"{root}/Consignment/AdditionalReference[{n}]/referenceNumber"
            remedy = "Give the number of a valid AEO authorisation of the holder, or leave the reference out."
            if status.known.says is Says.NOT_KNOWN:
                remedy = f"Whether the holder is an AEO is {in_words(status.known)}: leave the reference out."
            yield Fault(path, _RULE, remedy, value=each.reference_number or "")
