"""Structs and writers of cc141c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment07, write_consignment07
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01, write_customs_office_of_enquiry_at_departure01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class Enquiry01(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType01; in CC141C."""
    tc11_delivery_date: datetime.date | None = None
    text: str | None = None

def write_enquiry01(v: Enquiry01) -> str:
    out = ''
    if (v0 := v.tc11_delivery_date) is not None: out += f'<TC11DeliveryDate>{v0.isoformat()}</TC11DeliveryDate>'
    if (v1 := v.text) is not None: out += f'<text>{text(v1)}</text>'
    return out

class CC141C(Message, frozen=True, kw_only=True, gc=False):
    """IE141: Holder informs about goods that did not arrive."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual | None = None
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    enquiry: Enquiry01 | None = None
    consignment: Consignment07 | None = None

def write_cc141c(v: CC141C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation>'
    if (v7 := v.customs_office_of_destination_actual) is not None: out += f'<CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v7)}</CustomsOfficeOfDestinationActual>'
    out += f'<CustomsOfficeOfEnquiryAtDeparture>{write_customs_office_of_enquiry_at_departure01(v.customs_office_of_enquiry_at_departure)}</CustomsOfficeOfEnquiryAtDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v10 := v.enquiry) is not None: out += f'<Enquiry>{write_enquiry01(v10)}</Enquiry>'
    if (v11 := v.consignment) is not None: out += f'<Consignment>{write_consignment07(v11)}</Consignment>'
    return out
