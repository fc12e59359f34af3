"""Structs and writers of cd160c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment10, write_consignment10
from douane.standards.ncts.phase5.generated.control_result import ControlResult04, write_control_result04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01, write_customs_office_of_transit_declared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure17, write_holder_of_the_transit_procedure17
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification, write_risk_analysis_identification
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation34, write_transit_operation34
from douane.standards.ncts.binding.writing import text

class CD160C(Message, frozen=True, kw_only=True, gc=False):
    """IE160: Office of departure tells the exit office what will leave."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation34
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...]
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...]
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17
    control_result: ControlResult04
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment10

def write_cd160c(v: CD160C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation34(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    for v9 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared01(v9)}</CustomsOfficeOfTransitDeclared>'
    for v10 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v10)}</CustomsOfficeOfExitForTransitDeclared>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure17(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><ControlResult>{write_control_result04(v.control_result)}</ControlResult>'
    if (v13 := v.risk_analysis_identification) is not None: out += f'<RiskAnalysisIdentification>{write_risk_analysis_identification(v13)}</RiskAnalysisIdentification>'
    return out + f'<Consignment>{write_consignment10(v.consignment)}</Consignment>'
