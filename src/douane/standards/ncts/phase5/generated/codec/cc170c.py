"""Layouts and readers of cc170c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc170c import CC170C, Consignment08, HouseConsignment06, TransitOperation24
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase5.generated.gnss import GNSS
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase5.generated.representative import Representative02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05
from douane.standards.ncts.phase5.generated.codec.active_border_transport_means import L_ACTIVE_BORDER_TRANSPORT_MEANS_03, read_active_border_transport_means_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_05, read_departure_transport_means_05
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_19
from douane.standards.ncts.phase5.generated.codec.location_of_goods import L_LOCATION_OF_GOODS_01
from douane.standards.ncts.phase5.generated.codec.place_of_loading import L_PLACE_OF_LOADING_03
from douane.standards.ncts.phase5.generated.codec.representative import L_REPRESENTATIVE_05
from douane.standards.ncts.phase5.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_06, read_transport_equipment_06
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX22_NO_SPACES, DATE_TIME_TYPE, DATE_TYPE, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_TRANSIT_OPERATION_24 = Layout("TransitOperation", TransitOperation24, (
    Leaf("LRN", "lrn", True, ALPHA_NUMERIC_MAX22_NO_SPACES), Leaf("limitDate", "limit_date", False, DATE_TYPE),
))
L_HOUSE_CONSIGNMENT_06 = Layout("HouseConsignment", HouseConsignment06, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_05),
))
L_CONSIGNMENT_08 = Layout("Consignment", Consignment08, (
    Leaf("containerIndicator", "container_indicator", False, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_06),
    Inner("LocationOfGoods", "location_of_goods", 1, 1, L_LOCATION_OF_GOODS_01),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_05),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_03),
    Inner("PlaceOfLoading", "place_of_loading", 0, 1, L_PLACE_OF_LOADING_03),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_06),
))
L_CC170C = Layout("CC170C", CC170C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_24),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_19),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_05), Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_08),
))

_L_HOUSE_CONSIGNMENT_06_0 = run(L_HOUSE_CONSIGNMENT_06, 0, 1)
_L_HOUSE_CONSIGNMENT_06_1 = run(L_HOUSE_CONSIGNMENT_06, 2, 2)
_L_CONSIGNMENT_08_0 = run(L_CONSIGNMENT_08, 0, 3)
_L_CONSIGNMENT_08_1 = run(L_CONSIGNMENT_08, 4, 5)
_L_CONSIGNMENT_08_2 = run(L_CONSIGNMENT_08, 7, 8)
_L_CONSIGNMENT_08_3 = run(L_CONSIGNMENT_08, 9, 9)
_L_CC170C_0 = body(L_CC170C, 0, 10)

def read_house_consignment_06(text: str, starts: Starts, at: int) -> tuple[HouseConsignment06, int]:
    found = _L_HOUSE_CONSIGNMENT_06_0(text, at)
    if found is None: raise Unusual
    v0 = found[1]
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_05, "<DepartureTransportMeans>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_06_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment06(sequence_number=int(v0), departure_transport_means=departure_transport_means), at

def read_consignment_08(text: str, starts: Starts, at: int) -> tuple[Consignment08, int]:
    found = _L_CONSIGNMENT_08_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_06, "<TransportEquipment>", 9999, text, starts, at)
    found = _L_CONSIGNMENT_08_1(text, at)
    if found is None: raise Unusual
    v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21 = found.groups()
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_05, "<DepartureTransportMeans>", 999, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_03, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_08_2(text, at)
    if found is None: raise Unusual
    v22, v23, v24, v25 = found.groups()
    at = found.end()
    house_consignment, at = many(read_house_consignment_06, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_08_3(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment08(container_indicator=None if v0 is None else v0 == "1", inland_mode_of_transport=v1, mode_of_transport_at_the_border=v2, transport_equipment=transport_equipment, location_of_goods=LocationOfGoods(type_of_location=v3, qualifier_of_identification=v4, authorisation_number=v5, additional_identifier=v6, un_locode=v7, customs_office=None if v8 is None else CustomsOffice(reference_number=v8), gnss=None if v9 is None else GNSS(latitude=v9, longitude=v10), economic_operator=None if v11 is None else EconomicOperator(identification_number=v11), address=None if v12 is None else Address02(street_and_number=v12, postcode=v13, city=v14, country=v15), postcode_address=None if v17 is None else PostcodeAddress(house_number=v16, postcode=v17, country=v18), contact_person=None if v19 is None else ContactPerson01(name=v19, phone_number=v20, e_mail_address=v21)), departure_transport_means=departure_transport_means, active_border_transport_means=active_border_transport_means, place_of_loading=None if v22 is None else PlaceOfLoading(un_locode=v23, country=v24, location=v25), house_consignment=house_consignment), at

def read_cc170c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC170C, int]:
    found = _L_CC170C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20 = found.groups()
    at = found.end()
    consignment, at = read_consignment_08(text, starts, at)
    return CC170C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation24(lrn=v6, limit_date=None if v7 is None else datetime.date.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v9, tir_holder_identification_number=v10, name=v11, address=None if v12 is None else Address02(street_and_number=v12, postcode=v13, city=v14, country=v15)), representative=None if v16 is None else Representative02(identification_number=v16, status=v17, contact_person=None if v18 is None else ContactPerson01(name=v18, phone_number=v19, e_mail_address=v20)), consignment=consignment, phase_id=phase), at
