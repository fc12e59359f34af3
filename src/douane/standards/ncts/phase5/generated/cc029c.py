"""Structs of cc029c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.authorisation import Authorisation
from douane.standards.ncts.phase5.generated.carrier import Carrier03
from douane.standards.ncts.phase5.generated.commodity import CustomCommodity02
from douane.standards.ncts.phase5.generated.consignee import Consignee01
from douane.standards.ncts.phase5.generated.consignor import Consignor03
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.packaging import Packaging02
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument03, PreviousDocument06
from douane.standards.ncts.phase5.generated.representative import Representative02
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05


class TransitOperation12(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType12; in CC029C."""

    lrn: str
    mrn: str
    declaration_type: str
    additional_declaration_type: str
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    communication_language_at_departure: str | None = None
    binding_itinerary: bool


class ControlResult02(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType02; in CC029C."""

    code: str
    date: datetime.date
    controlled_by: str
    text: str | None = None


class GuaranteeReference01(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType01; in CC029C."""

    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal
    currency: str


class Guarantee03(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType03; in CC029C."""

    sequence_number: int
    guarantee_type: str
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference01, ...] = ()


class CustomConsignmentItem03(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType03; in CC029C."""

    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None


class CustomHouseConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType03; in CC029C."""

    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[CustomConsignmentItem03, ...]


class CustomConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType04; in CC029C."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
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
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[CustomHouseConsignment03, ...]


class CC029C(Message, frozen=True, kw_only=True, gc=False):
    """IE029: Released for transit."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation12
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    control_result: ControlResult02 | None = None
    guarantee: tuple[Guarantee03, ...]
    consignment: CustomConsignment04
    phase_id: str | None = None
