"""What other offices and the holder tell the office of departure after the release."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from douane.applications.transit.contract import Transit
from douane.applications.transit.handlers import exchanges, replies
from douane.applications.transit.handlers.after_release.process import HANDED_OVER
from douane.applications.transit.handlers.departure import departure
from douane.applications.transit.handlers.desk import OUT_OF_SEQUENCE
from douane.applications.transit.handlers.journey import journey
from douane.applications.transit.handlers.lodging import READS, refuse
from douane.applications.transit.handlers.standing import must_speak_in
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.book import JUDGED
from douane.applications.transit.rules.case import KnownCase
from douane.author import Fault, Instant, instant, moment
from douane.author.run import ProcessInstance, Work, handles
from douane.standards.ncts.phase5 import CC141C, CD006C, CD018C, CD118C, CD143C, CD145C, CD151C, CD152C, CD168C

ENQUIRING = frozenset(
    {"results requested", "under enquiry", "enquiry answered", "holder asked", "recovery to be handed over"}
)
"""States in which a reply of destination is kept though the procedure waits for something else."""
LIVING = frozenset({"overdue", "released", *ENQUIRING})


def nack(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """Tell an office that its message cannot be taken."""
    mrn = m.transit_operation.mrn
    work.reply(exchanges.functional_nack(work, work.row.sender, m.message_identification, mrn, faults))


def told(work: Work, message: str, case: Departure, former: str = "") -> bool:
    """Hand a message to the procedure that waits for it: the present one, or that of a movement of release 0.1."""
    return journey.receive(work, message, case) or departure.receive(work, former or message, case)


@handles(Transit.notify_crossing, reads=(Departure,), refuse=nack)
def notify_crossing(work: Work, m: CD118C) -> None:
    """Keep where and when the goods crossed the frontier.

    Two administrations are not heard in the order of what happened: a passage may be told after the arrival, and
    after the movement is over. What is refused is a passage before the release or on a day after the end.
    """
    case, day = work.need(Departure), m.transit_operation.passage_date
    passed = (m.customs_office_of_transit_actual.reference_number, day)
    if case.released_on is None or (case.over_on is not None and day > case.over_on):
        nack(work, m, (OUT_OF_SEQUENCE,))
    elif passed not in case.passages:
        work.put(replace(case, passages=(*case.passages, passed)))


@handles(Transit.notify_leaving, reads=(Departure,), refuse=nack)
def notify_leaving(work: Work, m: CD168C) -> None:
    """Keep where and when the goods left the security area; told late it is kept as a passage is."""
    case, day = work.need(Departure), m.transit_operation.passage_date
    left = (m.customs_office_of_exit_for_transit_actual.reference_number, day)
    if case.released_on is None or (case.over_on is not None and day > case.over_on):
        nack(work, m, (OUT_OF_SEQUENCE,))
    elif left not in case.leavings:
        work.put(replace(case, leavings=(*case.leavings, left)))


def days_late(work: Work, case: Departure, place: str, at: int) -> int:
    """How many days after the limit the goods were presented, by the calendar of that place; 0 in time."""
    day = work.calendar(place).date(Instant(work.lawful(at)))
    return max((day - (case.limit_date or day)).days, 0)


@handles(Transit.advise_arrival, reads=(Departure, ProcessInstance), refuse=nack)
def advise_arrival(work: Work, m: CD006C) -> None:
    """The goods are at an office of destination; in a recovery it is kept until their results are here."""
    case, place = work.need(Departure), m.customs_office_of_destination_actual.reference_number
    at = instant(m.transit_operation.arrival_date_and_time_actual.replace(tzinfo=moment(Instant(0)).tzinfo))
    arrived = replace(case, arrived=int(at), arrived_at=place, late_days=days_late(work, case, place, at))
    if told(work, "arrived", arrived):
        return
    if journey.waits_for(work, "proven"):
        if not case.arrived:  # told once
            exchanges.tell_arrival(work, arrived)
        work.put(arrived)
    else:
        nack(work, m, (OUT_OF_SEQUENCE,))


@handles(Transit.send_control_results, reads=(*READS, ProcessInstance), refuse=nack)
def take_control_results(work: Work, m: CD018C) -> None:
    """The results of destination discharge the movement, or tell of discrepancies."""
    case, result = work.need(Departure), m.control_result
    kept = replace(
        case,
        result=result.code,
        remarks=m.transit_operation.other_things_to_report or result.text or "",
        arrived_at=m.customs_office_of_destination_actual.reference_number,
        arrived=case.arrived or work.now,
    )
    if not told(work, "results", kept):
        nack(work, m, (OUT_OF_SEQUENCE,))


@handles(Transit.answer_enquiry, reads=(Departure, ProcessInstance), refuse=nack)
def answer_enquiry(work: Work, m: CD143C) -> None:
    """Destination says what it knows."""
    case, code = work.need(Departure), m.enquiry.response_code
    noted = replace(case, reply=code, remarks=m.enquiry.text or f"Answer {code} of destination.")
    if journey.waits_for(work, "replied"):
        helps = code != "1"
        journey.receive(work, "replied", replace(noted, state="enquiry answered") if helps else noted)
    elif departure.receive(work, "enquiry_answered", noted):
        pass
    elif case.state in ENQUIRING:
        work.put(noted)
    else:
        nack(work, m, (OUT_OF_SEQUENCE,))


@handles(Transit.ask_for_information, reads=(Departure, ProcessInstance), refuse=nack)
def ask_for_information(work: Work, m: CD145C) -> None:
    """Destination needs to know more to go on with an enquiry: the officer who concludes it sees what."""
    case = work.need(Departure)
    asked = "; ".join(each.text or f"Information {each.code} is requested." for each in m.requested_information)
    if case.state in ENQUIRING:
        work.put(replace(case, remarks=asked[:512]))
    else:
        nack(work, m, (OUT_OF_SEQUENCE,))


def enquired(work: Work, m: CC141C) -> KnownCase:
    """The declaration, of which the holder or who stands for him answers. Raises NotValid for others."""
    case = work.get(Departure)
    if case is not None:
        must_speak_in(work, m, case)
    if case is None:
        return KnownCase()
    return KnownCase(replies.declared(work), bool(case.mrn), case.accepted_on)


@handles(Transit.inform_on_non_arrived, reads=(*READS, ProcessInstance), rules=JUDGED, case=enquired, refuse=refuse)
def inform_on_non_arrived(work: Work, m: CC141C) -> None:
    """The holder says where the goods are."""
    case = work.get(Departure)
    text = (m.enquiry.text if m.enquiry else None) or ""
    noted = replace(case, message=m.message_identification, remarks=text, informed=bool(text)) if case else None
    if noted is not None and journey.receive(work, "informed", replace(noted, state="enquiry answered")):
        return
    if noted is None or not departure.receive(work, "enquiry_answered", noted):
        refuse(work, m, (OUT_OF_SEQUENCE,))


@handles(Transit.answer_transfer, reads=(*READS, ProcessInstance), refuse=nack)
def answer_transfer(work: Work, m: CD151C) -> None:
    """Another authority recovers, or does not."""
    case, accepted = work.need(Departure), m.recovery.recovery_acceptance
    if accepted:
        said = replace(case, state=HANDED_OVER, deadline=0, remarks=m.recovery.text or case.remarks)
    else:
        said = replace(case, state="enquiry answered", remarks=m.recovery.text or "The recovery was refused.")
    if not journey.receive(work, "transfer_accepted" if accepted else "transfer_refused", said):
        nack(work, m, (OUT_OF_SEQUENCE,))


@handles(Transit.tell_collection, reads=(*READS, ProcessInstance), refuse=nack)
def tell_collection(work: Work, m: CD152C) -> None:
    """The authority that took the recovery over collected the duty."""
    paid = replace(work.need(Departure), paid_by=m.customs_office_of_recovery.reference_number)
    if not journey.receive(work, "collected", paid):
        nack(work, m, (OUT_OF_SEQUENCE,))
