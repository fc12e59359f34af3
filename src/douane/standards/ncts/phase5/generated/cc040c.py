"""Structs of cc040c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CC040C(Message, frozen=True, kw_only=True, gc=False):
    """IE040: Export system learns of an invalidated transit."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    phase_id: str | None = None
