"""The office of destination: announced movement, arrival, unloading or inspection, release, results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from douane.applications.risk_analysis.contract import Assess, RiskAnalysis, RiskOutcome
from douane.applications.transit import tasks
from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import (
    CONSIGNED,
    OFFICER_DESTINATION,
    PRESENTING,
    is_authorised_consignee,
)
from douane.applications.transit.handlers import registers, risk
from douane.applications.transit.handlers.arrival_replies import (
    DISCREPANCIES,
    NO_RELEASE,
    arrival_advice,
    control_results,
    enquiry_answer,
    functional_nack,
    goods_release,
    information_request,
    record_request,
    rejection,
    sealed,
    unloading_continuation,
    unloading_permission,
)
from douane.applications.transit.handlers.desk import elsewhere, tell_officer
from douane.applications.transit.handlers.registers import arriving
from douane.applications.transit.messages import GoodsDisposal, InformationRequest, Inspection, Lateness
from douane.applications.transit.records.arrival import AnticipatedArrival, Arrival, LeavingRecord, PassageRecord
from douane.applications.transit.rules.book import JUDGED
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.claims import silent
from douane.applications.transit.rules.time_limits import INSPECTION, INSPECTION_AT_CONSIGNEE, UNLOADING
from douane.author import End, Fault, issuer_of_mrn
from douane.author.run import HumanTask, Instant, Work, handles, held, process
from douane.standards.ncts.phase5 import CC007C, CC044C, CD001C, CD059C, CD063C, CD142C, CD144C

CONSIDERED_SATISFACTORY, UNSATISFACTORY = "A2", "B1"  # CL197
RESULTS = "CL197"
REGULARISED = "regularised"
TIR = "TIR"
RISK_TOLD = frozenset("RXY")
"""Codes by which departure tells a risk (CL107)."""

_FINDINGS = Fault("/remarks", "13", "Say what was found: a result A5 or B1 goes to departure with it (C0930).")

destination = process("destination", Arrival, __name__, older=("destination_0_1.bpmn",))


# --- messages


def refuse_office(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """Another office's message cannot be used: tell it so, with every fault."""
    mrn = m.transit_operation.mrn
    work.send(functional_nack(work, work.row.sender, m.message_identification, faults, mrn), work.row.sender)


@handles(Transit.anticipate_arrival, reads=(Arrival,), refuse=refuse_office)
def anticipate_arrival(work: Work, m: CD001C) -> None:
    """A movement is on its way to an office here."""
    holder = m.holder_of_the_transit_procedure
    work.put(AnticipatedArrival(position=work.position))
    destination.start(
        work,
        Arrival(
            mrn=m.transit_operation.mrn,
            office_of_departure=m.customs_office_of_departure.reference_number,
            office=m.customs_office_of_destination_declared.reference_number,
            holder=holder.identification_number or holder.tir_holder_identification_number or "",
            binding_itinerary=m.transit_operation.binding_itinerary,
            named=True,
        ),
    )


def announced(work: Work) -> CD001C:
    """The anticipated arrival record of this case."""
    kept = work.need(AnticipatedArrival)
    message: CD001C = kept.message or work.journalled(kept.position)
    return message


def refuse_trader(work: Work, m: CC007C | CC044C, faults: tuple[Fault, ...]) -> None:
    """A trader's message cannot be used: IE057 names every fault."""
    work.send(rejection(work, m, faults), work.row.sender, correlation=work.row.id)


@handles(Transit.notify_arrival, reads=(Arrival,), rules=JUDGED, refuse=refuse_trader)
def notify_arrival(work: Work, m: CC007C) -> None:
    """The goods are there."""
    case = work.need(Arrival)
    _must_receive(work, m)
    if not destination.waits_for(work, "arrival_notified"):
        raise elsewhere(out_of_sequence(m, "This movement has arrived already, or was invalidated."))
    claims = registers.confirm_arrival(work, m, case.claims)
    if claims and m.transit_operation.simplified_procedure:
        arriving.hold(work, m, case, claims)
        return
    place, limit = m.customs_office_of_destination_actual.reference_number, announced(work).control_result.date
    arrived = msgspec.structs.replace(
        case,
        state="arrived",
        office=place,
        limit_date=limit,
        late_days=days_late(work, limit, place),
        trader=m.trader_at_destination.identification_number,
        sender=work.row.sender,
        arrived=work.now,
        simplified=m.transit_operation.simplified_procedure,
        deadline=_inspected(work, m).last_instant,
        incidents=max(case.incidents, int(m.transit_operation.incident_flag)),
    )
    work.admit(work.caller.party, PRESENTING)
    destination.receive(work, "arrival_notified", arrived)
    for _, claim in claims:
        arriving.tell(work, arrived, claim, f"{silent(claim)} Nothing rests on it: the goods are presented to customs.")


