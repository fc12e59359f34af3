"""Structs and writers of cc043c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.address import Address02, write_address02
from douane.standards.ncts.phase5.generated.commodity import CustomCommodity02, write_custom_commodity02
from douane.standards.ncts.phase5.generated.consignee import Consignee01, write_consignee01
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase5.generated.incident import Incident01, write_incident01
from douane.standards.ncts.phase5.generated.packaging import Packaging02, write_packaging02
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument04, PreviousDocument06, write_previous_document04, write_previous_document06
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02, write_trader_at_destination02
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
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
    out += f'<declarationType>{text(v2)}</declarationType>' if (v2 := v.declaration_type) is not None else ''
    out += f'<declarationAcceptanceDate>{v3.isoformat()}</declarationAcceptanceDate>' if (v3 := v.declaration_acceptance_date) is not None else ''
    out += f'<security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    return out

class CTLControl(Group, frozen=True, kw_only=True, gc=False):
    """CTLControlType; in CC043C."""
    continue_unloading: int

def write_ctl_control(v: CTLControl) -> str:
    out = f'<continueUnloading>{v.continue_unloading}</continueUnloading>'
    return out

class Consignor05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType05, ConsignorType06; in CC043C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_consignor05(v: Consignor05) -> str:
    out = f'<identificationNumber>{text(v1)}</identificationNumber>' if (v1 := v.identification_number) is not None else ''
    out += f'<name>{text(v2)}</name>' if (v2 := v.name) is not None else ''
    out += f'<Address>{write_address02(v3)}</Address>' if (v3 := v.address) is not None else ''
    return out

class SupportingDocument02(Group, frozen=True, kw_only=True, gc=False):
    """SupportingDocumentType02; in CC043C."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None

def write_supporting_document02(v: SupportingDocument02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    out += f'<complementOfInformation>{text(v2)}</complementOfInformation>' if (v2 := v.complement_of_information) is not None else ''
    return out

class CustomConsignmentItem04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentItemType04; in CC043C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_destination: str | None = None
    consignee: Consignee01 | None = None
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()

def write_custom_consignment_item04(v: CustomConsignmentItem04) -> str:
    out = f'<goodsItemNumber>{v.goods_item_number}</goodsItemNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
    out += f'<declarationType>{text(v2)}</declarationType>' if (v2 := v.declaration_type) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<Consignee>{write_consignee01(v4)}</Consignee>' if (v4 := v.consignee) is not None else ''
    out += f'<Commodity>{write_custom_commodity02(v.commodity)}</Commodity>'
    out += ''.join([f'<Packaging>{write_packaging02(x)}</Packaging>' for x in v.packaging])
    out += ''.join([f'<PreviousDocument>{write_previous_document04(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document02(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    return out

class CustomHouseConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_HouseConsignmentType04; in CC043C."""
    sequence_number: int
    country_of_destination: str | None = None
    gross_mass: Decimal
    security_indicator_from_export_declaration: str | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    consignment_item: tuple[CustomConsignmentItem04, ...]

def write_custom_house_consignment04(v: CustomHouseConsignment04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    out += f'<countryOfDestination>{text(v2)}</countryOfDestination>' if (v2 := v.country_of_destination) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<securityIndicatorFromExportDeclaration>{text(v4)}</securityIndicatorFromExportDeclaration>' if (v4 := v.security_indicator_from_export_declaration) is not None else ''
    out += f'<Consignor>{write_consignor05(v5)}</Consignor>' if (v5 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v6)}</Consignee>' if (v6 := v.consignee) is not None else ''
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means02(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document02(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += ''.join([f'<ConsignmentItem>{write_custom_consignment_item04(x)}</ConsignmentItem>' for x in v.consignment_item])
    return out

class CustomConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_ConsignmentType05; in CC043C."""
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    gross_mass: Decimal | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[CustomHouseConsignment04, ...]

@remembered
def write_custom_consignment05(v: CustomConsignment05) -> str:
    out = f'<countryOfDestination>{text(v2)}</countryOfDestination>' if (v2 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    out += f'<inlandModeOfTransport>{text(v4)}</inlandModeOfTransport>' if (v4 := v.inland_mode_of_transport) is not None else ''
    out += f'<grossMass>{v5:f}</grossMass>' if (v5 := v.gross_mass) is not None else ''
    out += f'<Consignor>{write_consignor05(v6)}</Consignor>' if (v6 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v7)}</Consignee>' if (v7 := v.consignee) is not None else ''
    out += ''.join([f'<TransportEquipment>{write_transport_equipment05(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means02(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document02(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += ''.join([f'<Incident>{write_incident01(x)}</Incident>' for x in v.incident])
    out += ''.join([f'<HouseConsignment>{write_custom_house_consignment04(x)}</HouseConsignment>' for x in v.house_consignment])
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
    consignment: CustomConsignment05 | None = None

def write_cc043c(v: CC043C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    out += f'<correlationIdentifier>{text(v2)}</correlationIdentifier>' if (v2 := v.correlation_identifier) is not None else ''
    out += f'<TransitOperation>{write_transit_operation14(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v4)}</HolderOfTheTransitProcedure>' if (v4 := v.holder_of_the_transit_procedure) is not None else ''
    out += f'<TraderAtDestination>{write_trader_at_destination02(v.trader_at_destination)}</TraderAtDestination>'
    out += f'<CTLControl>{write_ctl_control(v6)}</CTLControl>' if (v6 := v.ctl_control) is not None else ''
    out += f'<Consignment>{write_custom_consignment05(v7)}</Consignment>' if (v7 := v.consignment) is not None else ''
    return out
