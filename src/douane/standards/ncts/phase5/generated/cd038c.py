"""Structs of cd038c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans02
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.carrier import Carrier01
from douane.standards.ncts.phase5.generated.consignee import Consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.house_consignment import HouseConsignment12
from douane.standards.ncts.phase5.generated.location import Location
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transhipment import Transhipment
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01, TransportEquipment05


class TransitOperation32(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType32; in CD038C."""

    mrn: str
    declaration_type: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None
    status: str | None = None


class Endorsement02(Group, frozen=True, kw_only=True, gc=False):
    """EndorsementType02; in CD038C."""

    date: datetime.date
    authority: str | None = None
    place: str | None = None
    country: str


class Incident02(Group, frozen=True, kw_only=True, gc=False):
    """IncidentType02; in CD038C."""

    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement02 | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    transhipment: Transhipment | None = None


class Consignment14(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType14; in CD038C."""

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
    incident: tuple[Incident02, ...] = ()
    house_consignment: tuple[HouseConsignment12, ...]


class CD038C(Message, frozen=True, kw_only=True, gc=False):
    """IE038: Answer about a movement."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation32
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_request: CustomsOfficeOfRequest01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment14 | None = None
    phase_id: str | None = None
