"""Structs and writers of cc017c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01, write_active_border_transport_means01
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01, write_additional_reference01
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.carrier import Carrier01, write_carrier01
from douane.standards.ncts.phase5.generated.commodity import Commodity01, write_commodity01
from douane.standards.ncts.phase5.generated.consignee import Consignee01, write_consignee01
from douane.standards.ncts.phase5.generated.consignor import Consignor01, write_consignor01
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment, write_country_of_routing_of_consignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, write_departure_transport_means01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase5.generated.packaging import Packaging01, write_packaging01
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01, TransportDocument02, write_transport_document01, write_transport_document02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment02, write_transport_equipment02
from douane.standards.ncts.binding.writing import remembered, text

class AdditionalInformation01(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType01; in CC017C."""
    sequence_number: int
    code: str
    text: str | None = None
    complete_control: bool

def write_additional_information01(v: AdditionalInformation01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code>'
    out += f'<text>{text(v2)}</text>' if (v2 := v.text) is not None else ''
    out += f'<completeControl>{v.complete_control:d}</completeControl>'
    return out

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

def write_transit_operation07(v: TransitOperation07) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><declarationType>{text(v.declaration_type)}</declarationType><security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    out += f'<specificCircumstanceIndicator>{text(v2)}</specificCircumstanceIndicator>' if (v2 := v.specific_circumstance_indicator) is not None else ''
    out += f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'
    out += f'<releaseRequested>{v4:d}</releaseRequested>' if (v4 := v.release_requested) is not None else ''
    out += f'<releaseRequestDateAndTime>{v5.isoformat(timespec="seconds")}</releaseRequestDateAndTime>' if (v5 := v.release_request_date_and_time) is not None else ''
    out += f'<otherThingsToReport>{text(v6)}</otherThingsToReport>' if (v6 := v.other_things_to_report) is not None else ''
    return out

class ControlResult01(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType01; in CC017C."""
    code: str
    date: datetime.date
    controlled_by: str
    remark: str | None = None
    text: str | None = None

def write_control_result01(v: ControlResult01) -> str:
    out = f'<code>{text(v.code)}</code><date>{v.date.isoformat()}</date><controlledBy>{text(v.controlled_by)}</controlledBy>'
    out += f'<remark>{text(v2)}</remark>' if (v2 := v.remark) is not None else ''
    out += f'<text>{text(v3)}</text>' if (v3 := v.text) is not None else ''
    return out

class PreviousDocument02(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType02; in CC017C."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None
    complete_control: bool

def write_previous_document02(v: PreviousDocument02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    out += f'<complementOfInformation>{text(v2)}</complementOfInformation>' if (v2 := v.complement_of_information) is not None else ''
    out += f'<completeControl>{v.complete_control:d}</completeControl>'
    return out

class SupportingDocument01(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType01; in CC017C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None
    complete_control: bool

def write_supporting_document01(v: SupportingDocument01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<type>{text(v2)}</type>' if (v2 := v.type) is not None else ''
    out += f'<referenceNumber>{text(v3)}</referenceNumber>' if (v3 := v.reference_number) is not None else ''
    out += f'<complementOfInformation>{text(v4)}</complementOfInformation>' if (v4 := v.complement_of_information) is not None else ''
    out += f'<completeControl>{v.complete_control:d}</completeControl>'
    return out

class PreviousDocument01(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType01; in CC017C."""
    sequence_number: int
    type: str | None = None
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None
    complete_control: bool

def write_previous_document01(v: PreviousDocument01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<type>{text(v2)}</type>' if (v2 := v.type) is not None else ''
    out += f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    out += f'<goodsItemNumber>{v4}</goodsItemNumber>' if (v4 := v.goods_item_number) is not None else ''
    out += f'<complementOfInformation>{text(v5)}</complementOfInformation>' if (v5 := v.complement_of_information) is not None else ''
    out += f'<completeControl>{v.complete_control:d}</completeControl>'
    return out

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

def write_consignment_item01(v: ConsignmentItem01) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    out += f'<declarationType>{text(v2)}</declarationType>' if (v2 := v.declaration_type) is not None else ''
    out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>' if (v3 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v4)}</countryOfDestination>' if (v4 := v.country_of_destination) is not None else ''
    out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>' if (v5 := v.reference_number_ucr) is not None else ''
    out += f'<Consignee>{write_consignee01(v6)}</Consignee>' if (v6 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += f'<Commodity>{write_commodity01(v8)}</Commodity>' if (v8 := v.commodity) is not None else ''
    out += ''.join([f'<Packaging>{write_packaging01(x)}</Packaging>' for x in v.packaging])
    out += ''.join([f'<PreviousDocument>{write_previous_document01(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document01(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference01(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information01(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>' if (v15 := v.transport_charges) is not None else ''
    return out

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

def write_house_consignment01(v: HouseConsignment01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<grossMass>{v4:f}</grossMass>' if (v4 := v.gross_mass) is not None else ''
    out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>' if (v5 := v.reference_number_ucr) is not None else ''
    out += f'<securityIndicatorFromExportDeclaration>{text(v6)}</securityIndicatorFromExportDeclaration>' if (v6 := v.security_indicator_from_export_declaration) is not None else ''
    out += f'<Consignor>{write_consignor01(v7)}</Consignor>' if (v7 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v8)}</Consignee>' if (v8 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means01(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document01(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document01(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference01(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information01(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v16)}</TransportCharges>' if (v16 := v.transport_charges) is not None else ''
    out += ''.join([f'<ConsignmentItem>{write_consignment_item01(x)}</ConsignmentItem>' for x in v.consignment_item])
    return out

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

@remembered
def write_consignment02(v: Consignment02) -> str:
    out = f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    out += f'<inlandModeOfTransport>{text(v5)}</inlandModeOfTransport>' if (v5 := v.inland_mode_of_transport) is not None else ''
    out += f'<modeOfTransportAtTheBorder>{text(v6)}</modeOfTransportAtTheBorder>' if (v6 := v.mode_of_transport_at_the_border) is not None else ''
    out += f'<grossMass>{v7:f}</grossMass>' if (v7 := v.gross_mass) is not None else ''
    out += f'<referenceNumberUCR>{text(v8)}</referenceNumberUCR>' if (v8 := v.reference_number_ucr) is not None else ''
    out += f'<Carrier>{write_carrier01(v9)}</Carrier>' if (v9 := v.carrier) is not None else ''
    out += f'<Consignor>{write_consignor01(v10)}</Consignor>' if (v10 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v11)}</Consignee>' if (v11 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<TransportEquipment>{write_transport_equipment02(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means01(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(x)}</CountryOfRoutingOfConsignment>' for x in v.country_of_routing_of_consignment])
    out += ''.join([f'<ActiveBorderTransportMeans>{write_active_border_transport_means01(x)}</ActiveBorderTransportMeans>' for x in v.active_border_transport_means])
    out += f'<PlaceOfLoading>{write_place_of_loading(v.place_of_loading)}</PlaceOfLoading>'
    out += f'<PlaceOfUnloading>{write_place_of_unloading(v18)}</PlaceOfUnloading>' if (v18 := v.place_of_unloading) is not None else ''
    out += ''.join([f'<PreviousDocument>{write_previous_document02(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document01(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document01(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference01(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information01(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v24)}</TransportCharges>' if (v24 := v.transport_charges) is not None else ''
    out += ''.join([f'<HouseConsignment>{write_house_consignment01(x)}</HouseConsignment>' for x in v.house_consignment])
    return out

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

def write_cc017c(v: CC017C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    out += f'<correlationIdentifier>{text(v2)}</correlationIdentifier>' if (v2 := v.correlation_identifier) is not None else ''
    out += f'<TransitOperation>{write_transit_operation07(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    out += ''.join([f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(x)}</CustomsOfficeOfTransitDeclared>' for x in v.customs_office_of_transit_declared])
    out += ''.join([f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(x)}</CustomsOfficeOfExitForTransitDeclared>' for x in v.customs_office_of_exit_for_transit_declared])
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><ControlResult>{write_control_result01(v.control_result)}</ControlResult>'
    out += f'<Consignment>{write_consignment02(v7)}</Consignment>' if (v7 := v.consignment) is not None else ''
    return out
