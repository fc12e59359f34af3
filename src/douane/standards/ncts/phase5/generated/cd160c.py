"""Structs of cd160c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment10
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure17
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation34


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
    phase_id: str | None = None
