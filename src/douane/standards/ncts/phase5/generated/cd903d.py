"""Structs of cd903d. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message


class EvaluatedMessage(Group, frozen=True, kw_only=True, gc=False):
    """EvaluatedMessageType; in CD903D."""

    message_type: str
    country: str | None = None
    year: str | None = None
    month: str | None = None


class ConsistencyCheckWarning(Group, frozen=True, kw_only=True, gc=False):
    """ConsistencyCheckWarningType; in CD903D."""

    warning_pointer: str
    warning_code: str
    original_attribute_value: str | None = None


class CD903D(Message, frozen=True, kw_only=True, gc=False):
    """IE903: Statistics do not agree."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    evaluated_message: EvaluatedMessage
    consistency_check_warning: tuple[ConsistencyCheckWarning, ...]
    phase_id: str | None = None
