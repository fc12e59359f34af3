"""Layouts and readers of cd012c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cd012c import CD012C, Consignment12, ConsignmentItem07, HolderOfTheTransitProcedure12, HouseConsignment08, TransitOperation29
from douane.standards.ncts.phase5.generated.consignee import Consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument04, PreviousDocument06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05
from douane.standards.ncts.phase5.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, read_additional_information_02
from douane.standards.ncts.phase5.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, read_additional_reference_03
from douane.standards.ncts.phase5.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_07
from douane.standards.ncts.phase5.generated.codec.commodity import L_COMMODITY_10, read_commodity_10
from douane.standards.ncts.phase5.generated.codec.consignee import L_CONSIGNEE_07
from douane.standards.ncts.phase5.generated.codec.consignor import L_CONSIGNOR_08
from douane.standards.ncts.phase5.generated.codec.control_result import L_CONTROL_RESULT_06
from douane.standards.ncts.phase5.generated.codec.country_of_routing_of_consignment import L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, read_country_of_routing_of_consignment_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_02, L_DEPARTURE_TRANSPORT_MEANS_06, read_departure_transport_means_02, read_departure_transport_means_06
from douane.standards.ncts.phase5.generated.codec.packaging import L_PACKAGING_02, read_packaging_02
from douane.standards.ncts.phase5.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_04, L_PREVIOUS_DOCUMENT_06, read_previous_document_04, read_previous_document_06
from douane.standards.ncts.phase5.generated.codec.supporting_document import L_SUPPORTING_DOCUMENT_06, read_supporting_document_06
from douane.standards.ncts.phase5.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, read_transport_document_02
from douane.standards.ncts.phase5.generated.codec.transport_equipment import L_TRANSPORT_EQUIPMENT_05, read_transport_equipment_05
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, COUNTRY_CODE_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, DECLARATION_GOODS_ITEM_NUMBER_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, TINTYPE_RELAXED, TIRCARNET_NUMBER, UCRREFERENCE_NUMBER70

L_TRANSIT_OPERATION_29 = Layout("TransitOperation", TransitOperation29, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("TIRCarnetNumber", "tir_carnet_number", True, TIRCARNET_NUMBER),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE), Leaf("releaseDate", "release_date", True, DATE_TYPE),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG),
))
L_HOLDER_OF_THE_TRANSIT_PROCEDURE_12 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure12, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED),
    Leaf("TIRHolderIdentificationNumber", "tir_holder_identification_number", True, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_07),
))
L_CONSIGNMENT_ITEM_07 = Layout("ConsignmentItem", ConsignmentItem07, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("Commodity", "commodity", 1, 1, L_COMMODITY_10), Inner("Packaging", "packaging", 1, 99, L_PACKAGING_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_04),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
))
L_HOUSE_CONSIGNMENT_08 = Layout("HouseConsignment", HouseConsignment08, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE), Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_08),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_07),
))
L_CONSIGNMENT_12 = Layout("Consignment", Consignment12, (
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("containerIndicator", "container_indicator", True, FLAG),
    Leaf("inlandModeOfTransport", "inland_mode_of_transport", False, FLAG_CONTENT_TYPE),
    Leaf("modeOfTransportAtTheBorder", "mode_of_transport_at_the_border", False, FLAG_CONTENT_TYPE),
    Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6), Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_08), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("TransportEquipment", "transport_equipment", 0, 9999, L_TRANSPORT_EQUIPMENT_05),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_06),
    Inner("CountryOfRoutingOfConsignment", "country_of_routing_of_consignment", 0, 99, L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01),
    Inner("PreviousDocument", "previous_document", 0, 9999, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("HouseConsignment", "house_consignment", 1, 99, L_HOUSE_CONSIGNMENT_08),
))
L_CD012C = Layout("CD012C", CD012C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_29),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_12),
    Inner("ControlResult", "control_result", 1, 1, L_CONTROL_RESULT_06), Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_12),
))

_L_CONSIGNMENT_ITEM_07_0 = run(L_CONSIGNMENT_ITEM_07, 0, 6)
_L_CONSIGNMENT_ITEM_07_1 = run(L_CONSIGNMENT_ITEM_07, 14, 14)
_L_HOUSE_CONSIGNMENT_08_0 = run(L_HOUSE_CONSIGNMENT_08, 0, 6)
_L_HOUSE_CONSIGNMENT_08_1 = run(L_HOUSE_CONSIGNMENT_08, 14, 14)
_L_CONSIGNMENT_12_0 = run(L_CONSIGNMENT_12, 0, 9)
_L_CONSIGNMENT_12_1 = run(L_CONSIGNMENT_12, 19, 19)
_L_CD012C_0 = body(L_CD012C, 0, 11)

def read_consignment_item_07(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem07, int]:
    found = _L_CONSIGNMENT_ITEM_07_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    commodity, at = read_commodity_10(text, starts, at)
    packaging, at = many(read_packaging_02, "<Packaging>", 99, text, starts, at)
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if not starts("</", at):
        if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_04, "<PreviousDocument>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
        if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_07_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ConsignmentItem07(goods_item_number=int(v0), declaration_goods_item_number=int(v1), country_of_dispatch=v2, country_of_destination=v3, reference_number_ucr=v4, consignee=None if v6 is None else Consignee06(identification_number=v5, name=v6, address=Address02(street_and_number=v7, postcode=v8, city=v9, country=v10)), additional_supply_chain_actor=additional_supply_chain_actor, commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information), at

def read_house_consignment_08(text: str, starts: Starts, at: int) -> tuple[HouseConsignment08, int]:
    found = _L_HOUSE_CONSIGNMENT_08_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_02, "<DepartureTransportMeans>", 999, text, starts, at)
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_06, "<PreviousDocument>", 99, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_06, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_02, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_03, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_02, "<AdditionalInformation>", 99, text, starts, at)
    consignment_item, at = many(read_consignment_item_07, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_08_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment08(sequence_number=int(v0), country_of_dispatch=v1, gross_mass=Decimal(v2), reference_number_ucr=v3, consignor=None if v5 is None else Consignor01(identification_number=v4, name=v5, address=Address02(street_and_number=v6, postcode=v7, city=v8, country=v9)), consignee=None if v11 is None else Consignee06(identification_number=v10, name=v11, address=Address02(street_and_number=v12, postcode=v13, city=v14, country=v15)), additional_supply_chain_actor=additional_supply_chain_actor, departure_transport_means=departure_transport_means, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, consignment_item=consignment_item), at

def read_consignment_12(text: str, starts: Starts, at: int) -> tuple[Consignment12, int]:
    found = _L_CONSIGNMENT_12_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    if starts("<TransportEquipment>", at): transport_equipment, at = many(read_transport_equipment_05, "<TransportEquipment>", 9999, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_06, "<DepartureTransportMeans>", 999, text, starts, at)
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    if starts("<CountryOfRoutingOfConsignment>", at): country_of_routing_of_consignment, at = many(read_country_of_routing_of_consignment_01, "<CountryOfRoutingOfConsignment>", 99, text, starts, at)
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
    house_consignment, at = many(read_house_consignment_08, "<HouseConsignment>", 99, text, starts, at)
    found = _L_CONSIGNMENT_12_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Consignment12(country_of_dispatch=v0, country_of_destination=v1, container_indicator=v2 == "1", inland_mode_of_transport=v3, mode_of_transport_at_the_border=v4, gross_mass=Decimal(v5), reference_number_ucr=v6, consignor=None if v8 is None else Consignor01(identification_number=v7, name=v8, address=Address02(street_and_number=v9, postcode=v10, city=v11, country=v12)), consignee=None if v14 is None else Consignee06(identification_number=v13, name=v14, address=Address02(street_and_number=v15, postcode=v16, city=v17, country=v18)), additional_supply_chain_actor=additional_supply_chain_actor, transport_equipment=transport_equipment, departure_transport_means=departure_transport_means, country_of_routing_of_consignment=country_of_routing_of_consignment, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, house_consignment=house_consignment), at

def read_cd012c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD012C, int]:
    found = _L_CD012C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23 = found.groups()
    at = found.end()
    consignment, at = read_consignment_12(text, starts, at)
    return CD012C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation29(mrn=v6, declaration_type=v7, tir_carnet_number=v8, declaration_acceptance_date=datetime.date.fromisoformat(v9), release_date=datetime.date.fromisoformat(v10), binding_itinerary=v11 == "1"), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v12), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v13), holder_of_the_transit_procedure=HolderOfTheTransitProcedure12(identification_number=v14, tir_holder_identification_number=v15, name=v16, address=Address02(street_and_number=v17, postcode=v18, city=v19, country=v20)), control_result=ControlResult04(code=v21, date=datetime.date.fromisoformat(v22), text=v23), consignment=consignment, phase_id=phase), at
