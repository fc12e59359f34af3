"""Structs and messages, loaded when first named. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans as ActiveBorderTransportMeans
    from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02 as AdditionalInformation02
    from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02 as AdditionalReference02, AdditionalReference06 as AdditionalReference06
    from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor as AdditionalSupplyChainActor
    from douane.standards.ncts.phase6.generated.address import Address02 as Address02, Address18 as Address18
    from douane.standards.ncts.phase6.generated.authorisation import Authorisation as Authorisation
    from douane.standards.ncts.phase6.generated.carrier import Carrier03 as Carrier03
    from douane.standards.ncts.phase6.generated.cc004c import TransitOperation01 as TransitOperation01, CC004C as CC004C
    from douane.standards.ncts.phase6.generated.cc007c import TransitOperation02 as TransitOperation02, TraderAtDestination01 as TraderAtDestination01, Consignment01 as Consignment01, CC007C as CC007C
    from douane.standards.ncts.phase6.generated.cc009c import CC009C as CC009C
    from douane.standards.ncts.phase6.generated.cc013c import TransitOperation04 as TransitOperation04, CC013C as CC013C
    from douane.standards.ncts.phase6.generated.cc014c import CC014C as CC014C
    from douane.standards.ncts.phase6.generated.cc015c import TransitOperation06 as TransitOperation06, CC015C as CC015C
    from douane.standards.ncts.phase6.generated.cc017c import AdditionalInformation01 as AdditionalInformation01, TransitOperation07 as TransitOperation07, ControlResult01 as ControlResult01, Carrier01 as Carrier01, Consignor01 as Consignor01, TransportEquipment02 as TransportEquipment02, PreviousDocument02 as PreviousDocument02, SupportingDocument01 as SupportingDocument01, DangerousGoods02 as DangerousGoods02, Commodity01 as Commodity01, PreviousDocument01 as PreviousDocument01, ConsignmentItem01 as ConsignmentItem01, HouseConsignment01 as HouseConsignment01, Consignment02 as Consignment02, CC017C as CC017C
    from douane.standards.ncts.phase6.generated.cc019c import TransitOperation08 as TransitOperation08, CC019C as CC019C
    from douane.standards.ncts.phase6.generated.cc022c import TransitOperation09 as TransitOperation09, FunctionalError01 as FunctionalError01, CC022C as CC022C
    from douane.standards.ncts.phase6.generated.cc023c import GuarantorNotification as GuarantorNotification, CC023C as CC023C
    from douane.standards.ncts.phase6.generated.cc025c import TransitOperation10 as TransitOperation10, ConsignmentItem02 as ConsignmentItem02, HouseConsignment02 as HouseConsignment02, Consignment03 as Consignment03, CC025C as CC025C
    from douane.standards.ncts.phase6.generated.cc028c import TransitOperation11 as TransitOperation11, CC028C as CC028C
    from douane.standards.ncts.phase6.generated.cc029c import TransitOperation12 as TransitOperation12, ControlResult02 as ControlResult02, ConsignmentItem03 as ConsignmentItem03, HouseConsignment03 as HouseConsignment03, Consignment04 as Consignment04, CC029C as CC029C
    from douane.standards.ncts.phase6.generated.cc035c import RecoveryNotification as RecoveryNotification, CC035C as CC035C
    from douane.standards.ncts.phase6.generated.cc040c import TransitOperation44 as TransitOperation44, CC040C as CC040C
    from douane.standards.ncts.phase6.generated.cc042c import TransitOperation13 as TransitOperation13, ControlResult03 as ControlResult03, ExportOperation04 as ExportOperation04, CC042C as CC042C
    from douane.standards.ncts.phase6.generated.cc043c import TransitOperation14 as TransitOperation14, CTLControl as CTLControl, Consignor05 as Consignor05, SupportingDocument02 as SupportingDocument02, PreviousDocument04 as PreviousDocument04, ConsignmentItem04 as ConsignmentItem04, HouseConsignment04 as HouseConsignment04, Consignment05 as Consignment05, CC043C as CC043C
    from douane.standards.ncts.phase6.generated.cc044c import TransitOperation15 as TransitOperation15, UnloadingRemark as UnloadingRemark, GoodsReference03 as GoodsReference03, TransportEquipment03 as TransportEquipment03, CountryOfRoutingOfConsignment03 as CountryOfRoutingOfConsignment03, SupportingDocument03 as SupportingDocument03, Commodity03 as Commodity03, ConsignmentItem05 as ConsignmentItem05, HouseConsignment05 as HouseConsignment05, Consignment06 as Consignment06, CC044C as CC044C
    from douane.standards.ncts.phase6.generated.cc045c import TransitOperation16 as TransitOperation16, CC045C as CC045C
    from douane.standards.ncts.phase6.generated.cc048c import TransitOperation17 as TransitOperation17, ExportOperation01 as ExportOperation01, CC048C as CC048C
    from douane.standards.ncts.phase6.generated.cc051c import TransitOperation18 as TransitOperation18, Representative03 as Representative03, CC051C as CC051C
    from douane.standards.ncts.phase6.generated.cc055c import InvalidGuaranteeReason as InvalidGuaranteeReason, GuaranteeReference08 as GuaranteeReference08, CC055C as CC055C
    from douane.standards.ncts.phase6.generated.cc056c import TransitOperation20 as TransitOperation20, Representative01 as Representative01, CC056C as CC056C
    from douane.standards.ncts.phase6.generated.cc057c import TransitOperation21 as TransitOperation21, CC057C as CC057C
    from douane.standards.ncts.phase6.generated.cc060c import TransitOperation22 as TransitOperation22, TypeOfControls as TypeOfControls, RequestedDocument as RequestedDocument, CC060C as CC060C
    from douane.standards.ncts.phase6.generated.cc170c import CustomTransitOperation170 as CustomTransitOperation170, HouseConsignment06 as HouseConsignment06, Consignment08 as Consignment08, CC170C as CC170C
    from douane.standards.ncts.phase6.generated.cc182c import TransitOperation47 as TransitOperation47, CustomsOfficeOfIncidentRegistration as CustomsOfficeOfIncidentRegistration, Consignment22 as Consignment22, CC182C as CC182C
    from douane.standards.ncts.phase6.generated.cc190c import TransitOperation49 as TransitOperation49, ExportOperation02 as ExportOperation02, GoodsMeasure01 as GoodsMeasure01, Commodity04 as Commodity04, ConsignmentItem06 as ConsignmentItem06, HouseConsignment07 as HouseConsignment07, Consignment09 as Consignment09, CC190C as CC190C
    from douane.standards.ncts.phase6.generated.cc191c import PreviousDocument05 as PreviousDocument05, GoodsItem as GoodsItem, GoodsShipment as GoodsShipment, ExportOperation05 as ExportOperation05, AESResults as AESResults, CC191C as CC191C
    from douane.standards.ncts.phase6.generated.cc228c import Address06 as Address06, Guarantor03 as Guarantor03, CustomsOfficeOfGuarantee as CustomsOfficeOfGuarantee, GuaranteeReference10 as GuaranteeReference10, CC228C as CC228C
    from douane.standards.ncts.phase6.generated.cc906c import CC906C as CC906C
    from douane.standards.ncts.phase6.generated.cc917c import XMLError as XMLError, CC917C as CC917C
    from douane.standards.ncts.phase6.generated.cc928c import CustomTransitOperation928 as CustomTransitOperation928, CC928C as CC928C
    from douane.standards.ncts.phase6.generated.commodity import Commodity02 as Commodity02, Commodity07 as Commodity07
    from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode as CommodityCode
    from douane.standards.ncts.phase6.generated.consignee import Consignee as Consignee
    from douane.standards.ncts.phase6.generated.consignment import Consignment20 as Consignment20
    from douane.standards.ncts.phase6.generated.consignment_item import ConsignmentItem09 as ConsignmentItem09
    from douane.standards.ncts.phase6.generated.consignor import Consignor03 as Consignor03
    from douane.standards.ncts.phase6.generated.contact_person import ContactPerson as ContactPerson
    from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01 as CountryOfRoutingOfConsignment01
    from douane.standards.ncts.phase6.generated.customs_office import CustomsOffice as CustomsOffice
    from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture as CustomsOfficeOfDeparture
    from douane.standards.ncts.phase6.generated.customs_office_of_destination import CustomsOfficeOfDestination as CustomsOfficeOfDestination
    from douane.standards.ncts.phase6.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual as CustomsOfficeOfDestinationActual
    from douane.standards.ncts.phase6.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared as CustomsOfficeOfDestinationDeclared
    from douane.standards.ncts.phase6.generated.customs_office_of_exit import CustomsOfficeOfExit as CustomsOfficeOfExit
    from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared as CustomsOfficeOfExitForTransitDeclared
    from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture as CustomsOfficeOfRecoveryAtDeparture
    from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared as CustomsOfficeOfTransitDeclared
    from douane.standards.ncts.phase6.generated.dangerous_goods import DangerousGoods01 as DangerousGoods01
    from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02 as DepartureTransportMeans02, DepartureTransportMeans04 as DepartureTransportMeans04
    from douane.standards.ncts.phase6.generated.economic_operator import EconomicOperator as EconomicOperator
    from douane.standards.ncts.phase6.generated.endorsement import Endorsement as Endorsement
    from douane.standards.ncts.phase6.generated.functional_error import FunctionalError02 as FunctionalError02
    from douane.standards.ncts.phase6.generated.gnss import GNSS as GNSS
    from douane.standards.ncts.phase6.generated.goods_measure import GoodsMeasure02 as GoodsMeasure02, GoodsMeasure03 as GoodsMeasure03, GoodsMeasure04 as GoodsMeasure04
    from douane.standards.ncts.phase6.generated.goods_reference import GoodsReference01 as GoodsReference01
    from douane.standards.ncts.phase6.generated.guarantee import Guarantee as Guarantee
    from douane.standards.ncts.phase6.generated.guarantee_reference import GuaranteeReference01 as GuaranteeReference01
    from douane.standards.ncts.phase6.generated.guarantor import Guarantor06 as Guarantor06
    from douane.standards.ncts.phase6.generated.header import Header as Header
    from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02 as HolderOfTheTransitProcedure02, HolderOfTheTransitProcedure03 as HolderOfTheTransitProcedure03, HolderOfTheTransitProcedure07 as HolderOfTheTransitProcedure07, HolderOfTheTransitProcedure08 as HolderOfTheTransitProcedure08
    from douane.standards.ncts.phase6.generated.house_consignment import HouseConsignment10 as HouseConsignment10
    from douane.standards.ncts.phase6.generated.incident import Incident as Incident
    from douane.standards.ncts.phase6.generated.invalidation import Invalidation as Invalidation
    from douane.standards.ncts.phase6.generated.location import Location as Location
    from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods as LocationOfGoods
    from douane.standards.ncts.phase6.generated.packaging import Packaging02 as Packaging02, Packaging04 as Packaging04
    from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading as PlaceOfLoading
    from douane.standards.ncts.phase6.generated.place_of_unloading import PlaceOfUnloading as PlaceOfUnloading
    from douane.standards.ncts.phase6.generated.postcode_address import PostcodeAddress as PostcodeAddress
    from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument03 as PreviousDocument03, PreviousDocument06 as PreviousDocument06
    from douane.standards.ncts.phase6.generated.representative import Representative02 as Representative02
    from douane.standards.ncts.phase6.generated.seal import Seal01 as Seal01, Seal04 as Seal04
    from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05 as SupportingDocument05
    from douane.standards.ncts.phase6.generated.trader_at_destination import TraderAtDestination02 as TraderAtDestination02
    from douane.standards.ncts.phase6.generated.transhipment import Transhipment as Transhipment
    from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation03 as TransitOperation03, TransitOperation48 as TransitOperation48
    from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges as TransportCharges
    from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02 as TransportDocument02, TransportDocument03 as TransportDocument03
    from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05 as TransportEquipment05, TransportEquipment07 as TransportEquipment07
    from douane.standards.ncts.phase6.generated.transport_means import TransportMeans as TransportMeans

WHERE: dict[str, str] = {
    "AESResults": "cc191c", "ActiveBorderTransportMeans": "active_border_transport_means",
    "AdditionalInformation01": "cc017c", "AdditionalInformation02": "additional_information",
    "AdditionalReference02": "additional_reference", "AdditionalReference06": "additional_reference",
    "AdditionalSupplyChainActor": "additional_supply_chain_actor", "Address02": "address", "Address06": "cc228c",
    "Address18": "address", "Authorisation": "authorisation", "CC004C": "cc004c", "CC007C": "cc007c",
    "CC009C": "cc009c", "CC013C": "cc013c", "CC014C": "cc014c", "CC015C": "cc015c", "CC017C": "cc017c",
    "CC019C": "cc019c", "CC022C": "cc022c", "CC023C": "cc023c", "CC025C": "cc025c", "CC028C": "cc028c",
    "CC029C": "cc029c", "CC035C": "cc035c", "CC040C": "cc040c", "CC042C": "cc042c", "CC043C": "cc043c",
    "CC044C": "cc044c", "CC045C": "cc045c", "CC048C": "cc048c", "CC051C": "cc051c", "CC055C": "cc055c",
    "CC056C": "cc056c", "CC057C": "cc057c", "CC060C": "cc060c", "CC170C": "cc170c", "CC182C": "cc182c",
    "CC190C": "cc190c", "CC191C": "cc191c", "CC228C": "cc228c", "CC906C": "cc906c", "CC917C": "cc917c",
    "CC928C": "cc928c", "CTLControl": "cc043c", "Carrier01": "cc017c", "Carrier03": "carrier", "Commodity01": "cc017c",
    "Commodity02": "commodity", "Commodity03": "cc044c", "Commodity04": "cc190c", "Commodity07": "commodity",
    "CommodityCode": "commodity_code", "Consignee": "consignee", "Consignment01": "cc007c", "Consignment02": "cc017c",
    "Consignment03": "cc025c", "Consignment04": "cc029c", "Consignment05": "cc043c", "Consignment06": "cc044c",
    "Consignment08": "cc170c", "Consignment09": "cc190c", "Consignment20": "consignment", "Consignment22": "cc182c",
    "ConsignmentItem01": "cc017c", "ConsignmentItem02": "cc025c", "ConsignmentItem03": "cc029c",
    "ConsignmentItem04": "cc043c", "ConsignmentItem05": "cc044c", "ConsignmentItem06": "cc190c",
    "ConsignmentItem09": "consignment_item", "Consignor01": "cc017c", "Consignor03": "consignor",
    "Consignor05": "cc043c", "ContactPerson": "contact_person", "ControlResult01": "cc017c",
    "ControlResult02": "cc029c", "ControlResult03": "cc042c",
    "CountryOfRoutingOfConsignment01": "country_of_routing_of_consignment",
    "CountryOfRoutingOfConsignment03": "cc044c", "CustomTransitOperation170": "cc170c",
    "CustomTransitOperation928": "cc928c", "CustomsOffice": "customs_office",
    "CustomsOfficeOfDeparture": "customs_office_of_departure",
    "CustomsOfficeOfDestination": "customs_office_of_destination",
    "CustomsOfficeOfDestinationActual": "customs_office_of_destination_actual",
    "CustomsOfficeOfDestinationDeclared": "customs_office_of_destination_declared",
    "CustomsOfficeOfExit": "customs_office_of_exit",
    "CustomsOfficeOfExitForTransitDeclared": "customs_office_of_exit_for_transit_declared",
    "CustomsOfficeOfGuarantee": "cc228c", "CustomsOfficeOfIncidentRegistration": "cc182c",
    "CustomsOfficeOfRecoveryAtDeparture": "customs_office_of_recovery_at_departure",
    "CustomsOfficeOfTransitDeclared": "customs_office_of_transit_declared", "DangerousGoods01": "dangerous_goods",
    "DangerousGoods02": "cc017c", "DepartureTransportMeans02": "departure_transport_means",
    "DepartureTransportMeans04": "departure_transport_means", "EconomicOperator": "economic_operator",
    "Endorsement": "endorsement", "ExportOperation01": "cc048c", "ExportOperation02": "cc190c",
    "ExportOperation04": "cc042c", "ExportOperation05": "cc191c", "FunctionalError01": "cc022c",
    "FunctionalError02": "functional_error", "GNSS": "gnss", "GoodsItem": "cc191c", "GoodsMeasure01": "cc190c",
    "GoodsMeasure02": "goods_measure", "GoodsMeasure03": "goods_measure", "GoodsMeasure04": "goods_measure",
    "GoodsReference01": "goods_reference", "GoodsReference03": "cc044c", "GoodsShipment": "cc191c",
    "Guarantee": "guarantee", "GuaranteeReference01": "guarantee_reference", "GuaranteeReference08": "cc055c",
    "GuaranteeReference10": "cc228c", "Guarantor03": "cc228c", "Guarantor06": "guarantor",
    "GuarantorNotification": "cc023c", "Header": "header",
    "HolderOfTheTransitProcedure02": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure03": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure07": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure08": "holder_of_the_transit_procedure", "HouseConsignment01": "cc017c",
    "HouseConsignment02": "cc025c", "HouseConsignment03": "cc029c", "HouseConsignment04": "cc043c",
    "HouseConsignment05": "cc044c", "HouseConsignment06": "cc170c", "HouseConsignment07": "cc190c",
    "HouseConsignment10": "house_consignment", "Incident": "incident", "InvalidGuaranteeReason": "cc055c",
    "Invalidation": "invalidation", "Location": "location", "LocationOfGoods": "location_of_goods",
    "Packaging02": "packaging", "Packaging04": "packaging", "PlaceOfLoading": "place_of_loading",
    "PlaceOfUnloading": "place_of_unloading", "PostcodeAddress": "postcode_address", "PreviousDocument01": "cc017c",
    "PreviousDocument02": "cc017c", "PreviousDocument03": "previous_document", "PreviousDocument04": "cc043c",
    "PreviousDocument05": "cc191c", "PreviousDocument06": "previous_document", "RecoveryNotification": "cc035c",
    "Representative01": "cc056c", "Representative02": "representative", "Representative03": "cc051c",
    "RequestedDocument": "cc060c", "Seal01": "seal", "Seal04": "seal", "SupportingDocument01": "cc017c",
    "SupportingDocument02": "cc043c", "SupportingDocument03": "cc044c", "SupportingDocument05": "supporting_document",
    "TraderAtDestination01": "cc007c", "TraderAtDestination02": "trader_at_destination",
    "Transhipment": "transhipment", "TransitOperation01": "cc004c", "TransitOperation02": "cc007c",
    "TransitOperation03": "transit_operation", "TransitOperation04": "cc013c", "TransitOperation06": "cc015c",
    "TransitOperation07": "cc017c", "TransitOperation08": "cc019c", "TransitOperation09": "cc022c",
    "TransitOperation10": "cc025c", "TransitOperation11": "cc028c", "TransitOperation12": "cc029c",
    "TransitOperation13": "cc042c", "TransitOperation14": "cc043c", "TransitOperation15": "cc044c",
    "TransitOperation16": "cc045c", "TransitOperation17": "cc048c", "TransitOperation18": "cc051c",
    "TransitOperation20": "cc056c", "TransitOperation21": "cc057c", "TransitOperation22": "cc060c",
    "TransitOperation44": "cc040c", "TransitOperation47": "cc182c", "TransitOperation48": "transit_operation",
    "TransitOperation49": "cc190c", "TransportCharges": "transport_charges",
    "TransportDocument02": "transport_document", "TransportDocument03": "transport_document",
    "TransportEquipment02": "cc017c", "TransportEquipment03": "cc044c", "TransportEquipment05": "transport_equipment",
    "TransportEquipment07": "transport_equipment", "TransportMeans": "transport_means", "TypeOfControls": "cc060c",
    "UnloadingRemark": "cc044c", "XMLError": "cc917c",
}

PHASES: tuple[str, ...] = ('NCTS5.1', 'NCTS5.0', 'NCTS6')

MESSAGES = (
    "CC004C", "CC007C", "CC009C", "CC013C", "CC014C", "CC015C", "CC017C", "CC019C", "CC022C", "CC023C", "CC025C",
    "CC028C", "CC029C", "CC035C", "CC040C", "CC042C", "CC043C", "CC044C", "CC045C", "CC048C", "CC051C", "CC055C",
    "CC056C", "CC057C", "CC060C", "CC170C", "CC182C", "CC190C", "CC191C", "CC228C", "CC906C", "CC917C", "CC928C",
)


def __getattr__(name: str) -> object:
    module = WHERE.get(name)
    if module is None:
        raise AttributeError(f"no such group or message: {name}")
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
