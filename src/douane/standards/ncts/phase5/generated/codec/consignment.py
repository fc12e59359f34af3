"""Layouts and readers of consignment. Written by tools/ncts_family.py; do not edit."""

from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans02
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.carrier import Carrier01, Carrier03
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06
from douane.standards.ncts.phase5.generated.consignment import Consignment10, Consignment11, Consignment20, Consignment21, Consignment22
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.economic_operator import EconomicOperator
from douane.standards.ncts.phase5.generated.gnss import GNSS
from douane.standards.ncts.phase5.generated.incident import Incident01
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.postcode_address import PostcodeAddress
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05
from douane.standards.ncts.phase5.generated.codec.active_border_transport_means import L_ACTIVE_BORDER_TRANSPORT_MEANS_02, L_ACTIVE_BORDER_TRANSPORT_MEANS_04, read_active_border_transport_means_02, read_active_border_transport_means_04
from douane.standards.ncts.phase5.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, L_ADDITIONAL_INFORMATION_03, read_additional_information_02, read_additional_information_03
from douane.standards.ncts.phase5.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, L_ADDITIONAL_REFERENCE_05, read_additional_reference_03, read_additional_reference_05
from douane.standards.ncts.phase5.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.codec.carrier import L_CARRIER_02, L_CARRIER_04
from douane.standards.ncts.phase5.generated.codec.consignee import L_CONSIGNEE_05, L_CONSIGNEE_07
from douane.standards.ncts.phase5.generated.codec.consignor import L_CONSIGNOR_07, L_CONSIGNOR_08
from douane.standards.ncts.phase5.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_03, L_DEPARTURE_TRANSPORT_MEANS_06, read_departure_transport_means_03, read_departure_transport_means_06
from douane.standards.ncts.phase5.generated.codec.house_consignment import L_HOUSE_CONSIGNMENT_10, L_HOUSE_CONSIGNMENT_11, L_HOUSE_CONSIGNMENT_12, read_house_consignment_10, read_house_consignment_11, read_house_consignment_12
from douane.standards.ncts.phase5.generated.codec.incident import L_INCIDENT_04, read_incident_04
from douane.standards.ncts.phase5.generated.codec.location_of_goods import L_LOCATION_OF_GOODS_01
from douane.standards.ncts.phase5.generated.codec.place_of_loading import L_PLACE_OF_LOADING_02, L_PLACE_OF_LOADING_03
from douane.standards.ncts.phase5.generated.codec.place_of_unloading import L_PLACE_OF_UNLOADING_01, L_PLACE_OF_UNLOADING_02
from douane.standards.ncts.phase5.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_06, L_PREVIOUS_DOCUMENT_09, read_previous_document_06, read_previous_document_09
from douane.standards.ncts.phase5.generated.codec.supporting_document import L_SUPPORTING_DOCUMENT_05, L_SUPPORTING_DOCUMENT_06, read_supporting_document_05, read_supporting_document_06
from douane.standards.ncts.phase5.generated.codec.transport_charges import L_TRANSPORT_CHARGES
from douane.standards.ncts.phase5.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, L_TRANSPORT_DOCUMENT_04, read_transport_document_02, read_transport_document_04
from douane.standards.ncts.phase5.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_05, L_TRANSPORT_EQUIPMENT_06, read_transport_equipment_05, read_transport_equipment_06
from douane.standards.ncts.phase5.generated.codec.kinds import COUNTRY_CODE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, FLAG, FLAG_CONTENT_TYPE, UCRREFERENCE_NUMBER35_NO_SPACES, UCRREFERENCE_NUMBER70

L_CONSIGNMENT_20 = Layout("Consignment", Consignment20, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", False, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES), Inner("Carrier", "carrier", 0, 1, L_CARRIER_04),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_07), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_05),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_06),
    Inner("LocationOfGoods", "location_of_goods", 0, 1, L_LOCATION_OF_GOODS_01),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_03),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_02),
    Inner("PlaceOfLoading", "place_of_loading", 0, 1, L_PLACE_OF_LOADING_03),
    Inner("PlaceOfUnloading", "place_of_unloading", 0, 1, L_PLACE_OF_UNLOADING_01),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_09),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_05),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_04),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_05),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_03),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_10),
))
L_CONSIGNMENT_22 = Layout("Consignment", Consignment22, (
    Inner("Incident", "incident", 1, 9, L_INCIDENT_04),
))
L_CONSIGNMENT_10 = Layout("Consignment", Consignment10, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("Carrier", "carrier", 0, 1, L_CARRIER_02), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_08),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_05),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_06),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_04),
    Inner("PlaceOfLoading", "place_of_loading", 0, 1, L_PLACE_OF_LOADING_02),
    Inner("PlaceOfUnloading", "place_of_unloading", 0, 1, L_PLACE_OF_UNLOADING_02),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_12),
))
L_CONSIGNMENT_11 = Layout("Consignment", Consignment11, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("Carrier", "carrier", 0, 1, L_CARRIER_02), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_08),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_05),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_06),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("ActiveBorderTransportMeans", "active_border_transport_means", 0, 9, L_ACTIVE_BORDER_TRANSPORT_MEANS_04),
    Inner("PlaceOfLoading", "place_of_loading", 0, 1, L_PLACE_OF_LOADING_02),
    Inner("PlaceOfUnloading", "place_of_unloading", 0, 1, L_PLACE_OF_UNLOADING_02),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES), Inner("Incident", "incident", 0, 9, L_INCIDENT_04),
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_12),
))
L_CONSIGNMENT_21 = Layout("Consignment", Consignment21, (
    Inner("HouseConsignment", "house_consignment", 1, 1999, L_HOUSE_CONSIGNMENT_11),
))

