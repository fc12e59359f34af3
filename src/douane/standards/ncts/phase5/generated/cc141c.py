"""Structs of cc141c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment07
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class Enquiry01(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType01; in CC141C."""

    tc11_delivery_date: datetime.date | None = None
    text: str | None = None


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
    phase_id: str | None = None
