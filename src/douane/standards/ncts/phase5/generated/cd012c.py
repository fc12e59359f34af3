"""Structs of cd012c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.commodity import Commodity05
from douane.standards.ncts.phase5.generated.consignee import Consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.packaging import Packaging02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument04, PreviousDocument06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05


class TransitOperation29(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType29; in CD012C."""

    mrn: str
    declaration_type: str
    tir_carnet_number: str
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    binding_itinerary: bool


class HolderOfTheTransitProcedure12(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType12; in CD012C."""

    identification_number: str | None = None
    tir_holder_identification_number: str
    name: str
    address: Address02


class ConsignmentItem07(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType07; in CD012C."""

    goods_item_number: int
    declaration_goods_item_number: int
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


class HouseConsignment08(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType08; in CD012C."""

    sequence_number: int
    country_of_dispatch: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    consignment_item: tuple[ConsignmentItem07, ...]


class Consignment12(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType12; in CD012C."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    house_consignment: tuple[HouseConsignment08, ...]


class CD012C(Message, frozen=True, kw_only=True, gc=False):
    """IE012: Record of a coming TIR arrival, relayed through SPEED."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation29
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure12
    control_result: ControlResult04
    consignment: Consignment12
    phase_id: str | None = None
