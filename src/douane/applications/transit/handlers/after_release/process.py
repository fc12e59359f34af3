"""The procedure from release to discharge: what each of its steps does, when its gateways open, how long it waits."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.contract.parties import AT_RECOVERY
from douane.applications.transit.handlers import departure as before
from douane.applications.transit.handlers import exchanges, replies
from douane.applications.transit.handlers.after_release import notices
from douane.applications.transit.handlers.envelopes import office_of
from douane.applications.transit.handlers.journey import collecting, enquiry, journey
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.time_limits import (
    ANSWER,
    ANSWER_PROLONGED,
    DISCREPANCY,
    ENQUIRY,
    ENTRY,
    GUARANTOR_CALLED,
    HOLDER_ASKED,
    INFORMATION,
    JOURNEY,
    PAYMENT,
    PLACE,
    PLACE_TIR,
    PLACE_TRANSFER,
    PLACE_UNANSWERED,
    REPLY,
    RESULTS,
    RESULTS_REQUESTED,
    TRANSFER,
)
from douane.author import Instant as At
from douane.author import administration
from douane.author.run import HumanTask, Instant, Work

UNSATISFACTORY = "B1"  # CL197
NOT_PRESENTED = "1"
"""Destination knows of no arrival: its reply alone never discharges the procedure (CL029)."""
SUPPLEMENT, TRANSFER_SOUGHT = "ask once more", "hand over"
AT_ONCE = "at once"
HANDED_OVER = "recovery handed over"


def task(case: Departure, title: str, due: int = 0) -> HumanTask:
    """Work for an officer of departure."""
    return HumanTask("", "", 0, case.office, before.OFFICER, title, due or case.deadline)


def due_task(case: Departure, title: str, at: int) -> tuple[HumanTask, Departure]:
    """The same, of a limit that is the case's own from now on: the one before it is over, and no list shows that."""
    return task(case, title, at), replace(case, deadline=at)


# --- on the way, arrival, results -------------------------------------------------------------------------------------


@journey.deadline(JOURNEY)
def journey_deadline(work: Work, case: Departure) -> Instant:
    """Goods are to be presented by the limit that was set at release (Implementing Regulation art. 297)."""
    assert case.limit_date is not None
    return work.set_date(JOURNEY, case.office, case.limit_date).last_instant


@journey.step("note_overdue")
def note_overdue(work: Work, case: Departure) -> Departure:
    """The movement is late; where nobody looked for seven days the enquiry begins with it."""
    late = work.lawful_now >= enquiry_deadline(work, case)
    return replace(case, state="overdue", decision=AT_ONCE if late else "")


@journey.when
def seven_days_over(case: Departure) -> bool:
    """No time is left for an officer to begin."""
    return case.decision == AT_ONCE


@journey.task("begin_enquiry")
def begin_enquiry(_work: Work, case: Departure) -> HumanTask:
    """Nothing arrived in time."""
    return task(case, f"Begin the enquiry about {case.mrn}")


@journey.deadline(ENQUIRY)
def enquiry_deadline(work: Work, case: Departure) -> Instant:
    """Where no officer did, the enquiry begins with the last of seven days (Implementing Regulation art. 310(3))."""
    assert case.limit_date is not None
    ends = work.limit(ENQUIRY, case.office, event=work.day(case.limit_date, case.office))
    return _last_day_of(work, case, ends.last_instant)


@journey.step("note_arrival")
def note_arrival(work: Work, case: Departure) -> Departure:
    """The goods are at destination; its control results are due. Who still expects them is told (IE024)."""
    exchanges.tell_arrival(work, case)
    return replace(case, state="arrived", deadline=work.limit(RESULTS, case.office).last_instant)


@journey.deadline(RESULTS)
def results_deadline(_work: Work, case: Departure) -> Instant:
    """Results that are missing are requested at once (Implementing Regulation art. 310(1))."""
    return Instant(case.deadline)


@journey.step("request_results")
def request_results(work: Work, case: Departure) -> Departure:
    """Request the control results of the office that told the arrival."""
    work.send(notices.enquiry(work, case, notices.RESULTS_ASKED), office_of(notices.destination_of(case)))
    ends = work.limit(RESULTS_REQUESTED, case.office, event=Instant(case.deadline - 1))
    return replace(case, state="results requested", deadline=ends.last_instant)


@journey.deadline(RESULTS_REQUESTED)
def requested_deadline(work: Work, case: Departure) -> Instant:
    """An enquiry begins with the last of the seven days (Implementing Regulation art. 310(2)(b), (3))."""
    return _last_day_of(work, case, case.deadline)


@journey.when
def results_satisfactory(case: Departure) -> bool:
    """Destination found nothing against it (CL197)."""
    return case.result != UNSATISFACTORY


