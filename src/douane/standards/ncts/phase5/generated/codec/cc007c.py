"""Layouts and readers of cc007c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.address import Address01, Address02
from douane.standards.ncts.phase5.generated.authorisation import Authorisation
from douane.standards.ncts.phase5.generated.cc007c import CC007C, Consignment01, TraderAtDestination01, TransitOperation02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase5.generated.endorsement import Endorsement01
from douane.standards.ncts.phase5.generated.gnss import GNSS
from douane.standards.ncts.phase5.generated.incident import Incident01
from douane.standards.ncts.phase5.generated.location import Location
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase5.generated.transhipment import Transhipment
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01
from douane.standards.ncts.phase5.generated.transport_means import TransportMeans
from douane.standards.ncts.phase5.generated.codec.authorisation import L_AUTHORISATION_01, read_authorisation_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.gnss import L_GNSS
from douane.standards.ncts.phase5.generated.codec.location_of_goods import L_LOCATION_OF_GOODS_01
from douane.standards.ncts.phase5.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_01, read_transport_equipment_01
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX512_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, CODE_CONTENT_TYPE06, COUNTRY_CODE_TYPE, DATE_TIME_TYPE, DATE_TYPE, ERROR_CODE_CONTENT_TYPE, FLAG, FLAG_CONTENT_TYPE, LANGUAGE_CODE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, UNLOCODE_CONTENT_TYPE

L_TRANSIT_OPERATION_02 = Layout("TransitOperation", TransitOperation02, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("arrivalNotificationDateAndTime", "arrival_notification_date_and_time", True, DATE_TIME_TYPE),
    Leaf("simplifiedProcedure", "simplified_procedure", True, FLAG), Leaf("incidentFlag", "incident_flag", True, FLAG),
))
L_TRADER_AT_DESTINATION_01 = Layout("TraderAtDestination", TraderAtDestination01, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("communicationLanguageAtDestination", "communication_language_at_destination", False, LANGUAGE_CODE_TYPE),
))
L_ENDORSEMENT_01 = Layout("Endorsement", Endorsement01, (
    Leaf("date", "date", True, DATE_TYPE), Leaf("authority", "authority", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("place", "place", True, ALPHA_NUMERIC_MAX35_NO_SPACES), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))
L_ADDRESS_01 = Layout("Address", Address01, (
    Leaf("streetAndNumber", "street_and_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("city", "city", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
))
L_LOCATION_01 = Layout("Location", Location, (
    Leaf("qualifierOfIdentification", "qualifier_of_identification", True, CODE_CONTENT_TYPE06),
    Leaf("UNLocode", "un_locode", False, UNLOCODE_CONTENT_TYPE), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
    Inner("GNSS", "gnss", 0, 1, L_GNSS), Inner("Address", "address", 0, 1, L_ADDRESS_01),
))
L_TRANSPORT_MEANS_01 = Layout("TransportMeans", TransportMeans, (
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
))
L_TRANSHIPMENT_01 = Layout("Transhipment", Transhipment, (
    Leaf("containerIndicator", "container_indicator", True, FLAG), Inner("TransportMeans", "transport_means", 1, 1, L_TRANSPORT_MEANS_01),
))
L_INCIDENT_01 = Layout("Incident", Incident01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, FLAG_CONTENT_TYPE),
    Leaf("text", "text", True, ALPHA_NUMERIC_MAX512_NO_SPACES), Inner("Endorsement", "endorsement", 0, 1, L_ENDORSEMENT_01),
    Inner("Location", "location", 1, 1, L_LOCATION_01), Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_01),
    Inner("Transhipment", "transhipment", 0, 1, L_TRANSHIPMENT_01),
))
L_CONSIGNMENT_01 = Layout("Consignment", Consignment01, (
    Inner("LocationOfGoods", "location_of_goods", 1, 1, L_LOCATION_OF_GOODS_01), Inner("Incident", "incident", 0, 9, L_INCIDENT_01),
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

_L_INCIDENT_01_0 = run(L_INCIDENT_01, 0, 5)
_L_INCIDENT_01_1 = run(L_INCIDENT_01, 6, 7)
_L_CONSIGNMENT_01_0 = run(L_CONSIGNMENT_01, 0, 1)
_L_CONSIGNMENT_01_1 = run(L_CONSIGNMENT_01, 2, 2)
_L_CC007C_0 = body(L_CC007C, 0, 7)
_L_CC007C_1 = body(L_CC007C, 8, 10)

def read_incident_01(text: str, starts: Starts, at: int) -> tuple[Incident01, int]:
    found = _L_INCIDENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_01, "<TransportEquipment>", 9999, text, starts, at)
    found = _L_INCIDENT_01_1(text, at)
    if found is None: raise Unusual
    v15, v16, v17, v18 = found.groups()
    at = found.end()
    return Incident01(sequence_number=int(v0), code=v1, text=v2, endorsement=None if v3 is None else Endorsement01(date=datetime.date.fromisoformat(v3), authority=v4, place=v5, country=v6), location=Location(qualifier_of_identification=v7, un_locode=v8, country=v9, gnss=None if v10 is None else GNSS(latitude=v10, longitude=v11), address=None if v12 is None else Address01(street_and_number=v12, postcode=v13, city=v14)), transport_equipment=transport_equipment, transhipment=None if v15 is None else Transhipment(container_indicator=v15 == "1", transport_means=TransportMeans(type_of_identification=v16, identification_number=v17, nationality=v18))), at

def read_consignment_01(text: str, starts: Starts, at: int) -> tuple[Consignment01, int]:
    found = _L_CONSIGNMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    incident: tuple[Incident01, ...] = ()
    if starts("<Incident>", at): incident, at = many(read_incident_01, "<Incident>", 9, text, starts, at)
    found = _L_CONSIGNMENT_01_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment01(location_of_goods=LocationOfGoods(type_of_location=v0, qualifier_of_identification=v1, authorisation_number=v2, additional_identifier=v3, un_locode=v4, customs_office=None if v5 is None else CustomsOffice(reference_number=v5), gnss=None if v6 is None else GNSS(latitude=v6, longitude=v7), economic_operator=None if v8 is None else EconomicOperator(identification_number=v8), address=None if v9 is None else Address02(street_and_number=v9, postcode=v10, city=v11, country=v12), postcode_address=None if v14 is None else PostcodeAddress(house_number=v13, postcode=v14, country=v15), contact_person=None if v16 is None else ContactPerson01(name=v16, phone_number=v17, e_mail_address=v18)), incident=incident), at

def read_cc007c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC007C, int]:
    found = _L_CC007C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    authorisation: tuple[Authorisation, ...] = ()
    if starts("<Authorisation>", at): authorisation, at = many(read_authorisation_01, "<Authorisation>", 9, text, starts, at)
    found = _L_CC007C_1(text, at)
    if found is None: raise Unusual
    v10, v11, v12 = found.groups()
    at = found.end()
    consignment, at = read_consignment_01(text, starts, at)
    return CC007C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation02(mrn=v6, arrival_notification_date_and_time=datetime.datetime.fromisoformat(v7), simplified_procedure=v8 == "1", incident_flag=v9 == "1"), authorisation=authorisation, customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v10), trader_at_destination=TraderAtDestination01(identification_number=v11, communication_language_at_destination=v12), consignment=consignment, phase_id=phase), at
