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
    if (v1 := v.declaration_type) is not None: out += f'<declarationType>{text(v1)}</declarationType>'
    if (v2 := v.tir_carnet_number) is not None: out += f'<TIRCarnetNumber>{text(v2)}</TIRCarnetNumber>'
    if (v3 := v.declaration_acceptance_date) is not None: out += f'<declarationAcceptanceDate>{v3.isoformat()}</declarationAcceptanceDate>'
    if (v4 := v.release_date) is not None: out += f'<releaseDate>{v4.isoformat()}</releaseDate>'
    if (v5 := v.security) is not None: out += f'<security>{text(v5)}</security>'
    if (v6 := v.reduced_dataset_indicator) is not None: out += f'<reducedDatasetIndicator>{v6:d}</reducedDatasetIndicator>'
    if (v7 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v7)}</specificCircumstanceIndicator>'
    if (v8 := v.binding_itinerary) is not None: out += f'<bindingItinerary>{v8:d}</bindingItinerary>'
    if (v9 := v.request_rejection_reason_code) is not None: out += f'<requestRejectionReasonCode>{text(v9)}</requestRejectionReasonCode>'
    if (v10 := v.status) is not None: out += f'<status>{text(v10)}</status>'
    return out

class Endorsement02(Group, frozen=True, kw_only=True, gc=False):
    """EndorsementType02; in CD038C."""
    date: datetime.date
    authority: str | None = None
    place: str | None = None
    country: str

def write_endorsement02(v: Endorsement02) -> str:
    out = f'<date>{v.date.isoformat()}</date>'
    if (v1 := v.authority) is not None: out += f'<authority>{text(v1)}</authority>'
    if (v2 := v.place) is not None: out += f'<place>{text(v2)}</place>'
    return out + f'<country>{text(v.country)}</country>'

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
    if (v3 := v.endorsement) is not None: out += f'<Endorsement>{write_endorsement02(v3)}</Endorsement>'
    out += f'<Location>{write_location(v.location)}</Location>'
    for v5 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment01(v5)}</TransportEquipment>'
    if (v6 := v.transhipment) is not None: out += f'<Transhipment>{write_transhipment(v6)}</Transhipment>'
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
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.carrier) is not None: out += f'<Carrier>{write_carrier01(v7)}</Carrier>'
    if (v8 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v8)}</Consignor>'
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v11)}</TransportEquipment>'
    for v12 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v12)}</DepartureTransportMeans>'
    for v13 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(v13)}</CountryOfRoutingOfConsignment>'
    for v14 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(v14)}</ActiveBorderTransportMeans>'
    if (v15 := v.place_of_loading) is not None: out += f'<PlaceOfLoading>{write_place_of_loading(v15)}</PlaceOfLoading>'
    if (v16 := v.place_of_unloading) is not None: out += f'<PlaceOfUnloading>{write_place_of_unloading(v16)}</PlaceOfUnloading>'
    for v17 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v17)}</PreviousDocument>'
    for v18 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v18)}</SupportingDocument>'
    for v19 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v19)}</TransportDocument>'
    for v20 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v20)}</AdditionalReference>'
    for v21 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v21)}</AdditionalInformation>'
    if (v22 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v22)}</TransportCharges>'
    for v23 in v.incident: out += f'<Incident>{write_incident02(v23)}</Incident>'
    for v24 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment12(v24)}</HouseConsignment>'
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
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation32(v.transit_operation)}</TransitOperation>'
    if (v7 := v.customs_office_of_departure) is not None: out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v7)}</CustomsOfficeOfDeparture>'
    if (v8 := v.customs_office_of_destination_declared) is not None: out += f'<CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v8)}</CustomsOfficeOfDestinationDeclared>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(v9)}</CustomsOfficeOfTransitDeclared>'
    for v10 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v10)}</CustomsOfficeOfExitForTransitDeclared>'
    out += f'<CustomsOfficeOfRequest>{write_customs_office_of_request01(v.customs_office_of_request)}</CustomsOfficeOfRequest>'
    if (v12 := v.holder_of_the_transit_procedure) is not None: out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v12)}</HolderOfTheTransitProcedure>'
    if (v13 := v.control_result) is not None: out += f'<ControlResult>{write_control_result04(v13)}</ControlResult>'
    if (v14 := v.risk_analysis_identification) is not None: out += f'<RiskAnalysisIdentification>{write_risk_analysis_identification(v14)}</RiskAnalysisIdentification>'
    if (v15 := v.consignment) is not None: out += f'<Consignment>{write_consignment14(v15)}</Consignment>'
    return out