_L_CONSIGNMENT_20_0 = run(L_CONSIGNMENT_20, 0, 10)
_L_CONSIGNMENT_20_1 = run(L_CONSIGNMENT_20, 12, 13)
_L_CONSIGNMENT_20_2 = run(L_CONSIGNMENT_20, 16, 18)
_L_CONSIGNMENT_20_3 = run(L_CONSIGNMENT_20, 23, 24)
_L_CONSIGNMENT_20_4 = run(L_CONSIGNMENT_20, 25, 25)
_L_CONSIGNMENT_22_0 = run(L_CONSIGNMENT_22, 0, 0)
_L_CONSIGNMENT_22_1 = run(L_CONSIGNMENT_22, 1, 1)
_L_CONSIGNMENT_10_0 = run(L_CONSIGNMENT_10, 0, 10)
_L_CONSIGNMENT_10_1 = run(L_CONSIGNMENT_10, 15, 17)
_L_CONSIGNMENT_10_2 = run(L_CONSIGNMENT_10, 22, 23)
_L_CONSIGNMENT_10_3 = run(L_CONSIGNMENT_10, 24, 24)
_L_CONSIGNMENT_11_0 = run(L_CONSIGNMENT_11, 0, 10)
_L_CONSIGNMENT_11_1 = run(L_CONSIGNMENT_11, 15, 17)
_L_CONSIGNMENT_11_2 = run(L_CONSIGNMENT_11, 22, 23)
_L_CONSIGNMENT_11_3 = run(L_CONSIGNMENT_11, 25, 25)
_L_CONSIGNMENT_21_0 = run(L_CONSIGNMENT_21, 0, 0)
_L_CONSIGNMENT_21_1 = run(L_CONSIGNMENT_21, 1, 1)

