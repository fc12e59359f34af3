"""Layouts and readers of cc060c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc060c import CC060C, RequestedDocument, TransitOperation22, TypeOfControls
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase5.generated.representative import Representative02
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_04
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_13
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX22, ALPHANUMERIC_MAX3, ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, TINTYPE_RELAXED, TYPE_CONTENT_TYPE02

L_TRANSIT_OPERATION_22 = Layout("TransitOperation", TransitOperation22, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
    Leaf("controlNotificationDateAndTime", "control_notification_date_and_time", True, DATE_TIME_TYPE),
    Leaf("notificationType", "notification_type", True, FLAG_CONTENT_TYPE),
))
L_REPRESENTATIVE_04 = Layout("Representative", Representative02, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("status", "status", True, FLAG_CONTENT_TYPE),
    Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_04),
))
L_TYPE_OF_CONTROLS = Layout("TypeOfControls", TypeOfControls, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, ALPHANUMERIC_MAX3),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_REQUESTED_DOCUMENT = Layout("RequestedDocument", RequestedDocument, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("documentType", "document_type", True, TYPE_CONTENT_TYPE02),
    Leaf("description", "description", False, ALPHA_NUMERIC_MAX512),
))
L_CC060C = Layout("CC060C", CC060C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_22),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_13),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_04), Inner("TypeOfControls", "type_of_controls", 0, 99, L_TYPE_OF_CONTROLS),
    Inner("RequestedDocument", "requested_document", 0, 99, L_REQUESTED_DOCUMENT),
))

_L_TYPE_OF_CONTROLS_0 = run(L_TYPE_OF_CONTROLS, 0, 3)
_L_REQUESTED_DOCUMENT_0 = run(L_REQUESTED_DOCUMENT, 0, 3)
_L_CC060C_0 = body(L_CC060C, 0, 10)

def read_type_of_controls(text: str, starts: Starts, at: int) -> tuple[TypeOfControls, int]:
    found = _L_TYPE_OF_CONTROLS_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return TypeOfControls(sequence_number=int(v0), type=v1, text=v2), at

def read_requested_document(text: str, starts: Starts, at: int) -> tuple[RequestedDocument, int]:
    found = _L_REQUESTED_DOCUMENT_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return RequestedDocument(sequence_number=int(v0), document_type=v1, description=v2), at

def read_cc060c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC060C, int]:
    found = _L_CC060C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25 = found.groups()
    at = found.end()
    type_of_controls: tuple[TypeOfControls, ...] = ()
    if starts("<TypeOfControls>", at): type_of_controls, at = many(read_type_of_controls, "<TypeOfControls>", 99, text, starts, at)
    requested_document: tuple[RequestedDocument, ...] = ()
    if starts("<RequestedDocument>", at): requested_document, at = many(read_requested_document, "<RequestedDocument>", 99, text, starts, at)
    return CC060C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation22(lrn=v6, mrn=v7, control_notification_date_and_time=datetime.datetime.fromisoformat(v8), notification_type=v9), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v10), holder_of_the_transit_procedure=HolderOfTheTransitProcedure02(identification_number=v11, tir_holder_identification_number=v12, name=v13, address=None if v14 is None else Address02(street_and_number=v14, postcode=v15, city=v16, country=v17), contact_person=None if v18 is None else ContactPerson01(name=v18, phone_number=v19, e_mail_address=v20)), representative=None if v21 is None else Representative02(identification_number=v21, status=v22, contact_person=None if v23 is None else ContactPerson01(name=v23, phone_number=v24, e_mail_address=v25)), type_of_controls=type_of_controls, requested_document=requested_document, phase_id=phase), at
