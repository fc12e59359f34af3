"""Structs of cc015c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.authorisation import Authorisation
from douane.standards.ncts.phase5.generated.consignment import Consignment20
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference03
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase5.generated.representative import Representative02


class TransitOperation06(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType06; in CC015C."""

    lrn: str
    declaration_type: str
    additional_declaration_type: str
    tir_carnet_number: str | None = None
    presentation_of_the_goods_date_and_time: datetime.datetime | None = None
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    communication_language_at_departure: str | None = None
    binding_itinerary: bool
    limit_date: datetime.date | None = None


class Guarantee02(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType02; in CC015C."""

    sequence_number: int
    guarantee_type: str
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference03, ...] = ()


class CC015C(Message, frozen=True, kw_only=True, gc=False):
    """IE015: Transit declaration."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation06
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    guarantee: tuple[Guarantee02, ...]
    consignment: Consignment20
    phase_id: str | None = None
