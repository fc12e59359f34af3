"""Where a movement stands, for those whom it concerns."""

from __future__ import annotations

from douane.applications.transit.contract import Transit
from douane.applications.transit.handlers import exchanges
from douane.applications.transit.messages import MovementQuery, MovementView
from douane.applications.transit.records.departure import Departure
from douane.runtime.catalogue.behaviour import answers
from douane.runtime.store.queries import View
from douane.vocabulary.errors import NotFound


@answers(Transit.find_movement)
def find_movement(view: View, question: MovementQuery) -> MovementView:
    """A movement by its MRN, or by the LRN of one's own declaration; of another trader's nobody learns anything."""
    if question.mrn:
        subject = view.resolve("mrn", question.mrn)
    else:
        subject = view.resolve("lrn", f"{view.caller.name}/{question.lrn}")
    case = view.get(Departure, subject) if subject is not None else None
    if case is None or not view.admits(Transit.find_movement, subject or 0):
        remedy = (
            "Check the reference." if question.mrn or question.office else "Name the office of departure with an LRN."
        )
        raise NotFound("No movement is known under this reference.", remedy=remedy)
    return MovementView(
        mrn=case.mrn,
        lrn=case.lrn,
        state=case.state,
        office_of_departure=case.office,
        office_of_destination=case.arrived_at or case.destination,
        released_on=case.released_on,
        limit_date=case.limit_date,
        discharged_on=case.over_on if case.state == "discharged" else None,
        late_days=case.late_days,
        not_crossed=(*exchanges.not_crossed(case), *exchanges.not_left(case)) if case.arrived else (),
    )
