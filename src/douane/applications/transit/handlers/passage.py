"""The offices of transit of an administration: announced movement, passage of the frontier at each, other offices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec.structs import replace

from douane.applications.transit import tasks
from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import OFFICER_TRANSIT
from douane.applications.transit.handlers.arrival_replies import crossing
from douane.applications.transit.handlers.desk import OUT_OF_SEQUENCE, elsewhere, must_be_an_mrn, tell_officer
from douane.applications.transit.handlers.destination import out_of_sequence, refuse_office
from douane.applications.transit.handlers.envelopes import head, office_of
from douane.applications.transit.messages import Leaving, LeavingRequest, Passage, PassageRequest
from douane.applications.transit.records.arrival import LeavingRecord, PassageRecord
from douane.applications.transit.records.states import OnTheWay
from douane.author import Fault, TaskRef, issuer_of_mrn
from douane.author.run import HumanTask, Process, Work, handles, process
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CD050C, CD115C, CD160C, CD165C

passage = process("passage", PassageRecord, __name__, older=("passage_0_1.bpmn",))

K = TypeVar("K", PassageRecord, LeavingRecord)

_NOT_DECLARED = Fault("/office", "14", "This office is not expected: ask departure for the record first"
                      " (request_passage, request_exit; IA art. 304(4)).")  # fmt: skip
_DAY = Fault("/passedOn", "14", "Goods pass between the day of their release and today (IA art. 304).")


# --- what offices of transit and of exit do alike


def expect(work: Work, m: CD050C | CD160C, procedure: Process[K], declared: list[str]) -> None:
    """A movement will come to these offices here; without one of them to the first that is named."""
    here = tuple(each for each in declared if each.startswith(work.administration)) or (declared[0],)
    case = procedure.record(
        mrn=m.transit_operation.mrn,
        office_of_departure=m.customs_office_of_departure.reference_number,
        office=here[0],
        holder=m.holder_of_the_transit_procedure.identification_number or "",
        offices=here,
        released_on=m.transit_operation.release_date,
    )
    procedure.start(work, case)


def see(work: Work, m: Passage | Leaving, procedure: Process[K], case: K, task: TaskRef) -> None:
    """An officer saw the goods, at an office that expects them, between their release and today."""
    why_not = against_passage(work, case, m)
    if why_not is not None:
        raise elsewhere(why_not)
    changed = replace(
        case, state=OnTheWay.PASSED.value, passed_on=m.passed_on.isoformat(), office=m.office, officer=work.caller.id,
        passages=(*case.passages, m.office),
    )  # fmt: skip
    procedure.end(work, task, case=changed)


def against_passage(work: Work, case: PassageRecord, m: Passage | Leaving) -> Fault | None:
    """Why a passage cannot be recorded: the office is not expected or saw the goods, or the day is impossible."""
    if case.offices and m.office not in case.offices:
        return _NOT_DECLARED
    if m.office in case.passages:
        return OUT_OF_SEQUENCE
    early = case.released_on is not None and m.passed_on < case.released_on
    return _DAY if early or m.passed_on > work.today(m.office) else None


def ask(work: Work, m: PassageRequest | LeavingRequest, procedure: Process[K], case: K | None) -> None:
    """The goods are at an office that was not declared."""
    must_be_an_mrn(m.mrn)
    if case is None or case.state == OnTheWay.UNKNOWN:
        country = issuer_of_mrn(m.mrn)
        asked = procedure.record(m.mrn, country, m.office, "", state=OnTheWay.ASKED.value, asked=m.office)
        procedure.start(work, asked, message="requested")
    elif m.office in case.offices or not procedure.receive(work, "other_office", replace(case, asked=m.office)):
        raise elsewhere()


def take_record(work: Work, m: CD115C | CD165C, procedure: Process[K], case: K, office: str) -> None:
    """Departure sends the record for this office, or says why there is none."""
    operation = m.transit_operation
    if office != case.asked:
        refuse_office(work, m, (out_of_sequence(m, "No record was requested for this office."),))
        return
    if operation.request_rejection_reason_code:
        known, told = case.offices != (), "record_refused"
        said = replace(
            case, asked="", reason=operation.request_rejection_reason_code,
            state=(OnTheWay.EXPECTED if known else OnTheWay.UNKNOWN).value,
        )  # fmt: skip
    else:
        departure, holder = m.customs_office_of_departure, m.holder_of_the_transit_procedure
        told = "record_received"
        said = replace(
            case, asked="", reason="", state=OnTheWay.EXPECTED.value, office=office, offices=(*case.offices, office),
            office_of_departure=departure.reference_number if departure else case.office_of_departure,
            holder=(holder.identification_number if holder else None) or case.holder,
            released_on=operation.release_date or case.released_on,
        )  # fmt: skip
    if not procedure.receive(work, told, said):
        refuse_office(work, m, (out_of_sequence(m, "No record was requested."),))


def over(work: Work, procedure: Process[K], case: K, *, arrived: bool) -> bool:
    """The movement does not come any more: it was invalidated, or arrived without coming by. False where it passed."""
    state = OnTheWay.NOT_SEEN if arrived else OnTheWay.CANCELLED
    return procedure.receive(work, "ended", replace(case, state=state.value, reason=state.value))


def left(case: PassageRecord) -> Iterator[str]:
    """The offices here that have not seen the goods."""
    return (each for each in case.offices if each not in case.passages)


def beside(case: PassageRecord, office: str) -> tuple[str, ...]:
    """The offices here that wait for the goods beside one."""
    return tuple(each for each in left(case) if each != office)


def next_office(case: K) -> K:
    """The case after a passage: where another office is left the goods are expected there."""
    another = next(left(case), "")
    return replace(case, state=OnTheWay.EXPECTED.value, office=another) if another else case


# --- offices of transit


@handles(Transit.anticipate_passage, reads=(PassageRecord,), refuse=refuse_office)
def anticipate_passage(work: Work, m: CD050C) -> None:
    """A movement will cross the frontier here, at one office or at several."""
    expect(work, m, passage, [each.reference_number for each in m.customs_office_of_transit_declared])


@handles(Transit.record_passage, reads=(PassageRecord,), refuse=tell_officer)
def record_passage(work: Work, m: Passage) -> None:
    """An officer saw the goods cross."""
    see(work, m, passage, work.need(PassageRecord), tasks.Passage.record_passage)


@handles(Transit.request_passage, reads=(PassageRecord,), refuse=tell_officer)
def request_passage(work: Work, m: PassageRequest) -> None:
    """The goods are at an office of transit that was not declared."""
    ask(work, m, passage, work.get(PassageRecord))


@handles(Transit.receive_transit_record, reads=(PassageRecord,), refuse=refuse_office)
def receive_transit_record(work: Work, m: CD115C) -> None:
    """Departure sends the record, or says why there is none."""
    take_record(work, m, passage, work.need(PassageRecord), m.customs_office_of_transit_actual.reference_number)


def end(work: Work, case: PassageRecord, *, arrived: bool) -> bool:
    """The movement does not cross here any more."""
    return over(work, passage, case, arrived=arrived)


@passage.task("record_passage")
def wait_for_passage(_work: Work, case: PassageRecord) -> HumanTask:
    """Without a deadline: the movement's time limit is the office of departure's concern."""
    office = next(left(case), case.office)
    return HumanTask(
        "", "", 0, office, OFFICER_TRANSIT.name, f"Record the passage of {case.mrn}", 0, others=beside(case, office)
    )


@passage.when
def another_office(case: PassageRecord) -> bool:
    """An office here has not seen the goods yet."""
    return next(left(case), "") != ""


@passage.step("notify_departure")
def notify_departure(work: Work, case: PassageRecord) -> PassageRecord:
    """IE118 to the office of departure; where another office is left the goods are expected there."""
    work.send(crossing(work, case), office_of(case.office_of_departure))
    return next_office(case)


@passage.step("request_record")
def request_record(work: Work, case: PassageRecord) -> None:
    """IE114 to the administration that issued the MRN."""
    to = office_of(issuer_of_mrn(case.mrn))
    work.send(
        p5.CD114C(
            **head(work, p5.CD114C, to),
            transit_operation=p5.TransitOperation43(mrn=case.mrn),
            customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number=case.asked),
        ),
        to,
    )
