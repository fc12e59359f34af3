"""Layouts and readers of cc034c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cc034c import AccessCode02, CC034C, GuaranteeReference06, Owner01
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery
from douane.standards.ncts.phase5.generated.requester import Requester
from douane.standards.ncts.phase5.generated.codec.guarantee_query import L_GUARANTEE_QUERY
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_4_NO_SPACES, ALPHA_NUMERIC_MAX17_NO_SPACES, DATE_TIME_TYPE, FLAG_CONTENT_TYPE, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_REQUESTER_01 = Layout("Requester", Requester, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("role", "role", True, FLAG_CONTENT_TYPE),
))
L_OWNER_01 = Layout("Owner", Owner01, (
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX17_NO_SPACES),
))
L_ACCESS_CODE_02 = Layout("AccessCode", AccessCode02, (
    Leaf("accessCode", "access_code", True, ALPHA_NUMERIC_4_NO_SPACES),
))
L_GUARANTEE_REFERENCE_06 = Layout("GuaranteeReference", GuaranteeReference06, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Inner("GuaranteeQuery", "guarantee_query", 1, 1, L_GUARANTEE_QUERY), Inner("Owner", "owner", 0, 1, L_OWNER_01),
    Inner("AccessCode", "access_code", 1, 1, L_ACCESS_CODE_02),
))
L_CC034C = Layout("CC034C", CC034C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Requester", "requester", 1, 1, L_REQUESTER_01),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_06),
))

_L_GUARANTEE_REFERENCE_06_0 = run(L_GUARANTEE_REFERENCE_06, 0, 5)
_L_CC034C_0 = body(L_CC034C, 0, 7)

def read_guarantee_reference_06(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference06, int]:
    found = _L_GUARANTEE_REFERENCE_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    return GuaranteeReference06(sequence_number=int(v0), grn=v1, guarantee_query=GuaranteeQuery(query_identifier=v2, period_from_date=None if v3 is None else datetime.date.fromisoformat(v3), period_to_date=None if v4 is None else datetime.date.fromisoformat(v4)), owner=None if v5 is None else Owner01(identification_number=v5), access_code=AccessCode02(access_code=v6)), at

def read_cc034c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC034C, int]:
    found = _L_CC034C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_06, "<GuaranteeReference>", 99, text, starts, at)
    return CC034C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, requester=Requester(identification_number=v6, role=v7), guarantee_reference=guarantee_reference, phase_id=phase), at
