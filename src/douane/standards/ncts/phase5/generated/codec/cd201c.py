"""Layouts and readers of cd201c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd201c import CD201C
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.guarantee import L_GUARANTEE_07, read_guarantee_07
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD201C = Layout("CD201C", CD201C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01),
    Inner("Guarantee", "guarantee", 1, 9, L_GUARANTEE_07),
))

_L_CD201C_0 = body(L_CD201C, 0, 9)

def read_cd201c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD201C, int]:
    found = _L_CD201C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    guarantee, at = many(read_guarantee_07, "<Guarantee>", 9, text, starts, at)
    return CD201C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v7), holder_of_the_transit_procedure=HolderOfTheTransitProcedure01(identification_number=v8), guarantee=guarantee, phase_id=phase), at
