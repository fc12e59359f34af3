"""What traders, officers and other offices send to the office of departure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from douane.applications.transit.contract import Transit
from douane.applications.transit.handlers import permitted, registers, replies
from douane.applications.transit.handlers.departure import departure
from douane.applications.transit.handlers.desk import OUT_OF_SEQUENCE, elsewhere, tell_officer
from douane.applications.transit.handlers.journey import journey
from douane.applications.transit.handlers.presented import presented, sealed
from douane.applications.transit.handlers.recast import recast
from douane.applications.transit.handlers.standing import must_speak_for, must_speak_in
from douane.applications.transit.messages import ControlDecision, GuaranteeDecision, OfficeInvalidation
from douane.applications.transit.records.departure import Declaration, Departure, parties_of
from douane.applications.transit.rules import exported, identification
from douane.applications.transit.rules.book import JUDGED
from douane.applications.transit.rules.case import KnownCase
from douane.runtime.catalogue.behaviour import handles
from douane.runtime.core.work import Work
from douane.runtime.store.records import ProcessInstance
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import (
    CC013C,
    CC014C,
    CC015C,
    CC170C,
    CD205C,
    CD906C,
    CD917C,
)
from douane.vocabulary.errors import Fault

READS = (Departure, Declaration)
NOT_IDENTIFIED = Fault(
    "/seals", "13",
    "Nothing identifies the goods: IA art. 303(1) permits no release. Give the seals that were put, or say that the "
    "description identifies them (IA art. 302(1)).",
)  # fmt: skip
NOT_SHOWN = Fault(
    "/remarks", "13",
    "The goods follow an export declaration, and no system of export was asked whether it released them. Say in the "
    "remarks what shows that (UCC art. 188, 267(4)), or do not release the goods.",
)  # fmt: skip


# --- the trader -------------------------------------------------------------------------------------------------------


def refuse_declaration(work: Work, m: CC015C, faults: tuple[Fault, ...]) -> None:
    """Refuse a declaration; the case stays to be found."""
    work.put(_case(work, m, "rejected"))
    work.reply(replies.rejection(work, m, faults))


def refuse(work: Work, m: replies.Lodged, faults: tuple[Fault, ...]) -> None:
    """Refuse what concerns a declaration."""
    case = work.get(Departure)
    work.reply(replies.rejection(work, m, faults, case.mrn if case else ""))


def waiting_for(message: str) -> Callable[[Work, Any], KnownCase]:
    """What is known of a case whose procedure waits for this message; out of sequence where it does not."""

    def known(work: Work, _m: Any) -> KnownCase:
        case = work.get(Departure)
        if case is None or not any(each.waits_for(work, message) for each in (departure, journey)):
            raise elsewhere()
        asked = case.state == permitted.GUARANTEE_NOT_VALID
        return KnownCase(replies.declared(work), bool(case.mrn), case.accepted_on, guarantee_asked=asked)

    return known


def amendable(work: Work, m: CC013C) -> KnownCase:
    """What is known of a case whose declaration may still be amended."""
    case = work.get(Departure)
    _permit(permitted.against_amendment(case) if case is not None else "")
    return waiting_for("amended")(work, m)


def revocable(work: Work, m: CC014C) -> KnownCase:
    """What is known of a case that its declarant may still have invalidated; after the release only the office can."""
    case = work.get(Departure)
    _permit(permitted.against_invalidation(case) if case is not None else "")
    return waiting_for("invalidated")(work, m)


def _permit(why_not: str) -> None:
    if why_not:
        raise elsewhere(permitted.out_of_sequence(why_not))


@handles(Transit.lodge_declaration, rules=JUDGED, refuse=refuse_declaration)
def lodge_declaration(work: Work, m: CC015C) -> None:
    """Begin a movement."""
    case = _case(work, m, "lodged")
    must_speak_for(work, m, case.holder)
    registers.confirm_declaration(work, m)
    work.put(Declaration(position=work.remember(m)))
    departure.start(work, registers.vouched(work, m, case))


def _case(work: Work, m: CC015C, state: str) -> Departure:
    holder, representative = m.holder_of_the_transit_procedure, m.representative
    return Departure(
        lrn=m.transit_operation.lrn,
        holder=holder.identification_number or holder.tir_holder_identification_number or "",
        representative=representative.identification_number if representative else "",
        declarant=work.row.sender,
        office=m.customs_office_of_departure.reference_number,
        destination=m.customs_office_of_destination_declared.reference_number,
        transits=tuple(each.reference_number for each in m.customs_office_of_transit_declared),
        exits=tuple(each.reference_number for each in m.customs_office_of_exit_for_transit_declared),
        state=state,
        submitted=work.row.received,
        message=m.message_identification,
        prelodged=m.transit_operation.additional_declaration_type == "D",
    )


@handles(
    Transit.amend_declaration, reads=(*READS, ProcessInstance), rules=JUDGED, case=amendable,
    refuse=refuse,
)  # fmt: skip
def amend_declaration(work: Work, m: CC013C) -> None:
    """Replace the declaration while the goods are not released."""
    case = work.need(Departure)
    must_speak_in(work, m, case)
    registers.confirm_declaration(work, m)
    operation = recast(m.transit_operation, p5.TransitOperation06, lrn=case.lrn)
    amended = recast(m, CC015C, transit_operation=operation, message_type="CC015C")
    fresh = _case(work, amended, case.state)
    changed = replace(
        case, holder=fresh.holder, representative=fresh.representative, destination=fresh.destination,
        transits=fresh.transits, exits=fresh.exits, message=m.message_identification,
    )  # fmt: skip
    work.put(Declaration(amended))
    _admit_named(work, case, changed)
    departure.receive(work, "amended", changed)


def _admit_named(work: Work, before: Departure, after: Departure) -> None:
    """Who has a part in the movement after an amendment: a representative or office that it no longer names acts no
    more, whatever it sent before; who lodged the declaration stays."""
    was, now = set(parties_of(before)), set(parties_of(after))
    for party, role in was - now:
        work.dismiss(party, role)
    for party, role in now - was:
        work.admit(party, role)


@handles(
    Transit.request_invalidation, reads=(*READS, ProcessInstance), rules=JUDGED, case=revocable, refuse=refuse,
)  # fmt: skip
def request_invalidation(work: Work, m: CC014C) -> None:
    """Invalidate on request while the goods are not released."""
    case = work.need(Departure)
    must_speak_in(work, m, case)
    changed = replace(case, message=m.message_identification, remarks=m.invalidation.justification or "")
    _ = any(each.receive(work, "invalidated", changed) for each in (departure, journey))


@handles(
    Transit.present_goods, reads=(*READS, ProcessInstance), rules=JUDGED, case=waiting_for("presented"), refuse=refuse,
)  # fmt: skip
def present_goods(work: Work, m: CC170C) -> None:
    """The goods of a pre-lodged declaration are here: what was left open is filled in."""
    case = work.need(Departure)
    must_speak_in(work, m, case)
    declaration = replies.declared(work)
    registers.confirm_declaration(work, declaration)  # it is accepted now (UCC art. 171)
    work.put(Declaration(presented(declaration, m)))
    departure.receive(work, "presented", replace(case, message=m.message_identification))


# --- other offices ----------------------------------------------------------------------------------------------------


def note_late(_work: Work, _m: CD205C, _faults: tuple[Fault, ...]) -> None:
    """An answer about a movement that is unknown here."""


@handles(Transit.receive_guarantee_result, refuse=note_late)
def receive_guarantee_result(_work: Work, _m: CD205C) -> None:
    """An answer that nobody waits for any more: what it reserved was given back when the process went on."""


@handles(Transit.receive_functional_nack)
def receive_functional_nack(_work: Work, _m: CD906C) -> None:
    """An office refused a message of ours. It is never answered by an error (G0085)."""


@handles(Transit.receive_xml_nack)
def receive_xml_nack(_work: Work, _m: CD917C) -> None:
    """An office could not read a message of ours. It is never answered by an error (G0085)."""


# --- officers ---------------------------------------------------------------------------------------------------------


@handles(Transit.judge_guarantee, reads=(*READS, ProcessInstance), refuse=tell_officer)
def judge_guarantee(work: Work, m: GuaranteeDecision) -> None:
    """The guarantee covers, or the goods stay."""
    if m.accepted and not m.proof.strip():
        tell_officer(work, m, (Fault("/proof", "13", "Say by what the guarantee covers: UCC art. 195(1)."),))
        return
    case = replace(work.need(Departure), guarantee_accepted=m.accepted, remarks="" if m.accepted else m.remarks)
    if not departure.complete(work, "judge_guarantee", case=case):
        tell_officer(work, m, (permitted.not_awaited(case, "a decision about the guarantee"),))


@handles(Transit.decide_control, reads=(*READS, ProcessInstance), refuse=tell_officer)
def decide_control(work: Work, m: ControlDecision) -> None:
    """The control is over."""
    before = work.need(Departure)
    case = replace(before, control="A1" if m.satisfactory else "B1", remarks=m.remarks)
    if before.state == permitted.UNDER_CONTROL:
        found = replies.declared(work)
        content = sealed(found, m.seals) if m.seals else found
        if m.satisfactory and not m.described and not identification.identified(content):
            tell_officer(work, m, (NOT_IDENTIFIED,))
            return
        if m.satisfactory and not m.remarks.strip() and exported.exports(found):
            tell_officer(work, m, (NOT_SHOWN,))
            return
        if m.seals:
            work.put(Declaration(content))
    if not departure.complete(work, "control_goods", case=case):
        tell_officer(work, m, (permitted.not_awaited(before, "the result of a control"),))


@handles(Transit.invalidate_by_office, reads=(*READS, ProcessInstance), refuse=tell_officer)
def invalidate_by_office(work: Work, m: OfficeInvalidation) -> None:
    """The office invalidates, also after release."""
    before = work.need(Departure)
    why_not = permitted.against_invalidation_by_office(before)
    case = replace(before, state="invalidation by office", remarks=m.justification)
    taken = not why_not and any(each.receive(work, "invalidated", case) for each in (journey, departure))
    if not taken:
        tell_officer(work, m, (permitted.out_of_sequence(why_not) if why_not else OUT_OF_SEQUENCE,))