def days_late(work: Work, limit: dt.date, place: str) -> int:
    """How many days after the limit goods are presented now, by the calendar of the place; 0 in time."""
    return max((work.today(place) - limit).days, 0)


def _inspected(work: Work, m: CC007C) -> End:
    """By when control results are sent: later where an authorised consignee received the goods."""
    limit = INSPECTION_AT_CONSIGNEE if m.transit_operation.simplified_procedure else INSPECTION
    return work.limit(limit, m.customs_office_of_destination_actual.reference_number)


def _must_receive(work: Work, m: CC007C) -> None:
    """Who asks to unload is a consignee, whom the record names or a register knows: the permission tells what the goods
    are. Raises SenderFault."""
    if not m.transit_operation.simplified_procedure or CONSIGNED.name in held(work.parties, work.caller):
        return
    if not is_authorised_consignee(m, work.caller, work.query):
        remedy = "Present the goods at the office of destination; their consignee or an authorised one unloads them."
        raise elsewhere(Fault("/CC007C/Authorisation", "14", remedy, value=work.row.sender))


def permitted(work: Work, m: CC044C) -> KnownCase:
    """The unloading permission that remarks answer; out of sequence where none waits for them."""
    case = work.need(Arrival)
    if not destination.waits_for(work, "remarks_submitted"):
        raise elsewhere(out_of_sequence(m, "No unloading permission waits for remarks."))
    return KnownCase(permission=unloading_permission(work, case, announced(work)))


@handles(Transit.submit_unloading_remarks, reads=(Arrival,), rules=JUDGED, case=permitted, refuse=refuse_trader)
def submit_unloading_remarks(work: Work, m: CC044C) -> None:
    """What was found when unloading."""
    case = work.need(Arrival)
    remark = m.unloading_remark
    sound = remark.conform and remark.state_of_seals is not False and m.consignment is None
    changed = msgspec.structs.replace(
        case,
        state="unloading",
        unloaded=remark.unloading_completion,
        conform=case.conform and sound,
        control=CONSIDERED_SATISFACTORY if sound else "",
        remarks=(remark.unloading_remark or "")[:200],
        seals_intact=case.seals_intact and remark.state_of_seals is not False,
        remarks_at=work.remember(m) if m.consignment is not None else case.remarks_at,
    )
    destination.receive(work, "remarks_submitted", changed)


@handles(Transit.record_inspection, reads=(Arrival,), refuse=tell_officer)
def record_inspection(work: Work, m: Inspection) -> None:
    """An officer saw the goods."""
    case = work.need(Arrival)
    wrong = unfit_result(case, m, listed=listed(work, m.code)) or undecided_delay(case, m)
    if wrong is not None:
        tell_officer(work, m, (wrong,))
        return
    late = "" if m.lateness is Lateness.IN_TIME else m.lateness.value
    changed = msgspec.structs.replace(
        case, control=m.code, remarks=m.remarks or case.remarks, lateness=late,
        seals_intact=case.seals_intact and m.seals_intact,
    )  # fmt: skip
    destination.end(work, tasks.Destination.inspect, case=changed)


def listed(work: Work, code: str) -> bool:
    """Whether a result of a control is one of the published list."""
    return work.look().has(RESULTS, code)


def unfit_result(case: Arrival, m: Inspection, *, listed: bool) -> Fault | None:
    """Why a result cannot be that of this control: no list has it, broken seals are no satisfactory result, and with
    discrepancies it is said what was found."""
    if not listed:
        remedy = f"No result {m.code} is in {RESULTS}: give A1, A2, A5 or B1."
        return Fault("/code", "12", remedy, rule=RESULTS, value=m.code)
    if not (case.seals_intact and m.seals_intact) and m.code not in DISCREPANCIES:
        remedy = f"With seals that are not in good state the result is A5 or B1, not {m.code} (G0017)."
        return Fault("/code", "14", remedy, rule="G0017", value=m.code)
    if m.code in DISCREPANCIES and not (m.remarks or case.remarks or case.remarks_at):
        return _FINDINGS
    return None


def undecided_delay(case: Arrival, m: Inspection) -> Fault | None:
    """Goods that came after the limit are not in time; what their delay means the office of destination says."""
    if not case.late_days or m.lateness is not Lateness.IN_TIME:
        return None
    remedy = (
        f"The goods were presented {case.late_days} days after the limit of {case.limit_date} (IA art. 297). Say "
        "whether it was shown that the delay is not attributable to carrier or holder (IA art. 306(3))."
    )
    return Fault("/lateness", "14", remedy, value=m.lateness.value)


