"""Layouts and readers of consignment_item. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase6.generated.consignment_item import ConsignmentItem09
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument03
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase6.generated.codec.additional_information import L_ADDITIONAL_INFORMATION_03, read_additional_information_03
from douane.standards.ncts.phase6.generated.codec.additional_reference import L_ADDITIONAL_REFERENCE_05, read_additional_reference_05
from douane.standards.ncts.phase6.generated.codec.additional_supply_chain_actor import L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, read_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.codec.commodity import L_COMMODITY_07, read_commodity_07
from douane.standards.ncts.phase6.generated.codec.packaging import L_PACKAGING_03, read_packaging_03
from douane.standards.ncts.phase6.generated.codec.previous_document import L_PREVIOUS_DOCUMENT_08, read_previous_document_08
from douane.standards.ncts.phase6.generated.codec.supporting_document import L_SUPPORTING_DOCUMENT_05, read_supporting_document_05
from douane.standards.ncts.phase6.generated.codec.kinds import COUNTRY_CODE_TYPE, DECLARATION_GOODS_ITEM_NUMBER_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, NUMERIC_WITHOUT_ZERO_5, UCRREFERENCE_NUMBER35_NO_SPACES

L_CONSIGNMENT_ITEM_09 = Layout("ConsignmentItem", ConsignmentItem09, (
    Leaf("goodsItemNumber", "goods_item_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", True, DECLARATION_GOODS_ITEM_NUMBER_TYPE),
    Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("countryOfDispatch", "country_of_dispatch", False, COUNTRY_CODE_TYPE),
    Leaf("countryOfDestination", "country_of_destination", False, COUNTRY_CODE_TYPE),
    Leaf("referenceNumberUCR", "reference_number_ucr", False, UCRREFERENCE_NUMBER35_NO_SPACES),
    Inner("AdditionalSupplyChainActor", "additional_supply_chain_actor", 0, 99, L_ADDITIONAL_SUPPLY_CHAIN_ACTOR),
    Inner("Commodity", "commodity", 1, 1, L_COMMODITY_07), Inner("Packaging", "packaging", 1, 99, L_PACKAGING_03),
    Inner("PreviousDocument", "previous_document", 0, 99, L_PREVIOUS_DOCUMENT_08),
    Inner("SupportingDocument", "supporting_document", 0, 99, L_SUPPORTING_DOCUMENT_05),
    Inner("AdditionalReference", "additional_reference", 0, 99, L_ADDITIONAL_REFERENCE_05),
    Inner("AdditionalInformation", "additional_information", 0, 99, L_ADDITIONAL_INFORMATION_03),
))

_L_CONSIGNMENT_ITEM_09_0 = run(L_CONSIGNMENT_ITEM_09, 0, 6)
_L_CONSIGNMENT_ITEM_09_1 = run(L_CONSIGNMENT_ITEM_09, 13, 13)

def read_consignment_item_09(text: str, starts: Starts, at: int) -> tuple[ConsignmentItem09, int]:
    found = _L_CONSIGNMENT_ITEM_09_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    if starts("<AdditionalSupplyChainActor>", at): additional_supply_chain_actor, at = many(read_additional_supply_chain_actor, "<AdditionalSupplyChainActor>", 99, text, starts, at)
    commodity, at = read_commodity_07(text, starts, at)
    packaging, at = many(read_packaging_03, "<Packaging>", 99, text, starts, at)
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    if not starts("</", at):
        if starts("<PreviousDocument>", at): previous_document, at = many(read_previous_document_08, "<PreviousDocument>", 99, text, starts, at)
        if starts("<SupportingDocument>", at): supporting_document, at = many(read_supporting_document_05, "<SupportingDocument>", 99, text, starts, at)
        if starts("<AdditionalReference>", at): additional_reference, at = many(read_additional_reference_05, "<AdditionalReference>", 99, text, starts, at)
        if starts("<AdditionalInformation>", at): additional_information, at = many(read_additional_information_03, "<AdditionalInformation>", 99, text, starts, at)
    found = _L_CONSIGNMENT_ITEM_09_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ConsignmentItem09(goods_item_number=int(v0), declaration_goods_item_number=int(v1), declaration_type=v2, country_of_dispatch=v3, country_of_destination=v4, reference_number_ucr=v5, additional_supply_chain_actor=additional_supply_chain_actor, commodity=commodity, packaging=packaging, previous_document=previous_document, supporting_document=supporting_document, additional_reference=additional_reference, additional_information=additional_information), at
