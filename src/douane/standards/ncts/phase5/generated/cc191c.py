"""Structs of cc191c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_exit import CustomsOfficeOfExit
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation03


class PreviousDocument05(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType05; in CC191C."""

    type: str
    reference_number: str


class GoodsItem(Group, frozen=True, kw_only=True, gc=False):
    """GoodsItemType; in CC191C."""

    export_declaration_goods_item_number: int
    transit_declaration_goods_item_number: int
    previous_document: PreviousDocument05


class GoodsShipment(Group, frozen=True, kw_only=True, gc=False):
    """GoodsShipmentType; in CC191C."""

    goods_item: tuple[GoodsItem, ...]


class ExportOperation05(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType05; in CC191C."""

    sequence_number: int
    mrn: str
    security: str
    result_indicator: str
    goods_shipment: GoodsShipment | None = None


class AESResults(Group, frozen=True, kw_only=True, gc=False):
    """AESResultsType; in CC191C."""

    aes_communication_purpose: str
    response_date_and_time: datetime.datetime
    global_validation_response: bool
    export_operation: tuple[ExportOperation05, ...]


class CC191C(Message, frozen=True, kw_only=True, gc=False):
    """IE191: Export system answers on goods presented for transit."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    aes_results: AESResults
    phase_id: str | None = None
