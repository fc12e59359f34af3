"""Groups and messages of a phase of NCTS. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from msgspec import Struct

from douane.standards.ncts.phase5.generated.structs import TAGS as _TAGS
from douane.standards.ncts.phase5.generated.structs import (
    AESResults as AESResults, ActiveBorderTransportMeans01 as ActiveBorderTransportMeans01,
    AdditionalInformation01 as AdditionalInformation01, AdditionalInformation02 as AdditionalInformation02,
    AdditionalReference01 as AdditionalReference01, AdditionalReference02 as AdditionalReference02,
    AdditionalSupplyChainActor as AdditionalSupplyChainActor, Address01 as Address01, Address02 as Address02,
    Address06 as Address06, Authorisation as Authorisation, CTLControl as CTLControl, Carrier01 as Carrier01,
    Carrier03 as Carrier03, Commodity01 as Commodity01, Commodity03 as Commodity03, Commodity04 as Commodity04,
    CommodityCode as CommodityCode, Consignee01 as Consignee01, Consignment02 as Consignment02,
    Consignment08 as Consignment08, Consignment22 as Consignment22, ConsignmentItem01 as ConsignmentItem01,
    ConsignmentItem06 as ConsignmentItem06, Consignor01 as Consignor01, Consignor03 as Consignor03,
    Consignor05 as Consignor05, ContactPerson01 as ContactPerson01, ControlResult01 as ControlResult01,
    ControlResult02 as ControlResult02, ControlResult03 as ControlResult03,
    CountryOfRoutingOfConsignment as CountryOfRoutingOfConsignment, CustomsOffice as CustomsOffice,
    CustomsOfficeOfDeparture as CustomsOfficeOfDeparture, CustomsOfficeOfDestination as CustomsOfficeOfDestination,
    CustomsOfficeOfDestinationActual as CustomsOfficeOfDestinationActual,
    CustomsOfficeOfDestinationDeclared as CustomsOfficeOfDestinationDeclared,
    CustomsOfficeOfExit as CustomsOfficeOfExit,
    CustomsOfficeOfExitForTransitDeclared as CustomsOfficeOfExitForTransitDeclared,
    CustomsOfficeOfGuarantee as CustomsOfficeOfGuarantee,
    CustomsOfficeOfIncidentRegistration02 as CustomsOfficeOfIncidentRegistration02,
    CustomsOfficeOfRecoveryAtDeparture01 as CustomsOfficeOfRecoveryAtDeparture01,
    CustomsOfficeOfTransitDeclared01 as CustomsOfficeOfTransitDeclared01, DangerousGoods01 as DangerousGoods01,
    DangerousGoods02 as DangerousGoods02, DepartureTransportMeans01 as DepartureTransportMeans01,
    DepartureTransportMeans02 as DepartureTransportMeans02, EconomicOperator as EconomicOperator,
    Endorsement01 as Endorsement01, ExportOperation01 as ExportOperation01, ExportOperation04 as ExportOperation04,
    ExportOperation05 as ExportOperation05, FunctionalError01 as FunctionalError01,
    FunctionalError02 as FunctionalError02, GNSS as GNSS, GoodsItem as GoodsItem, GoodsMeasure01 as GoodsMeasure01,
    GoodsMeasure03 as GoodsMeasure03, GoodsMeasure04 as GoodsMeasure04, GoodsReference as GoodsReference,
    GoodsShipment as GoodsShipment, Guarantee03 as Guarantee03, GuaranteeReference01 as GuaranteeReference01,
    GuaranteeReference08 as GuaranteeReference08, GuaranteeReference10 as GuaranteeReference10,
    Guarantor03 as Guarantor03, Guarantor06 as Guarantor06, GuarantorNotification as GuarantorNotification,
    Header01 as Header01, HolderOfTheTransitProcedure02 as HolderOfTheTransitProcedure02,
    HolderOfTheTransitProcedure03 as HolderOfTheTransitProcedure03,
    HolderOfTheTransitProcedure04 as HolderOfTheTransitProcedure04,
    HolderOfTheTransitProcedure08 as HolderOfTheTransitProcedure08, HouseConsignment01 as HouseConsignment01,
    HouseConsignment06 as HouseConsignment06, Incident01 as Incident01,
    InvalidGuaranteeReason01 as InvalidGuaranteeReason01, Invalidation01 as Invalidation01, Location as Location,
    LocationOfGoods as LocationOfGoods, Packaging01 as Packaging01, Packaging02 as Packaging02,
    PlaceOfLoading as PlaceOfLoading, PlaceOfUnloading as PlaceOfUnloading, PostcodeAddress as PostcodeAddress,
    PreviousDocument01 as PreviousDocument01, PreviousDocument02 as PreviousDocument02,
    PreviousDocument03 as PreviousDocument03, PreviousDocument04 as PreviousDocument04,
    PreviousDocument05 as PreviousDocument05, PreviousDocument06 as PreviousDocument06,
    RecoveryNotification as RecoveryNotification, Representative01 as Representative01,
    Representative02 as Representative02, Representative03 as Representative03, RequestedDocument as RequestedDocument,
    Seal01 as Seal01, Seal02 as Seal02, SupportingDocument01 as SupportingDocument01,
    SupportingDocument02 as SupportingDocument02, SupportingDocument03 as SupportingDocument03,
    SupportingDocument05 as SupportingDocument05, TraderAtDestination01 as TraderAtDestination01,
    TraderAtDestination02 as TraderAtDestination02, Transhipment as Transhipment,
    TransitOperation01 as TransitOperation01, TransitOperation03 as TransitOperation03,
    TransitOperation04 as TransitOperation04, TransitOperation06 as TransitOperation06,
    TransitOperation07 as TransitOperation07, TransitOperation08 as TransitOperation08,
    TransitOperation09 as TransitOperation09, TransitOperation10 as TransitOperation10,
    TransitOperation11 as TransitOperation11, TransitOperation12 as TransitOperation12,
    TransitOperation13 as TransitOperation13, TransitOperation14 as TransitOperation14,
    TransitOperation15 as TransitOperation15, TransitOperation16 as TransitOperation16,
    TransitOperation17 as TransitOperation17, TransitOperation18 as TransitOperation18,
    TransitOperation20 as TransitOperation20, TransitOperation21 as TransitOperation21,
    TransitOperation22 as TransitOperation22, TransitOperation43 as TransitOperation43,
    TransitOperation47 as TransitOperation47, TransitOperation48 as TransitOperation48,
    TransportCharges as TransportCharges, TransportDocument01 as TransportDocument01,
    TransportDocument02 as TransportDocument02, TransportEquipment01 as TransportEquipment01,
    TransportEquipment02 as TransportEquipment02, TransportEquipment05 as TransportEquipment05,
    TransportMeans as TransportMeans, TypeOfControls as TypeOfControls, UnloadingRemark as UnloadingRemark,
    XMLError as XMLError,
)

TAGS: dict[str, str] = {**_TAGS,
    "location": "location", "phase_id": "PhaseID",
}
"""The XML tag of each field."""


class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    """A data group, part of a message: fields named for their tags, in the order of the schema."""


class Message(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, rename=TAGS):
    """A whole message; the class is named for its root element."""

    phase_id: str | None = None


class CC004C(Message, frozen=True, kw_only=True, gc=False):
    """IE004: Amendment accepted."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class TransitOperation02(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType02; in CC007C."""
    mrn: str
    arrival_notification_date_and_time: datetime.datetime
    simplified_procedure: bool