@handles(Transit.dispose_of_goods, reads=(Arrival,), refuse=tell_officer)
def dispose_of_goods(work: Work, m: GoodsDisposal) -> None:
    """An officer decides about goods that were not released."""
    case = work.need(Arrival)
    state = case.state if m.measure == REGULARISED else m.measure
    changed = msgspec.structs.replace(case, state=state, remarks=m.remarks or case.remarks)
    destination.end(work, tasks.Destination.dispose_of_goods, case=changed)


@handles(Transit.enquire, reads=(Arrival,), refuse=lambda work, m, faults: answer_unknown(work, m))
def enquire(work: Work, m: CD142C) -> None:
    """The office of departure asks whether a movement arrived, or for its results."""
    case = work.need(Arrival)
    work.put(msgspec.structs.replace(case, enquiry=m.message_identification))
    work.send(enquiry_answer(work, m, case), work.row.sender, correlation=work.row.id)


@handles(Transit.take_information, reads=(Arrival,), refuse=lambda work, m, faults: answer_unknown(work, m))
def take_information(work: Work, m: CD144C) -> None:
    """What the holder said, and the question once more."""
    work.send(enquiry_answer(work, m, work.need(Arrival)), work.row.sender, correlation=work.row.id)


def answer_unknown(work: Work, m: CD142C | CD144C) -> None:
    """A movement that was never announced here has not arrived here."""
    work.send(enquiry_answer(work, m, None), work.row.sender, correlation=work.row.id)


@handles(Transit.request_information, reads=(Arrival,), refuse=tell_officer)
def request_information(work: Work, m: InformationRequest) -> None:
    """An officer asks departure what else it knows, while it enquires."""
    case = work.need(Arrival)
    if not case.enquiry:
        raise elsewhere()
    work.send(information_request(work, case, m.text), f"NTA.{case.office_of_departure[:2]}")


@handles(Transit.cancel_enquiry, reads=(Arrival,), refuse=refuse_office)
def cancel_enquiry(work: Work, m: CD059C) -> None:
    """Departure looks no more for a movement."""
    case = work.need(Arrival)
    if not case.enquiry:
        refuse_office(work, m, (out_of_sequence(m, "There is no enquiry about this movement."),))
        return
    said = m.transit_operation.cancel_enquiry_notification_text or "The enquiry is over."
    work.put(msgspec.structs.replace(case, enquiry="", remarks=case.remarks or said))


@handles(Transit.note_recovery, reads=(Arrival, PassageRecord, LeavingRecord), refuse=refuse_office)
def note_recovery(work: Work, m: CD063C) -> None:
    """The duty is being recovered: goods that still come are told to departure all the same."""
    case = work.get(Arrival) or work.get(PassageRecord) or work.need(LeavingRecord)
    work.put(msgspec.structs.replace(case, recovery=True))


def out_of_sequence(m: Any, remedy: str) -> Fault:
    """The message does not fit the state of its movement (92)."""
    return Fault(f"/{type(m).__name__}", "92", remedy, value=m.transit_operation.mrn)


# --- steps


@destination.step("request_record")
def request_record(work: Work, case: Arrival) -> None:
    """IE002 to the administration that issued the MRN."""
    work.send(record_request(work, case), f"NTA.{issuer_of_mrn(case.mrn)}")


@destination.step("advise_departure")
def advise_departure(work: Work, case: Arrival) -> None:
    """IE006 to the office of departure."""
    work.send(arrival_advice(work, case), f"NTA.{case.office_of_departure[:2]}")


@destination.step("permit_unloading")
def permit_unloading(work: Work, case: Arrival) -> Arrival:
    """IE043 to the authorised consignee, who has three days for his remarks."""
    work.send(unloading_permission(work, case, announced(work)), case.sender)
    return msgspec.structs.replace(case, state="unloading")


@destination.deadline(UNLOADING)
def remarks_deadline(work: Work, case: Arrival) -> Instant:
    """Where no remarks come in time an officer looks (Implementing Regulation art. 315(1)(d))."""
    return work.limit(UNLOADING, case.office).last_instant


@destination.step("permit_continuation")
def permit_continuation(work: Work, case: Arrival) -> Arrival:
    """IE043 once more: not everything was unloaded yet."""
    again = msgspec.structs.replace(case, continuations=case.continuations + 1)
    work.send(unloading_continuation(work, again, announced(work)), case.sender)
    return again


@destination.ask("assess_risk", RiskAnalysis.assess, administration=lambda c: c.office[:2])
def assess_risk(work: Work, case: Arrival) -> Assess:
    """Ask for the risk of what arrived."""
    return risk.question_on_arrival(work, case, announced(work))


