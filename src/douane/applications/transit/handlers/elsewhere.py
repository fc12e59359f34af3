"""Movements that come to another office of destination than declared, and those that do not come any more."""

from __future__ import annotations

import msgspec

from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import arrival_parties
from douane.applications.transit.handlers import passage
from douane.applications.transit.handlers.after_release import leaving
from douane.applications.transit.handlers.desk import elsewhere, must_be_an_mrn, tell_officer
from douane.applications.transit.handlers.destination import destination, out_of_sequence, refuse_office
from douane.applications.transit.handlers.recast import recast
from douane.applications.transit.messages import ArrivalRequest, PassageWithdrawn
from douane.applications.transit.records.arrival import AnticipatedArrival, Arrival, LeavingRecord, PassageRecord
from douane.applications.transit.records.states import AtDestination
from douane.author import issuer_of_mrn
from douane.author.run import Work, handles
from douane.standards.ncts.phase5 import CD001C, CD003C, CD010C, CD024C, Consignment10, TransitOperation27


@handles(Transit.request_arrival, reads=(Arrival,), refuse=tell_officer)
def request_arrival(work: Work, m: ArrivalRequest) -> None:
    """The goods are at an office that was not declared: ask for their record."""
    must_be_an_mrn(m.mrn)
    case = work.get(Arrival)
    if case is not None and case.state != AtDestination.UNKNOWN:
        raise elsewhere()
    asked = Arrival(
        m.mrn, issuer_of_mrn(m.mrn), m.office, "", binding_itinerary=False, state=AtDestination.ASKED.value, named=True
    )
    destination.start(work, asked, message="requested")


@handles(Transit.receive_arrival_record, reads=(Arrival,), refuse=refuse_office)
def receive_arrival_record(work: Work, m: CD003C) -> None:
    """Departure sends the record, or says why there is none. Whom it names may notify the arrival from now on."""
    case, code = work.need(Arrival), m.transit_operation.request_rejection_reason_code
    if code or m.customs_office_of_departure is None or m.consignment is None:
        unknown = msgspec.structs.replace(case, state=AtDestination.UNKNOWN.value, reason=code or "")
        taken = destination.receive(work, "record_refused", unknown)
    else:
        record = recast(m, CD001C, message_type="CD001C", transit_operation=recast(
            m.transit_operation, TransitOperation27), consignment=recast(m.consignment, Consignment10))  # fmt: skip
        holder = record.holder_of_the_transit_procedure
        known = msgspec.structs.replace(
            case, state=AtDestination.EXPECTED.value, reason="",
            office_of_departure=record.customs_office_of_departure.reference_number,
            holder=holder.identification_number or holder.tir_holder_identification_number or "",
            binding_itinerary=record.transit_operation.binding_itinerary,
        )  # fmt: skip
        taken = destination.receive(work, "record_received", known)
        if taken:
            work.put(AnticipatedArrival(record))
            for party, role in arrival_parties(record, work.caller):
                work.admit(party, role)
    if not taken:
        refuse_office(work, m, (out_of_sequence(m, "No record was requested."),))


@handles(Transit.cancel_movement, reads=(Arrival, PassageRecord, LeavingRecord), refuse=refuse_office)
def cancel_movement(work: Work, m: CD010C) -> None:
    """The movement was invalidated: no office here expects it any more."""
    case = work.get(Arrival)
    if case is None:
        _end_on_the_way(work, m, arrived=False)
        return
    _tell_own_offices(work, m, arrived=False)
    cancelled = msgspec.structs.replace(case, state="cancelled", deadline=0)
    if not destination.receive(work, "cancelled", cancelled):
        refuse_office(work, m, (out_of_sequence(m, "This movement has arrived already."),))


@handles(Transit.forward_arrival, reads=(Arrival, PassageRecord, LeavingRecord), refuse=refuse_office)
def forward_arrival(work: Work, m: CD024C) -> None:
    """The movement arrived: the declared destination and offices of transit that never saw it wait no longer."""
    case = work.get(Arrival)
    if case is None:
        _end_on_the_way(work, m, arrived=True)
        return
    _tell_own_offices(work, m, arrived=True)
    if not m.customs_office_of_destination_actual.reference_number.startswith(work.administration):
        over = msgspec.structs.replace(case, state=AtDestination.ELSEWHERE.value, deadline=0)
        destination.receive(work, "cancelled", over)


def _end_on_the_way(work: Work, m: CD010C | CD024C, *, arrived: bool) -> None:
    """Where destination is elsewhere: the offices of transit here wait no longer, and then those of exit."""
    crossing = work.get(PassageRecord)
    if crossing is None:
        leaving.end(work, work.need(LeavingRecord), arrived=arrived)
        return
    passage.end(work, crossing, arrived=arrived)
    _tell_own_offices(work, m, arrived=arrived, transits=False)


def _tell_own_offices(work: Work, m: CD010C | CD024C, *, arrived: bool, transits: bool = True) -> None:
    """One message is for all offices of an administration: those of transit and of exit have cases of their own
    (G0170)."""
    own, mrn = work.administration, m.transit_operation.mrn
    crossed = [each.reference_number for each in m.customs_office_of_transit_declared if transits]
    left = [each.reference_number for each in m.customs_office_of_exit_for_transit_declared]
    for leaves, offices in ((False, crossed), (True, left)):
        if any(each.startswith(own) for each in offices):
            told = PassageWithdrawn(mrn=mrn, administration=own, arrived=arrived, leaving=leaves)
            work.send(told, f"NTA.{own}")
