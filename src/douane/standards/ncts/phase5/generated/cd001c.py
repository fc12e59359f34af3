"""Structs and writers of cd001c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment10, write_consignment10
from douane.standards.ncts.phase5.generated.control_result import ControlResult04, write_control_result04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification, write_risk_analysis_identification
from douane.standards.ncts.binding.writing import text

class TransitOperation27(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType27; in CD001C."""
    mrn: str
    declaration_type: str
    tir_carnet_number: str | None = None
    declaration_acceptance_date: datetime.date
    release_date: datetime.date
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    binding_itinerary: bool

def write_transit_operation27(v: TransitOperation27) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><declarationType>{text(v.declaration_type)}</declarationType>'
    if (v2 := v.tir_carnet_number) is not None: out += f'<TIRCarnetNumber>{text(v2)}</TIRCarnetNumber>'
    out += f'<declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate><releaseDate>{v.release_date.isoformat()}</releaseDate><security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    if (v7 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v7)}</specificCircumstanceIndicator>'
    return out + f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'

class CD001C(Message, frozen=True, kw_only=True, gc=False):
    """IE001: Office of departure tells destination what will arrive."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation27
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03
    control_result: ControlResult04
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment10

def write_cd001c(v: CD001C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation27(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(v9)}</CustomsOfficeOfTransitDeclared>'
    for v10 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v10)}</CustomsOfficeOfExitForTransitDeclared>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><ControlResult>{write_control_result04(v.control_result)}</ControlResult>'
    if (v13 := v.risk_analysis_identification) is not None: out += f'<RiskAnalysisIdentification>{write_risk_analysis_identification(v13)}</RiskAnalysisIdentification>'
    return out + f'<Consignment>{write_consignment10(v.consignment)}</Consignment>'
