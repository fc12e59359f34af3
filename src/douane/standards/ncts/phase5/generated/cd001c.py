"""Structs of cd001c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment10
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification


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
    phase_id: str | None = None
