"""Structs and writers of cc017c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans, write_active_border_transport_means
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference06, write_additional_reference06
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode, write_commodity_code
from douane.standards.ncts.phase6.generated.consignee import Consignee, write_consignee
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01, write_country_of_routing_of_consignment01
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared, write_customs_office_of_transit_declared
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans04, write_departure_transport_means04
from douane.standards.ncts.phase6.generated.goods_measure import GoodsMeasure04, write_goods_measure04
from douane.standards.ncts.phase6.generated.goods_reference import GoodsReference01, write_goods_reference01
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase6.generated.packaging import Packaging04, write_packaging04
from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase6.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase6.generated.seal import Seal01, write_seal01
from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02, TransportDocument03, write_transport_document02, write_transport_document03
from douane.standards.ncts.binding.writing import remembered, text

class AdditionalInformation01(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalInformationType01; in CC017C."""
    sequence_number: int
    code: str
    text: str | None = None
    complete_control: bool

def write_additional_information01(v: AdditionalInformation01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out + f'<completeControl>{v.complete_control:d}</completeControl>'

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
    if (v4 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v4)}</specificCircumstanceIndicator>'
    out += f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'
    if (v6 := v.release_requested) is not None: out += f'<releaseRequested>{v6:d}</releaseRequested>'
    if (v7 := v.release_request_date_and_time) is not None: out += f'<releaseRequestDateAndTime>{v7.isoformat(timespec="seconds")}</releaseRequestDateAndTime>'
    if (v8 := v.other_things_to_report) is not None: out += f'<otherThingsToReport>{text(v8)}</otherThingsToReport>'
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
    if (v3 := v.remark) is not None: out += f'<remark>{text(v3)}</remark>'
    if (v4 := v.text) is not None: out += f'<text>{text(v4)}</text>'
    return out

class Carrier01(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType01; in CC017C."""
    identification_number: str

def write_carrier01(v: Carrier01) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'

class Consignor01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType01, ConsignorType02; in CC017C."""
    identification_number: str | None = None
    name: str
    address: Address02

def write_consignor01(v: Consignor01) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    return out + f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'

class TransportEquipment02(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType02; in CC017C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal01, ...] = ()
    goods_reference: tuple[GoodsReference01, ...] = ()

def write_transport_equipment02(v: TransportEquipment02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.container_identification_number) is not None: out += f'<containerIdentificationNumber>{text(v1)}</containerIdentificationNumber>'
    if (v2 := v.number_of_seals) is not None: out += f'<numberOfSeals>{v2}</numberOfSeals>'
    for v3 in v.seal: out += f'<Seal>{write_seal01(v3)}</Seal>'
    for v4 in v.goods_reference: out += f'<GoodsReference>{write_goods_reference01(v4)}</GoodsReference>'
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
    if (v3 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v3)}</complementOfInformation>'
    return out + f'<completeControl>{v.complete_control:d}</completeControl>'

class SupportingDocument01(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType01; in CC017C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None
    complement_of_information: str | None = None
    complete_control: bool

def write_supporting_document01(v: SupportingDocument01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.type) is not None: out += f'<type>{text(v1)}</type>'
    if (v2 := v.reference_number) is not None: out += f'<referenceNumber>{text(v2)}</referenceNumber>'
    if (v3 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v3)}</complementOfInformation>'
    return out + f'<completeControl>{v.complete_control:d}</completeControl>'

class DangerousGoods02(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType02; in CC017C."""
    sequence_number: int
    un_number: str | None = None

def write_dangerous_goods02(v: DangerousGoods02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.un_number) is not None: out += f'<UNNumber>{text(v1)}</UNNumber>'
    return out

class Commodity01(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType01; in CC017C."""
    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods02, ...] = ()
    goods_measure: GoodsMeasure04 | None = None

def write_commodity01(v: Commodity01) -> str:
    out = ''
    if (v0 := v.description_of_goods) is not None: out += f'<descriptionOfGoods>{text(v0)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods02(v3)}</DangerousGoods>'
    if (v4 := v.goods_measure) is not None: out += f'<GoodsMeasure>{write_goods_measure04(v4)}</GoodsMeasure>'
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
    if (v1 := v.type) is not None: out += f'<type>{text(v1)}</type>'
    out += f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v3 := v.goods_item_number) is not None: out += f'<goodsItemNumber>{v3}</goodsItemNumber>'
    if (v4 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v4)}</complementOfInformation>'
    return out + f'<completeControl>{v.complete_control:d}</completeControl>'

