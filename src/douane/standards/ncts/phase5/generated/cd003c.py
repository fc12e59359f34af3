"""Structs of cd003c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment11
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification


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
    phase_id: str | None = None
