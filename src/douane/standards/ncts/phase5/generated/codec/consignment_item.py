"""Layouts and readers of consignment_item. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.commodity import Commodity09
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06
from douane.standards.ncts.phase5.generated.consignment_item import ConsignmentItem09, ConsignmentItem10, ConsignmentItem11
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument03, PreviousDocument04
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_02, L_ADDITIONAL_INFORMATION_03, read_additional_information_02, read_additional_information_03
from douane.standards.ncts.phase5.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_03, L_ADDITIONAL_REFERENCE_05, read_additional_reference_03, read_additional_reference_05
from douane.standards.ncts.phase5.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.codec.commodity import L_COMMODITY_07, L_COMMODITY_09, L_COMMODITY_10, read_commodity_07, read_commodity_10
from douane.standards.ncts.phase5.generated.codec.consignee import L_CONSIGNEE_05, L_CONSIGNEE_07
from douane.standards.ncts.phase5.generated.codec.packaging import L_PACKAGING_02, L_PACKAGING_03, read_packaging_02, read_packaging_03
from douane.standards.ncts.phase5.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_04, L_PREVIOUS_DOCUMENT_08, read_previous_document_04, read_previous_document_08
from douane.standards.ncts.phase5.generated.codec.supporting_document import L_SUPPORTING_DOCUMENT_05, L_SUPPORTING_DOCUMENT_06, read_supporting_document_05, read_supporting_document_06
from douane.standards.ncts.phase5.generated.codec.transport_charges import L_TRANSPORT_CHARGES
from douane.standards.ncts.phase5.generated.codec.transport_document import L_TRANSPORT_DOCUMENT_02, L_TRANSPORT_DOCUMENT_04, read_transport_document_02, read_transport_document_04
from douane.standards.ncts.phase5.generated.codec.kinds import COUNTRY_CODE_TYPE, DECLARATION_GOODS_ITEM_NUMBER_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, NUMERIC_WITHOUT_ZERO_5, UCRREFERENCE_NUMBER35_NO_SPACES, UCRREFERENCE_NUMBER70

L_CONSIGNMENT_ITEM_09 = Layout("ConsignmentItem", ConsignmentItem09, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES), Inner("Consignee", "consignee", 0, 1, L_CONSIGNEE_05),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("Commodity", "commodity", 1, 1, L_COMMODITY_07), Inner("Packaging", "packaging", 1, 99, L_PACKAGING_03),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_08),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_05),
    Inner("TransportDocument", "transport_document", 0, 99, L_TRANSPORT_DOCUMENT_04),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_05),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_03),
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
))
L_CONSIGNMENT_ITEM_11 = Layout("ConsignmentItem", ConsignmentItem11, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
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
    Inner("TransportCharges", "transport_charges", 0, 1, L_TRANSPORT_CHARGES),
))
L_CONSIGNMENT_ITEM_10 = Layout("ConsignmentItem", ConsignmentItem10, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Inner("Commodity", "commodity", 1, 1, L_COMMODITY_09),
))

_L_CONSIGNMENT_ITEM_09_0 = run(L_CONSIGNMENT_ITEM_09, 0, 7)
_L_CONSIGNMENT_ITEM_09_1 = run(L_CONSIGNMENT_ITEM_09, 15, 16)
_L_CONSIGNMENT_ITEM_11_0 = run(L_CONSIGNMENT_ITEM_11, 0, 7)
_L_CONSIGNMENT_ITEM_11_1 = run(L_CONSIGNMENT_ITEM_11, 15, 16)
_L_CONSIGNMENT_ITEM_10_0 = run(L_CONSIGNMENT_ITEM_10, 0, 2)

def read_consignment_item_09(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem09, int]:
    found = _L_CONSIGNMENT_ITEM_09_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    commodity, at = read_commodity_07(text, starts, at)
    packaging, at = many(read_packaging_03, "<Packaging>", 99, text, starts, at)
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if not starts("</", at):
        if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_08, "<PreviousDocument>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_05, "<SupportingDocument>", 99, text, starts, at)
        if starts("<TransportDocument>", at): transport_document, at = many(read_transport_document_04, "<TransportDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_05, "<AdditionalReference>", 99, text, starts, at)
        if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_03, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_09_1(text, at)
    if found is None: raise Unusual
    v13 = found[1]
    at = found.end()
    return ConsignmentItem09(goods_item_number=int(v0), declaration_goods_item_number=int(v1), declaration_type=v2, country_of_dispatch=v3, country_of_destination=v4, reference_number_ucr=v5, consignee=None if v6 is None else Consignee01(identification_number=v7, name=v8, address=None if v9 is None else Address02(street_and_number=v9, postcode=v10, city=v11, country=v12)), additional_supply_chain_actor=additional_supply_chain_actor, commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v13 is None else TransportCharges(method_of_payment=v13)), at

def read_consignment_item_11(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem11, int]:
    found = _L_CONSIGNMENT_ITEM_11_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11 = found.groups()
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
    found = _L_CONSIGNMENT_ITEM_11_1(text, at)
    if found is None: raise Unusual
    v12 = found[1]
    at = found.end()
    return ConsignmentItem11(goods_item_number=int(v0), declaration_goods_item_number=int(v1), declaration_type=v2, country_of_dispatch=v3, country_of_destination=v4, reference_number_ucr=v5, consignee=None if v7 is None else Consignee06(identification_number=v6, name=v7, address=Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), additional_supply_chain_actor=additional_supply_chain_actor, commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, transport_document=transport_document, additional_reference=additional_reference, additional_information=additional_information, transport_charges=None if v12 is None else TransportCharges(method_of_payment=v12)), at

def read_consignment_item_10(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem10, int]:
    found = _L_CONSIGNMENT_ITEM_10_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return ConsignmentItem10(sequence_number=int(v0), commodity=Commodity09(cus_code=v1, commodity_code=CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3))), at
