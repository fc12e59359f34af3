"""Structs of cc043c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.commodity import CustomCommodity02
from douane.standards.ncts.phase5.generated.consignee import Consignee01
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.incident import Incident01
from douane.standards.ncts.phase5.generated.packaging import Packaging02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument04, PreviousDocument06
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05


class TransitOperation14(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType14; in CC043C."""

    mrn: str
    declaration_type: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    security: str
    reduced_dataset_indicator: bool


class CTLControl(Group, frozen=True, kw_only=True, gc=False):
    """CTLControlType; in CC043C."""

    continue_unloading: int


class Consignor05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType05, ConsignorType06; in CC043C."""

    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class SupportingDocument02(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType02; in CC043C."""

    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None


class CustomConsignmentItem04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType04; in CC043C."""

    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_destination: str | None = None
    consignee: Consignee01 | None = None
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()


class CustomHouseConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType04; in CC043C."""

    sequence_number: int
    country_of_destination: str | None = None
    gross_mass: Decimal
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    consignment_item: tuple[CustomConsignmentItem04, ...]


class CustomConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType05; in CC043C."""

    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    gross_mass: Decimal | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[CustomHouseConsignment04, ...]


class CC043C(Message, frozen=True, kw_only=True, gc=False):
    """IE043: Permission to unload."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation14
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    trader_at_destination: TraderAtDestination02
    ctl_control: CTLControl | None = None
    consignment: CustomConsignment05 | None = None
    phase_id: str | None = None
