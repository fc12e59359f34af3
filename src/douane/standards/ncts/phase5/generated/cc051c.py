"""Structs of cc051c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation18(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType18; in CC051C."""

    mrn: str
    declaration_submission_date_and_time: datetime.datetime
    no_release_motivation_code: str
    no_release_motivation_text: str


class Representative03(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType03; in CC051C."""

    identification_number: str
    contact_person: ContactPerson01 | None = None


class CC051C(Message, frozen=True, kw_only=True, gc=False):
    """IE051: Not released for transit."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation18
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative03 | None = None
    phase_id: str | None = None
