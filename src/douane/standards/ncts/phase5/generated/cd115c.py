"""Structs and writers of cd115c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment11, write_consignment11
from douane.standards.ncts.phase5.generated.control_result import ControlResult04, write_control_result04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure17, write_holder_of_the_transit_procedure17
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification, write_risk_analysis_identification
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation39, write_transit_operation39
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfTransitActual01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitActualType01; in CD115C."""
    reference_number: str
    guarantee_not_valid_for_country: bool

def write_customs_office_of_transit_actual01(v: CustomsOfficeOfTransitActual01) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber><guaranteeNotValidForCountry>{v.guarantee_not_valid_for_country:d}</guaranteeNotValidForCountry>'

class CD115C(Message, frozen=True, kw_only=True, gc=False):
    """IE115: Departure answers with the record of a coming passage."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation39
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_transit_actual: CustomsOfficeOfTransitActual01
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment11 | None = None

def write_cd115c(v: CD115C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation39(v.transit_operation)}</TransitOperation>'
    if (v7 := v.customs_office_of_departure) is not None: out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v7)}</CustomsOfficeOfDeparture>'
    if (v8 := v.customs_office_of_destination_declared) is not None: out += f'<CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v8)}</CustomsOfficeOfDestinationDeclared>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(v9)}</CustomsOfficeOfTransitDeclared>'
    out += f'<CustomsOfficeOfTransitActual>{write_customs_office_of_transit_actual01(v.customs_office_of_transit_actual)}</CustomsOfficeOfTransitActual>'
    for v11 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v11)}</CustomsOfficeOfExitForTransitDeclared>'
    if (v12 := v.holder_of_the_transit_procedure) is not None: out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure17(v12)}</HolderOfTheTransitProcedure>'
    if (v13 := v.control_result) is not None: out += f'<ControlResult>{write_control_result04(v13)}</ControlResult>'
    if (v14 := v.risk_analysis_identification) is not None: out += f'<RiskAnalysisIdentification>{write_risk_analysis_identification(v14)}</RiskAnalysisIdentification>'
    if (v15 := v.consignment) is not None: out += f'<Consignment>{write_consignment11(v15)}</Consignment>'
    return out
