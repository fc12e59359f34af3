"""Structs and writers of cc056c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.functional_error import FunctionalError02, write_functional_error02
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.binding.writing import text

class TransitOperation20(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType20; in CC056C."""
    lrn: str | None = None
    mrn: str | None = None
    business_rejection_type: str
    rejection_date_and_time: datetime.datetime
    rejection_code: str
    rejection_reason: str | None = None

def write_transit_operation20(v: TransitOperation20) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    out += f'<businessRejectionType>{text(v.business_rejection_type)}</businessRejectionType><rejectionDateAndTime>{v.rejection_date_and_time.isoformat(timespec="seconds")}</rejectionDateAndTime><rejectionCode>{text(v.rejection_code)}</rejectionCode>'
    if (v5 := v.rejection_reason) is not None: out += f'<rejectionReason>{text(v5)}</rejectionReason>'
    return out

class Representative01(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType01; in CC056C."""
    identification_number: str
    status: str

def write_representative01(v: Representative01) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber><status>{text(v.status)}</status>'

class CC056C(Message, frozen=True, kw_only=True, gc=False):
    """IE056: Refusal by the office of departure."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation20
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative01 | None = None
    functional_error: tuple[FunctionalError02, ...] = ()

def write_cc056c(v: CC056C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation20(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v9 := v.representative) is not None: out += f'<Representative>{write_representative01(v9)}</Representative>'
    for v10 in v.functional_error: out += f'<FunctionalError>{write_functional_error02(v10)}</FunctionalError>'
    return out
