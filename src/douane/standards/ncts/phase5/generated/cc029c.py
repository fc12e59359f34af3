"""Structs and writers of cc029c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01, write_active_border_transport_means01
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.authorisation import Authorisation, write_authorisation
from douane.standards.ncts.phase5.generated.carrier import Carrier03, write_carrier03
from douane.standards.ncts.phase5.generated.commodity import CustomCommodity02, write_custom_commodity02
from douane.standards.ncts.phase5.generated.consignee import Consignee01, write_consignee01
from douane.standards.ncts.phase5.generated.consignor import Consignor03, write_consignor03
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment, write_country_of_routing_of_consignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02, write_holder_of_the_transit_procedure02
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.phase5.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument03, PreviousDocument06, write_previous_document03, write_previous_document06
from douane.standards.ncts.phase5.generated.representative import Representative02, write_representative02
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

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

def write_transit_operation12(v: TransitOperation12) -> str:
    out = f'<LRN>{text(v.lrn)}</LRN><MRN>{text(v.mrn)}</MRN><declarationType>{text(v.declaration_type)}</declarationType><additionalDeclarationType>{text(v.additional_declaration_type)}</additionalDeclarationType>'
    out += f'<TIRCarnetNumber>{text(v2)}</TIRCarnetNumber>' if (v2 := v.tir_carnet_number) is not None else ''
    out += f'<declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate><releaseDate>{v.release_date.isoformat()}</releaseDate><security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    out += f'<specificCircumstanceIndicator>{text(v4)}</specificCircumstanceIndicator>' if (v4 := v.specific_circumstance_indicator) is not None else ''
    out += f'<communicationLanguageAtDeparture>{text(v5)}</communicationLanguageAtDeparture>' if (v5 := v.communication_language_at_departure) is not None else ''
    out += f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'
    return out

class ControlResult02(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType02; in CC029C."""
    code: str
    date: datetime.date
    controlled_by: str
    text: str | None = None

def write_control_result02(v: ControlResult02) -> str:
    out = f'<code>{text(v.code)}</code><date>{v.date.isoformat()}</date><controlledBy>{text(v.controlled_by)}</controlledBy>'
    out += f'<text>{text(v2)}</text>' if (v2 := v.text) is not None else ''
    return out

class GuaranteeReference01(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType01; in CC029C."""
    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal
    currency: str

def write_guarantee_reference01(v: GuaranteeReference01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<GRN>{text(v2)}</GRN>' if (v2 := v.grn) is not None else ''
    out += f'<accessCode>{text(v3)}</accessCode>' if (v3 := v.access_code) is not None else ''
    out += f'<amountToBeCovered>{v.amount_to_be_covered:f}</amountToBeCovered><currency>{text(v.currency)}</currency>'
    return out

class Guarantee03(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType03; in CC029C."""
    sequence_number: int
    guarantee_type: str
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference01, ...] = ()

