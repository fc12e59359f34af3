"""Structs and writers of cc051c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson, write_contact_person
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.binding.writing import text

class TransitOperation18(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType18; in CC051C."""
    mrn: str
    declaration_submission_date_and_time: datetime.datetime
    no_release_motivation_code: str
    no_release_motivation_text: str

def write_transit_operation18(v: TransitOperation18) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><declarationSubmissionDateAndTime>{v.declaration_submission_date_and_time.isoformat(timespec="seconds")}</declarationSubmissionDateAndTime><noReleaseMotivationCode>{text(v.no_release_motivation_code)}</noReleaseMotivationCode><noReleaseMotivationText>{text(v.no_release_motivation_text)}</noReleaseMotivationText>'

class Representative03(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType03; in CC051C."""
    identification_number: str
    contact_person: ContactPerson | None = None

def write_representative03(v: Representative03) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person(v1)}</ContactPerson>'
    return out

class CC051C(Message, frozen=True, kw_only=True, gc=False):
    """IE051: Not released for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation18
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative03 | None = None

def write_cc051c(v: CC051C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation18(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v9 := v.representative) is not None: out += f'<Representative>{write_representative03(v9)}</Representative>'
    return out
