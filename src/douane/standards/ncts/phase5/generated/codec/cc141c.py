"""Layouts and readers of cc141c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc141c import CC141C, Enquiry01
from douane.standards.ncts.phase5.generated.consignee_actual import ConsigneeActual
from douane.standards.ncts.phase5.generated.consignment import Consignment07
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_14
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_enquiry_at_departure import L_CUSTOMS_OFFICE_OF_ENQUIRY_AT_DEPARTURE_01
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_19
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX512_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_ENQUIRY_01 = Layout("Enquiry", Enquiry01, (
    Leaf("TC11DeliveryDate", "tc11_delivery_date", False, DATE_TYPE), Leaf("text", "text", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_CONSIGNEE_ACTUAL_01 = Layout("ConsigneeActual", ConsigneeActual, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", True, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 1, 1, L_ADDRESS_14),
))
L_CONSIGNMENT_07 = Layout("Consignment", Consignment07, (
    Inner("ConsigneeActual", "consignee_actual", 1, 1, L_CONSIGNEE_ACTUAL_01),
))
L_CC141C = Layout("CC141C", CC141C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 0, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("CustomsOfficeOfEnquiryAtDeparture", "customs_office_of_enquiry_at_departure", 1, 1, L_CUSTOMS_OFFICE_OF_ENQUIRY_AT_DEPARTURE_01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_19),
    Inner("Enquiry", "enquiry", 0, 1, L_ENQUIRY_01), Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_07),
))

_L_CC141C_0 = body(L_CC141C, 0, 12)

def read_cc141c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC141C, int]:
    found = _L_CC141C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25 = found.groups()
    at = found.end()
    return CC141C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_destination_actual=None if v7 is None else CustomsOfficeOfDestinationActual(reference_number=v7), customs_office_of_enquiry_at_departure=CustomsOfficeOfEnquiryAtDeparture01(reference_number=v8), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v9, tir_holder_identification_number=v10, name=v11, address=None if v12 is None else Address02(street_and_number=v12, postcode=v13, city=v14, country=v15)), enquiry=None if v16 is None else Enquiry01(tc11_delivery_date=None if v17 is None else datetime.date.fromisoformat(v17), text=v18), consignment=None if v19 is None else Consignment07(consignee_actual=ConsigneeActual(identification_number=v20, name=v21, address=Address02(street_and_number=v22, postcode=v23, city=v24, country=v25))), phase_id=phase), at
