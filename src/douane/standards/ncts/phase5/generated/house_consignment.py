"""Structs of house_consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06
from douane.standards.ncts.phase5.generated.consignment_item import ConsignmentItem09, ConsignmentItem10, ConsignmentItem11
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02


class HouseConsignment10(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType10; in CC013C, CC015C."""

    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
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
    consignment_item: tuple[ConsignmentItem09, ...]


class HouseConsignment11(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType11; in CD200C, CD203C."""

    sequence_number: int
    consignment_item: tuple[ConsignmentItem10, ...]


class HouseConsignment12(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType12, HouseConsignmentType13; in 7 messages."""

    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[ConsignmentItem11, ...]