def write_guarantee03(v: Guarantee03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><guaranteeType>{text(v.guarantee_type)}</guaranteeType>'
    out += f'<otherGuaranteeReference>{text(v2)}</otherGuaranteeReference>' if (v2 := v.other_guarantee_reference) is not None else ''
    out += ''.join([f'<GuaranteeReference>{write_guarantee_reference01(x)}</GuaranteeReference>' for x in v.guarantee_reference])
    return out

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

def write_custom_consignment_item03(v: CustomConsignmentItem03) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    out += f'<declarationType>{text(v2)}</declarationType>' if (v2 := v.declaration_type) is not None else ''
    out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>' if (v3 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v4)}</countryOfDestination>' if (v4 := v.country_of_destination) is not None else ''
    out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>' if (v5 := v.reference_number_ucr) is not None else ''
    out += f'<Consignee>{write_consignee01(v6)}</Consignee>' if (v6 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += f'<Commodity>{write_custom_commodity02(v.commodity)}</Commodity>'
    out += ''.join([f'<Packaging>{write_packaging02(x)}</Packaging>' for x in v.packaging])
    out += ''.join([f'<PreviousDocument>{write_previous_document03(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>' if (v15 := v.transport_charges) is not None else ''
    return out

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

def write_custom_house_consignment03(v: CustomHouseConsignment03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>' if (v5 := v.reference_number_ucr) is not None else ''
    out += f'<securityIndicatorFromExportDeclaration>{text(v6)}</securityIndicatorFromExportDeclaration>' if (v6 := v.security_indicator_from_export_declaration) is not None else ''
    out += f'<Consignor>{write_consignor03(v7)}</Consignor>' if (v7 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v8)}</Consignee>' if (v8 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means02(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v16)}</TransportCharges>' if (v16 := v.transport_charges) is not None else ''
    out += ''.join([f'<ConsignmentItem>{write_custom_consignment_item03(x)}</ConsignmentItem>' for x in v.consignment_item])
    return out

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

@remembered
def write_custom_consignment04(v: CustomConsignment04) -> str:
    out = f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    out += f'<inlandModeOfTransport>{text(v5)}</inlandModeOfTransport>' if (v5 := v.inland_mode_of_transport) is not None else ''
    out += f'<modeOfTransportAtTheBorder>{text(v6)}</modeOfTransportAtTheBorder>' if (v6 := v.mode_of_transport_at_the_border) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v8)}</referenceNumberUCR>' if (v8 := v.reference_number_ucr) is not None else ''
    out += f'<Carrier>{write_carrier03(v9)}</Carrier>' if (v9 := v.carrier) is not None else ''
    out += f'<Consignor>{write_consignor03(v10)}</Consignor>' if (v10 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v11)}</Consignee>' if (v11 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<TransportEquipment>{write_transport_equipment05(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += f'<LocationOfGoods>{write_location_of_goods(v14)}</LocationOfGoods>' if (v14 := v.location_of_goods) is not None else ''
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means02(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(x)}</CountryOfRoutingOfConsignment>' for x in v.country_of_routing_of_consignment])
    out += ''.join([f'<ActiveBorderTransportMeans>{write_active_border_transport_means01(x)}</ActiveBorderTransportMeans>' for x in v.active_border_transport_means])
    out += f'<PlaceOfLoading>{write_place_of_loading(v18)}</PlaceOfLoading>' if (v18 := v.place_of_loading) is not None else ''
    out += f'<PlaceOfUnloading>{write_place_of_unloading(v19)}</PlaceOfUnloading>' if (v19 := v.place_of_unloading) is not None else ''
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v25)}</TransportCharges>' if (v25 := v.transport_charges) is not None else ''
    out += ''.join([f'<HouseConsignment>{write_custom_house_consignment03(x)}</HouseConsignment>' for x in v.house_consignment])
    return out

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

def write_cc029c(v: CC029C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    out += f'<correlationIdentifier>{text(v2)}</correlationIdentifier>' if (v2 := v.correlation_identifier) is not None else ''
    out += f'<TransitOperation>{write_transit_operation12(v.transit_operation)}</TransitOperation>'
    out += ''.join([f'<Authorisation>{write_authorisation(x)}</Authorisation>' for x in v.authorisation])
    out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    out += ''.join([f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(x)}</CustomsOfficeOfTransitDeclared>' for x in v.customs_office_of_transit_declared])
    out += ''.join([f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(x)}</CustomsOfficeOfExitForTransitDeclared>' for x in v.customs_office_of_exit_for_transit_declared])
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure02(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    out += f'<Representative>{write_representative02(v9)}</Representative>' if (v9 := v.representative) is not None else ''
    out += f'<ControlResult>{write_control_result02(v10)}</ControlResult>' if (v10 := v.control_result) is not None else ''
    out += ''.join([f'<Guarantee>{write_guarantee03(x)}</Guarantee>' for x in v.guarantee])
    out += f'<Consignment>{write_custom_consignment04(v.consignment)}</Consignment>'
    return out