@journey.step("notify_discrepancies")
def notify_discrepancies(work: Work, case: Departure) -> Departure:
    """Tell the holder what was found."""
    work.send(replies.discrepancies(work, case), case.declarant)
    return replace(case, state="discrepancies", deadline=work.limit(DISCREPANCY, case.office).last_instant)


@journey.task("resolve_discrepancies", apart_from=("departure.control_goods",))
def resolve_discrepancies(_work: Work, case: Departure) -> HumanTask:
    """An officer decides whether the discrepancies are resolved."""
    return task(case, f"Resolve the discrepancies of {case.mrn}")


@journey.when
def may_be_discharged(case: Departure) -> bool:
    """The officer found that the procedure ended as it should."""
    return case.discharged


# --- the enquiry ------------------------------------------------------------------------------------------------------


@enquiry.step("open_enquiry")
def open_enquiry(work: Work, case: Departure) -> Departure:
    """Ask the office of destination; the enquiry has begun."""
    work.send(notices.enquiry(work, case), office_of(notices.destination_of(case)))
    ends = work.limit(REPLY, notices.destination_of(case)).last_instant
    return replace(
        case, state="under enquiry", enquired_on=work.today(case.office), reply="", decision="", deadline=ends
    )


@enquiry.deadline(REPLY)
def reply_deadline(_work: Work, case: Departure) -> Instant:
    """Destination has 28 days to reply (Implementing Regulation art. 310(4))."""
    return Instant(case.deadline)


@enquiry.when
def reply_helps(case: Departure) -> bool:
    """The reply says more than that nothing arrived: an officer judges it before the holder is asked."""
    return case.reply not in ("", NOT_PRESENTED)


@enquiry.task("judge_reply")
def judge_reply(work: Work, case: Departure) -> tuple[HumanTask, Departure]:
    """An officer judges what destination replied, or that it did not."""
    return due_task(case, f"Judge the reply about {case.mrn}", _holder_asked(work, case))


@enquiry.deadline(HOLDER_ASKED)
def holder_asked_deadline(work: Work, case: Departure) -> Instant:
    """Where no officer did, the holder is asked with the last of the 35 days (Implementing Regulation art. 310(5))."""
    return _last_day_of(work, case, _holder_asked(work, case))


def _last_day_of(work: Work, case: Departure, ends: int) -> Instant:
    """The first instant of the last day of a period: what is to be done within it is done by then."""
    calendar = work.calendar(case.office)
    return calendar.begins(calendar.date(At(ends - 1)))


def _holder_asked(work: Work, case: Departure) -> Instant:
    assert case.enquired_on is not None
    return work.limit(HOLDER_ASKED, case.office, event=work.day(case.enquired_on, case.office)).last_instant


@enquiry.step("ask_holder")
def ask_holder(work: Work, case: Departure) -> Departure:
    """Ask the holder, who has 28 days; the association that stands for a TIR carnet is invited to give proof."""
    work.send(notices.not_arrived(work, case), case.declarant)
    if case.association:
        notices.invite_association(work, case)
    ends = work.limit(ANSWER, case.office).last_instant
    return replace(case, state="holder asked", holder_asked_on=work.today(case.office), deadline=ends)


@enquiry.deadline(ANSWER, ANSWER_PROLONGED)
def answer_deadline(_work: Work, case: Departure) -> Instant:
    """The holder has 28 days to answer; of a TIR carnet he gets 28 more at his request (IA art. 310(5), 280(5))."""
    return Instant(case.deadline)


@enquiry.task("close_enquiry")
def close_enquiry(work: Work, case: Departure) -> tuple[HumanTask, Departure]:
    """An officer decides what became of the movement."""
    return due_task(case, f"Conclude the enquiry about {case.mrn}", place_deadline(work, case))


@enquiry.deadline(PLACE, PLACE_TIR, PLACE_TRANSFER, PLACE_UNANSWERED)
def place_deadline(work: Work, case: Departure) -> Instant:
    """When the debt is taken to be incurred at departure: seven months after the goods were due, a month more where
    another authority was asked; or a month after a holder's time who said nothing (Delegated Regulation art. 77). Of
    goods under a TIR carnet it is seven months (art. 78)."""
    assert case.limit_date is not None
    limit = PLACE_TIR if case.association else PLACE_TRANSFER if case.authority else PLACE
    latest = work.limit(limit, case.office, event=work.day(case.limit_date, case.office)).last_instant
    if case.association or case.holder_asked_on is None or case.arrived or case.informed:
        return latest
    answered = work.limit(ANSWER, case.office, event=work.day(case.holder_asked_on, case.office))
    unanswered = work.limit(PLACE_UNANSWERED, case.office, event=work.day(answered.last_day, case.office))
    return min(latest, unanswered.last_instant)


@enquiry.when
def more_is_asked(case: Departure) -> bool:
    """The office involved is to be asked once more, with what the holder said."""
    return case.decision == SUPPLEMENT


