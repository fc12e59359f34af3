"""Structs and writers of cd003c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment11, write_consignment11
from douane.standards.ncts.phase5.generated.control_result import ControlResult04, write_control_result04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03, write_holder_of_the_transit_procedure03
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification, write_risk_analysis_identification
from douane.standards.ncts.binding.writing import text

class TransitOperation28(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType28; in CD003C."""
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

def write_transit_operation28(v: TransitOperation28) -> str:
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
    return out

class CD003C(Message, frozen=True, kw_only=True, gc=False):
    """IE003: Departure answers with the record of a coming arrival."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation28
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure03 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment11 | None = None

def write_cd003c(v: CD003C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation28(v.transit_operation)}</TransitOperation>'
    if (v7 := v.customs_office_of_departure) is not None: out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v7)}</CustomsOfficeOfDeparture>'
    if (v8 := v.customs_office_of_destination_declared) is not None: out += f'<CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v8)}</CustomsOfficeOfDestinationDeclared>'
    out += f'<CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual>'
    for v10 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(v10)}</CustomsOfficeOfTransitDeclared>'
    for v11 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v11)}</CustomsOfficeOfExitForTransitDeclared>'
    if (v12 := v.holder_of_the_transit_procedure) is not None: out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure03(v12)}</HolderOfTheTransitProcedure>'
    if (v13 := v.control_result) is not None: out += f'<ControlResult>{write_control_result04(v13)}</ControlResult>'
    if (v14 := v.risk_analysis_identification) is not None: out += f'<RiskAnalysisIdentification>{write_risk_analysis_identification(v14)}</RiskAnalysisIdentification>'
    if (v15 := v.consignment) is not None: out += f'<Consignment>{write_consignment11(v15)}</Consignment>'
    return out
