"""Layouts and readers of cd142c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cd142c import CD142C, CustomsOfficeOfEnquiryAtDeparture02, Enquiry02
from douane.standards.ncts.phase5.generated.consignee_actual import ConsigneeActual
from douane.standards.ncts.phase5.generated.consignment import Consignment07
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_07
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_request import L_CUSTOMS_OFFICE_OF_REQUEST_01
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX512, COREF_NUM_TYPE, DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, TINTYPE_RELAXED

L_CUSTOMS_OFFICE_OF_ENQUIRY_AT_DEPARTURE_02 = Layout("CustomsOfficeOfEnquiryAtDeparture", CustomsOfficeOfEnquiryAtDeparture02, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_ENQUIRY_02 = Layout("Enquiry", Enquiry02, (
    Leaf("date", "date", True, DATE_TYPE), Leaf("TC11DeliveryDate", "tc11_delivery_date", False, DATE_TYPE),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512), Leaf("limitForTheEnquiryResponseDate", "limit_for_the_enquiry_response_date", True, DATE_TYPE),
))
L_CONSIGNEE_ACTUAL_02 = Layout("ConsigneeActual", ConsigneeActual, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_07),
))
L_CONSIGNMENT_17 = Layout("Consignment", Consignment07, (
    Inner("ConsigneeActual", "consignee_actual", 1, 1, L_CONSIGNEE_ACTUAL_02),
))
L_CD142C = Layout("CD142C", CD142C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfRequest", "customs_office_of_request", 1, 1, L_CUSTOMS_OFFICE_OF_REQUEST_01),
    Inner("CustomsOfficeOfEnquiryAtDeparture", "customs_office_of_enquiry_at_departure", 1, 1, L_CUSTOMS_OFFICE_OF_ENQUIRY_AT_DEPARTURE_02),
    Inner("Enquiry", "enquiry", 1, 1, L_ENQUIRY_02), Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_17),
))

_L_CD142C_0 = body(L_CD142C, 0, 12)

def read_cd142c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD142C, int]:
    found = _L_CD142C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23 = found.groups()
    at = found.end()
    return CD142C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v7), customs_office_of_request=CustomsOfficeOfRequest01(reference_number=v8), customs_office_of_enquiry_at_departure=CustomsOfficeOfEnquiryAtDeparture02(reference_number=v9, contact_person=None if v10 is None else ContactPerson01(name=v10, phone_number=v11, e_mail_address=v12)), enquiry=Enquiry02(date=datetime.date.fromisoformat(v13), tc11_delivery_date=None if v14 is None else datetime.date.fromisoformat(v14), text=v15, limit_for_the_enquiry_response_date=datetime.date.fromisoformat(v16)), consignment=None if v17 is None else Consignment07(consignee_actual=ConsigneeActual(identification_number=v18, name=v19, address=Address02(street_and_number=v20, postcode=v21, city=v22, country=v23))), phase_id=phase), at
