"""Layouts and readers of cd903d. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd903d import CD903D, ConsistencyCheckWarning, EvaluatedMessage
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, COUNTRY_CODE_TYPE, DATE_TIME_TYPE, MESSAGE_TYPES, MESSAGE_TYPE_CONTENT_TYPE, MONTH_OF_YEAR, MRNCONTENT_TYPE01, YEAR_TYPE

L_EVALUATED_MESSAGE = Layout("EvaluatedMessage", EvaluatedMessage, (
    Leaf("messageType", "message_type", True, MESSAGE_TYPE_CONTENT_TYPE), Leaf("country", "country", False, COUNTRY_CODE_TYPE),
    Leaf("year", "year", False, YEAR_TYPE), Leaf("month", "month", False, MONTH_OF_YEAR),
))
L_CONSISTENCY_CHECK_WARNING = Layout("ConsistencyCheckWarning", ConsistencyCheckWarning, (
    Leaf("warningPointer", "warning_pointer", True, ALPHA_NUMERIC_MAX512), Leaf("warningCode", "warning_code", True, MESSAGE_TYPE_CONTENT_TYPE),
    Leaf("originalAttributeValue", "original_attribute_value", False, ALPHA_NUMERIC_MAX512),
))
L_CD903D = Layout("CD903D", CD903D, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("EvaluatedMessage", "evaluated_message", 1, 1, L_EVALUATED_MESSAGE),
    Inner("ConsistencyCheckWarning", "consistency_check_warning", 1, 999, L_CONSISTENCY_CHECK_WARNING),
))

_L_CONSISTENCY_CHECK_WARNING_0 = run(L_CONSISTENCY_CHECK_WARNING, 0, 3)
_L_CD903D_0 = body(L_CD903D, 0, 7)

def read_consistency_check_warning(text: str, starts: Starts, at: int) -> tuple[ConsistencyCheckWarning, int]:
    found = _L_CONSISTENCY_CHECK_WARNING_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return ConsistencyCheckWarning(warning_pointer=v0, warning_code=v1, original_attribute_value=v2), at

def read_cd903d(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD903D, int]:
    found = _L_CD903D_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    consistency_check_warning, at = many(read_consistency_check_warning, "<ConsistencyCheckWarning>", 999, text, starts, at)
    return CD903D(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, evaluated_message=EvaluatedMessage(message_type=v6, country=v7, year=v8, month=v9), consistency_check_warning=consistency_check_warning, phase_id=phase), at
