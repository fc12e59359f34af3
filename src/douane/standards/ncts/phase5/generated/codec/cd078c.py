"""Layouts and readers of cd078c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd078c import CD078C, ExportOperation03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import AES_P1_MRNTYPE, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_EXPORT_OPERATION_03 = Layout("ExportOperation", ExportOperation03, (
    Leaf("MRN", "mrn", True, AES_P1_MRNTYPE),
))
L_CD078C = Layout("CD078C", CD078C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("ExportOperation", "export_operation", 1, 99, L_EXPORT_OPERATION_03),
))

_L_EXPORT_OPERATION_03_0 = run(L_EXPORT_OPERATION_03, 0, 1)
_L_CD078C_0 = body(L_CD078C, 0, 7)

def read_export_operation_03(text: str, starts: Starts, at: int) -> tuple[ExportOperation03, int]:
    found = _L_EXPORT_OPERATION_03_0(text, at)
    if found is None: raise Unusual
    v0 = found[1]
    at = found.end()
    return ExportOperation03(mrn=v0), at

def read_cd078c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD078C, int]:
    found = _L_CD078C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    export_operation, at = many(read_export_operation_03, "<ExportOperation>", 99, text, starts, at)
    return CD078C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), export_operation=export_operation, phase_id=phase), at
