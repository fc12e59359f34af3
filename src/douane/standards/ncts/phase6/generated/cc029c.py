"""Structs and writers of cc029c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans, write_active_border_transport_means
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.authorisation import Authorisation, write_authorisation
from douane.standards.ncts.phase6.generated.carrier import Carrier03, write_carrier03
from douane.standards.ncts.phase6.generated.commodity import Commodity02, write_commodity02
from douane.standards.ncts.phase6.generated.consignee import Consignee, write_consignee
from douane.standards.ncts.phase6.generated.consignor import Consignor03, write_consignor03
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01, write_country_of_routing_of_consignment01
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared, write_customs_office_of_transit_declared
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase6.generated.guarantee import Guarantee, write_guarantee
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02, write_holder_of_the_transit_procedure02
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.phase6.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase6.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument03, PreviousDocument06, write_previous_document03, write_previous_document06
from douane.standards.ncts.phase6.generated.representative import Representative02, write_representative02
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
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
    if (v4 := v.tir_carnet_number) is not None: out += f'<TIRCarnetNumber>{text(v4)}</TIRCarnetNumber>'
    out += f'<declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate><releaseDate>{v.release_date.isoformat()}</releaseDate><security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    if (v9 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v9)}</specificCircumstanceIndicator>'
    if (v10 := v.communication_language_at_departure) is not None: out += f'<communicationLanguageAtDeparture>{text(v10)}</communicationLanguageAtDeparture>'
    return out + f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'

class ControlResult02(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType02; in CC029C."""
    code: str
    date: datetime.date
    controlled_by: str
    text: str | None = None

def write_control_result02(v: ControlResult02) -> str:
    out = f'<code>{text(v.code)}</code><date>{v.date.isoformat()}</date><controlledBy>{text(v.controlled_by)}</controlledBy>'
    if (v3 := v.text) is not None: out += f'<text>{text(v3)}</text>'
    return out

class ConsignmentItem03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType03; in CC029C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()

def write_consignment_item03(v: ConsignmentItem03) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.declaration_type) is not None: out += f'<declarationType>{text(v2)}</declarationType>'
    if (v3 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>'
    if (v4 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v4)}</countryOfDestination>'
    if (v5 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>'
    for v6 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v6)}</AdditionalSupplyChainActor>'
    out += f'<Commodity>{write_commodity02(v.commodity)}</Commodity>'
    for v8 in v.packaging: out += f'<Packaging>{write_packaging02(v8)}</Packaging>'
    for v9 in v.previous_document: out += f'<PreviousDocument>{write_previous_document03(v9)}</PreviousDocument>'
    for v10 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v10)}</SupportingDocument>'
    for v11 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v11)}</AdditionalReference>'
    for v12 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v12)}</AdditionalInformation>'
    return out

class HouseConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType03; in CC029C."""
    sequence_number: int
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
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
    consignment_item: tuple[ConsignmentItem03, ...]

def write_house_consignment03(v: HouseConsignment03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v1)}</countryOfDispatch>'
    if (v2 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v2)}</countryOfDestination>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v4 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v4)}</referenceNumberUCR>'
    if (v5 := v.security_indicator_from_export_declaration) is not None: out += f'<securityIndicatorFromExportDeclaration>{text(v5)}</securityIndicatorFromExportDeclaration>'
    if (v6 := v.consignor) is not None: out += f'<Consignor>{write_consignor03(v6)}</Consignor>'
    if (v7 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v7)}</Consignee>'
    for v8 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v8)}</AdditionalSupplyChainActor>'
    for v9 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v9)}</DepartureTransportMeans>'
    for v10 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v10)}</PreviousDocument>'
    for v11 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v11)}</SupportingDocument>'
    for v12 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v12)}</TransportDocument>'
    for v13 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v13)}</AdditionalReference>'
    for v14 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v14)}</AdditionalInformation>'
    if (v15 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>'
    for v16 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item03(v16)}</ConsignmentItem>'
    return out

class Consignment04(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType04; in CC029C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier03 | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment01, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans, ...] = ()
    place_of_loading: PlaceOfLoading
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment03, ...]

@remembered
def write_consignment04(v: Consignment04) -> str:
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.carrier) is not None: out += f'<Carrier>{write_carrier03(v7)}</Carrier>'
    if (v8 := v.consignor) is not None: out += f'<Consignor>{write_consignor03(v8)}</Consignor>'
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v11)}</TransportEquipment>'
    if (v12 := v.location_of_goods) is not None: out += f'<LocationOfGoods>{write_location_of_goods(v12)}</LocationOfGoods>'
    for v13 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v13)}</DepartureTransportMeans>'
    for v14 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment01(v14)}</CountryOfRoutingOfConsignment>'
    for v15 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means(v15)}</ActiveBorderTransportMeans>'
    out += f'<PlaceOfLoading>{write_place_of_loading(v.place_of_loading)}</PlaceOfLoading>'
    if (v17 := v.place_of_unloading) is not None: out += f'<PlaceOfUnloading>{write_place_of_unloading(v17)}</PlaceOfUnloading>'
    for v18 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v18)}</PreviousDocument>'
    for v19 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v19)}</SupportingDocument>'
    for v20 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v20)}</TransportDocument>'
    for v21 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v21)}</AdditionalReference>'
    for v22 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v22)}</AdditionalInformation>'
    if (v23 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v23)}</TransportCharges>'
    for v24 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment03(v24)}</HouseConsignment>'
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
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    control_result: ControlResult02 | None = None
    guarantee: tuple[Guarantee, ...]
    consignment: Consignment04

def write_cc029c(v: CC029C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation12(v.transit_operation)}</TransitOperation>'
    for v7 in v.authorisation: out += f'<Authorisation>{write_authorisation(v7)}</Authorisation>'
    out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    for v10 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared(v10)}</CustomsOfficeOfTransitDeclared>'
    for v11 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v11)}</CustomsOfficeOfExitForTransitDeclared>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure02(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v13 := v.representative) is not None: out += f'<Representative>{write_representative02(v13)}</Representative>'
    if (v14 := v.control_result) is not None: out += f'<ControlResult>{write_control_result02(v14)}</ControlResult>'
    for v15 in v.guarantee: out += f'<Guarantee>{write_guarantee(v15)}</Guarantee>'
    return out + f'<Consignment>{write_consignment04(v.consignment)}</Consignment>'
