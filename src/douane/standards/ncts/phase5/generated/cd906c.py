"""Structs of cd906c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.header import Header03


class FunctionalError03(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType03; in CD906C."""

    error_pointer: str
    error_code: str
    error_reason: str | None = None
    original_attribute_value: str | None = None


class CD906C(Message, frozen=True, kw_only=True, gc=False):
    """IE906: Functional error, common domain."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    header: Header03 | None = None
    functional_error: tuple[FunctionalError03, ...]
    phase_id: str | None = None
