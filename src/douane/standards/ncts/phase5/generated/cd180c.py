"""Structs of cd180c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment22
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_incident_registration import CustomsOfficeOfIncidentRegistration02
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation47


class CD180C(Message, frozen=True, kw_only=True, gc=False):
    """IE180: Incident notified."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation47
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_incident_registration: CustomsOfficeOfIncidentRegistration02
    consignment: Consignment22
    phase_id: str | None = None
