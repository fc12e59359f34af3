"""Structs and writers of cd038c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans02, write_active_border_transport_means02
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.carrier import Carrier01, write_carrier01
from douane.standards.ncts.phase5.generated.consignee import Consignee06, write_consignee06
from douane.standards.ncts.phase5.generated.consignor import Consignor01, write_consignor01
from douane.standards.ncts.phase5.generated.control_result import ControlResult04, write_control_result04
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment, write_country_of_routing_of_consignment
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01, write_customs_office_of_request01
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, write_departure_transport_means01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase5.generated.house_consignment import HouseConsignment12, write_house_consignment12
from douane.standards.ncts.phase5.generated.location import Location, write_location
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification, write_risk_analysis_identification
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase5.generated.transhipment import Transhipment, write_transhipment
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment01, TransportEquipment05, write_transport_equipment01, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

class TransitOperation32(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType32; in CD038C."""
    mrn: str
    declaration_type: str | None = None
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date | None = None
    release_date: datetime.date | None = None
    security: str | None = None
    reduced_dataset_indicator: bool | None = None
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool | None = None
    request_rejection_reason_code: str | None = None
    status: str | None = None

def write_transit_operation32(v: TransitOperation32) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN>'
    out += f'<declarationType>{text(v2)}</declarationType>' if (v2 := v.declaration_type) is not None else ''
    out += f'<TIRCarnetNumber>{text(v3)}</TIRCarnetNumber>' if (v3 := v.tir_carnet_number) is not None else ''
    out += f'<declarationAcceptanceDate>{v4.isoformat()}</declarationAcceptanceDate>' if (v4 := v.declaration_acceptance_date) is not None else ''
    out += f'<releaseDate>{v5.isoformat()}</releaseDate>' if (v5 := v.release_date) is not None else ''
    out += f'<security>{text(v6)}</security>' if (v6 := v.security) is not None else ''
    out += f'<reducedDatasetIndicator>{v7:d}</reducedDatasetIndicator>' if (v7 := v.reduced_dataset_indicator) is not None else ''
    out += f'<specificCircumstanceIndicator>{text(v8)}</specificCircumstanceIndicator>' if (v8 := v.specific_circumstance_indicator) is not None else ''
    out += f'<bindingItinerary>{v9:d}</bindingItinerary>' if (v9 := v.binding_itinerary) is not None else ''
    out += f'<requestRejectionReasonCode>{text(v10)}</requestRejectionReasonCode>' if (v10 := v.request_rejection_reason_code) is not None else ''
    out += f'<status>{text(v11)}</status>' if (v11 := v.status) is not None else ''
    return out

class Endorsement02(Group, frozen=True, kw_only=True, gc=False):
    """EndorsementType02; in CD038C."""
    date: datetime.date
    authority: str | None = None
    place: str | None = None
    country: str

def write_endorsement02(v: Endorsement02) -> str:
    out = f'<date>{v.date.isoformat()}</date>'
    out += f'<authority>{text(v2)}</authority>' if (v2 := v.authority) is not None else ''
    out += f'<place>{text(v3)}</place>' if (v3 := v.place) is not None else ''
    out += f'<country>{text(v.country)}</country>'
    return out

class Incident02(Group, frozen=True, kw_only=True, gc=False):
    """IncidentType02; in CD038C."""
    sequence_number: int
    code: str
    text: str
    endorsement: Endorsement02 | None = None
    location: Location
    transport_equipment: tuple[TransportEquipment01, ...] = ()
    transhipment: Transhipment | None = None

def write_incident02(v: Incident02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code><text>{text(v.text)}</text>'
    out += f'<Endorsement>{write_endorsement02(v2)}</Endorsement>' if (v2 := v.endorsement) is not None else ''
    out += f'<Location>{write_location(v.location)}</Location>'
    out += ''.join([f'<TransportEquipment>{write_transport_equipment01(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += f'<Transhipment>{write_transhipment(v5)}</Transhipment>' if (v5 := v.transhipment) is not None else ''
    return out

class Consignment14(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType14; in CD038C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    incident: tuple[Incident02, ...] = ()
    house_consignment: tuple[HouseConsignment12, ...]

@remembered
def write_consignment14(v: Consignment14) -> str:
    out = f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    out += f'<inlandModeOfTransport>{text(v5)}</inlandModeOfTransport>' if (v5 := v.inland_mode_of_transport) is not None else ''
    out += f'<modeOfTransportAtTheBorder>{text(v6)}</modeOfTransportAtTheBorder>' if (v6 := v.mode_of_transport_at_the_border) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v8)}</referenceNumberUCR>' if (v8 := v.reference_number_ucr) is not None else ''
    out += f'<Carrier>{write_carrier01(v9)}</Carrier>' if (v9 := v.carrier) is not None else ''
    out += f'<Consignor>{write_consignor01(v10)}</Consignor>' if (v10 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee06(v11)}</Consignee>' if (v11 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<TransportEquipment>{write_transport_equipment05(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means01(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(x)}</CountryOfRoutingOfConsignment>' for x in v.country_of_routing_of_consignment])
    out += ''.join([f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(x)}</ActiveBorderTransportMeans>' for x in v.active_border_transport_means])
    out += f'<PlaceOfLoading>{write_place_of_loading(v17)}</PlaceOfLoading>' if (v17 := v.place_of_loading) is not None else ''
    out += f'<PlaceOfUnloading>{write_place_of_unloading(v18)}</PlaceOfUnloading>' if (v18 := v.place_of_unloading) is not None else ''
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v24)}</TransportCharges>' if (v24 := v.transport_charges) is not None else ''
    out += ''.join([f'<Incident>{write_incident02(x)}</Incident>' for x in v.incident])
    out += ''.join([f'<HouseConsignment>{write_house_consignment12(x)}</HouseConsignment>' for x in v.house_consignment])
    return out

class CD038C(Message, frozen=True, kw_only=True, gc=False):
    """IE038: Answer about a movement."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation32
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_request: CustomsOfficeOfRequest01
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment14 | None = None

def write_cd038c(v: CD038C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    out += f'<correlationIdentifier>{text(v2)}</correlationIdentifier>' if (v2 := v.correlation_identifier) is not None else ''
    out += f'<TransitOperation>{write_transit_operation32(v.transit_operation)}</TransitOperation>'
    out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v4)}</CustomsOfficeOfDeparture>' if (v4 := v.customs_office_of_departure) is not None else ''
    out += f'<CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v5)}</CustomsOfficeOfDestinationDeclared>' if (v5 := v.customs_office_of_destination_declared) is not None else ''
    out += ''.join([f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(x)}</CustomsOfficeOfTransitDeclared>' for x in v.customs_office_of_transit_declared])
    out += ''.join([f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(x)}</CustomsOfficeOfExitForTransitDeclared>' for x in v.customs_office_of_exit_for_transit_declared])
    out += f'<CustomsOfficeOfRequest>{write_customs_office_of_request01(v.customs_office_of_request)}</CustomsOfficeOfRequest>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v9)}</HolderOfTheTransitProcedure>' if (v9 := v.holder_of_the_transit_procedure) is not None else ''
    out += f'<ControlResult>{write_control_result04(v10)}</ControlResult>' if (v10 := v.control_result) is not None else ''
    out += f'<RiskAnalysisIdentification>{write_risk_analysis_identification(v11)}</RiskAnalysisIdentification>' if (v11 := v.risk_analysis_identification) is not None else ''
    out += f'<Consignment>{write_consignment14(v12)}</Consignment>' if (v12 := v.consignment) is not None else ''
    return out
