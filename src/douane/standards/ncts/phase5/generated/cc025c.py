"""Structs of cc025c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.commodity import CustomCommodity02
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.packaging import Packaging02
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02


class TransitOperation10(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType10; in CC025C."""

    mrn: str
    release_date: datetime.date
    release_indicator: str


class CustomConsignmentItem02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType02; in CC025C."""

    goods_item_number: int
    declaration_goods_item_number: int
    release_type: str
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]


class CustomHouseConsignment02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType02; in CC025C."""

    sequence_number: int
    release_type: str
    consignment_item: tuple[CustomConsignmentItem02, ...] = ()


class CustomConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType03; in CC025C."""

    house_consignment: tuple[CustomHouseConsignment02, ...]


class CC025C(Message, frozen=True, kw_only=True, gc=False):
    """IE025: Goods released at destination."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation10
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    consignment: CustomConsignment03 | None = None
    phase_id: str | None = None
