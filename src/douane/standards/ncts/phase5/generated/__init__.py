"""Structs and messages, loaded when first named. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from douane.standards.ncts.phase5.generated.action import Action as Action
    from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01 as ActiveBorderTransportMeans01, ActiveBorderTransportMeans02 as ActiveBorderTransportMeans02
    from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02 as AdditionalInformation02
    from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference01 as AdditionalReference01, AdditionalReference02 as AdditionalReference02
    from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor as AdditionalSupplyChainActor
    from douane.standards.ncts.phase5.generated.address import Address01 as Address01, Address02 as Address02, Address11 as Address11
    from douane.standards.ncts.phase5.generated.agent_in_country_of_competent_authority import AgentInCountryOfCompetentAuthority as AgentInCountryOfCompetentAuthority
    from douane.standards.ncts.phase5.generated.authorisation import Authorisation as Authorisation
    from douane.standards.ncts.phase5.generated.carrier import Carrier01 as Carrier01, Carrier03 as Carrier03
    from douane.standards.ncts.phase5.generated.cc004c import TransitOperation01 as TransitOperation01, CC004C as CC004C
    from douane.standards.ncts.phase5.generated.cc007c import TransitOperation02 as TransitOperation02, TraderAtDestination01 as TraderAtDestination01, Consignment01 as Consignment01, CC007C as CC007C
    from douane.standards.ncts.phase5.generated.cc009c import CC009C as CC009C
    from douane.standards.ncts.phase5.generated.cc013c import TransitOperation04 as TransitOperation04, Guarantee01 as Guarantee01, CC013C as CC013C
    from douane.standards.ncts.phase5.generated.cc014c import CC014C as CC014C
    from douane.standards.ncts.phase5.generated.cc015c import TransitOperation06 as TransitOperation06, Guarantee02 as Guarantee02, CC015C as CC015C
    from douane.standards.ncts.phase5.generated.cc017c import AdditionalInformation01 as AdditionalInformation01, TransitOperation07 as TransitOperation07, ControlResult01 as ControlResult01, PreviousDocument02 as PreviousDocument02, SupportingDocument01 as SupportingDocument01, PreviousDocument01 as PreviousDocument01, ConsignmentItem01 as ConsignmentItem01, HouseConsignment01 as HouseConsignment01, Consignment02 as Consignment02, CC017C as CC017C
    from douane.standards.ncts.phase5.generated.cc019c import TransitOperation08 as TransitOperation08, CC019C as CC019C
    from douane.standards.ncts.phase5.generated.cc022c import TransitOperation09 as TransitOperation09, FunctionalError01 as FunctionalError01, CC022C as CC022C
    from douane.standards.ncts.phase5.generated.cc023c import GuarantorNotification as GuarantorNotification, CC023C as CC023C
    from douane.standards.ncts.phase5.generated.cc025c import TransitOperation10 as TransitOperation10, CustomConsignmentItem02 as CustomConsignmentItem02, CustomHouseConsignment02 as CustomHouseConsignment02, CustomConsignment03 as CustomConsignment03, CC025C as CC025C
    from douane.standards.ncts.phase5.generated.cc026c import AccessCode01 as AccessCode01, GuaranteeReference05 as GuaranteeReference05, CC026C as CC026C
    from douane.standards.ncts.phase5.generated.cc028c import TransitOperation11 as TransitOperation11, CC028C as CC028C
    from douane.standards.ncts.phase5.generated.cc029c import TransitOperation12 as TransitOperation12, ControlResult02 as ControlResult02, GuaranteeReference01 as GuaranteeReference01, Guarantee03 as Guarantee03, CustomConsignmentItem03 as CustomConsignmentItem03, CustomHouseConsignment03 as CustomHouseConsignment03, CustomConsignment04 as CustomConsignment04, CC029C as CC029C
    from douane.standards.ncts.phase5.generated.cc034c import AccessCode02 as AccessCode02, Owner01 as Owner01, GuaranteeReference06 as GuaranteeReference06, CC034C as CC034C
    from douane.standards.ncts.phase5.generated.cc035c import RecoveryNotification as RecoveryNotification, CC035C as CC035C
    from douane.standards.ncts.phase5.generated.cc037c import Owner02 as Owner02, Usage as Usage, Exposure as Exposure, Guarantor01 as Guarantor01, ComprehensiveGuarantee as ComprehensiveGuarantee, IndividualGuaranteeByGuarantor as IndividualGuaranteeByGuarantor, IndividualGuaranteeVoucher as IndividualGuaranteeVoucher, GuaranteeReference07 as GuaranteeReference07, CC037C as CC037C
    from douane.standards.ncts.phase5.generated.cc040c import CC040C as CC040C
    from douane.standards.ncts.phase5.generated.cc042c import TransitOperation13 as TransitOperation13, ControlResult03 as ControlResult03, ExportOperation04 as ExportOperation04, CC042C as CC042C
    from douane.standards.ncts.phase5.generated.cc043c import TransitOperation14 as TransitOperation14, CTLControl as CTLControl, Consignor05 as Consignor05, SupportingDocument02 as SupportingDocument02, CustomConsignmentItem04 as CustomConsignmentItem04, CustomHouseConsignment04 as CustomHouseConsignment04, CustomConsignment05 as CustomConsignment05, CC043C as CC043C
    from douane.standards.ncts.phase5.generated.cc044c import TransitOperation15 as TransitOperation15, UnloadingRemark as UnloadingRemark, Commodity03 as Commodity03, ConsignmentItem05 as ConsignmentItem05, HouseConsignment05 as HouseConsignment05, Consignment06 as Consignment06, CC044C as CC044C
    from douane.standards.ncts.phase5.generated.cc045c import TransitOperation16 as TransitOperation16, CC045C as CC045C
    from douane.standards.ncts.phase5.generated.cc048c import ExportOperation01 as ExportOperation01, CC048C as CC048C
    from douane.standards.ncts.phase5.generated.cc051c import TransitOperation18 as TransitOperation18, Representative03 as Representative03, CC051C as CC051C
    from douane.standards.ncts.phase5.generated.cc054c import TransitOperation19 as TransitOperation19, CC054C as CC054C
    from douane.standards.ncts.phase5.generated.cc055c import InvalidGuaranteeReason01 as InvalidGuaranteeReason01, GuaranteeReference08 as GuaranteeReference08, CC055C as CC055C
    from douane.standards.ncts.phase5.generated.cc056c import TransitOperation20 as TransitOperation20, Representative01 as Representative01, CC056C as CC056C
    from douane.standards.ncts.phase5.generated.cc057c import TransitOperation21 as TransitOperation21, CC057C as CC057C
    from douane.standards.ncts.phase5.generated.cc060c import TransitOperation22 as TransitOperation22, TypeOfControls as TypeOfControls, RequestedDocument as RequestedDocument, CC060C as CC060C
    from douane.standards.ncts.phase5.generated.cc140c import TransitOperation23 as TransitOperation23, CC140C as CC140C
    from douane.standards.ncts.phase5.generated.cc141c import Enquiry01 as Enquiry01, CC141C as CC141C
    from douane.standards.ncts.phase5.generated.cc170c import TransitOperation24 as TransitOperation24, HouseConsignment06 as HouseConsignment06, Consignment08 as Consignment08, CC170C as CC170C
    from douane.standards.ncts.phase5.generated.cc182c import CC182C as CC182C
    from douane.standards.ncts.phase5.generated.cc190c import ExportOperation02 as ExportOperation02, TransitOperation49 as TransitOperation49, GoodsMeasure01 as GoodsMeasure01, Commodity04 as Commodity04, ConsignmentItem06 as ConsignmentItem06, HouseConsignment07 as HouseConsignment07, Consignment09 as Consignment09, CC190C as CC190C
    from douane.standards.ncts.phase5.generated.cc191c import PreviousDocument05 as PreviousDocument05, GoodsItem as GoodsItem, GoodsShipment as GoodsShipment, ExportOperation05 as ExportOperation05, AESResults as AESResults, CC191C as CC191C
    from douane.standards.ncts.phase5.generated.cc224c import GuaranteeReference02 as GuaranteeReference02, CC224C as CC224C
    from douane.standards.ncts.phase5.generated.cc225c import GuaranteeReference09 as GuaranteeReference09, CC225C as CC225C
    from douane.standards.ncts.phase5.generated.cc228c import Address06 as Address06, Guarantor03 as Guarantor03, GuaranteeReference10 as GuaranteeReference10, CC228C as CC228C
    from douane.standards.ncts.phase5.generated.cc229c import GuaranteeReference11 as GuaranteeReference11, CC229C as CC229C
    from douane.standards.ncts.phase5.generated.cc231c import GuaranteeReference12 as GuaranteeReference12, CC231C as CC231C
    from douane.standards.ncts.phase5.generated.cc906c import CC906C as CC906C
    from douane.standards.ncts.phase5.generated.cc917c import CC917C as CC917C
    from douane.standards.ncts.phase5.generated.cc928c import TransitOperation26 as TransitOperation26, CC928C as CC928C
    from douane.standards.ncts.phase5.generated.cd001c import TransitOperation27 as TransitOperation27, CD001C as CD001C
    from douane.standards.ncts.phase5.generated.cd002c import CD002C as CD002C
    from douane.standards.ncts.phase5.generated.cd003c import TransitOperation28 as TransitOperation28, CD003C as CD003C
    from douane.standards.ncts.phase5.generated.cd006c import CD006C as CD006C
    from douane.standards.ncts.phase5.generated.cd010c import Invalidation03 as Invalidation03, CD010C as CD010C
    from douane.standards.ncts.phase5.generated.cd012c import TransitOperation29 as TransitOperation29, HolderOfTheTransitProcedure12 as HolderOfTheTransitProcedure12, ConsignmentItem07 as ConsignmentItem07, HouseConsignment08 as HouseConsignment08, Consignment12 as Consignment12, CD012C as CD012C
    from douane.standards.ncts.phase5.generated.cd018c import TransitOperation30 as TransitOperation30, ControlResult05 as ControlResult05, ConsignmentItem08 as ConsignmentItem08, HouseConsignment09 as HouseConsignment09, Consignment13 as Consignment13, CD018C as CD018C
    from douane.standards.ncts.phase5.generated.cd024c import TransitOperation31 as TransitOperation31, CD024C as CD024C
    from douane.standards.ncts.phase5.generated.cd027c import CD027C as CD027C
    from douane.standards.ncts.phase5.generated.cd038c import TransitOperation32 as TransitOperation32, Endorsement02 as Endorsement02, Incident02 as Incident02, Consignment14 as Consignment14, CD038C as CD038C
    from douane.standards.ncts.phase5.generated.cd049c import TransitOperation33 as TransitOperation33, CD049C as CD049C
    from douane.standards.ncts.phase5.generated.cd050c import CD050C as CD050C
    from douane.standards.ncts.phase5.generated.cd059c import TransitOperation35 as TransitOperation35, CD059C as CD059C
    from douane.standards.ncts.phase5.generated.cd063c import CustomsOfficeOfIncidentRegistration01 as CustomsOfficeOfIncidentRegistration01, CD063C as CD063C
    from douane.standards.ncts.phase5.generated.cd070c import CD070C as CD070C
    from douane.standards.ncts.phase5.generated.cd071c import CD071C as CD071C
    from douane.standards.ncts.phase5.generated.cd078c import ExportOperation03 as ExportOperation03, CD078C as CD078C
    from douane.standards.ncts.phase5.generated.cd094c import CD094C as CD094C
    from douane.standards.ncts.phase5.generated.cd095c import CD095C as CD095C
    from douane.standards.ncts.phase5.generated.cd114c import CD114C as CD114C
    from douane.standards.ncts.phase5.generated.cd115c import CustomsOfficeOfTransitActual01 as CustomsOfficeOfTransitActual01, CD115C as CD115C
    from douane.standards.ncts.phase5.generated.cd118c import CD118C as CD118C
    from douane.standards.ncts.phase5.generated.cd142c import CustomsOfficeOfEnquiryAtDeparture02 as CustomsOfficeOfEnquiryAtDeparture02, Enquiry02 as Enquiry02, CD142C as CD142C
    from douane.standards.ncts.phase5.generated.cd143c import CustomsOfficeOfRequest03 as CustomsOfficeOfRequest03, Enquiry03 as Enquiry03, CD143C as CD143C
    from douane.standards.ncts.phase5.generated.cd144c import Enquiry04 as Enquiry04, ResponseInformation as ResponseInformation, CD144C as CD144C
    from douane.standards.ncts.phase5.generated.cd145c import Enquiry05 as Enquiry05, RequestedInformation as RequestedInformation, CD145C as CD145C
    from douane.standards.ncts.phase5.generated.cd150c import CustomsOfficeOfRecoveryRequesting02 as CustomsOfficeOfRecoveryRequesting02, CustomsOfficeOfRecoveryRequested01 as CustomsOfficeOfRecoveryRequested01, Recovery01 as Recovery01, CD150C as CD150C
    from douane.standards.ncts.phase5.generated.cd151c import CustomsOfficeOfRecoveryRequesting01 as CustomsOfficeOfRecoveryRequesting01, CustomsOfficeOfRecoveryRequested02 as CustomsOfficeOfRecoveryRequested02, Recovery02 as Recovery02, CD151C as CD151C
    from douane.standards.ncts.phase5.generated.cd152c import CustomsOfficeOfRecoveryAtDeparture02 as CustomsOfficeOfRecoveryAtDeparture02, CustomsOfficeOfRecovery as CustomsOfficeOfRecovery, Recovery03 as Recovery03, CD152C as CD152C
    from douane.standards.ncts.phase5.generated.cd160c import CD160C as CD160C
    from douane.standards.ncts.phase5.generated.cd164c import CD164C as CD164C
    from douane.standards.ncts.phase5.generated.cd165c import CD165C as CD165C
    from douane.standards.ncts.phase5.generated.cd168c import CD168C as CD168C
    from douane.standards.ncts.phase5.generated.cd180c import CD180C as CD180C
    from douane.standards.ncts.phase5.generated.cd181c import CD181C as CD181C
    from douane.standards.ncts.phase5.generated.cd200c import CD200C as CD200C
    from douane.standards.ncts.phase5.generated.cd201c import CD201C as CD201C
    from douane.standards.ncts.phase5.generated.cd203c import CD203C as CD203C
    from douane.standards.ncts.phase5.generated.cd204c import TransitOperation42 as TransitOperation42, CD204C as CD204C
    from douane.standards.ncts.phase5.generated.cd205c import CD205C as CD205C
    from douane.standards.ncts.phase5.generated.cd209c import CD209C as CD209C
    from douane.standards.ncts.phase5.generated.cd411d import SeriesElements as SeriesElements, StatisticalCharacteristics as StatisticalCharacteristics, SystemApplicability as SystemApplicability, SendingCountry as SendingCountry, CD411D as CD411D
    from douane.standards.ncts.phase5.generated.cd903d import EvaluatedMessage as EvaluatedMessage, ConsistencyCheckWarning as ConsistencyCheckWarning, CD903D as CD903D
    from douane.standards.ncts.phase5.generated.cd906c import FunctionalError03 as FunctionalError03, CD906C as CD906C
    from douane.standards.ncts.phase5.generated.cd917c import CD917C as CD917C
    from douane.standards.ncts.phase5.generated.cd971c import Country01 as Country01, CD971C as CD971C
    from douane.standards.ncts.phase5.generated.cd974c import CD974C as CD974C
    from douane.standards.ncts.phase5.generated.cd975c import Header06 as Header06, CD975C as CD975C
    from douane.standards.ncts.phase5.generated.commodity import Commodity01 as Commodity01, Commodity05 as Commodity05, Commodity07 as Commodity07, Commodity09 as Commodity09, CustomCommodity02 as CustomCommodity02
    from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode as CommodityCode
    from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture as CompetentCustomsOfficeAtDeparture
    from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination as CompetentCustomsOfficeAtDestination
    from douane.standards.ncts.phase5.generated.consignee import Consignee01 as Consignee01, Consignee06 as Consignee06
    from douane.standards.ncts.phase5.generated.consignee_actual import ConsigneeActual as ConsigneeActual
    from douane.standards.ncts.phase5.generated.consignment import Consignment07 as Consignment07, Consignment10 as Consignment10, Consignment11 as Consignment11, Consignment20 as Consignment20, Consignment21 as Consignment21, Consignment22 as Consignment22
    from douane.standards.ncts.phase5.generated.consignment_item import ConsignmentItem09 as ConsignmentItem09, ConsignmentItem10 as ConsignmentItem10, ConsignmentItem11 as ConsignmentItem11
    from douane.standards.ncts.phase5.generated.consignor import Consignor01 as Consignor01, Consignor03 as Consignor03
    from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01 as ContactPerson01, ContactPerson03 as ContactPerson03
    from douane.standards.ncts.phase5.generated.control_result import ControlResult04 as ControlResult04
    from douane.standards.ncts.phase5.generated.country import Country02 as Country02
    from douane.standards.ncts.phase5.generated.country_involved import CountryInvolved as CountryInvolved
    from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment as CountryOfRoutingOfConsignment
    from douane.standards.ncts.phase5.generated.customs_office import CustomsOffice as CustomsOffice
    from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture as CustomsOfficeOfDeparture
    from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination as CustomsOfficeOfDestination
    from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual as CustomsOfficeOfDestinationActual
    from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared as CustomsOfficeOfDestinationDeclared
    from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01 as CustomsOfficeOfEnquiryAtDeparture01
    from douane.standards.ncts.phase5.generated.customs_office_of_exit import CustomsOfficeOfExit as CustomsOfficeOfExit
    from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit import CustomsOfficeOfExitForTransit as CustomsOfficeOfExitForTransit
    from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01 as CustomsOfficeOfExitForTransitActual01, CustomsOfficeOfExitForTransitActual02 as CustomsOfficeOfExitForTransitActual02
    from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared as CustomsOfficeOfExitForTransitDeclared
    from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee as CustomsOfficeOfGuarantee
    from douane.standards.ncts.phase5.generated.customs_office_of_incident_registration import CustomsOfficeOfIncidentRegistration02 as CustomsOfficeOfIncidentRegistration02
    from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01 as CustomsOfficeOfRecoveryAtDeparture01
    from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01 as CustomsOfficeOfRequest01
    from douane.standards.ncts.phase5.generated.customs_office_of_transit import CustomsOfficeOfTransit as CustomsOfficeOfTransit
    from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02 as CustomsOfficeOfTransitActual02, CustomsOfficeOfTransitActual03 as CustomsOfficeOfTransitActual03
    from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01 as CustomsOfficeOfTransitDeclared01, CustomsOfficeOfTransitDeclared03 as CustomsOfficeOfTransitDeclared03
    from douane.standards.ncts.phase5.generated.dangerous_goods import DangerousGoods01 as DangerousGoods01, DangerousGoods02 as DangerousGoods02
    from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01 as DepartureTransportMeans01, DepartureTransportMeans02 as DepartureTransportMeans02
    from douane.standards.ncts.phase5.generated.economic_operator import EconomicOperator as EconomicOperator
    from douane.standards.ncts.phase5.generated.endorsement import Endorsement01 as Endorsement01
    from douane.standards.ncts.phase5.generated.fallback import Fallback as Fallback
    from douane.standards.ncts.phase5.generated.functional_error import FunctionalError02 as FunctionalError02
    from douane.standards.ncts.phase5.generated.gnss import GNSS as GNSS
    from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure02 as GoodsMeasure02, GoodsMeasure03 as GoodsMeasure03, GoodsMeasure04 as GoodsMeasure04
    from douane.standards.ncts.phase5.generated.goods_reference import GoodsReference as GoodsReference
    from douane.standards.ncts.phase5.generated.guarantee import Guarantee04 as Guarantee04, Guarantee06 as Guarantee06, Guarantee07 as Guarantee07
    from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery as GuaranteeQuery
    from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference03 as GuaranteeReference03, GuaranteeReference04 as GuaranteeReference04, GuaranteeReference13 as GuaranteeReference13, GuaranteeReference14 as GuaranteeReference14, GuaranteeReference15 as GuaranteeReference15
    from douane.standards.ncts.phase5.generated.guarantor import Guarantor02 as Guarantor02, Guarantor05 as Guarantor05, Guarantor06 as Guarantor06
    from douane.standards.ncts.phase5.generated.header import Header01 as Header01, Header03 as Header03
    from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01 as HolderOfTheTransitProcedure01, HolderOfTheTransitProcedure02 as HolderOfTheTransitProcedure02, HolderOfTheTransitProcedure03 as HolderOfTheTransitProcedure03, HolderOfTheTransitProcedure04 as HolderOfTheTransitProcedure04, HolderOfTheTransitProcedure08 as HolderOfTheTransitProcedure08, HolderOfTheTransitProcedure17 as HolderOfTheTransitProcedure17
    from douane.standards.ncts.phase5.generated.house_consignment import HouseConsignment10 as HouseConsignment10, HouseConsignment11 as HouseConsignment11, HouseConsignment12 as HouseConsignment12
    from douane.standards.ncts.phase5.generated.incident import Incident01 as Incident01
    from douane.standards.ncts.phase5.generated.invalid_guarantee_reason import InvalidGuaranteeReason02 as InvalidGuaranteeReason02
    from douane.standards.ncts.phase5.generated.invalidation import Invalidation01 as Invalidation01
    from douane.standards.ncts.phase5.generated.location import Location as Location
    from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods as LocationOfGoods
    from douane.standards.ncts.phase5.generated.packaging import Packaging01 as Packaging01, Packaging02 as Packaging02
    from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading as PlaceOfLoading
    from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading as PlaceOfUnloading
    from douane.standards.ncts.phase5.generated.postcode_address import PostcodeAddress as PostcodeAddress
    from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument03 as PreviousDocument03, PreviousDocument04 as PreviousDocument04, PreviousDocument06 as PreviousDocument06
    from douane.standards.ncts.phase5.generated.representative import Representative02 as Representative02
    from douane.standards.ncts.phase5.generated.requester import Requester as Requester
    from douane.standards.ncts.phase5.generated.risk_analysis import RiskAnalysis as RiskAnalysis
    from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification as RiskAnalysisIdentification
    from douane.standards.ncts.phase5.generated.risk_analysis_result import RiskAnalysisResult as RiskAnalysisResult
    from douane.standards.ncts.phase5.generated.seal import Seal01 as Seal01, Seal02 as Seal02
    from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument03 as SupportingDocument03, SupportingDocument05 as SupportingDocument05
    from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02 as TraderAtDestination02
    from douane.standards.ncts.phase5.generated.transhipment import Transhipment as Transhipment
    from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation03 as TransitOperation03, TransitOperation17 as TransitOperation17, TransitOperation34 as TransitOperation34, TransitOperation37 as TransitOperation37, TransitOperation39 as TransitOperation39, TransitOperation43 as TransitOperation43, TransitOperation45 as TransitOperation45, TransitOperation46 as TransitOperation46, TransitOperation47 as TransitOperation47, TransitOperation48 as TransitOperation48
    from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges as TransportCharges
    from douane.standards.ncts.phase5.generated.transport_document import TransportDocument01 as TransportDocument01, TransportDocument02 as TransportDocument02
    from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01 as TransportEquipment01, TransportEquipment02 as TransportEquipment02, TransportEquipment05 as TransportEquipment05
    from douane.standards.ncts.phase5.generated.transport_means import TransportMeans as TransportMeans
    from douane.standards.ncts.phase5.generated.unavailability import Unavailability as Unavailability
    from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation as ValidityLimitation
    from douane.standards.ncts.phase5.generated.xml_error import XMLError as XMLError

WHERE: dict[str, str] = {
    "AESResults": "cc191c", "AccessCode01": "cc026c", "AccessCode02": "cc034c", "Action": "action",
    "ActiveBorderTransportMeans01": "active_border_transport_means",
    "ActiveBorderTransportMeans02": "active_border_transport_means", "AdditionalInformation01": "cc017c",
    "AdditionalInformation02": "additional_information", "AdditionalReference01": "additional_reference",
    "AdditionalReference02": "additional_reference", "AdditionalSupplyChainActor": "additional_supply_chain_actor",
    "Address01": "address", "Address02": "address", "Address06": "cc228c", "Address11": "address",
    "AgentInCountryOfCompetentAuthority": "agent_in_country_of_competent_authority", "Authorisation": "authorisation",
    "CC004C": "cc004c", "CC007C": "cc007c", "CC009C": "cc009c", "CC013C": "cc013c", "CC014C": "cc014c",
    "CC015C": "cc015c", "CC017C": "cc017c", "CC019C": "cc019c", "CC022C": "cc022c", "CC023C": "cc023c",
    "CC025C": "cc025c", "CC026C": "cc026c", "CC028C": "cc028c", "CC029C": "cc029c", "CC034C": "cc034c",
    "CC035C": "cc035c", "CC037C": "cc037c", "CC040C": "cc040c", "CC042C": "cc042c", "CC043C": "cc043c",
    "CC044C": "cc044c", "CC045C": "cc045c", "CC048C": "cc048c", "CC051C": "cc051c", "CC054C": "cc054c",
    "CC055C": "cc055c", "CC056C": "cc056c", "CC057C": "cc057c", "CC060C": "cc060c", "CC140C": "cc140c",
    "CC141C": "cc141c", "CC170C": "cc170c", "CC182C": "cc182c", "CC190C": "cc190c", "CC191C": "cc191c",
    "CC224C": "cc224c", "CC225C": "cc225c", "CC228C": "cc228c", "CC229C": "cc229c", "CC231C": "cc231c",
    "CC906C": "cc906c", "CC917C": "cc917c", "CC928C": "cc928c", "CD001C": "cd001c", "CD002C": "cd002c",
    "CD003C": "cd003c", "CD006C": "cd006c", "CD010C": "cd010c", "CD012C": "cd012c", "CD018C": "cd018c",
    "CD024C": "cd024c", "CD027C": "cd027c", "CD038C": "cd038c", "CD049C": "cd049c", "CD050C": "cd050c",
    "CD059C": "cd059c", "CD063C": "cd063c", "CD070C": "cd070c", "CD071C": "cd071c", "CD078C": "cd078c",
    "CD094C": "cd094c", "CD095C": "cd095c", "CD114C": "cd114c", "CD115C": "cd115c", "CD118C": "cd118c",
    "CD142C": "cd142c", "CD143C": "cd143c", "CD144C": "cd144c", "CD145C": "cd145c", "CD150C": "cd150c",
    "CD151C": "cd151c", "CD152C": "cd152c", "CD160C": "cd160c", "CD164C": "cd164c", "CD165C": "cd165c",
    "CD168C": "cd168c", "CD180C": "cd180c", "CD181C": "cd181c", "CD200C": "cd200c", "CD201C": "cd201c",
    "CD203C": "cd203c", "CD204C": "cd204c", "CD205C": "cd205c", "CD209C": "cd209c", "CD411D": "cd411d",
    "CD903D": "cd903d", "CD906C": "cd906c", "CD917C": "cd917c", "CD971C": "cd971c", "CD974C": "cd974c",
    "CD975C": "cd975c", "CTLControl": "cc043c", "Carrier01": "carrier", "Carrier03": "carrier",
    "Commodity01": "commodity", "Commodity03": "cc044c", "Commodity04": "cc190c", "Commodity05": "commodity",
    "Commodity07": "commodity", "Commodity09": "commodity", "CommodityCode": "commodity_code",
    "CompetentCustomsOfficeAtDeparture": "competent_customs_office_at_departure",
    "CompetentCustomsOfficeAtDestination": "competent_customs_office_at_destination",
    "ComprehensiveGuarantee": "cc037c", "Consignee01": "consignee", "Consignee06": "consignee",
    "ConsigneeActual": "consignee_actual", "Consignment01": "cc007c", "Consignment02": "cc017c",
    "Consignment06": "cc044c", "Consignment07": "consignment", "Consignment08": "cc170c", "Consignment09": "cc190c",
    "Consignment10": "consignment", "Consignment11": "consignment", "Consignment12": "cd012c",
    "Consignment13": "cd018c", "Consignment14": "cd038c", "Consignment20": "consignment",
    "Consignment21": "consignment", "Consignment22": "consignment", "ConsignmentItem01": "cc017c",
    "ConsignmentItem05": "cc044c", "ConsignmentItem06": "cc190c", "ConsignmentItem07": "cd012c",
    "ConsignmentItem08": "cd018c", "ConsignmentItem09": "consignment_item", "ConsignmentItem10": "consignment_item",
    "ConsignmentItem11": "consignment_item", "Consignor01": "consignor", "Consignor03": "consignor",
    "Consignor05": "cc043c", "ConsistencyCheckWarning": "cd903d", "ContactPerson01": "contact_person",
    "ContactPerson03": "contact_person", "ControlResult01": "cc017c", "ControlResult02": "cc029c",
    "ControlResult03": "cc042c", "ControlResult04": "control_result", "ControlResult05": "cd018c",
    "Country01": "cd971c", "Country02": "country", "CountryInvolved": "country_involved",
    "CountryOfRoutingOfConsignment": "country_of_routing_of_consignment", "CustomCommodity02": "commodity",
    "CustomConsignment03": "cc025c", "CustomConsignment04": "cc029c", "CustomConsignment05": "cc043c",
    "CustomConsignmentItem02": "cc025c", "CustomConsignmentItem03": "cc029c", "CustomConsignmentItem04": "cc043c",
    "CustomHouseConsignment02": "cc025c", "CustomHouseConsignment03": "cc029c", "CustomHouseConsignment04": "cc043c",
    "CustomsOffice": "customs_office", "CustomsOfficeOfDeparture": "customs_office_of_departure",
    "CustomsOfficeOfDestination": "customs_office_of_destination",
    "CustomsOfficeOfDestinationActual": "customs_office_of_destination_actual",
    "CustomsOfficeOfDestinationDeclared": "customs_office_of_destination_declared",
    "CustomsOfficeOfEnquiryAtDeparture01": "customs_office_of_enquiry_at_departure",
    "CustomsOfficeOfEnquiryAtDeparture02": "cd142c", "CustomsOfficeOfExit": "customs_office_of_exit",
    "CustomsOfficeOfExitForTransit": "customs_office_of_exit_for_transit",
    "CustomsOfficeOfExitForTransitActual01": "customs_office_of_exit_for_transit_actual",
    "CustomsOfficeOfExitForTransitActual02": "customs_office_of_exit_for_transit_actual",
    "CustomsOfficeOfExitForTransitDeclared": "customs_office_of_exit_for_transit_declared",
    "CustomsOfficeOfGuarantee": "customs_office_of_guarantee", "CustomsOfficeOfIncidentRegistration01": "cd063c",
    "CustomsOfficeOfIncidentRegistration02": "customs_office_of_incident_registration",
    "CustomsOfficeOfRecovery": "cd152c",
    "CustomsOfficeOfRecoveryAtDeparture01": "customs_office_of_recovery_at_departure",
    "CustomsOfficeOfRecoveryAtDeparture02": "cd152c", "CustomsOfficeOfRecoveryRequested01": "cd150c",
    "CustomsOfficeOfRecoveryRequested02": "cd151c", "CustomsOfficeOfRecoveryRequesting01": "cd151c",
    "CustomsOfficeOfRecoveryRequesting02": "cd150c", "CustomsOfficeOfRequest01": "customs_office_of_request",
    "CustomsOfficeOfRequest03": "cd143c", "CustomsOfficeOfTransit": "customs_office_of_transit",
    "CustomsOfficeOfTransitActual01": "cd115c", "CustomsOfficeOfTransitActual02": "customs_office_of_transit_actual",
    "CustomsOfficeOfTransitActual03": "customs_office_of_transit_actual",
    "CustomsOfficeOfTransitDeclared01": "customs_office_of_transit_declared",
    "CustomsOfficeOfTransitDeclared03": "customs_office_of_transit_declared", "DangerousGoods01": "dangerous_goods",
    "DangerousGoods02": "dangerous_goods", "DepartureTransportMeans01": "departure_transport_means",
    "DepartureTransportMeans02": "departure_transport_means", "EconomicOperator": "economic_operator",
    "Endorsement01": "endorsement", "Endorsement02": "cd038c", "Enquiry01": "cc141c", "Enquiry02": "cd142c",
    "Enquiry03": "cd143c", "Enquiry04": "cd144c", "Enquiry05": "cd145c", "EvaluatedMessage": "cd903d",
    "ExportOperation01": "cc048c", "ExportOperation02": "cc190c", "ExportOperation03": "cd078c",
    "ExportOperation04": "cc042c", "ExportOperation05": "cc191c", "Exposure": "cc037c", "Fallback": "fallback",
    "FunctionalError01": "cc022c", "FunctionalError02": "functional_error", "FunctionalError03": "cd906c",
    "GNSS": "gnss", "GoodsItem": "cc191c", "GoodsMeasure01": "cc190c", "GoodsMeasure02": "goods_measure",
    "GoodsMeasure03": "goods_measure", "GoodsMeasure04": "goods_measure", "GoodsReference": "goods_reference",
    "GoodsShipment": "cc191c", "Guarantee01": "cc013c", "Guarantee02": "cc015c", "Guarantee03": "cc029c",
    "Guarantee04": "guarantee", "Guarantee06": "guarantee", "Guarantee07": "guarantee",
    "GuaranteeQuery": "guarantee_query", "GuaranteeReference01": "cc029c", "GuaranteeReference02": "cc224c",
    "GuaranteeReference03": "guarantee_reference", "GuaranteeReference04": "guarantee_reference",
    "GuaranteeReference05": "cc026c", "GuaranteeReference06": "cc034c", "GuaranteeReference07": "cc037c",
    "GuaranteeReference08": "cc055c", "GuaranteeReference09": "cc225c", "GuaranteeReference10": "cc228c",
    "GuaranteeReference11": "cc229c", "GuaranteeReference12": "cc231c", "GuaranteeReference13": "guarantee_reference",
    "GuaranteeReference14": "guarantee_reference", "GuaranteeReference15": "guarantee_reference",
    "Guarantor01": "cc037c", "Guarantor02": "guarantor", "Guarantor03": "cc228c", "Guarantor05": "guarantor",
    "Guarantor06": "guarantor", "GuarantorNotification": "cc023c", "Header01": "header", "Header03": "header",
    "Header06": "cd975c", "HolderOfTheTransitProcedure01": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure02": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure03": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure04": "holder_of_the_transit_procedure",
    "HolderOfTheTransitProcedure08": "holder_of_the_transit_procedure", "HolderOfTheTransitProcedure12": "cd012c",
    "HolderOfTheTransitProcedure17": "holder_of_the_transit_procedure", "HouseConsignment01": "cc017c",
    "HouseConsignment05": "cc044c", "HouseConsignment06": "cc170c", "HouseConsignment07": "cc190c",
    "HouseConsignment08": "cd012c", "HouseConsignment09": "cd018c", "HouseConsignment10": "house_consignment",
    "HouseConsignment11": "house_consignment", "HouseConsignment12": "house_consignment", "Incident01": "incident",
    "Incident02": "cd038c", "IndividualGuaranteeByGuarantor": "cc037c", "IndividualGuaranteeVoucher": "cc037c",
    "InvalidGuaranteeReason01": "cc055c", "InvalidGuaranteeReason02": "invalid_guarantee_reason",
    "Invalidation01": "invalidation", "Invalidation03": "cd010c", "Location": "location",
    "LocationOfGoods": "location_of_goods", "Owner01": "cc034c", "Owner02": "cc037c", "Packaging01": "packaging",
    "Packaging02": "packaging", "PlaceOfLoading": "place_of_loading", "PlaceOfUnloading": "place_of_unloading",
    "PostcodeAddress": "postcode_address", "PreviousDocument01": "cc017c", "PreviousDocument02": "cc017c",
    "PreviousDocument03": "previous_document", "PreviousDocument04": "previous_document",
    "PreviousDocument05": "cc191c", "PreviousDocument06": "previous_document", "Recovery01": "cd150c",
    "Recovery02": "cd151c", "Recovery03": "cd152c", "RecoveryNotification": "cc035c", "Representative01": "cc056c",
    "Representative02": "representative", "Representative03": "cc051c", "RequestedDocument": "cc060c",
    "RequestedInformation": "cd145c", "Requester": "requester", "ResponseInformation": "cd144c",
    "RiskAnalysis": "risk_analysis", "RiskAnalysisIdentification": "risk_analysis_identification",
    "RiskAnalysisResult": "risk_analysis_result", "Seal01": "seal", "Seal02": "seal", "SendingCountry": "cd411d",
    "SeriesElements": "cd411d", "StatisticalCharacteristics": "cd411d", "SupportingDocument01": "cc017c",
    "SupportingDocument02": "cc043c", "SupportingDocument03": "supporting_document",
    "SupportingDocument05": "supporting_document", "SystemApplicability": "cd411d", "TraderAtDestination01": "cc007c",
    "TraderAtDestination02": "trader_at_destination", "Transhipment": "transhipment", "TransitOperation01": "cc004c",
    "TransitOperation02": "cc007c", "TransitOperation03": "transit_operation", "TransitOperation04": "cc013c",
    "TransitOperation06": "cc015c", "TransitOperation07": "cc017c", "TransitOperation08": "cc019c",
    "TransitOperation09": "cc022c", "TransitOperation10": "cc025c", "TransitOperation11": "cc028c",
    "TransitOperation12": "cc029c", "TransitOperation13": "cc042c", "TransitOperation14": "cc043c",
    "TransitOperation15": "cc044c", "TransitOperation16": "cc045c", "TransitOperation17": "transit_operation",
    "TransitOperation18": "cc051c", "TransitOperation19": "cc054c", "TransitOperation20": "cc056c",
    "TransitOperation21": "cc057c", "TransitOperation22": "cc060c", "TransitOperation23": "cc140c",
    "TransitOperation24": "cc170c", "TransitOperation26": "cc928c", "TransitOperation27": "cd001c",
    "TransitOperation28": "cd003c", "TransitOperation29": "cd012c", "TransitOperation30": "cd018c",
    "TransitOperation31": "cd024c", "TransitOperation32": "cd038c", "TransitOperation33": "cd049c",
    "TransitOperation34": "transit_operation", "TransitOperation35": "cd059c",
    "TransitOperation37": "transit_operation", "TransitOperation39": "transit_operation",
    "TransitOperation42": "cd204c", "TransitOperation43": "transit_operation",
    "TransitOperation45": "transit_operation", "TransitOperation46": "transit_operation",
    "TransitOperation47": "transit_operation", "TransitOperation48": "transit_operation",
    "TransitOperation49": "cc190c", "TransportCharges": "transport_charges",
    "TransportDocument01": "transport_document", "TransportDocument02": "transport_document",
    "TransportEquipment01": "transport_equipment", "TransportEquipment02": "transport_equipment",
    "TransportEquipment05": "transport_equipment", "TransportMeans": "transport_means", "TypeOfControls": "cc060c",
    "Unavailability": "unavailability", "UnloadingRemark": "cc044c", "Usage": "cc037c",
    "ValidityLimitation": "validity_limitation", "XMLError": "xml_error",
}

PHASES: tuple[str, ...] = ('NCTS5.1', 'NCTS5.0')

MESSAGES = (
    "CC004C", "CC007C", "CC009C", "CC013C", "CC014C", "CC015C", "CC017C", "CC019C", "CC022C", "CC023C", "CC025C",
    "CC026C", "CC028C", "CC029C", "CC034C", "CC035C", "CC037C", "CC040C", "CC042C", "CC043C", "CC044C", "CC045C",
    "CC048C", "CC051C", "CC054C", "CC055C", "CC056C", "CC057C", "CC060C", "CC140C", "CC141C", "CC170C", "CC182C",
    "CC190C", "CC191C", "CC224C", "CC225C", "CC228C", "CC229C", "CC231C", "CC906C", "CC917C", "CC928C", "CD001C",
    "CD002C", "CD003C", "CD006C", "CD010C", "CD012C", "CD018C", "CD024C", "CD027C", "CD038C", "CD049C", "CD050C",
    "CD059C", "CD063C", "CD070C", "CD071C", "CD078C", "CD094C", "CD095C", "CD114C", "CD115C", "CD118C", "CD142C",
    "CD143C", "CD144C", "CD145C", "CD150C", "CD151C", "CD152C", "CD160C", "CD164C", "CD165C", "CD168C", "CD180C",
    "CD181C", "CD200C", "CD201C", "CD203C", "CD204C", "CD205C", "CD209C", "CD411D", "CD903D", "CD906C", "CD917C",
    "CD971C", "CD974C", "CD975C",
)


def __getattr__(name: str) -> object:
    module = WHERE.get(name)
    if module is None:
        raise AttributeError(f"no such group or message: {name}")
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
