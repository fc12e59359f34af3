"""Structs and writers of house_consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.consignee import Consignee, write_consignee
from douane.standards.ncts.phase6.generated.consignment_item import ConsignmentItem09, write_consignment_item09
from douane.standards.ncts.phase6.generated.consignor import Consignor03, write_consignor03
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.binding.writing import text

class HouseConsignment10(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType10; in CC013C, CC015C."""
    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee | None = None
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
    if (v1 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v1)}</countryOfDispatch>'
    if (v2 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v2)}</countryOfDestination>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v4 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v4)}</referenceNumberUCR>'
    if (v5 := v.consignor) is not None: out += f'<Consignor>{write_consignor03(v5)}</Consignor>'
    if (v6 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v6)}</Consignee>'
    for v7 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v7)}</AdditionalSupplyChainActor>'
    for v8 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v8)}</DepartureTransportMeans>'
    for v9 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v9)}</PreviousDocument>'
    for v10 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v10)}</SupportingDocument>'
    for v11 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v11)}</TransportDocument>'
    for v12 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v12)}</AdditionalReference>'
    for v13 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v13)}</AdditionalInformation>'
    if (v14 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v14)}</TransportCharges>'
    for v15 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item09(v15)}</ConsignmentItem>'
    return out
