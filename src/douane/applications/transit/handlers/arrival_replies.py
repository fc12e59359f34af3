"""Messages that the office of destination and the offices of transit send."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, TypedDict

import msgspec

from douane.applications.transit.records.arrival import Arrival, PassageRecord
from douane.author import Fault, Instant
from douane.author.run import Work
from douane.standards.ncts.phase5 import (
    CC007C,
    CC025C,
    CC043C,
    CC044C,
    CC057C,
    CD001C,
    CD002C,
    CD006C,
    CD018C,
    CD118C,
    CD142C,
    CD143C,
    CD144C,
    CD145C,
    CD906C,
)

_FIRST = 9_999
"""Most errors that one rejection carries (CC056C, CC057C, CD906C)."""
FULL_RELEASE, NO_RELEASE = "1", "4"  # CL164
DISCREPANCIES = ("A5", "B1")
"""Results of a control with which it is said what was found (CL197, C0930)."""
NOTHING_SAID = "Discrepancies were found."
REJECTED_FOR_RULES = "12"  # CL226, CL227: functional errors are listed


class Envelope(TypedDict):
    """The elements that every message of the family begins with."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: dt.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None


def envelope(work: Work, recipient: str, message_type: str, answers: str = "") -> Envelope:
    """The envelope of a message from this administration; ``answers`` is the identification of the message answered."""
    return Envelope(
        message_sender=f"NTA.{work.administration}",
        message_recipient=recipient,
        preparation_date_and_time=clock_time(work.now),
        message_identification=work.message_id(),
        message_type=message_type,
        correlation_identifier=answers or None,
    )