def read_consignment_20(text: str, starts: Starts, at: int) -> tuple[Consignment20, int]:
    found = _L_CONSIGNMENT_20_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_06, "<TransportEquipment>", 9999, text, starts, at)
    found = _L_CONSIGNMENT_20_1(text, at)
    if found is None: raise Unusual
    v28, v29, v30, v31, v32, v33, v34, v35, v36, v37, v38, v39, v40, v41, v42, v43, v44, v45, v46 = found.groups()
    at = found.end()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_03, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_02, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_20_2(text, at)
    if found is None: raise Unusual
    v47, v48, v49, v50, v51, v52, v53, v54 = found.groups()
    at = found.end()
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_09, "<PreviousDocument>", 9999, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_05, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_04, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_05, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_03, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_20_3(text, at)
    if found is None: raise Unusual
    v55 = found[1]
    at = found.end()
    house_consignment, at = many(read_house_consignment_10, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_20_4(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment20(country_of_dispatch=v0, country_of_destination=v1, container_indicator=None if v2 is None else v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=Decimal(v5), reference_number_ucr=v6, carrier=None if v7 is None else Carrier03(identification_number=v7, contact_person=None if v8 is None else ContactPerson01(name=v8, phone_number=v9, e_mail_address=v10)), consignor=None if v11 is None else Consignor03(identification_number=v12, name=v13, address=None if v14 is None else Address02(street_and_number=v14, postcode=v15, city=v16, country=v17), contact_person=None if v18 is None else ContactPerson01(name=v18, phone_number=v19, e_mail_address=v20)), consignee=None if v21 is None else Consignee01(identification_number=v22, name=v23, address=None if v24 is None else Address02(street_and_number=v24, postcode=v25, city=v26, country=v27)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, location_of_goods=None if v28 is None else LocationOfGoods(type_of_location=v28, qualifier_of_identification=v29, authorisation_number=v30, additional_identifier=v31, un_locode=v32, customs_office=None if v33 is None else CustomsOffice(reference_number=v33), gnss=None if v34 is None else GNSS(latitude=v34, longitude=v35), economic_operator=None if v36 is None else EconomicOperator(identification_number=v36), address=None if v37 is None else Address02(street_and_number=v37, postcode=v38, city=v39, country=v40), postcode_address=None if v42 is None else PostcodeAddress(house_number=v41, postcode=v42, country=v43), contact_person=None if v44 is None else ContactPerson01(name=v44, phone_number=v45, e_mail_address=v46)), departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, active_border_transport_means=active_border_transport_means, place_of_loading=None if v47 is None else PlaceOfLoading(un_locode=v48, country=v49, location=v50), place_of_unloading=None if v51 is None else PlaceOfUnloading(un_locode=v52, country=v53, location=v54), previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v55 is None else TransportCharges(method_of_payment=v55), house_consignment=house_consignment), at

def read_consignment_22(text: str, starts: Starts, at: int) -> tuple[Consignment22, int]:
    found = _L_CONSIGNMENT_22_0(text, at)
    if found is None: raise Unusual
    at = found.end()
    incident, at = many(read_incident_04, "<Incident>", 9, text, starts, at)
    found = _L_CONSIGNMENT_22_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment22(incident=incident), at

def read_consignment_10(text: str, starts: Starts, at: int) -> tuple[Consignment10, int]:
    found = _L_CONSIGNMENT_10_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_05, "<TransportEquipment>", 9999, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_06, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_04, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_10_1(text, at)
    if found is None: raise Unusual
    v20, v21, v22, v23, v24, v25, v26, v27 = found.groups()
    at = found.end()
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 9999, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_10_2(text, at)
    if found is None: raise Unusual
    v28 = found[1]
    at = found.end()
    house_consignment, at = many(read_house_consignment_12, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_10_3(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment10(country_of_dispatch=v0, country_of_destination=v1, container_indicator=v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=Decimal(v5), reference_number_ucr=v6, carrier=None if v7 is None else Carrier01(identification_number=v7), consignor=None if v9 is None else Consignor01(identification_number=v8, name=v9, address=Address02(street_and_number=v10, postcode=v11, city=v12, country=v13)), consignee=None if v15 is None else Consignee06(identification_number=v14, name=v15, address=Address02(street_and_number=v16, postcode=v17, city=v18, country=v19)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, active_border_transport_means=active_border_transport_means, place_of_loading=None if v20 is None else PlaceOfLoading(un_locode=v21, country=v22, location=v23), place_of_unloading=None if v24 is None else PlaceOfUnloading(un_locode=v25, country=v26, location=v27), previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v28 is None else TransportCharges(method_of_payment=v28), house_consignment=house_consignment), at

def read_consignment_11(text: str, starts: Starts, at: int) -> tuple[Consignment11, int]:
    found = _L_CONSIGNMENT_11_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_05, "<TransportEquipment>", 9999, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_06, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    if starts("<ActiveBorderTransportMeans>", at): active_border_transport_means, at = many(read_active_border_transport_means_04, "<ActiveBorderTransportMeans>", 9, text, starts, at)
    found = _L_CONSIGNMENT_11_1(text, at)
    if found is None: raise Unusual
    v20, v21, v22, v23, v24, v25, v26, v27 = found.groups()
    at = found.end()
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 9999, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_11_2(text, at)
    if found is None: raise Unusual
    v28 = found[1]
    at = found.end()
    incident: tuple[Incident01, ...] = ()
    if starts("<Incident>", at): incident, at = many(read_incident_04, "<Incident>", 9, text, starts, at)
    house_consignment, at = many(read_house_consignment_12, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_11_3(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment11(country_of_dispatch=v0, country_of_destination=v1, container_indicator=v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=Decimal(v5), reference_number_ucr=v6, carrier=None if v7 is None else Carrier01(identification_number=v7), consignor=None if v9 is None else Consignor01(identification_number=v8, name=v9, address=Address02(street_and_number=v10, postcode=v11, city=v12, country=v13)), consignee=None if v15 is None else Consignee06(identification_number=v14, name=v15, address=Address02(street_and_number=v16, postcode=v17, city=v18, country=v19)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, active_border_transport_means=active_border_transport_means, place_of_loading=None if v20 is None else PlaceOfLoading(un_locode=v21, country=v22, location=v23), place_of_unloading=None if v24 is None else PlaceOfUnloading(un_locode=v25, country=v26, location=v27), previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v28 is None else TransportCharges(method_of_payment=v28), incident=incident, house_consignment=house_consignment), at

def read_consignment_21(text: str, starts: Starts, at: int) -> tuple[Consignment21, int]:
    found = _L_CONSIGNMENT_21_0(text, at)
    if found is None: raise Unusual
    at = found.end()
    house_consignment, at = many(read_house_consignment_11, "<HouseConsignment>", 1999, text, starts, at)
    found = _L_CONSIGNMENT_21_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment21(house_consignment=house_consignment), at
