"""Structs and writers of consignment_item. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.commodity import Commodity05, Commodity07, Commodity09, write_commodity05, write_commodity07, write_commodity09
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06, write_consignee01, write_consignee06
from douane.standards.ncts.phase5.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument03, PreviousDocument04, write_previous_document03, write_previous_document04
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.binding.writing import text

class ConsignmentItem09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType09; in CC013C, CC015C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity07
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None

def write_consignment_item09(v: ConsignmentItem09) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.declaration_type) is not None: out += f'<declarationType>{text(v2)}</declarationType>'
    if (v3 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>'
    if (v4 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v4)}</countryOfDestination>'
    if (v5 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>'
    if (v6 := v.consignee) is not None: out += f'<Consignee>{write_consignee01(v6)}</Consignee>'
    for v7 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v7)}</AdditionalSupplyChainActor>'
    out += f'<Commodity>{write_commodity07(v.commodity)}</Commodity>'
    for v9 in v.packaging: out += f'<Packaging>{write_packaging02(v9)}</Packaging>'
    for v10 in v.previous_document: out += f'<PreviousDocument>{write_previous_document03(v10)}</PreviousDocument>'
    for v11 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v11)}</SupportingDocument>'
    for v12 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v12)}</TransportDocument>'
    for v13 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v13)}</AdditionalReference>'
    for v14 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v14)}</AdditionalInformation>'
    if (v15 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>'
    return out

class ConsignmentItem10(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType10; in CD200C, CD203C."""
    sequence_number: int
    commodity: Commodity09

def write_consignment_item10(v: ConsignmentItem10) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><Commodity>{write_commodity09(v.commodity)}</Commodity>'

class ConsignmentItem11(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType11, ConsignmentItemType12; in 7 messages."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity05
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None

def write_consignment_item11(v: ConsignmentItem11) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.declaration_type) is not None: out += f'<declarationType>{text(v2)}</declarationType>'
    if (v3 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>'
    if (v4 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v4)}</countryOfDestination>'
    if (v5 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>'
    if (v6 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v6)}</Consignee>'
    for v7 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v7)}</AdditionalSupplyChainActor>'
    out += f'<Commodity>{write_commodity05(v.commodity)}</Commodity>'
    for v9 in v.packaging: out += f'<Packaging>{write_packaging02(v9)}</Packaging>'
    for v10 in v.previous_document: out += f'<PreviousDocument>{write_previous_document04(v10)}</PreviousDocument>'
    for v11 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v11)}</SupportingDocument>'
    for v12 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v12)}</TransportDocument>'
    for v13 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v13)}</AdditionalReference>'
    for v14 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v14)}</AdditionalInformation>'
    if (v15 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>'
    return out
