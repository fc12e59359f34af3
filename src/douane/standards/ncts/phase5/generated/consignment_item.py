"""Structs of consignment_item. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.commodity import Commodity05, Commodity07, Commodity09
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06
from douane.standards.ncts.phase5.generated.packaging import Packaging02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument03, PreviousDocument04
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02


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


class ConsignmentItem10(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType10; in CD200C, CD203C."""

    sequence_number: int
    commodity: Commodity09


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
