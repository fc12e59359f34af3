"""Layouts and readers of cd024c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd024c import CD024C, TransitOperation31
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_actual import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01, read_customs_office_of_exit_for_transit_actual_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_actual import L_CUSTOMS_OFFICE_OF_TRANSIT_ACTUAL_02, read_customs_office_of_transit_actual_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_03, read_customs_office_of_transit_declared_03
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_31 = Layout("TransitOperation", TransitOperation31, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("arrivalDateAndTimeActual", "arrival_date_and_time_actual", False, DATE_TIME_TYPE),
))
L_CD024C = Layout("CD024C", CD024C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_31),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_03),
    Inner("CustomsOfficeOfTransitActual", "customs_office_of_transit_actual", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_ACTUAL_02),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("CustomsOfficeOfExitForTransitActual", "customs_office_of_exit_for_transit_actual", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01),
))

_L_CD024C_0 = body(L_CD024C, 0, 10)

def read_cd024c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD024C, int]:
    found = _L_CD024C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_03, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_transit_actual: tuple[CustomsOfficeOfTransitActual02, ...] = ()
    if starts("<CustomsOfficeOfTransitActual>", at): customs_office_of_transit_actual, at = many(read_customs_office_of_transit_actual_02, "<CustomsOfficeOfTransitActual>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_actual: tuple[CustomsOfficeOfExitForTransitActual01, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitActual>", at): customs_office_of_exit_for_transit_actual, at = many(read_customs_office_of_exit_for_transit_actual_01, "<CustomsOfficeOfExitForTransitActual>", 9, text, starts, at)
    return CD024C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation31(mrn=v6, arrival_date_and_time_actual=None if v7 is None else datetime.datetime.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v9), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v10), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_transit_actual=customs_office_of_transit_actual, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, customs_office_of_exit_for_transit_actual=customs_office_of_exit_for_transit_actual, phase_id=phase), at
