"""Structs and writers of house_consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06, write_consignee01, write_consignee06
from douane.standards.ncts.phase5.generated.consignment_item import ConsignmentItem09, ConsignmentItem10, ConsignmentItem11, write_consignment_item09, write_consignment_item10, write_consignment_item11
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03, write_consignor01, write_consignor03
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.binding.writing import text

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

def write_house_consignment10(v: HouseConsignment10) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>' if (v5 := v.reference_number_ucr) is not None else ''
    out += f'<Consignor>{write_consignor03(v6)}</Consignor>' if (v6 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v7)}</Consignee>' if (v7 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means02(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>' if (v15 := v.transport_charges) is not None else ''
    out += ''.join([f'<ConsignmentItem>{write_consignment_item09(x)}</ConsignmentItem>' for x in v.consignment_item])
    return out

class HouseConsignment11(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType11; in CD200C, CD203C."""
    sequence_number: int
    consignment_item: tuple[ConsignmentItem10, ...]

def write_house_consignment11(v: HouseConsignment11) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += ''.join([f'<ConsignmentItem>{write_consignment_item10(x)}</ConsignmentItem>' for x in v.consignment_item])
    return out

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

def write_house_consignment12(v: HouseConsignment12) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>' if (v5 := v.reference_number_ucr) is not None else ''
    out += f'<securityIndicatorFromExportDeclaration>{text(v6)}</securityIndicatorFromExportDeclaration>' if (v6 := v.security_indicator_from_export_declaration) is not None else ''
    out += f'<Consignor>{write_consignor01(v7)}</Consignor>' if (v7 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee06(v8)}</Consignee>' if (v8 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means02(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v16)}</TransportCharges>' if (v16 := v.transport_charges) is not None else ''
    out += ''.join([f'<ConsignmentItem>{write_consignment_item11(x)}</ConsignmentItem>' for x in v.consignment_item])
    return out
