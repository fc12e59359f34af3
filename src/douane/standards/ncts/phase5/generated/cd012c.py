"""Structs and writers of cd012c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.address import Address02, write_address02
from douane.standards.ncts.phase5.generated.commodity import Commodity05, write_commodity05
from douane.standards.ncts.phase5.generated.consignee import Consignee06, write_consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01, write_consignor01
from douane.standards.ncts.phase5.generated.control_result import ControlResult04, write_control_result04
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment, write_country_of_routing_of_consignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, DepartureTransportMeans02, write_departure_transport_means01, write_departure_transport_means02
from douane.standards.ncts.phase5.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument04, PreviousDocument06, write_previous_document04, write_previous_document06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation29(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType29; in CD012C."""
    mrn: str
    declaration_type: str
    tir_carnet_number: str
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    binding_itinerary: bool

def write_transit_operation29(v: TransitOperation29) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><declarationType>{text(v.declaration_type)}</declarationType><TIRCarnetNumber>{text(v.tir_carnet_number)}</TIRCarnetNumber><declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate><releaseDate>{v.release_date.isoformat()}</releaseDate><bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'

class HolderOfTheTransitProcedure12(Group, frozen=True, kw_only=True, gc=False):
    """HolderOfTheTransitProcedureType12; in CD012C."""
    identification_number: str | None = None
    tir_holder_identification_number: str
    name: str
    address: Address02

def write_holder_of_the_transit_procedure12(v: HolderOfTheTransitProcedure12) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    return out + f'<TIRHolderIdentificationNumber>{text(v.tir_holder_identification_number)}</TIRHolderIdentificationNumber><name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'

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

def write_consignment_item07(v: ConsignmentItem07) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v2)}</countryOfDispatch>'
    if (v3 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v3)}</countryOfDestination>'
    if (v4 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v4)}</referenceNumberUCR>'
    if (v5 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v5)}</Consignee>'
    for v6 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v6)}</AdditionalSupplyChainActor>'
    out += f'<Commodity>{write_commodity05(v.commodity)}</Commodity>'
    for v8 in v.packaging: out += f'<Packaging>{write_packaging02(v8)}</Packaging>'
    for v9 in v.previous_document: out += f'<PreviousDocument>{write_previous_document04(v9)}</PreviousDocument>'
    for v10 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v10)}</SupportingDocument>'
    for v11 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v11)}</TransportDocument>'
    for v12 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v12)}</AdditionalReference>'
    for v13 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v13)}</AdditionalInformation>'
    return out

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

def write_house_consignment08(v: HouseConsignment08) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v1)}</countryOfDispatch>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v3 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v3)}</referenceNumberUCR>'
    if (v4 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v4)}</Consignor>'
    if (v5 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v5)}</Consignee>'
    for v6 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v6)}</AdditionalSupplyChainActor>'
    for v7 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v7)}</DepartureTransportMeans>'
    for v8 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v8)}</PreviousDocument>'
    for v9 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v9)}</SupportingDocument>'
    for v10 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v10)}</TransportDocument>'
    for v11 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v11)}</AdditionalReference>'
    for v12 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v12)}</AdditionalInformation>'
    for v13 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item07(v13)}</ConsignmentItem>'
    return out

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

@remembered
def write_consignment12(v: Consignment12) -> str:
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v7)}</Consignor>'
    if (v8 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v8)}</Consignee>'
    for v9 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v9)}</AdditionalSupplyChainActor>'
    for v10 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v10)}</TransportEquipment>'
    for v11 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v11)}</DepartureTransportMeans>'
    for v12 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(v12)}</CountryOfRoutingOfConsignment>'
    for v13 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v13)}</PreviousDocument>'
    for v14 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v14)}</SupportingDocument>'
    for v15 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v15)}</TransportDocument>'
    for v16 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v16)}</AdditionalReference>'
    for v17 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v17)}</AdditionalInformation>'
    for v18 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment08(v18)}</HouseConsignment>'
    return out

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

def write_cd012c(v: CD012C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation29(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure12(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><ControlResult>{write_control_result04(v.control_result)}</ControlResult><Consignment>{write_consignment12(v.consignment)}</Consignment>'
