"""Structs of cc190c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_exit import CustomsOfficeOfExit
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods


class ExportOperation02(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType02; in CC190C."""

    sequence_number: int
    mrn: str
    transit_procedure_category: str


class TransitOperation49(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType49; in CC190C."""

    aes_communication_purpose: str
    lrn: str | None = None
    mrn: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    amendment_acceptance_date_and_time: datetime.datetime | None = None
    export_operation: tuple[ExportOperation02, ...]


class GoodsMeasure01(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType01; in CC190C."""

    net_mass: Decimal
    supplementary_units: Decimal | None = None


class Commodity04(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType04; in CC190C."""

    commodity_code: CommodityCode
    goods_measure: GoodsMeasure01


class ConsignmentItem06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType06; in CC190C."""

    goods_item_number: int
    declaration_goods_item_number: int
    commodity: Commodity04


class HouseConsignment07(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType07; in CC190C."""

    consignment_item: tuple[ConsignmentItem06, ...]


class Consignment09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType09; in CC190C."""

    location_of_goods: LocationOfGoods | None = None
    house_consignment: HouseConsignment07


class CC190C(Message, frozen=True, kw_only=True, gc=False):
    """IE190: Export system learns of goods presented for transit."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation49
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    consignment: Consignment09 | None = None
    phase_id: str | None = None