class ConsignmentItem01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType01; in CC017C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity01 | None = None
    packaging: tuple[Packaging04, ...] = ()
    previous_document: tuple[PreviousDocument01, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None

def write_consignment_item01(v: ConsignmentItem01) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.declaration_type) is not None: out += f'<declarationType>{text(v2)}</declarationType>'
    if (v3 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v3)}</countryOfDispatch>'
    if (v4 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v4)}</countryOfDestination>'
    if (v5 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v5)}</referenceNumberUCR>'
    if (v6 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v6)}</Consignee>'
    for v7 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v7)}</AdditionalSupplyChainActor>'
    if (v8 := v.commodity) is not None: out += f'<Commodity>{write_commodity01(v8)}</Commodity>'
    for v9 in v.packaging: out += f'<Packaging>{write_packaging04(v9)}</Packaging>'
    for v10 in v.previous_document: out += f'<PreviousDocument>{write_previous_document01(v10)}</PreviousDocument>'
    for v11 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document01(v11)}</SupportingDocument>'
    for v12 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v12)}</TransportDocument>'
    for v13 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference06(v13)}</AdditionalReference>'
    for v14 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information01(v14)}</AdditionalInformation>'
    if (v15 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>'
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
    consignee: Consignee | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans04, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None
    consignment_item: tuple[ConsignmentItem01, ...] = ()

def write_house_consignment01(v: HouseConsignment01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v1)}</countryOfDispatch>'
    if (v2 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v2)}</countryOfDestination>'
    if (v3 := v.gross_mass) is not None: out += f'<grossMass>{v3:f}</grossMass>'
    if (v4 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v4)}</referenceNumberUCR>'
    if (v5 := v.security_indicator_from_export_declaration) is not None: out += f'<securityIndicatorFromExportDeclaration>{text(v5)}</securityIndicatorFromExportDeclaration>'
    if (v6 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v6)}</Consignor>'
    if (v7 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v7)}</Consignee>'
    for v8 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v8)}</AdditionalSupplyChainActor>'
    for v9 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means04(v9)}</DepartureTransportMeans>'
    for v10 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v10)}</PreviousDocument>'
    for v11 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document01(v11)}</SupportingDocument>'
    for v12 in v.transport_document: out += f'<TransportDocument>{write_transport_document03(v12)}</TransportDocument>'
    for v13 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference06(v13)}</AdditionalReference>'
    for v14 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information01(v14)}</AdditionalInformation>'
    if (v15 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v15)}</TransportCharges>'
    for v16 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item01(v16)}</ConsignmentItem>'
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
    consignee: Consignee | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment02, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans04, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment01, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans, ...] = ()
    place_of_loading: PlaceOfLoading
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument02, ...] = ()
    supporting_document: tuple[SupportingDocument01, ...] = ()
    transport_document: tuple[TransportDocument03, ...] = ()
    additional_reference: tuple[AdditionalReference06, ...] = ()
    additional_information: tuple[AdditionalInformation01, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment01, ...] = ()

@remembered
def write_consignment02(v: Consignment02) -> str:
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    if (v5 := v.gross_mass) is not None: out += f'<grossMass>{v5:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.carrier) is not None: out += f'<Carrier>{write_carrier01(v7)}</Carrier>'
    if (v8 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v8)}</Consignor>'
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment02(v11)}</TransportEquipment>'
    for v12 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means04(v12)}</DepartureTransportMeans>'
    for v13 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment01(v13)}</CountryOfRoutingOfConsignment>'
    for v14 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means(v14)}</ActiveBorderTransportMeans>'
    out += f'<PlaceOfLoading>{write_place_of_loading(v.place_of_loading)}</PlaceOfLoading>'
    if (v16 := v.place_of_unloading) is not None: out += f'<PlaceOfUnloading>{write_place_of_unloading(v16)}</PlaceOfUnloading>'
    for v17 in v.previous_document: out += f'<PreviousDocument>{write_previous_document02(v17)}</PreviousDocument>'
    for v18 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document01(v18)}</SupportingDocument>'
    for v19 in v.transport_document: out += f'<TransportDocument>{write_transport_document03(v19)}</TransportDocument>'
    for v20 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference06(v20)}</AdditionalReference>'
    for v21 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information01(v21)}</AdditionalInformation>'
    if (v22 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v22)}</TransportCharges>'
    for v23 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment01(v23)}</HouseConsignment>'
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
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03
    control_result: ControlResult01
    consignment: Consignment02 | None = None

def write_cc017c(v: CC017C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation07(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared(v9)}</CustomsOfficeOfTransitDeclared>'
    for v10 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v10)}</CustomsOfficeOfExitForTransitDeclared>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><ControlResult>{write_control_result01(v.control_result)}</ControlResult>'
    if (v13 := v.consignment) is not None: out += f'<Consignment>{write_consignment02(v13)}</Consignment>'
    return out
