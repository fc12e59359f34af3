"""The offices of transit of an administration: announced movement, passage of the frontier."""

from __future__ import annotations

import msgspec

from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import OFFICER_TRANSIT
from douane.applications.transit.handlers.arrival_replies import crossing
from douane.applications.transit.handlers.desk import OUT_OF_SEQUENCE, tell_officer
from douane.applications.transit.handlers.destination import refuse_office
from douane.applications.transit.messages import Passage
from douane.applications.transit.records.arrival import PassageRecord
from douane.runtime.catalogue.behaviour import handles
from douane.runtime.core.processes import process
from douane.runtime.core.work import Work
from douane.runtime.store.records import HumanTask
from douane.standards.ncts.phase5 import CD050C

passage = process("passage", PassageRecord, __name__)


@handles(Transit.anticipate_passage, reads=(PassageRecord,), refuse=refuse_office)
def anticipate_passage(work: Work, m: CD050C) -> None:
    """A movement will cross the frontier here."""
    here = [o.reference_number for o in m.customs_office_of_transit_declared
            if o.reference_number.startswith(work.administration)]  # fmt: skip
    holder = m.holder_of_the_transit_procedure
    case = PassageRecord(
        mrn=m.transit_operation.mrn,
        office_of_departure=m.customs_office_of_departure.reference_number,
        office=here[0] if here else m.customs_office_of_transit_declared[0].reference_number,
        holder=holder.identification_number or "",
    )
    passage.start(work, case)


@handles(Transit.record_passage, reads=(PassageRecord,), refuse=tell_officer)
def record_passage(work: Work, m: Passage) -> None:
    """An officer saw the goods cross; another office of the country than the declared one may do so."""
    changed = msgspec.structs.replace(
        work.need(PassageRecord),
        state="passed",
        passed_on=m.passed_on.isoformat(),
        office=m.office,
        officer=work.caller.id,
    )
    if not passage.complete(work, "record_passage", case=changed):
        tell_officer(work, m, (OUT_OF_SEQUENCE,))


@passage.task("record_passage")
def wait_for_passage(work: Work, case: PassageRecord) -> HumanTask:
    """Without a deadline: the movement's time limit is the office of departure's concern."""
    return HumanTask("", "", 0, case.office, OFFICER_TRANSIT.name, f"Record the passage of {case.mrn}", 0)


@passage.step("notify_departure")
def notify_departure(work: Work, case: PassageRecord) -> None:
    """IE118 to the office of departure."""
    work.send(crossing(work, case), f"NTA.{case.office_of_departure[:2]}")
