"""Structs of cd917c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.header import Header03
from douane.standards.ncts.phase5.generated.xml_error import XMLError


class CD917C(Message, frozen=True, kw_only=True, gc=False):
    """IE917: XML error, common domain."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03 | None = None
    xml_error: tuple[XMLError, ...]
    phase_id: str | None = None
