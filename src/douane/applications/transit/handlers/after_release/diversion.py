"""Offices that were not declared ask departure for the record of a movement (IA art. 304(4), 306(4))."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec.structs import replace

from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import AT_DESTINATION, AT_EXIT, AT_TRANSIT
from douane.applications.transit.handlers import exchanges, replies
from douane.applications.transit.handlers.after_release import incidents
from douane.applications.transit.handlers.envelopes import head
from douane.applications.transit.handlers.lodging import READS
from douane.applications.transit.handlers.recast import recast
from douane.applications.transit.records.departure import Departure
from douane.author import Fault, administration
from douane.author.run import ProcessInstance, Work, handles
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CD002C, CD003C, CD114C, CD115C, CD164C, CD165C

O = TypeVar("O", p5.TransitOperation28, p5.TransitOperation39)
UNKNOWN_MRN = "1"
"""Why there is no record (CL221, CL225). The lists are not public; C0811 shows that 1 names no office of departure."""


def refuse_transit_record(work: Work, m: CD114C, _faults: tuple[Fault, ...]) -> None:
    """IE115 without a record: no such movement is on its way; nothing else is told."""
    at = m.customs_office_of_transit_actual.reference_number
    work.reply(
        CD115C(
            **head(work, CD115C, work.row.sender, m.message_identification),
            transit_operation=p5.TransitOperation39(
                mrn=m.transit_operation.mrn, request_rejection_reason_code=UNKNOWN_MRN
            ),
            customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual01(
                reference_number=at, guarantee_not_valid_for_country=False
            ),
        )
    )


def refuse_exit_record(work: Work, m: CD164C, _faults: tuple[Fault, ...]) -> None:
    """IE165 without a record: no such movement is on its way; nothing else is told."""
    work.reply(
        CD165C(
            **head(work, CD165C, work.row.sender, m.message_identification),
            transit_operation=p5.TransitOperation39(
                mrn=m.transit_operation.mrn, request_rejection_reason_code=UNKNOWN_MRN
            ),
            customs_office_of_exit_for_transit_actual=m.customs_office_of_exit_for_transit_actual,
        )
    )


def refuse_arrival_record(work: Work, m: CD002C, _faults: tuple[Fault, ...]) -> None:
    """IE003 without a record: no such movement is on its way; nothing else is told."""
    work.reply(
        CD003C(
            **head(work, CD003C, work.row.sender, m.message_identification),
            transit_operation=p5.TransitOperation28(
                mrn=m.transit_operation.mrn, request_rejection_reason_code=UNKNOWN_MRN
            ),
            customs_office_of_destination_actual=m.customs_office_of_destination_actual,
        )
    )


@handles(Transit.request_transit_record, reads=(*READS, ProcessInstance), refuse=refuse_transit_record)
def request_transit_record(work: Work, m: CD114C) -> None:
    """Another office of transit has the goods: it gets the record, and from now on it is told what becomes of them."""
    case, office = work.need(Departure), m.customs_office_of_transit_actual.reference_number
    work.admit(administration(office[:2]), AT_TRANSIT)
    sent = _as_released(work, case)
    actual = p5.CustomsOfficeOfTransitActual01(
        reference_number=office, guarantee_not_valid_for_country=office[:2] in case.not_valid_in
    )
    work.reply(
        recast(
            sent, CD115C, **head(work, CD115C, work.row.sender, m.message_identification),
            transit_operation=_operation(work, sent, p5.TransitOperation39, office),
            customs_office_of_transit_actual=actual, **_record(work, case, sent, office),
        )
    )  # fmt: skip
    if office not in (*case.transits, *case.also_at):
        work.put(replace(case, also_at=(*case.also_at, office)))


@handles(Transit.request_exit_record, reads=(*READS, ProcessInstance), refuse=refuse_exit_record)
def request_exit_record(work: Work, m: CD164C) -> None:
    """Another office of exit has the goods: it gets the record, and from now on it is told what becomes of them."""
    case, office = work.need(Departure), m.customs_office_of_exit_for_transit_actual.reference_number
    work.admit(administration(office[:2]), AT_EXIT)
    sent = _as_released(work, case)
    work.reply(
        recast(
            sent, CD165C, **head(work, CD165C, work.row.sender, m.message_identification),
            transit_operation=_operation(work, sent, p5.TransitOperation39, office),
            customs_office_of_exit_for_transit_actual=m.customs_office_of_exit_for_transit_actual,
            **_record(work, case, sent, office),
        )
    )  # fmt: skip
    if office not in (*case.exits, *case.exits_also):
        work.put(replace(case, exits_also=(*case.exits_also, office)))


@handles(Transit.request_arrival_record, reads=(*READS, ProcessInstance), refuse=refuse_arrival_record)
def request_arrival_record(work: Work, m: CD002C) -> None:
    """Another office of destination has the goods: it gets the record."""
    case, office = work.need(Departure), m.customs_office_of_destination_actual.reference_number
    work.admit(administration(office[:2]), AT_DESTINATION)
    sent = _as_released(work, case)
    work.reply(
        recast(
            sent, CD003C, **head(work, CD003C, work.row.sender, m.message_identification),
            transit_operation=_operation(work, sent, p5.TransitOperation28, office),
            customs_office_of_destination_actual=m.customs_office_of_destination_actual,
            **_record(work, case, sent, office),
        )
    )  # fmt: skip


def _as_released(work: Work, case: Departure) -> p5.CC029C:
    """The release as it was told, of the day on which it was."""
    sent = replies.release(work, case)
    day = case.released_on or work.today(case.office)
    return replace(sent, transit_operation=replace(sent.transit_operation, release_date=day))


def _operation(work: Work, sent: p5.CC029C, kind: type[O], office: str) -> O:
    """The operation; its special circumstance is told in the security area alone (C0812)."""
    told = recast(sent.transit_operation, kind)
    inside = exchanges.in_security_area(work, office)
    return told if inside else replace(told, specific_circumstance_indicator=None)


def _record(work: Work, case: Departure, sent: p5.CC029C, office: str) -> dict[str, Any]:
    inside = exchanges.in_security_area(work, office)
    goods = recast(sent.consignment, p5.Consignment11, incident=incidents.all_of(work, case))
    return {
        "customs_office_of_exit_for_transit_declared": (
            sent.customs_office_of_exit_for_transit_declared if inside else ()
        ),
        "control_result": p5.ControlResult04(code=case.control, date=replies.limit(case)),
        "risk_analysis_identification": exchanges.risk_told(work, office, sent.transit_operation.security),
        "consignment": goods if inside else exchanges.without_security(goods),
    }
