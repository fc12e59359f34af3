"""Layouts and readers of cd971c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd971c import CD971C, Country01
from douane.standards.ncts.phase5.generated.codec.action import L_ACTION, read_action
from douane.standards.ncts.phase5.generated.codec.kinds import COUNTRY_CODES_CUSTOMS_OFFICE_LISTS, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_COUNTRY_01 = Layout("Country", Country01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("country", "country", True, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS),
    Inner("Action", "action", 1, 9, L_ACTION),
))
L_CD971C = Layout("CD971C", CD971C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Country", "country", 1, 99, L_COUNTRY_01),
))

_L_COUNTRY_01_0 = run(L_COUNTRY_01, 0, 2)
_L_COUNTRY_01_1 = run(L_COUNTRY_01, 3, 3)
_L_CD971C_0 = body(L_CD971C, 0, 6)

def read_country_01(text: str, starts: Starts, at: int) -> tuple[Country01, int]:
    found = _L_COUNTRY_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    action, at = many(read_action, "<Action>", 9, text, starts, at)
    found = _L_COUNTRY_01_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Country01(sequence_number=int(v0), country=v1, action=action), at

def read_cd971c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD971C, int]:
    found = _L_CD971C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    country, at = many(read_country_01, "<Country>", 99, text, starts, at)
    return CD971C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, country=country, phase_id=phase), at
