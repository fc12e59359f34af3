"""Structs and writers of cc043c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.phase6.generated.commodity import Commodity02, write_commodity02
from douane.standards.ncts.phase6.generated.consignee import Consignee, write_consignee
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01, write_country_of_routing_of_consignment01
from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase6.generated.incident import Incident, write_incident
from douane.standards.ncts.phase6.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02, write_trader_at_destination02
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation14(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType14; in CC043C."""
    mrn: str
    declaration_type: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    security: str
    reduced_dataset_indicator: bool

def write_transit_operation14(v: TransitOperation14) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    if (v1 := v.declaration_type) is not None: out += f'<declarationType>{text(v1)}</declarationType>'
    if (v2 := v.declaration_acceptance_date) is not None: out += f'<declarationAcceptanceDate>{v2.isoformat()}</declarationAcceptanceDate>'
    return out + f'<security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'

class CTLControl(Group, frozen=True, kw_only=True, gc=False):
    """CTLControlType; in CC043C."""
    continue_unloading: int

def write_ctl_control(v: CTLControl) -> str:
    return f'<continueUnloading>{v.continue_unloading}</continueUnloading>'

class Consignor05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType05, ConsignorType06; in CC043C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_consignor05(v: Consignor05) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out

class SupportingDocument02(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType02; in CC043C."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None

def write_supporting_document02(v: SupportingDocument02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v3 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v3)}</complementOfInformation>'
    return out

class PreviousDocument04(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType04; in CC043C."""
    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None

def write_previous_document04(v: PreviousDocument04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v3 := v.goods_item_number) is not None: out += f'<goodsItemNumber>{v3}</goodsItemNumber>'
    if (v4 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v4)}</complementOfInformation>'
    return out

class ConsignmentItem04(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType04; in CC043C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee | None = None
    commodity: Commodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()

def write_consignment_item04(v: ConsignmentItem04) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    if (v2 := v.declaration_type) is not None: out += f'<declarationType>{text(v2)}</declarationType>'
    if (v3 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v3)}</countryOfDestination>'
    if (v4 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v4)}</referenceNumberUCR>'
    if (v5 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v5)}</Consignee>'
    out += f'<Commodity>{write_commodity02(v.commodity)}</Commodity>'
    for v7 in v.packaging: out += f'<Packaging>{write_packaging02(v7)}</Packaging>'
    for v8 in v.previous_document: out += f'<PreviousDocument>{write_previous_document04(v8)}</PreviousDocument>'
    for v9 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document02(v9)}</SupportingDocument>'
    for v10 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v10)}</TransportDocument>'
    for v11 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v11)}</AdditionalReference>'
    for v12 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v12)}</AdditionalInformation>'
    return out

class HouseConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType04; in CC043C."""
    sequence_number: int
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    consignment_item: tuple[ConsignmentItem04, ...]

def write_house_consignment04(v: HouseConsignment04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v3 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v3)}</referenceNumberUCR>'
    if (v4 := v.security_indicator_from_export_declaration) is not None: out += f'<securityIndicatorFromExportDeclaration>{text(v4)}</securityIndicatorFromExportDeclaration>'
    if (v5 := v.consignor) is not None: out += f'<Consignor>{write_consignor05(v5)}</Consignor>'
    if (v6 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v6)}</Consignee>'
    for v7 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v7)}</DepartureTransportMeans>'
    for v8 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v8)}</PreviousDocument>'
    for v9 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document02(v9)}</SupportingDocument>'
    for v10 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v10)}</TransportDocument>'
    for v11 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v11)}</AdditionalReference>'
    for v12 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v12)}</AdditionalInformation>'
    for v13 in v.consignment_item: out += f'<ConsignmentItem>{write_consignment_item04(v13)}</ConsignmentItem>'
    return out

class Consignment05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType05; in CC043C."""
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment01, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    incident: tuple[Incident, ...] = ()
    house_consignment: tuple[HouseConsignment04, ...]

@remembered
def write_consignment05(v: Consignment05) -> str:
    out = ''
    if (v0 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v0)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v2 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v2)}</inlandModeOfTransport>'
    if (v3 := v.gross_mass) is not None: out += f'<grossMass>{v3:f}</grossMass>'
    if (v4 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v4)}</referenceNumberUCR>'
    if (v5 := v.consignor) is not None: out += f'<Consignor>{write_consignor05(v5)}</Consignor>'
    if (v6 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v6)}</Consignee>'
    for v7 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v7)}</TransportEquipment>'
    for v8 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v8)}</DepartureTransportMeans>'
    for v9 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment01(v9)}</CountryOfRoutingOfConsignment>'
    for v10 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v10)}</PreviousDocument>'
    for v11 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document02(v11)}</SupportingDocument>'
    for v12 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v12)}</TransportDocument>'
    for v13 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v13)}</AdditionalReference>'
    for v14 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v14)}</AdditionalInformation>'
    for v15 in v.incident: out += f'<Incident>{write_incident(v15)}</Incident>'
    for v16 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment04(v16)}</HouseConsignment>'
    return out

class CC043C(Message, frozen=True, kw_only=True, gc=False):
    """IE043: Permission to unload."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation14
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    trader_at_destination: TraderAtDestination02
    ctl_control: CTLControl | None = None
    consignment: Consignment05 | None = None

def write_cc043c(v: CC043C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation14(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual>'
    if (v8 := v.holder_of_the_transit_procedure) is not None: out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v8)}</HolderOfTheTransitProcedure>'
    out += f'<TraderAtDestination>{write_trader_at_destination02(v.trader_at_destination)}</TraderAtDestination>'
    if (v10 := v.ctl_control) is not None: out += f'<CTLControl>{write_ctl_control(v10)}</CTLControl>'
    if (v11 := v.consignment) is not None: out += f'<Consignment>{write_consignment05(v11)}</Consignment>'
    return out
