"""Movements that release 0.1 released go on in the definition they began with: one stage of enquiry, then recovery.

Their procedure is ``processes/departure_0_1.bpmn``, to which instances are pinned.
"""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.handlers.after_release import notices, process
from douane.applications.transit.handlers.departure import departure, publish_outcome
from douane.applications.transit.handlers.envelopes import office_of
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.time_limits import ANSWER, ENQUIRY, RESULTS
from douane.author.run import HumanTask, Instant, Work

for step in (process.note_arrival, process.notify_discrepancies, process.discharge):
    departure.step(step.__name__)(step)
for predicate in (process.results_satisfactory, process.may_be_discharged):
    departure.when(predicate)
departure.deadline(RESULTS)(process.results_deadline)


@departure.deadline(ENQUIRY)
def arrival_deadline(_work: Work, case: Departure) -> Instant:
    """The enquiry begins when nothing has arrived in time (Implementing Regulation art. 310)."""
    return Instant(case.deadline)


@departure.step("open_enquiry")
def open_enquiry(work: Work, case: Departure) -> Departure:
    """Ask the holder where nothing has arrived, and destination in any case."""
    if not case.arrived:
        work.send(notices.not_arrived(work, case), case.declarant)
    work.send(notices.enquiry(work, case), office_of(notices.destination_of(case)))
    return replace(case, state="under enquiry", deadline=work.limit(ANSWER, case.office).last_instant)


@departure.step("note_answer")
def note_answer(_work: Work, case: Departure) -> Departure:
    """The officer's task opens again with the answer in the case."""
    return replace(case, state="enquiry answered")


@departure.task("close_enquiry")
def close_enquiry(_work: Work, case: Departure) -> HumanTask:
    """An officer decides what became of the movement."""
    return process.task(case, f"Close the enquiry about {case.mrn}")


@departure.task("resolve_discrepancies", apart_from=("control_goods",))
def resolve_discrepancies(_work: Work, case: Departure) -> HumanTask:
    """An officer decides whether the discrepancies are resolved."""
    return process.task(case, f"Resolve the discrepancies of {case.mrn}")


@departure.step("recover")
def recover(work: Work, case: Departure) -> Departure:
    """The duty is claimed where it is known; the guarantee stays in use (UCC art. 98)."""
    if case.duty is not None:
        work.send(notices.debt(work, case), case.declarant)
    over = replace(case, state="recovery", deadline=0, over_on=work.today(case.office))
    publish_outcome(work, over)
    return over
