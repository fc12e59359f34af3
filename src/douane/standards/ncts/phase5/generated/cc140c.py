"""Structs and writers of cc140c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01, write_customs_office_of_enquiry_at_departure01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.binding.writing import text

class TransitOperation23(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType23; in CC140C."""
    mrn: str
    request_on_non_arrived_movement_date: datetime.date
    limit_for_response_date: datetime.date

def write_transit_operation23(v: TransitOperation23) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><requestOnNonArrivedMovementDate>{v.request_on_non_arrived_movement_date.isoformat()}</requestOnNonArrivedMovementDate><limitForResponseDate>{v.limit_for_response_date.isoformat()}</limitForResponseDate>'

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

def write_cc140c(v: CC140C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation23(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfEnquiryAtDeparture>{write_customs_office_of_enquiry_at_departure01(v.customs_office_of_enquiry_at_departure)}</CustomsOfficeOfEnquiryAtDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
