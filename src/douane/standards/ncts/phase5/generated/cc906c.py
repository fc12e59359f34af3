"""Structs of cc906c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.functional_error import FunctionalError02
from douane.standards.ncts.phase5.generated.header import Header01


class CC906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, external domain."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header01
    functional_error: tuple[FunctionalError02, ...]
    phase_id: str | None = None
