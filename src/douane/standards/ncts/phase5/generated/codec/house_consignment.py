"""Layouts and readers of house_consignment. Written by tools/ncts_family.py; do not edit."""

from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.house_consignment import HouseConsignment10, HouseConsignment11, HouseConsignment12
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, L_ADDITIONAL_INFORMATION_03, read_additional_information_02, read_additional_information_03
from douane.standards.ncts.phase5.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, L_ADDITIONAL_REFERENCE_05, read_additional_reference_03, read_additional_reference_05
from douane.standards.ncts.phase5.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.codec.consignee import L_CONSIGNEE_05, L_CONSIGNEE_07
from douane.standards.ncts.phase5.generated.codec.consignment_item import L_CONSIGNMENT_ITEM_09, L_CONSIGNMENT_ITEM_10, L_CONSIGNMENT_ITEM_11, read_consignment_item_09, read_consignment_item_10, read_consignment_item_11
from douane.standards.ncts.phase5.generated.codec.consignor import L_CONSIGNOR_07, L_CONSIGNOR_08
from douane.standards.ncts.phase5.generated.codec.departure_transport_means import L_DEPARTURE_TRANSPORT_MEANS_02, L_DEPARTURE_TRANSPORT_MEANS_05, read_departure_transport_means_02, read_departure_transport_means_05
from douane.standards.ncts.phase5.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_06, L_PREVIOUS_DOCUMENT_09, read_previous_document_06, read_previous_document_09
from douane.standards.ncts.phase5.generated.codec.supporting_document import L_SUPPORTING_DOCUMENT_05, L_SUPPORTING_DOCUMENT_06, read_supporting_document_05, read_supporting_document_06
from douane.standards.ncts.phase5.generated.codec.transport_charges import L_TRANSPORT_CHARGES
from douane.standards.ncts.phase5.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, L_TRANSPORT_DOCUMENT_04, read_transport_document_02, read_transport_document_04
from douane.standards.ncts.phase5.generated.codec.kinds import COUNTRY_CODE_TYPE, DECIMAL_WITHOUT_ZERO_16_6, FLAG_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5, UCRREFERENCE_NUMBER35_NO_SPACES, UCRREFERENCE_NUMBER70

L_HOUSE_CONSIGNMENT_10 = Layout("HouseConsignment", HouseConsignment10, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES), Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_07),
    Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_05),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_05),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_09),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_05),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_04),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_05),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_03),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_09),
))
L_HOUSE_CONSIGNMENT_12 = Layout("HouseConsignment", HouseConsignment12, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE), Leaf("grossMass", "gross_mass", True, DECIMAL_WITHOUT_ZERO_16_6),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER70),
    Leaf("securityIndicatorFromExportDeclaration", "security_indicator_from_export_declaration", False, FLAG_CONTENT_TYPE),
    Inner("Consignor", "consignor", 0, 1, L_CONSIGNOR_08), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_07),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("DepartureTransportMeans", "departure_transport_means", 0, 999, L_DEPARTURE_TRANSPORT_MEANS_02),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_06),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_06),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_02),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_03),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_02),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_11),
))
L_HOUSE_CONSIGNMENT_11 = Layout("HouseConsignment", HouseConsignment11, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Inner("ConsignmentItem", "consignment_item", 1, 999, L_CONSIGNMENT_ITEM_10),
))

_L_HOUSE_CONSIGNMENT_10_0 = run(L_HOUSE_CONSIGNMENT_10, 0, 7)
_L_HOUSE_CONSIGNMENT_10_1 = run(L_HOUSE_CONSIGNMENT_10, 14, 15)
_L_HOUSE_CONSIGNMENT_10_2 = run(L_HOUSE_CONSIGNMENT_10, 16, 16)
_L_HOUSE_CONSIGNMENT_12_0 = run(L_HOUSE_CONSIGNMENT_12, 0, 8)
_L_HOUSE_CONSIGNMENT_12_1 = run(L_HOUSE_CONSIGNMENT_12, 15, 16)
_L_HOUSE_CONSIGNMENT_12_2 = run(L_HOUSE_CONSIGNMENT_12, 17, 17)
_L_HOUSE_CONSIGNMENT_11_0 = run(L_HOUSE_CONSIGNMENT_11, 0, 1)
_L_HOUSE_CONSIGNMENT_11_1 = run(L_HOUSE_CONSIGNMENT_11, 2, 2)

