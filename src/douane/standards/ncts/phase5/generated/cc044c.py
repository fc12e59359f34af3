"""Structs of cc044c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure04
from douane.standards.ncts.phase5.generated.packaging import Packaging01
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument03
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01
from douane.standards.ncts.phase5.generated.tags import TAGS


class TransitOperation15(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType15; in CC044C."""

    mrn: str
    other_things_to_report: str | None = None


class UnloadingRemark(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"unloading_remark": "unloadingRemark"}}):
    """UnloadingRemarkType; in CC044C."""

    conform: bool
    unloading_completion: bool
    unloading_date: datetime.date
    state_of_seals: bool | None = None
    unloading_remark: str | None = None


class Commodity03(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType03; in CC044C."""

    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    goods_measure: GoodsMeasure04 | None = None


class ConsignmentItem05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType05; in CC044C."""

    goods_item_number: int
    declaration_goods_item_number: int
    commodity: Commodity03 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()


class HouseConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType05; in CC044C."""

    sequence_number: int
    gross_mass: Decimal | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem05, ...] = ()


class Consignment06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType06; in CC044C."""

    gross_mass: Decimal | None = None
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment05, ...] = ()


class CC044C(Message, frozen=True, kw_only=True, gc=False):
    """IE044: Remarks after unloading."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation15
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    unloading_remark: UnloadingRemark
    consignment: Consignment06 | None = None
    phase_id: str | None = None
