"""Layouts and readers of cc051c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc051c import CC051C, Representative03, TransitOperation18
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, MESSAGE_TYPES, MONTH_CONTENT_TYPE, MRNCONTENT_TYPE01, MRNTYPE, TINTYPE_RELAXED

L_TRANSIT_OPERATION_18 = Layout("TransitOperation", TransitOperation18, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationSubmissionDateAndTime", "declaration_submission_date_and_time", True, DATE_TIME_TYPE),
    Leaf("noReleaseMotivationCode", "no_release_motivation_code", True, MONTH_CONTENT_TYPE),
    Leaf("noReleaseMotivationText", "no_release_motivation_text", True, ALPHA_NUMERIC_MAX512),
))
L_REPRESENTATIVE_03 = Layout("Representative", Representative03, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_CC051C = Layout("CC051C", CC051C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_18),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_03),
))

_L_CC051C_0 = body(L_CC051C, 0, 10)

def read_cc051c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC051C, int]:
    found = _L_CC051C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21 = found.groups()
    at = found.end()
    return CC051C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation18(mrn=v6, declaration_submission_date_and_time=datetime.datetime.fromisoformat(v7), no_release_motivation_code=v8, no_release_motivation_text=v9), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v10), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v11, tir_holder_identification_number=v12, name=v13, address=None if v14 is None else Address02(street_and_number=v14, postcode=v15, city=v16, country=v17)), representative=None if v18 is None else Representative03(identification_number=v18, contact_person=None if v19 is None else ContactPerson(name=v19, phone_number=v20, e_mail_address=v21)), phase_id=phase), at
