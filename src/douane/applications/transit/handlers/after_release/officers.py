"""What officers of departure decide after the release: enquiry, proof, recovery."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit import tasks
from douane.applications.transit.contract import Transit
from douane.applications.transit.handlers.after_release import notices, process
from douane.applications.transit.handlers.departure import departure
from douane.applications.transit.handlers.desk import elsewhere, tell_officer
from douane.applications.transit.handlers.envelopes import office_of
from douane.applications.transit.handlers.journey import journey
from douane.applications.transit.handlers.lodging import READS
from douane.applications.transit.messages import (
    AlternativeProof,
    AnswerTime,
    DutyDetermination,
    DutyPayment,
    EnquiryClosure,
    EnquiryStart,
    GuarantorNotice,
    HolderQuestion,
    InformationForOffice,
    RecoveryTransfer,
)
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.time_limits import ANSWER_PROLONGED, GUARANTOR
from douane.author import Fault, Instant
from douane.author.run import ProcessInstance, Work, handles

_GROUNDS = Fault("/grounds", "13", "Say why: before the limit for the journey an enquiry is begun on suspicion only"
                 " (IA art. 310(3)).")  # fmt: skip
_GUARANTOR_RELEASED = Fault("/guarantor", "14", "The nine months are over: the guarantor is released (DA art. 85(3)).")
_NOT_DUE = Fault("/", "92", "The guarantor is told when the limit for the journey is over and the procedure is not"
                 " discharged (DA art. 85(1)).")  # fmt: skip
_TIR_ALONE = Fault("/", "92", "More time to answer is given to holders of TIR carnets alone (IA art. 280(5)).")
_AMOUNT = Fault("/amount", "15", "A procedure that is discharged has no duty to be recovered; leave the amount out.")
_PART = Fault("/amount", "14", "The debt is extinguished by payment of the whole (UCC art. 124(1)(a)).")


@handles(Transit.begin_enquiry, reads=(*READS, ProcessInstance), refuse=tell_officer)
def begin_enquiry(work: Work, m: EnquiryStart) -> None:
    """The officer asks where the goods are: at once on suspicion, within seven days where the limit is over."""
    case = work.need(Departure)
    noted = replace(case, remarks=m.grounds or case.remarks)
    if journey.complete(work, "begin_enquiry", case=noted):
        return
    if not journey.waits_for(work, "enquiry_begun"):
        raise elsewhere()
    if unfounded(m):
        raise elsewhere(_GROUNDS)
    journey.receive(work, "enquiry_begun", noted)


def unfounded(m: EnquiryStart) -> bool:
    """Whether an enquiry before the limit has no grounds: it is begun on suspicion only (IA art. 310(3))."""
    return not m.grounds.strip()


@handles(Transit.ask_holder, reads=(*READS, ProcessInstance), refuse=tell_officer)
def ask_holder(work: Work, m: HolderQuestion) -> None:
    """What destination replied does not suffice."""
    journey.end(work, tasks.Enquiry.judge_reply)


@handles(Transit.prolong_answer, reads=(*READS, ProcessInstance), refuse=tell_officer)
def prolong_answer(work: Work, m: AnswerTime) -> None:
    """The holder of a TIR carnet asked for more time; once, and before his time is over."""
    case = work.need(Departure)
    if not case.association:
        raise elsewhere(_TIR_ALONE)
    if case.prolonged or not journey.waits_for(work, "prolonged"):
        raise elsewhere()
    ends = work.limit(ANSWER_PROLONGED, case.office, event=Instant(case.deadline - 1)).last_instant
    journey.receive(work, "prolonged", replace(case, prolonged=True, deadline=ends))


@handles(Transit.inform_office, reads=(*READS, ProcessInstance), refuse=tell_officer)
def inform_office(work: Work, m: InformationForOffice) -> None:
    """What the holder said is enough to go on with the enquiry."""
    case = replace(work.need(Departure), decision=process.SUPPLEMENT, remarks=m.text)
    journey.end(work, tasks.Enquiry.close_enquiry, case=case)


@handles(Transit.hand_over_recovery, reads=(*READS, ProcessInstance), refuse=tell_officer)
def hand_over_recovery(work: Work, m: RecoveryTransfer) -> None:
    """There is evidence that the debt was incurred elsewhere."""
    case = replace(work.need(Departure), decision=process.TRANSFER_SOUGHT, authority=m.authority, remarks=m.grounds)
    journey.end(work, tasks.Enquiry.close_enquiry, case=case)


@handles(Transit.close_enquiry, reads=(*READS, ProcessInstance), refuse=tell_officer)
def close_enquiry(work: Work, m: EnquiryClosure) -> None:
    """An enquiry, or discrepancies, end with discharge or with recovery."""
    if m.discharged and m.amount is not None:
        raise elsewhere(_AMOUNT)
    before = work.need(Departure)
    case = replace(before, discharged=m.discharged, decision="", duty=m.amount, remarks=m.remarks or before.remarks)
    former = (tasks.Departure.close_enquiry, tasks.Departure.resolve_discrepancies)
    if not any(departure.complete(work, each.node, case=case) for each in former):
        journey.end(work, tasks.Enquiry.close_enquiry, tasks.Journey.resolve_discrepancies, case=case)


@handles(Transit.accept_proof, reads=(*READS, ProcessInstance), refuse=tell_officer)
def accept_proof(work: Work, m: AlternativeProof) -> None:
    """The procedure was ended after all: it is discharged, also when recovery has begun (IA art. 310(7), 312)."""
    case = work.need(Departure)
    if not journey.waits_for(work, "proven"):
        raise elsewhere()
    said = f"{m.proof.value}: {m.document}"
    if case.enquired_on is not None:
        work.send(notices.enquiry_cancelled(work, case, said), office_of(notices.destination_of(case)))
    journey.receive(work, "proven", replace(case, discharged=True, remarks=m.remarks or said))


@handles(Transit.determine_duty, reads=(*READS, ProcessInstance), refuse=tell_officer)
def determine_duty(work: Work, m: DutyDetermination) -> None:
    """What is claimed is the duty on the goods, whatever the guarantee was to cover (UCC art. 101)."""
    case = replace(work.need(Departure), duty=m.amount, remarks=m.basis)
    journey.end(work, tasks.Collecting.determine_duty, case=case)


@handles(Transit.tell_guarantor, reads=(*READS, ProcessInstance), refuse=tell_officer)
def tell_guarantor(work: Work, m: GuarantorNotice) -> None:
    """The guarantor answers for the debt only if he is told within nine months."""
    case = work.need(Departure)
    if case.limit_date is None or not (case.enquired_on or case.duty):
        raise elsewhere(_NOT_DUE)
    if case.state in ("discharged", "written off", "invalidated"):
        raise elsewhere()
    if case.association and m.guarantor != case.association:
        raise elsewhere(Fault("/guarantor", "14", f"{case.association} stands for the carnet (IA 2015/2447 art. 163)."))
    due = work.day(case.limit_date, case.office)
    if work.limit(GUARANTOR, case.office, event=due).late(Instant(work.lawful_now)):
        raise elsewhere(_GUARANTOR_RELEASED)
    named = replace(case, guarantor=m.guarantor)
    notices.tell_guarantor(work, named, "The procedure was not discharged (DA art. 85(1)).")
    work.put(named)


@handles(Transit.record_payment, reads=(*READS, ProcessInstance), refuse=tell_officer)
def record_payment(work: Work, m: DutyPayment) -> None:
    """The duty was paid: the movement is written off."""
    case = work.need(Departure)
    if not journey.waits_for(work, "paid"):
        raise elsewhere()
    if m.amount != case.duty:
        raise elsewhere(_PART)
    journey.receive(work, "paid", replace(case, paid_by=m.paid_by))
