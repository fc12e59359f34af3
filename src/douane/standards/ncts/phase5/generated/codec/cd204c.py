"""Layouts and readers of cd204c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd204c import CD204C, TransitOperation42
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.guarantee import L_GUARANTEE_04, read_guarantee_04
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_42 = Layout("TransitOperation", TransitOperation42, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("releaseDate", "release_date", False, DATE_TYPE),
    Leaf("usageCancellationDate", "usage_cancellation_date", False, DATE_TYPE),
))
L_CD204C = Layout("CD204C", CD204C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_42),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("Guarantee", "guarantee", 1, 9, L_GUARANTEE_04),
))

_L_CD204C_0 = body(L_CD204C, 0, 8)

def read_cd204c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD204C, int]:
    found = _L_CD204C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    guarantee, at = many(read_guarantee_04, "<Guarantee>", 9, text, starts, at)
    return CD204C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation42(mrn=v6, release_date=None if v7 is None else datetime.date.fromisoformat(v7), usage_cancellation_date=None if v8 is None else datetime.date.fromisoformat(v8)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v9), guarantee=guarantee, phase_id=phase), at