@enquiry.when
def transfer_sought(case: Departure) -> bool:
    """The debt was incurred elsewhere."""
    return case.decision == TRANSFER_SOUGHT


@enquiry.step("send_information")
def send_information(work: Work, case: Departure) -> Departure:
    """Tell the office involved what the holder said, and ask once more."""
    work.send(notices.information(work, case, case.remarks), office_of(notices.destination_of(case)))
    ends = work.limit(INFORMATION, notices.destination_of(case)).last_instant
    return replace(case, state="under enquiry", decision="", deadline=ends)


@enquiry.deadline(INFORMATION)
def information_deadline(_work: Work, case: Departure) -> Instant:
    """The office involved has 40 days (Implementing Regulation art. 310(6))."""
    return Instant(case.deadline)


@enquiry.step("request_transfer")
def request_transfer(work: Work, case: Departure) -> Departure:
    """Ask another authority to recover; only it may answer."""
    work.admit(administration(case.authority[:2]), AT_RECOVERY)
    work.send(notices.transfer(work, case), office_of(case.authority))
    ends = work.limit(TRANSFER, case.authority).last_instant
    return replace(case, state="recovery to be handed over", decision="", deadline=ends)


@enquiry.deadline(TRANSFER)
def transfer_deadline(_work: Work, case: Departure) -> Instant:
    """It has 28 days; else the enquiry is resumed (Implementing Regulation art. 311(2))."""
    return Instant(case.deadline)


# --- recovery ---------------------------------------------------------------------------------------------------------


@collecting.when
def handed_over(case: Departure) -> bool:
    """Another authority recovers."""
    return case.state == HANDED_OVER


@collecting.when
def duty_known(case: Departure) -> bool:
    """The amount was determined already."""
    return case.duty is not None


@collecting.task("determine_duty")
def determine_duty(work: Work, case: Departure) -> tuple[HumanTask, Departure]:
    """An officer determines the duty on the goods, within 14 days (UCC art. 105(3))."""
    return due_task(case, f"Determine the duty on the goods of {case.mrn}", work.limit(ENTRY, case.office).last_instant)


@collecting.step("recover")
def recover(work: Work, case: Departure) -> Departure:
    """Notify the debt; the guarantee stays in use until the debt is paid or can arise no more (UCC art. 98)."""
    work.send(notices.debt(work, case), case.declarant)
    for country in dict.fromkeys(each[:2] for each in (notices.destination_of(case), *case.transits, *case.exits)):
        work.send(notices.recovery_told(work, case, country), office_of(country))
    claimed = replace(
        case, state="recovery", over_on=work.today(case.office), deadline=work.limit(PAYMENT, case.office).last_instant
    )
    before.publish_outcome(work, claimed)
    return claimed


@collecting.deadline(PAYMENT)
def payment_deadline(_work: Work, case: Departure) -> Instant:
    """The holder has ten days to pay (UCC art. 108(1))."""
    return Instant(case.deadline)


@collecting.step("call_guarantor")
def call_guarantor(work: Work, case: Departure) -> Departure:
    """A guarantor who was told in time is called, within three years of acceptance (Delegated Reg. art. 85(2))."""
    if case.guarantor and case.accepted_on is not None:
        accepted = work.day(case.accepted_on, case.office)
        if not work.limit(GUARANTOR_CALLED, case.office, event=accepted).late(At(work.lawful_now)):
            claimed = case.duty if case.liable is None or case.duty is None else min(case.duty, case.liable)
            text = f"{claimed} EUR were not paid in time and are claimed from you (DA art. 85(2))."
            notices.tell_guarantor(work, case, text)
    return replace(case, deadline=0)


@journey.step("write_off")
def write_off(work: Work, case: Departure) -> Departure:
    """The debt is extinguished: tell the holder, give the guarantees back (UCC art. 124(1)(a), 98)."""
    return _ended(work, case, "written off")


@journey.step("discharge")
def discharge(work: Work, case: Departure) -> Departure:
    """Write the movement off and credit its guarantees (UCC art. 215, 98)."""
    return _ended(work, replace(case, discharged=True), "discharged")


def _ended(work: Work, case: Departure, state: str) -> Departure:
    work.send(replies.written_off(work, case), case.declarant)
    if case.association and case.enquired_on is not None:  # it was told that the operation could not be discharged
        work.send(replies.written_off(work, case, case.association), case.association)
    for use in case.guarantees:
        work.send(exchanges.credit(work, case, use), office_of(use.grn[2:4]))
    credited = tuple(replace(use, state="credited", holds=False) for use in case.guarantees)
    over = replace(case, guarantees=credited, state=state, deadline=0, over_on=work.today(case.office))
    before.publish_outcome(work, over)
    return over


journey.step("invalidate")(before.invalidate)
