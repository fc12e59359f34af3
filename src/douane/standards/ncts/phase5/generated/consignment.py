"""Structs of consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans02
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.carrier import Carrier01, Carrier03
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06
from douane.standards.ncts.phase5.generated.consignee_actual import ConsigneeActual
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.house_consignment import HouseConsignment10, HouseConsignment11, HouseConsignment12
from douane.standards.ncts.phase5.generated.incident import Incident01
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05


class Consignment07(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType07, ConsignmentType17; in CC141C, CD142C."""

    consignee_actual: ConsigneeActual


class Consignment10(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType10, ConsignmentType15, ConsignmentType18; in CD001C, CD050C, CD160C."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment12, ...]


class Consignment11(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType11, ConsignmentType16, ConsignmentType19; in CD003C, CD115C, CD165C."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[HouseConsignment12, ...]


class Consignment20(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType20; in CC013C, CC015C."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool | None = None
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier03 | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment10, ...]


class Consignment21(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType21; in CD200C, CD203C."""

    house_consignment: tuple[HouseConsignment11, ...]


class Consignment22(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType22; in CC182C, CD180C, CD181C."""

    incident: tuple[Incident01, ...]
