"""Structs of cc140c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation23(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType23; in CC140C."""

    mrn: str
    request_on_non_arrived_movement_date: datetime.date
    limit_for_response_date: datetime.date


class CC140C(Message, frozen=True, kw_only=True, gc=False):
    """IE140: Holder is asked about goods that did not arrive."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation23
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    phase_id: str | None = None
