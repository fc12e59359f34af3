"""Structs of cc017c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.carrier import Carrier01
from douane.standards.ncts.phase5.generated.commodity import Commodity01
from douane.standards.ncts.phase5.generated.consignee import Consignee01
from douane.standards.ncts.phase5.generated.consignor import Consignor01
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.packaging import Packaging01
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01, TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment02


class AdditionalInformation01(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType01; in CC017C."""

    sequence_number: int
    code: str
    text: str | None = None
    complete_control: bool


class TransitOperation07(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType07; in CC017C."""

    mrn: str
    declaration_type: str
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool
    release_requested: bool | None = None
    release_request_date_and_time: datetime.datetime | None = None
    other_things_to_report: str | None = None


class ControlResult01(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType01; in CC017C."""

    code: str
    date: datetime.date
    controlled_by: str
    remark: str | None = None
    text: str | None = None


class PreviousDocument02(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType02; in CC017C."""

    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None
    complete_control: bool


class SupportingDocument01(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType01; in CC017C."""

    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None
    complete_control: bool


class PreviousDocument01(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType01; in CC017C."""

    sequence_number: int
    type: str | None = None
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None
    complete_control: bool


class ConsignmentItem01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType01; in CC017C."""

    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging01, ...] = ()
    previous_document: tuple[PreviousDocument01, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None


class HouseConsignment01(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType01; in CC017C."""

    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[ConsignmentItem01, ...] = ()


class Consignment02(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType02; in CC017C."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument02, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment01, ...] = ()


class CC017C(Message, frozen=True, kw_only=True, gc=False):
    """IE017: Results of control at departure."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation07
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03
    control_result: ControlResult01
    consignment: Consignment02 | None = None
    phase_id: str | None = None
