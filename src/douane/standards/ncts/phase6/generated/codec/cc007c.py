"""Layouts and readers of cc007c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.authorisation import Authorisation
from douane.standards.ncts.phase6.generated.cc007c import CC007C, Consignment01, TraderAtDestination01, TransitOperation02
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson
from douane.standards.ncts.phase6.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase6.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase6.generated.gnss import GNSS
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase6.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase6.generated.codec.authorisation import L_AUTHORISATION_01, read_authorisation_01
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase6.generated.codec.location_of_goods import L_LOCATION_OF_GOODS_01
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, DATE_TIME_TYPE, FLAG, LANGUAGE_CODE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_02 = Layout("TransitOperation", TransitOperation02, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("arrivalNotificationDateAndTime", "arrival_notification_date_and_time", True, DATE_TIME_TYPE),
    Leaf("simplifiedProcedure", "simplified_procedure", True, FLAG),
))
L_TRADER_AT_DESTINATION_01 = Layout("TraderAtDestination", TraderAtDestination01, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("communicationLanguageAtDestination", "communication_language_at_destination", False, LANGUAGE_CODE_TYPE),
))
L_CONSIGNMENT_01 = Layout("Consignment", Consignment01, (
    Inner("LocationOfGoods", "location_of_goods", 1, 1, L_LOCATION_OF_GOODS_01),
))
L_CC007C = Layout("CC007C", CC007C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_02), Inner("Authorisation", "authorisation", 0, 9, L_AUTHORISATION_01),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("TraderAtDestination", "trader_at_destination", 1, 1, L_TRADER_AT_DESTINATION_01),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_01),
))

_L_CC007C_0 = body(L_CC007C, 0, 7)
_L_CC007C_1 = body(L_CC007C, 8, 11)

def read_cc007c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC007C, int]:
    found = _L_CC007C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    authorisation: tuple[Authorisation, ...] = ()
    if starts("<Authorisation>", at): authorisation, at = many(read_authorisation_01, "<Authorisation>", 9, text, starts, at)
    found = _L_CC007C_1(text, at)
    if found is None: raise Unusual
    v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27, v28, v29, v30 = found.groups()
    at = found.end()
    return CC007C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation02(mrn=v6, arrival_notification_date_and_time=datetime.datetime.fromisoformat(v7), simplified_procedure=v8 == "1"), authorisation=authorisation, customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v9), trader_at_destination=TraderAtDestination01(identification_number=v10, communication_language_at_destination=v11), consignment=Consignment01(location_of_goods=LocationOfGoods(type_of_location=v12, qualifier_of_identification=v13, authorisation_number=v14, additional_identifier=v15, un_locode=v16, customs_office=None if v17 is None else CustomsOffice(reference_number=v17), gnss=None if v18 is None else GNSS(latitude=v18, longitude=v19), economic_operator=None if v20 is None else EconomicOperator(identification_number=v20), address=None if v21 is None else Address02(street_and_number=v21, postcode=v22, city=v23, country=v24), postcode_address=None if v26 is None else PostcodeAddress(house_number=v25, postcode=v26, country=v27), contact_person=None if v28 is None else ContactPerson(name=v28, phone_number=v29, e_mail_address=v30))), phase_id=phase), at
