"""The offices of exit for transit of an administration: announced movement, the goods leave the security area."""

from __future__ import annotations

import datetime as dt

from douane.applications.transit import tasks
from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import OFFICER_EXIT
from douane.applications.transit.handlers import passage
from douane.applications.transit.handlers.desk import tell_officer
from douane.applications.transit.handlers.destination import refuse_office
from douane.applications.transit.handlers.envelopes import head, office_of
from douane.applications.transit.messages import Leaving, LeavingRequest, PassageWithdrawn
from douane.applications.transit.records.arrival import LeavingRecord, PassageRecord
from douane.author import Fault, issuer_of_mrn
from douane.author.run import HumanTask, Work, handles, process
from douane.standards.ncts.phase5 import (
    CD160C,
    CD164C,
    CD165C,
    CD168C,
    CustomsOfficeOfDeparture,
    CustomsOfficeOfExitForTransitActual02,
    TransitOperation43,
    TransitOperation46,
)

leaving = process("leaving", LeavingRecord, __name__)


@handles(Transit.anticipate_exit, reads=(LeavingRecord,), refuse=refuse_office)
def anticipate_exit(work: Work, m: CD160C) -> None:
    """A movement will leave the security area here, at one office or at several."""
    declared = [each.reference_number for each in m.customs_office_of_exit_for_transit_declared]
    passage.expect(work, m, leaving, declared)


@handles(Transit.record_exit, reads=(LeavingRecord,), refuse=tell_officer)
def record_exit(work: Work, m: Leaving) -> None:
    """An officer saw the goods leave."""
    passage.see(work, m, leaving, work.need(LeavingRecord), tasks.Leaving.record_exit)


@handles(Transit.request_exit, reads=(LeavingRecord,), refuse=tell_officer)
def request_exit(work: Work, m: LeavingRequest) -> None:
    """The goods are at an office of exit that was not declared."""
    passage.ask(work, m, leaving, work.get(LeavingRecord))


@handles(Transit.receive_exit_record, reads=(LeavingRecord,), refuse=refuse_office)
def receive_exit_record(work: Work, m: CD165C) -> None:
    """Departure sends the record, or says why there is none."""
    office = m.customs_office_of_exit_for_transit_actual.reference_number
    passage.take_record(work, m, leaving, work.need(LeavingRecord), office)


def unheard(_work: Work, _m: PassageWithdrawn, _faults: tuple[Fault, ...]) -> None:
    """The movement does not come by here, or has done so."""


@handles(Transit.withdraw_passage, reads=(PassageRecord, LeavingRecord), refuse=unheard)
def withdraw_passage(work: Work, m: PassageWithdrawn) -> None:
    """What another office of the same administration was told for all."""
    if m.leaving:
        end(work, work.need(LeavingRecord), arrived=m.arrived)
    else:
        passage.end(work, work.need(PassageRecord), arrived=m.arrived)


def end(work: Work, case: LeavingRecord, *, arrived: bool) -> bool:
    """The movement does not leave here any more."""
    return passage.over(work, leaving, case, arrived=arrived)


@leaving.task("record_exit")
def wait_for_exit(_work: Work, case: LeavingRecord) -> HumanTask:
    """Without a deadline: the movement's time limit is the office of departure's concern."""
    office = next(passage.left(case), case.office)
    others = passage.beside(case, office)
    return HumanTask("", "", 0, office, OFFICER_EXIT.name, f"Record the exit of {case.mrn}", 0, others=others)


@leaving.when
def another_office(case: LeavingRecord) -> bool:
    """An office here has not seen the goods yet."""
    return next(passage.left(case), "") != ""


@leaving.step("notify_departure")
def notify_departure(work: Work, case: LeavingRecord) -> LeavingRecord:
    """IE168 to the office of departure; where another office is left the goods are expected there."""
    to = office_of(case.office_of_departure)
    work.send(
        CD168C(
            **head(work, CD168C, to),
            transit_operation=TransitOperation46(mrn=case.mrn, passage_date=dt.date.fromisoformat(case.passed_on)),
            customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=case.office_of_departure),
            customs_office_of_exit_for_transit_actual=CustomsOfficeOfExitForTransitActual02(
                reference_number=case.office
            ),
        ),
        to,
    )
    return passage.next_office(case)


@leaving.step("request_record")
def request_record(work: Work, case: LeavingRecord) -> None:
    """IE164 to the administration that issued the MRN."""
    to = office_of(issuer_of_mrn(case.mrn))
    work.send(
        CD164C(
            **head(work, CD164C, to),
            transit_operation=TransitOperation43(mrn=case.mrn),
            customs_office_of_exit_for_transit_actual=CustomsOfficeOfExitForTransitActual02(
                reference_number=case.asked
            ),
        ),
        to,
    )
