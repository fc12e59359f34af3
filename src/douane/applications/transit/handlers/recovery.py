"""The authority of recovery that another administration asks: whether it recovers, and what it collected."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.transit import tasks
from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import OFFICER_DESTINATION
from douane.applications.transit.handlers.desk import elsewhere, tell_officer
from douane.applications.transit.handlers.destination import refuse_office
from douane.applications.transit.handlers.envelopes import head, office_of
from douane.applications.transit.messages import DutyCollection, RecoveryDecision
from douane.applications.transit.records.recovery import RecoveryAsked
from douane.applications.transit.rules.time_limits import TRANSFER
from douane.author import Fault
from douane.author.run import HumanTask, Instant, Work, handles, process
from douane.standards.ncts import phase5 as p5

recovery = process("recovery", RecoveryAsked, __name__)

_NOT_YET = Fault("/collectedOn", "14", "A duty is collected today or before.")


@handles(Transit.request_recovery, reads=(RecoveryAsked,), refuse=refuse_office)
def request_recovery(work: Work, m: p5.CD150C) -> None:
    """Another administration has evidence that the debt was incurred here."""
    authority = m.customs_office_of_recovery_requested.reference_number
    recovery.start(
        work,
        RecoveryAsked(
            mrn=m.transit_operation.mrn,
            requesting=m.customs_office_of_recovery_requesting.reference_number,
            authority=authority,
            grounds=m.recovery.text,
            guarantees=tuple(each.grn for each in m.guarantee_reference),
            deadline=work.limit(TRANSFER, authority).last_instant,
            request=m.message_identification,
        ),
    )


@handles(Transit.decide_recovery, reads=(RecoveryAsked,), refuse=tell_officer)
def decide_recovery(work: Work, m: RecoveryDecision) -> None:
    """An officer says whether the authority here is competent."""
    case = work.need(RecoveryAsked)
    said = replace(case, state="under recovery" if m.accepted else "refused", deadline=0, remarks=m.remarks)
    recovery.end(work, tasks.Recovery.decide_recovery, case=said)


@handles(Transit.record_collection, reads=(RecoveryAsked,), refuse=tell_officer)
def record_collection(work: Work, m: DutyCollection) -> None:
    """The duty was paid here."""
    case = work.need(RecoveryAsked)
    if m.collected_on > work.today(case.authority):
        raise elsewhere(_NOT_YET)
    paid = replace(case, state="collected", collected_on=m.collected_on.isoformat(), remarks=m.remarks or case.remarks)
    recovery.end(work, tasks.Recovery.collect, case=paid)


@recovery.task("decide_recovery")
def wait_for_decision(_work: Work, case: RecoveryAsked) -> HumanTask:
    """An officer decides within 28 days."""
    return _task(case, f"Decide whether to recover the duty of {case.mrn}")


@recovery.task("collect")
def wait_for_collection(_work: Work, case: RecoveryAsked) -> HumanTask:
    """The duty is to be collected here."""
    return _task(case, f"Collect the duty of {case.mrn}")


def _task(case: RecoveryAsked, title: str) -> HumanTask:
    return HumanTask("", "", 0, case.authority, OFFICER_DESTINATION.name, title, case.deadline)


@recovery.deadline(TRANSFER)
def transfer_deadline(_work: Work, case: RecoveryAsked) -> Instant:
    """After 28 days departure resumes its enquiry: it is too late (Implementing Regulation art. 311(2))."""
    return Instant(case.deadline)


@recovery.step("lapse")
def lapse(_work: Work, case: RecoveryAsked) -> RecoveryAsked:
    """Nobody answered in time."""
    return replace(case, state="lapsed", deadline=0)


@recovery.step("answer_transfer")
def answer_transfer(work: Work, case: RecoveryAsked) -> None:
    """IE151 to the authority that asked."""
    work.send(
        p5.CD151C(
            **head(work, p5.CD151C, office_of(case.requesting), case.request),
            transit_operation=p5.TransitOperation43(mrn=case.mrn),
            customs_office_of_recovery_requesting=p5.CustomsOfficeOfRecoveryRequesting01(
                reference_number=case.requesting
            ),
            customs_office_of_recovery_requested=p5.CustomsOfficeOfRecoveryRequested02(reference_number=case.authority),
            recovery=p5.Recovery02(
                recovery_acceptance=taken_over(case),
                recovery_communication_date=work.today(case.authority),
                text=case.remarks or None,
            ),
        ),
        office_of(case.requesting),
        correlation=case.request,
    )


@recovery.when
def taken_over(case: RecoveryAsked) -> bool:
    """The authority here recovers."""
    return case.state == "under recovery"


@recovery.step("tell_collection")
def tell_collection(work: Work, case: RecoveryAsked) -> None:
    """IE152 to the authority that asked."""
    work.send(
        p5.CD152C(
            **head(work, p5.CD152C, office_of(case.requesting)),
            transit_operation=p5.TransitOperation43(mrn=case.mrn),
            customs_office_of_recovery_at_departure=p5.CustomsOfficeOfRecoveryAtDeparture02(
                reference_number=case.requesting
            ),
            customs_office_of_recovery=p5.CustomsOfficeOfRecovery(reference_number=case.authority),
            recovery=p5.Recovery03(collection_date=dt.date.fromisoformat(case.collected_on), text=case.remarks or None),
        ),
        office_of(case.requesting),
    )
