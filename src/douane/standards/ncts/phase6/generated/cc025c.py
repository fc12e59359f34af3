"""Structs and writers of cc025c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.commodity import Commodity02, write_commodity02
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase6.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02, write_trader_at_destination02
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation10(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType10; in CC025C."""
    mrn: str
    release_date: datetime.date
    release_indicator: str

def write_transit_operation10(v: TransitOperation10) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><releaseDate>{v.release_date.isoformat()}</releaseDate><releaseIndicator>{text(v.release_indicator)}</releaseIndicator>'

class ConsignmentItem02(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType02; in CC025C."""
    goods_item_number: int
    declaration_goods_item_number: int
    release_type: str
    commodity: Commodity02
    packaging: tuple[Packaging02, ...]

def write_consignment_item02(v: ConsignmentItem02) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber><releaseType>{text(v.release_type)}</releaseType><Commodity>{write_commodity02(v.commodity)}</Commodity>'
    for v4 in v.packaging: out += f'<Packaging>{write_packaging02(v4)}</Packaging>'
    return out

class HouseConsignment02(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType02; in CC025C."""
    sequence_number: int
    release_type: str
    consignment_item: tuple[ConsignmentItem02, ...] = ()

def write_house_consignment02(v: HouseConsignment02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><releaseType>{text(v.release_type)}</releaseType>'
    for v2 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item02(v2)}</ConsignmentItem>'
    return out

class Consignment03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType03; in CC025C."""
    house_consignment: tuple[HouseConsignment02, ...]

@remembered
def write_consignment03(v: Consignment03) -> str:
    out = ''
    for v0 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment02(v0)}</HouseConsignment>'
    return out

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
    consignment: Consignment03 | None = None

def write_cc025c(v: CC025C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation10(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual><TraderAtDestination>{write_trader_at_destination02(v.trader_at_destination)}</TraderAtDestination>'
    if (v9 := v.consignment) is not None: out += f'<Consignment>{write_consignment03(v9)}</Consignment>'
    return out
