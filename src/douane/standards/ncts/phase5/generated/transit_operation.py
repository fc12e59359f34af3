"""Structs and writers of transit_operation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TransitOperation03(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType03, TransitOperationType05, TransitOperationType25; in CC009C, CC014C, CC191C."""
    lrn: str | None = None
    mrn: str | None = None

def write_transit_operation03(v: TransitOperation03) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    return out

class TransitOperation17(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType17, TransitOperationType36; in CC048C, CD063C."""
    mrn: str
    recovery_communication_date: datetime.date | None = None

def write_transit_operation17(v: TransitOperation17) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.recovery_communication_date) is not None: out += f'<recoveryCommunicationDate>{v1.isoformat()}</recoveryCommunicationDate>'
    return out

class TransitOperation34(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType34, TransitOperationType40; in CD050C, CD160C."""
    mrn: str
    declaration_type: str
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool

def write_transit_operation34(v: TransitOperation34) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><declarationType>{text(v.declaration_type)}</declarationType><declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate><releaseDate>{v.release_date.isoformat()}</releaseDate><security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    if (v6 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v6)}</specificCircumstanceIndicator>'
    return out + f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'

class TransitOperation37(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType37, TransitOperationType38; in CD094C, CD095C."""
    mrn: str
    status: str

def write_transit_operation37(v: TransitOperation37) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><status>{text(v.status)}</status>'

class TransitOperation39(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType39, TransitOperationType41; in CD115C, CD165C."""
    mrn: str
    declaration_type: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None

def write_transit_operation39(v: TransitOperation39) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.declaration_type) is not None: out += f'<declarationType>{text(v1)}</declarationType>'
    if (v2 := v.declaration_acceptance_date) is not None: out += f'<declarationAcceptanceDate>{v2.isoformat()}</declarationAcceptanceDate>'
    if (v3 := v.release_date) is not None: out += f'<releaseDate>{v3.isoformat()}</releaseDate>'
    if (v4 := v.security) is not None: out += f'<security>{text(v4)}</security>'
    if (v5 := v.reduced_dataset_indicator) is not None: out += f'<reducedDatasetIndicator>{v5:d}</reducedDatasetIndicator>'
    if (v6 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v6)}</specificCircumstanceIndicator>'
    if (v7 := v.binding_itinerary) is not None: out += f'<bindingItinerary>{v7:d}</bindingItinerary>'
    if (v8 := v.request_rejection_reason_code) is not None: out += f'<requestRejectionReasonCode>{text(v8)}</requestRejectionReasonCode>'
    return out

class TransitOperation43(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType43, TransitOperationType44; in 17 messages."""
    mrn: str

def write_transit_operation43(v: TransitOperation43) -> str:
    return f'<MRN>{text(v.mrn)}</MRN>'

class TransitOperation45(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType45; in CD006C, CD209C."""
    mrn: str
    arrival_date_and_time_actual: datetime.datetime

def write_transit_operation45(v: TransitOperation45) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><arrivalDateAndTimeActual>{v.arrival_date_and_time_actual.isoformat(timespec="seconds")}</arrivalDateAndTimeActual>'

class TransitOperation46(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType46; in CD118C, CD168C."""
    mrn: str
    passage_date: datetime.date

def write_transit_operation46(v: TransitOperation46) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><passageDate>{v.passage_date.isoformat()}</passageDate>'

class TransitOperation47(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType47; in CC182C, CD180C, CD181C."""
    mrn: str
    incident_notification_date_and_time: datetime.datetime

def write_transit_operation47(v: TransitOperation47) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><incidentNotificationDateAndTime>{v.incident_notification_date_and_time.isoformat(timespec="seconds")}</incidentNotificationDateAndTime>'

class TransitOperation48(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType48; in CC023C, CC035C, CC055C, CD200C, CD203C."""
    mrn: str
    declaration_acceptance_date: datetime.date

def write_transit_operation48(v: TransitOperation48) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate>'
