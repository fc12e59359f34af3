"""What traders, officers and other offices send to the office of departure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from douane.applications.guarantees.contract import CoverWaits
from douane.applications.transit import tasks
from douane.applications.transit.contract import Transit
from douane.applications.transit.handlers import asking, permitted, registers, replies
from douane.applications.transit.handlers.departure import departure
from douane.applications.transit.handlers.desk import OUT_OF_SEQUENCE, elsewhere, tell_officer
from douane.applications.transit.handlers.journey import journey
from douane.applications.transit.handlers.presented import presented, sealed
from douane.applications.transit.handlers.recast import recast
from douane.applications.transit.handlers.standing import must_speak_for, must_speak_in, must_speak_surely_in
from douane.applications.transit.messages import (
    ControlDecision,
    GuaranteeDecision,
    IdentityDecision,
    OfficeInvalidation,
    RegisterNotice,
)
from douane.applications.transit.records.departure import Declaration, Departure, parties_of
from douane.applications.transit.rules import exported, identification
from douane.applications.transit.rules.book import JUDGED
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.claims import about_identity
from douane.author import Fault, Says
from douane.author.run import ProcessInstance, Work, handles
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

READS = (Departure, Declaration)
GUARANTEE = "guarantee"
"""What is claimed of a guarantee: that it covers the movement."""
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
        return _known(work, case)

    return known


def _known(work: Work, case: Departure) -> KnownCase:
    asked = case.state == permitted.GUARANTEE_NOT_VALID
    return KnownCase(asking.whole(work), bool(case.mrn), case.accepted_on, guarantee_asked=asked)


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
    claims = registers.confirm_declaration(work, m, must_speak_for(work, m, case.holder))
    work.put(asking.stated(m, claims, work.remember(m)))
    departure.start(work, registers.vouched(work, m, replace(case, claims=claims)))
    asking.begin(work)


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
    power = must_speak_in(work, m, case)
    claims = registers.confirm_declaration(work, m, power, _known(work, case), case.claims)
    operation = recast(m.transit_operation, p5.TransitOperation06, lrn=case.lrn)
    amended = recast(m, CC015C, transit_operation=operation, message_type="CC015C")
    fresh = _case(work, amended, case.state)
    changed = replace(
        case, holder=fresh.holder, representative=fresh.representative, destination=fresh.destination,
        transits=fresh.transits, exits=fresh.exits, message=m.message_identification, claims=claims,
    )  # fmt: skip
    work.put(asking.stated(amended, claims))
    _admit_named(work, case, changed)
    departure.receive(work, "amended", changed)
    asking.begin(work)


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
    must_speak_surely_in(work, m, case)
    changed = replace(case, message=m.message_identification, remarks=m.invalidation.justification or "")
    _ = any(each.receive(work, "invalidated", changed) for each in (departure, journey))


@handles(
    Transit.present_goods, reads=(*READS, ProcessInstance), rules=JUDGED, case=waiting_for("presented"), refuse=refuse,
)  # fmt: skip
def present_goods(work: Work, m: CC170C) -> None:
    """The goods of a pre-lodged declaration are here: what was left open is filled in."""
    case = work.need(Departure)
    power = must_speak_in(work, m, case)
    declaration = presented(asking.whole(work), m)
    claims = registers.confirm_declaration(work, declaration, power, before=case.claims)  # accepted now (UCC art. 171)
    work.put(asking.stated(declaration, claims))
    departure.receive(work, "presented", replace(case, message=m.message_identification, claims=claims))
    asking.begin(work)


# --- other offices ----------------------------------------------------------------------------------------------------


def note_late(_work: Work, _m: CD205C, _faults: tuple[Fault, ...]) -> None:
    """An answer about a movement that is unknown here."""


@handles(Transit.receive_guarantee_result, refuse=note_late)
def receive_guarantee_result(_work: Work, _m: CD205C) -> None:
    """An answer that nobody waits for any more: what it reserved was given back when the process went on."""


@handles(Transit.note_cover_waits, reads=READS, refuse=lambda _work, _m, _faults: None)
def note_cover_waits(work: Work, m: CoverWaits) -> None:
    """The office of guarantee cannot answer yet: whoever declared is told what his movement waits for."""
    case = work.need(Departure)
    if not any(use.grn == m.grn and use.state == "asked" for use in case.guarantees):
        return
    others = tuple((grn, why) for grn, why in case.waits if grn != m.grn)
    work.put(replace(case, waits=(*others, (m.grn, m.reason))))
    told = RegisterNotice(claim=GUARANTEE, reference=m.grn, known=m.known, lrn=case.lrn, mrn=case.mrn, reason=m.reason,
                          article=m.article)  # fmt: skip
    work.send(told, case.declarant)


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
    departure.end(work, tasks.Departure.judge_guarantee, case=case)


@handles(Transit.settle_identity, reads=(*READS, ProcessInstance), refuse=tell_officer)
def settle_identity(work: Work, m: IdentityDecision) -> None:
    """What no register could say of who declares an officer saw in a document, or found to be wrong."""
    if not m.proof.strip():
        tell_officer(work, m, (Fault("/proof", "13", "Say by what document: UCC art. 19(2), 188(b)."),))
        return
    before = work.need(Departure)
    says = Says.YES if m.confirmed else Says.NO
    claims = tuple(
        replace(each, says=says, heard=work.now, proof=m.proof)
        if about_identity(each) and each.says is Says.NOT_KNOWN else each
        for each in before.claims
    )  # fmt: skip
    case = replace(before, claims=claims, remarks="" if m.confirmed else m.proof)
    departure.end(work, tasks.Verifying.settle_identity, case=case)


@handles(Transit.decide_control, reads=(*READS, ProcessInstance), refuse=tell_officer)
def decide_control(work: Work, m: ControlDecision) -> None:
    """The control is over."""
    before = work.need(Departure)
    case = replace(before, control="A1" if m.satisfactory else "B1", remarks=m.remarks)
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
    departure.end(work, tasks.Departure.control_goods, case=case)


@handles(Transit.invalidate_by_office, reads=(*READS, ProcessInstance), refuse=tell_officer)
def invalidate_by_office(work: Work, m: OfficeInvalidation) -> None:
    """The office invalidates, also after release."""
    before = work.need(Departure)
    why_not = permitted.against_invalidation_by_office(before)
    case = replace(before, state="invalidation by office", remarks=m.justification)
    taken = not why_not and any(each.receive(work, "invalidated", case) for each in (journey, departure))
    if not taken:
        tell_officer(work, m, (permitted.out_of_sequence(why_not) if why_not else OUT_OF_SEQUENCE,))