def read_house_consignment_10(text: str, starts: Starts, at: int) -> tuple[HouseConsignment10, int]:
    found = _L_HOUSE_CONSIGNMENT_10_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    if starts("<DepartureTransportMeans>", at): departure_transport_means, at = many(read_departure_transport_means_05, "<DepartureTransportMeans>", 999, text, starts, at)
    previous_document: tuple[PreviousDocument06, ...] = ()
    if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_09, "<PreviousDocument>", 99, text, starts, at)
    supporting_document: tuple[SupportingDocument05, ...] = ()
    if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_05, "<SupportingDocument>", 99, text, starts, at)
    transport_document: tuple[TransportDocument02, ...] = ()
    if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_04, "<TransportDocument>", 99, text, starts, at)
    additional_reference: tuple[AdditionalReference02, ...] = ()
    if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_05, "<AdditionalReference>", 99, text, starts, at)
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_03, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_10_1(text, at)
    if found is None: raise Unusual
    v22 = found[1]
    at = found.end()
    consignment_item, at = many(read_consignment_item_09, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_10_2(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment10(sequence_number=int(v0), country_of_dispatch=v1, country_of_destination=v2, gross_mass=Decimal(v3), reference_number_ucr=v4, consignor=None if v5 is None else Consignor03(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11), contact_person=None if v12 is None else ContactPerson01(name=v12, phone_number=v13, e_mail_address=v14)), consignee=None if v15 is None else Consignee01(identification_number=v16, name=v17, address=None if v18 is None else Address02(street_and_number=v18, postcode=v19, city=v20, country=v21)), additional_supply_chain_actor=additional_supply_chain_actor, departure_transport_means=departure_transport_means, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v22 is None else TransportCharges(method_of_payment=v22), consignment_item=consignment_item), at

def read_house_consignment_12(text: str, starts: Starts, at: int) -> tuple[HouseConsignment12, int]:
    found = _L_HOUSE_CONSIGNMENT_12_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17 = found.groups()
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
    found = _L_HOUSE_CONSIGNMENT_12_1(text, at)
    if found is None: raise Unusual
    v18 = found[1]
    at = found.end()
    consignment_item, at = many(read_consignment_item_11, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_12_2(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment12(sequence_number=int(v0), country_of_dispatch=v1, country_of_destination=v2, gross_mass=Decimal(v3), reference_number_ucr=v4, security_indicator_from_export_declaration=v5, consignor=None if v7 is None else Consignor01(identification_number=v6, name=v7, address=Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), consignee=None if v13 is None else Consignee06(identification_number=v12, name=v13, address=Address02(street_and_number=v14, postcode=v15, city=v16, country=v17)), additional_supply_chain_actor=additional_supply_chain_actor, departure_transport_means=departure_transport_means, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v18 is None else TransportCharges(method_of_payment=v18), consignment_item=consignment_item), at

def read_house_consignment_11(text: str, starts: Starts, at: int) -> tuple[HouseConsignment11, int]:
    found = _L_HOUSE_CONSIGNMENT_11_0(text, at)
    if found is None: raise Unusual
    v0 = found[1]
    at = found.end()
    consignment_item, at = many(read_consignment_item_10, "<ConsignmentItem>", 999, text, starts, at)
    found = _L_HOUSE_CONSIGNMENT_11_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return HouseConsignment11(sequence_number=int(v0), consignment_item=consignment_item), at
