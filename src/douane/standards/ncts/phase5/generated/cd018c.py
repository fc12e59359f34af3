"""Structs of cd018c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01
from douane.standards.ncts.phase5.generated.commodity import Commodity01
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.packaging import Packaging01
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument03
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment02


class TransitOperation30(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType30; in CD018C."""

    mrn: str
    tir_carnet_number: str | None = None
    binding_itinerary: bool
    other_things_to_report: str | None = None


class ControlResult05(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType05; in CD018C."""

    code: str
    date: datetime.date
    state_of_seals: bool | None = None
    text: str | None = None


class ConsignmentItem08(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType08; in CD018C."""

    goods_item_number: int
    declaration_goods_item_number: int
    reference_number_ucr: str | None = None
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()


class HouseConsignment09(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType09; in CD018C."""

    sequence_number: int
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem08, ...] = ()


class Consignment13(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType13; in CD018C."""

    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment09, ...] = ()


class CD018C(Message, frozen=True, kw_only=True, gc=False):
    """IE018: Results of control at destination."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation30
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    control_result: ControlResult05
    consignment: Consignment13 | None = None
    phase_id: str | None = None
