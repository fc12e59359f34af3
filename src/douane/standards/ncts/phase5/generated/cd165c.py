"""Structs of cd165c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment11
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual02
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure17
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation39


class CD165C(Message, frozen=True, kw_only=True, gc=False):
    """IE165: Departure answers with the record of a coming exit."""

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
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_actual: CustomsOfficeOfExitForTransitActual02
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure17 | None = None
    control_result: ControlResult04 | None = None
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    consignment: Consignment11 | None = None
    phase_id: str | None = None
