"""Structs of cd200c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment21
from douane.standards.ncts.phase5.generated.country_involved import CountryInvolved
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.guarantee import Guarantee06
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation48


class CD200C(Message, frozen=True, kw_only=True, gc=False):
    """IE200: Guarantee to be checked."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    country_involved: tuple[CountryInvolved, ...]
    guarantee: tuple[Guarantee06, ...]
    consignment: Consignment21 | None = None
    phase_id: str | None = None
