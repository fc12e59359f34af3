"""Structs and writers of cd903d. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.binding.writing import text

class EvaluatedMessage(Group, frozen=True, kw_only=True, gc=False):
    """EvaluatedMessageType; in CD903D."""
    message_type: str
    country: str | None = None
    year: str | None = None
    month: str | None = None

def write_evaluated_message(v: EvaluatedMessage) -> str:
    out = f'<messageType>{text(v.message_type)}</messageType>'
    if (v1 := v.country) is not None: out += f'<country>{text(v1)}</country>'
    if (v2 := v.year) is not None: out += f'<year>{text(v2)}</year>'
    if (v3 := v.month) is not None: out += f'<month>{text(v3)}</month>'
    return out

class ConsistencyCheckWarning(Group, frozen=True, kw_only=True, gc=False):
    """ConsistencyCheckWarningType; in CD903D."""
    warning_pointer: str
    warning_code: str
    original_attribute_value: str | None = None

def write_consistency_check_warning(v: ConsistencyCheckWarning) -> str:
    out = f'<warningPointer>{text(v.warning_pointer)}</warningPointer><warningCode>{text(v.warning_code)}</warningCode>'
    if (v2 := v.original_attribute_value) is not None: out += f'<originalAttributeValue>{text(v2)}</originalAttributeValue>'
    return out

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

def write_cd903d(v: CD903D) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<EvaluatedMessage>{write_evaluated_message(v.evaluated_message)}</EvaluatedMessage>'
    for v7 in v.consistency_check_warning: out += f'<ConsistencyCheckWarning>{write_consistency_check_warning(v7)}</ConsistencyCheckWarning>'
    return out
