"""Layouts and readers of cd095c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cd095c import CD095C
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit import CustomsOfficeOfExitForTransit
from douane.standards.ncts.phase5.generated.customs_office_of_transit import CustomsOfficeOfTransit
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation37
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination import L_CUSTOMS_OFFICE_OF_DESTINATION_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit import L_CUSTOMS_OFFICE_OF_TRANSIT
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_37
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD095C = Layout("CD095C", CD095C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_37),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 0, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestination", "customs_office_of_destination", 0, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_02),
    Inner("CustomsOfficeOfTransit", "customs_office_of_transit", 0, 1, L_CUSTOMS_OFFICE_OF_TRANSIT),
    Inner("CustomsOfficeOfExitForTransit", "customs_office_of_exit_for_transit", 0, 1, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT),
))

_L_CD095C_0 = body(L_CD095C, 0, 11)

def read_cd095c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD095C, int]:
    found = _L_CD095C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11 = found.groups()
    at = found.end()
    return CD095C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation37(mrn=v6, status=v7), customs_office_of_departure=None if v8 is None else CustomsOfficeOfDeparture(reference_number=v8), customs_office_of_destination=None if v9 is None else CustomsOfficeOfDestination(reference_number=v9), customs_office_of_transit=None if v10 is None else CustomsOfficeOfTransit(reference_number=v10), customs_office_of_exit_for_transit=None if v11 is None else CustomsOfficeOfExitForTransit(reference_number=v11), phase_id=phase), at
