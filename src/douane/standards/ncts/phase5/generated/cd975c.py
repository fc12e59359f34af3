"""Structs of cd975c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message


class Header06(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType06; in CD975C."""

    mrn: str
    status: str


class CD975C(Message, frozen=True, kw_only=True, gc=False):
    """IE975: The administration's system is available."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header06 | None = None
    phase_id: str | None = None