class Consignment01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType01; in CC007C."""
    location_of_goods: LocationOfGoods


class CC007C(Message, frozen=True, kw_only=True, gc=False):
    """IE007: Trader notifies arrival."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation02
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination01
    consignment: Consignment01


class CC009C(Message, frozen=True, kw_only=True, gc=False):
    """IE009: Decision on an invalidation."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    invalidation: Invalidation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02


class GoodsMeasure02(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType02; in CC013C, CC015C."""
    gross_mass: Decimal
    net_mass: Decimal | None = None
    supplementary_units: Decimal | None = None


class Commodity07(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType07; in CC013C, CC015C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure02


class ConsignmentItem09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType09; in CC013C, CC015C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: Commodity07
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()


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


class Consignment20(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType20; in CC013C, CC015C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool | None = None
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
    house_consignment: tuple[HouseConsignment10, ...]


class CC013C(Message, frozen=True, kw_only=True, gc=False):
    """IE013: Trader amends a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation04
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    guarantee: tuple[Guarantee03, ...]
    consignment: Consignment20


class CC014C(Message, frozen=True, kw_only=True, gc=False):
    """IE014: Trader asks to invalidate a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    invalidation: Invalidation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02


class CC015C(Message, frozen=True, kw_only=True, gc=False):
    """IE015: Transit declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation06
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    guarantee: tuple[Guarantee03, ...]
    consignment: Consignment20


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


class CC019C(Message, frozen=True, kw_only=True, gc=False):
    """IE019: Discrepancies found."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation08
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None


class CC022C(Message, frozen=True, kw_only=True, gc=False):
    """IE022: Trader is told to amend."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation09
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    functional_error: tuple[FunctionalError01, ...] = ()


class CC023C(Message, frozen=True, kw_only=True, gc=False):
    """IE023: Guarantor is notified."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None
    guarantor_notification: GuarantorNotification


class CustomCommodity02(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType02, CommodityType08; in CC025C, CC029C, CC043C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure03


class CustomConsignmentItem02(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType02; in CC025C."""
    goods_item_number: int
    declaration_goods_item_number: int
    release_type: str
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]


class CustomHouseConsignment02(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType02; in CC025C."""
    sequence_number: int
    release_type: str
    consignment_item: tuple[CustomConsignmentItem02, ...] = ()


class CustomConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType03; in CC025C."""
    house_consignment: tuple[CustomHouseConsignment02, ...]


class CC025C(Message, frozen=True, kw_only=True, gc=False):
    """IE025: Goods released at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation10
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    consignment: CustomConsignment03 | None = None


class CC028C(Message, frozen=True, kw_only=True, gc=False):
    """IE028: MRN given to a declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation11
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08


class CustomConsignmentItem03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType03; in CC029C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument03, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()


class CustomHouseConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType03; in CC029C."""
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


class CustomConsignment04(Group, frozen=True, kw_only=True, gc=False):
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
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[CustomHouseConsignment03, ...]


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


class CC035C(Message, frozen=True, kw_only=True, gc=False):
    """IE035: Recovery notified."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    recovery_notification: RecoveryNotification
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None


class CC040C(Message, frozen=True, kw_only=True, gc=False):
    """IE040: Export system learns of an invalidated transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43


class CC042C(Message, frozen=True, kw_only=True, gc=False):
    """IE042: Export system learns the results of control at destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation13
    export_operation: tuple[ExportOperation04, ...]
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination


class CustomConsignmentItem04(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType04; in CC043C."""
    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_destination: str | None = None
    reference_number_ucr: str | None = None
    consignee: Consignee01 | None = None
    commodity: CustomCommodity02
    packaging: tuple[Packaging02, ...]
    previous_document: tuple[PreviousDocument04, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()


class CustomHouseConsignment04(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType04; in CC043C."""
    sequence_number: int
    country_of_destination: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
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


class CustomConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType05; in CC043C."""
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    consignor: Consignor05 | None = None
    consignee: Consignee01 | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument02, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[CustomHouseConsignment04, ...]


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


class GoodsReference03(Group, frozen=True, kw_only=True, gc=False):
    """GoodsReferenceType03; in CC044C."""
    sequence_number: int
    declaration_goods_item_number: int | None = None


class TransportEquipment03(Group, frozen=True, kw_only=True, gc=False):
    """TransportEquipmentType03; in CC044C."""
    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int | None = None
    seal: tuple[Seal01, ...] = ()
    goods_reference: tuple[GoodsReference03, ...] = ()


class CountryOfRoutingOfConsignment03(Group, frozen=True, kw_only=True, gc=False):
    """CountryOfRoutingOfConsignmentType03; in CC044C."""
    sequence_number: int
    country: str | None = None


class ConsignmentItem05(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentItemType05; in CC044C."""
    goods_item_number: int
    declaration_goods_item_number: int
    reference_number_ucr: str | None = None
    commodity: Commodity03 | None = None
    packaging: tuple[Packaging01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()


class HouseConsignment05(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType05; in CC044C."""
    sequence_number: int
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    consignment_item: tuple[ConsignmentItem05, ...] = ()


class Consignment06(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType06; in CC044C."""
    gross_mass: Decimal | None = None
    reference_number_ucr: str | None = None
    transport_equipment: tuple[TransportEquipment03, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment03, ...] = ()
    supporting_document: tuple[SupportingDocument03, ...] = ()
    transport_document: tuple[TransportDocument01, ...] = ()
    additional_reference: tuple[AdditionalReference01, ...] = ()
    house_consignment: tuple[HouseConsignment05, ...] = ()


class CC044C(Message, frozen=True, kw_only=True, gc=False):
    """IE044: Remarks after unloading."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation15
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    unloading_remark: UnloadingRemark
    consignment: Consignment06 | None = None


class CC045C(Message, frozen=True, kw_only=True, gc=False):
    """IE045: Movement written off."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation16
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None


class CC048C(Message, frozen=True, kw_only=True, gc=False):
    """IE048: Export system learns of a recovery."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation17
    export_operation: tuple[ExportOperation01, ...]
    customs_office_of_destination: CustomsOfficeOfDestination
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01


class CC051C(Message, frozen=True, kw_only=True, gc=False):
    """IE051: Not released for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation18
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative03 | None = None


class CC055C(Message, frozen=True, kw_only=True, gc=False):
    """IE055: Guarantee not valid."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantee_reference: tuple[GuaranteeReference08, ...]


class CC056C(Message, frozen=True, kw_only=True, gc=False):
    """IE056: Refusal by the office of departure."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation20
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative01 | None = None
    functional_error: tuple[FunctionalError02, ...] = ()


class CC057C(Message, frozen=True, kw_only=True, gc=False):
    """IE057: Refusal by the office of destination."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation21
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    functional_error: tuple[FunctionalError02, ...] = ()


class CC060C(Message, frozen=True, kw_only=True, gc=False):
    """IE060: Control decided."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation22
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    type_of_controls: tuple[TypeOfControls, ...] = ()
    requested_document: tuple[RequestedDocument, ...] = ()


class TransitOperation24(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationTypeErmisIE170; in CC170C."""
    lrn: str
    limit_date: datetime.date | None = None
    mrn: str | None = None


class CC170C(Message, frozen=True, kw_only=True, gc=False):
    """IE170: Goods of a pre-lodged declaration presented."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation24
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative02 | None = None
    consignment: Consignment08


class CC182C(Message, frozen=True, kw_only=True, gc=False):
    """IE182: Incident passed on to the trader."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22


class TransitOperation49(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType49; in CC190C."""
    aes_communication_purpose: str
    lrn: str | None = None
    mrn: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    amendment_acceptance_date_and_time: datetime.datetime | None = None


class ExportOperation02(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType02; in CC190C."""
    mrn: str
    transit_procedure_category: str


class HouseConsignment07(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType07; in CC190C."""
    sequence_number: int
    export_operation: ExportOperation02
    consignment_item: tuple[ConsignmentItem06, ...]


class Consignment09(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType09; in CC190C."""
    location_of_goods: LocationOfGoods | None = None
    house_consignment: tuple[HouseConsignment07, ...]


class CC190C(Message, frozen=True, kw_only=True, gc=False):
    """IE190: Export system learns of goods presented for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation49
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    consignment: Consignment09 | None = None


class CC191C(Message, frozen=True, kw_only=True, gc=False):
    """IE191: Export system answers on goods presented for transit."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation03
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    aes_results: AESResults


class CC228C(Message, frozen=True, kw_only=True, gc=False):
    """IE228: Liability under a comprehensive guarantee ended."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantor: Guarantor03
    guarantee_reference: tuple[GuaranteeReference10, ...]


class CC906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, external domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header01
    functional_error: tuple[FunctionalError02, ...]


class CC917C(Message, frozen=True, kw_only=True, gc=False):
    """IE917: XML error, external domain."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header01 | None = None
    xml_error: tuple[XMLError, ...]


class TransitOperation26(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationTypeErmisIE928; in CC928C."""
    lrn: str
    mrn: str | None = None


class CC928C(Message, frozen=True, kw_only=True, gc=False):
    """IE928: Declaration received."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation26
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