def clock_time(instant: int) -> dt.datetime:
    """An instant as the family writes it: UTC, whole seconds, no zone."""
    return dt.datetime.fromtimestamp(instant // 1_000_000, dt.UTC).replace(tzinfo=None)


def typed(message: type[Any], content: dict[str, Any]) -> Any:
    """A message from plain values; nested groups are made from dictionaries or from groups of another message."""
    return msgspec.convert(_group(content), message, from_attributes=True)


def _group(content: Any) -> Any:
    """Plain values as an object whose attributes are the elements by their Python names."""
    if isinstance(content, dict):
        return SimpleNamespace(**{name: _group(value) for name, value in content.items()})
    return tuple(_group(each) for each in content) if isinstance(content, tuple) else content


def arrival_advice(work: Work, case: Arrival) -> CD006C:
    """IE006: the goods have arrived."""
    made: CD006C = typed(CD006C, {
        **envelope(work, f"NTA.{case.office_of_departure[:2]}", "CD006C"),
        "transit_operation": {"mrn": case.mrn, "arrival_date_and_time_actual": clock_time(case.arrived)},
        "customs_office_of_departure": {"reference_number": case.office_of_departure},
        "customs_office_of_destination_actual": {"reference_number": case.office},
    })  # fmt: skip
    return made


def unloading_permission(work: Work, case: Arrival, announced: CD001C) -> CC043C:
    """IE043: the authorised consignee may unload; what was declared comes along."""
    operation = announced.transit_operation
    made: CC043C = typed(CC043C, {
        **envelope(work, case.sender, "CC043C"),
        "transit_operation": {
            "mrn": case.mrn, "declaration_type": operation.declaration_type,
            "declaration_acceptance_date": operation.declaration_acceptance_date, "security": operation.security,
            "reduced_dataset_indicator": operation.reduced_dataset_indicator,
        },
        "customs_office_of_destination_actual": {"reference_number": case.office},
        "holder_of_the_transit_procedure": announced.holder_of_the_transit_procedure,
        "trader_at_destination": {"identification_number": case.trader},
        "consignment": announced.consignment,
    })  # fmt: skip
    return made


def unloading_continuation(work: Work, case: Arrival, announced: CD001C) -> CC043C:
    """IE043 once more: the authorised consignee may go on unloading; the permissions are counted (C0027, G0510)."""
    operation = announced.transit_operation
    made: CC043C = typed(CC043C, {
        **envelope(work, case.sender, "CC043C"),
        "transit_operation": {
            "mrn": case.mrn, "security": operation.security,
            "reduced_dataset_indicator": operation.reduced_dataset_indicator,
        },
        "customs_office_of_destination_actual": {"reference_number": case.office},
        "trader_at_destination": {"identification_number": case.trader},
        "ctl_control": {"continue_unloading": min(case.continuations, 9)},
    })  # fmt: skip
    return made


def goods_release(work: Work, case: Arrival, indicator: str = FULL_RELEASE) -> CC025C:
    """IE025: the goods are released to the trader at destination, or are not."""
    made: CC025C = typed(CC025C, {
        **envelope(work, case.sender, "CC025C"),
        "transit_operation": {
            "mrn": case.mrn, "release_date": work.today(case.office), "release_indicator": indicator,
        },
        "customs_office_of_destination_actual": {"reference_number": case.office},
        "trader_at_destination": {"identification_number": case.trader},
    })  # fmt: skip
    return made


def control_results(work: Work, case: Arrival, announced: CD001C, remarks: CC044C | None) -> CD018C:
    """IE018: what the control at destination showed. What was found goes home with a result that is not satisfactory
    (C0930); the state of the seals wherever some were announced (C0810)."""
    found = case.control in DISCREPANCIES
    consignment = remarks.consignment if remarks is not None and found else None
    made: CD018C = typed(CD018C, {
        **envelope(work, f"NTA.{case.office_of_departure[:2]}", "CD018C"),
        "transit_operation": {
            "mrn": case.mrn, "binding_itinerary": case.binding_itinerary,
            "other_things_to_report": (case.remarks or NOTHING_SAID)[:512] if found and consignment is None else None,
        },
        "customs_office_of_departure": {"reference_number": case.office_of_departure},
        "customs_office_of_destination_actual": {"reference_number": case.office},
        "control_result": {
            "code": case.control, "date": work.today(case.office), "text": _said(case) or None,
            "state_of_seals": case.seals_intact if sealed(announced) else None,
        },
        "consignment": consignment,
    })  # fmt: skip
    return made


def sealed(announced: CD001C) -> bool:
    """Whether seals were announced."""
    return any(each.number_of_seals for each in announced.consignment.transport_equipment)


def _said(case: Arrival) -> str:
    """The officer's words, after what he said of a late arrival (IA art. 306(3))."""
    return f"Presented {case.lateness}. {case.remarks}".strip()[:512] if case.lateness else case.remarks


def crossing(work: Work, case: PassageRecord) -> CD118C:
    """IE118: the goods crossed the frontier."""
    made: CD118C = typed(CD118C, {
        **envelope(work, f"NTA.{case.office_of_departure[:2]}", "CD118C"),
        "transit_operation": {"mrn": case.mrn, "passage_date": dt.date.fromisoformat(case.passed_on)},
        "customs_office_of_departure": {"reference_number": case.office_of_departure},
        "customs_office_of_transit_actual": {"reference_number": case.office},
    })  # fmt: skip
    return made


def enquiry_answer(work: Work, asked: CD142C | CD144C, case: Arrival | None) -> CD143C:
    """IE143: whether the movement is known to have arrived (CL029: 1 not presented; 2 with words, C0013)."""
    if isinstance(asked, CD142C):
        office = asked.customs_office_of_request.reference_number
        enquiring = asked.customs_office_of_enquiry_at_departure.reference_number
    else:
        office = asked.competent_customs_office_at_destination.reference_number
        enquiring = asked.competent_customs_office_at_departure.reference_number
    arrived = case is not None and case.arrived > 0
    made: CD143C = typed(CD143C, {
        **envelope(work, work.row.sender, "CD143C", asked.message_identification),
        "transit_operation": {"mrn": asked.transit_operation.mrn},
        "customs_office_of_request": {"reference_number": office},
        "customs_office_of_enquiry_at_departure": {"reference_number": enquiring},
        "enquiry": {
            "enquiry_response_date": work.today(office), "response_code": "2" if arrived else "1",
            "text": _standing(work, case) if case is not None and arrived else None,
        },
    })  # fmt: skip
    return made


def _standing(work: Work, case: Arrival) -> str:
    """Where a movement stands that arrived."""
    day = work.calendar(case.office).date(Instant(work.lawful(case.arrived)))
    follows = "its control results were sent" if case.state == "released" else "its control results follow"
    return f"Presented at {case.office} on {day}; {follows}."


def record_request(work: Work, case: Arrival) -> CD002C:
    """IE002: the goods are at an office that was not declared; what are they?"""
    made: CD002C = typed(CD002C, {
        **envelope(work, f"NTA.{case.office_of_departure[:2]}", "CD002C"),
        "transit_operation": {"mrn": case.mrn},
        "customs_office_of_destination_actual": {"reference_number": case.office},
    })  # fmt: skip
    return made


def information_request(work: Work, case: Arrival, text: str) -> CD145C:
    """IE145: what else does departure know? Said in words (CL118: 6, C0330)."""
    made: CD145C = typed(CD145C, {
        **envelope(work, f"NTA.{case.office_of_departure[:2]}", "CD145C", case.enquiry),
        "transit_operation": {"mrn": case.mrn},
        "competent_customs_office_at_departure": {"reference_number": case.office_of_departure},
        "competent_customs_office_at_destination": {"reference_number": case.office},
        "enquiry": {"enquiry_request_date": work.today(case.office)},
        "requested_information": ({"sequence_number": 1, "code": "6", "text": text},),
    })  # fmt: skip
    return made


def rejection(work: Work, refused: CC007C | CC044C, faults: tuple[Fault, ...]) -> CC057C:
    """IE057: the office of destination refuses a message and names each fault."""
    kind = type(refused).__name__
    made: CC057C = typed(CC057C, {
        **envelope(work, work.row.sender, "CC057C", refused.message_identification),
        "transit_operation": {
            "mrn": refused.transit_operation.mrn, "business_rejection_type": kind[2:5],
            "rejection_date_and_time": clock_time(work.now), "rejection_code": REJECTED_FOR_RULES,
        },
        "customs_office_of_destination_actual": refused.customs_office_of_destination_actual,
        "trader_at_destination": {"identification_number": refused.trader_at_destination.identification_number},
        "functional_error": tuple(functional_error(each) for each in faults[:_FIRST]),
    })  # fmt: skip
    return made


def functional_nack(work: Work, recipient: str, answers: str, faults: tuple[Fault, ...], mrn: str = "") -> CD906C:
    """IE906 between administrations: a message of the common domain cannot be used; it names its movement (C0461)."""
    made: CD906C = typed(CD906C, {
        **envelope(work, recipient, "CD906C", answers),
        "header": {"mrn": mrn} if mrn else None,
        "functional_error": tuple(functional_error(each) for each in faults[:_FIRST]),
    })  # fmt: skip
    return made


def functional_error(fault: Fault) -> dict[str, Any]:
    """A fault as the family writes it: pointer, CL180 code, reason (the rule, at most 7 characters), original value."""
    return {
        "error_pointer": (fault.pointer or "/")[:512],
        "error_code": fault.code,
        "error_reason": (fault.rule or "N/A")[:7],
        "original_attribute_value": fault.value[:512] or None,
    }
