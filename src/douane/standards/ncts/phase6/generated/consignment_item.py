"""Structs and writers of consignment_item. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.commodity import Commodity07, write_commodity07
from douane.standards.ncts.phase6.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument03, write_previous_document03
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.binding.writing import text

class ConsignmentItem09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType09; in CC013C, CC015C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity07
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()

def write_consignment_item09(v: ConsignmentItem09) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.declaration_type) is not None: out += f'<declarationType>{text(v2)}</declarationType>'
    if (v3 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>'
    if (v4 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v4)}</countryOfDestination>'
    if (v5 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>'
    for v6 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v6)}</AdditionalSupplyChainActor>'
    out += f'<Commodity>{write_commodity07(v.commodity)}</Commodity>'
    for v8 in v.packaging: out += f'<Packaging>{write_packaging02(v8)}</Packaging>'
    for v9 in v.previous_document: out += f'<PreviousDocument>{write_previous_document03(v9)}</PreviousDocument>'
    for v10 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v10)}</SupportingDocument>'
    for v11 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v11)}</AdditionalReference>'
    for v12 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v12)}</AdditionalInformation>'
    return out