@destination.answer("assess_risk")
def assessed(work: Work, case: Arrival, outcome: RiskOutcome) -> Arrival:
    """Keep why an officer is to see the goods, or that nobody need."""
    found = tuple(to_be_seen(case, announced(work), outcome.control))
    untold = registers.untold_trust(work, case.holder)
    return msgspec.structs.replace(case, control_for=found, risk=(*outcome.reasons, *untold))


def to_be_seen(case: Arrival, record: CD001C, risky: bool) -> Iterator[str]:
    """What only an officer can say of goods that are presented, or is to look into. Without any of it they are
    considered satisfactory (CL197: A2), as the published flow of a standard arrival has it."""
    told = record.risk_analysis_identification
    reasons = (
        (risky, "selected by risk"),  # UCC art. 46(2)
        (told is not None and told.code in RISK_TOLD, "departure told a risk"),  # C0251
        # UCC art. 192(2): customs remove seals, or whom they authorise; what state they were in is told (C0810)
        (sealed(record), "sealed"),
        (
            case.late_days > 0,
            f"{case.late_days} days late",
        ),  # the office is to be satisfied of the reason, IA art. 306(3)
        (case.incidents > 0, f"{case.incidents} incidents on the way"),  # IA art. 305
        (case.binding_itinerary, "an itinerary was prescribed"),  # IA art. 298
        (record.transit_operation.declaration_type == TIR, "the operation is ended on the carnet"),  # IA art. 279
        (bool(case.enquiry) or case.recovery, "departure looks for them"),  # IA art. 310
    )
    yield from (reason for applies, reason in reasons if applies)


@destination.when
def nothing_to_be_seen(case: Arrival) -> bool:
    """No control was decided, and nothing else needs an officer."""
    return not case.control_for


@destination.task("inspect")
def inspect(work: Work, case: Arrival) -> HumanTask:
    """The inspection, due with the control results."""
    late = (f"{case.late_days} days late",) if case.late_days else ()
    why = ", ".join(dict.fromkeys((*late, *case.control_for)))  # those of an authorised consignee are late, too
    title = f"Inspect the goods of {case.mrn}: {why}".removesuffix(": ")
    return HumanTask("", "", 0, case.office, OFFICER_DESTINATION.name, title, case.deadline)


@destination.step("release_goods")
def release_goods(work: Work, case: Arrival) -> Arrival:
    """IE025 to the trader."""
    control = case.control or CONSIDERED_SATISFACTORY
    released = msgspec.structs.replace(case, state="released", control=control, deadline=0)
    work.send(goods_release(work, released), released.sender)
    return released


@destination.step("refuse_release")
def refuse_release(work: Work, case: Arrival) -> Arrival:
    """IE025 to the trader: no release; the goods stay under customs supervision (UCC art. 198)."""
    kept = msgspec.structs.replace(case, state="not released", deadline=0)
    work.send(goods_release(work, kept, NO_RELEASE), kept.sender)
    return kept


@destination.task("dispose_of_goods")
def goods_kept(_work: Work, case: Arrival) -> HumanTask:
    """What becomes of goods that were not released (UCC art. 197 to 199, IA art. 247)."""
    title = f"Decide on the goods of {case.mrn} that were not released"
    return HumanTask("", "", 0, case.office, OFFICER_DESTINATION.name, title, 0)


@destination.step("release_later")
def release_later(work: Work, case: Arrival) -> Arrival:
    """IE025 to the trader: the goods were regularised and are released."""
    released = msgspec.structs.replace(case, state="released")
    work.send(goods_release(work, released), released.sender)
    return released


@destination.step("report_results")
def report_results(work: Work, case: Arrival) -> None:
    """IE018 to the office of departure."""
    remarks: CC044C | None = work.journalled(case.remarks_at) if case.remarks_at else None
    results = control_results(work, case, announced(work), remarks)
    work.send(results, f"NTA.{case.office_of_departure[:2]}")


# --- conditions


@destination.when
def simplified_procedure(case: Arrival) -> bool:
    """An authorised consignee receives the goods."""
    return case.simplified


@destination.when
def unloading_complete(case: Arrival) -> bool:
    """Everything is unloaded."""
    return case.unloaded


@destination.when
def releasable(case: Arrival) -> bool:
    """No control was unsatisfactory: minor discrepancies (A5) are told, and hold nothing back."""
    return case.control != UNSATISFACTORY


@destination.when
def goods_regularised(case: Arrival) -> bool:
    """The officer found that what was wrong is mended; else the case says what became of the goods."""
    return case.state == "not released"


@destination.when
def goods_conform(case: Arrival) -> bool:
    """Everything was found as declared, seals intact; and in time, or an officer is to be satisfied of the reason
    (IA art. 306(3))."""
    return case.conform and not case.late_days
