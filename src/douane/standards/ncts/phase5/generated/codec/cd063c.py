"""Layouts and readers of cd063c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cd063c import CD063C, CustomsOfficeOfIncidentRegistration01
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation17
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_actual import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01, read_customs_office_of_exit_for_transit_actual_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_recovery_at_departure import L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_actual import L_CUSTOMS_OFFICE_OF_TRANSIT_ACTUAL_02, read_customs_office_of_transit_actual_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_03, read_customs_office_of_transit_declared_03
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_17
from douane.standards.ncts.phase5.generated.codec.kinds import COREF_NUM_TYPE, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_01 = Layout("CustomsOfficeOfIncidentRegistration", CustomsOfficeOfIncidentRegistration01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))
L_CD063C = Layout("CD063C", CD063C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_17),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 0, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_03),
    Inner("CustomsOfficeOfTransitActual", "customs_office_of_transit_actual", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_ACTUAL_02),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("CustomsOfficeOfExitForTransitActual", "customs_office_of_exit_for_transit_actual", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01),
    Inner("CustomsOfficeOfIncidentRegistration", "customs_office_of_incident_registration", 0, 9, L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_01),
    Inner("CustomsOfficeOfRecoveryAtDeparture", "customs_office_of_recovery_at_departure", 1, 1, L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01),
))

_L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_01_0 = run(L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_01, 0, 2)
_L_CD063C_0 = body(L_CD063C, 0, 9)
_L_CD063C_1 = body(L_CD063C, 14, 15)

def read_customs_office_of_incident_registration_01(text: str, starts: Starts, at: int) -> tuple[CustomsOfficeOfIncidentRegistration01, int]:
    found = _L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return CustomsOfficeOfIncidentRegistration01(sequence_number=int(v0), reference_number=v1), at

def read_cd063c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD063C, int]:
    found = _L_CD063C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_03, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_transit_actual: tuple[CustomsOfficeOfTransitActual02, ...] = ()
    if starts("<CustomsOfficeOfTransitActual>", at): customs_office_of_transit_actual, at = many(read_customs_office_of_transit_actual_02, "<CustomsOfficeOfTransitActual>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_actual: tuple[CustomsOfficeOfExitForTransitActual01, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitActual>", at): customs_office_of_exit_for_transit_actual, at = many(read_customs_office_of_exit_for_transit_actual_01, "<CustomsOfficeOfExitForTransitActual>", 9, text, starts, at)
    customs_office_of_incident_registration: tuple[CustomsOfficeOfIncidentRegistration01, ...] = ()
    if starts("<CustomsOfficeOfIncidentRegistration>", at): customs_office_of_incident_registration, at = many(read_customs_office_of_incident_registration_01, "<CustomsOfficeOfIncidentRegistration>", 9, text, starts, at)
    found = _L_CD063C_1(text, at)
    if found is None: raise Unusual
    v10 = found[1]
    at = found.end()
    return CD063C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation17(mrn=v6, recovery_communication_date=None if v7 is None else datetime.date.fromisoformat(v7)), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v8), customs_office_of_destination_actual=None if v9 is None else CustomsOfficeOfDestinationActual(reference_number=v9), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_transit_actual=customs_office_of_transit_actual, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, customs_office_of_exit_for_transit_actual=customs_office_of_exit_for_transit_actual, customs_office_of_incident_registration=customs_office_of_incident_registration, customs_office_of_recovery_at_departure=CustomsOfficeOfRecoveryAtDeparture01(reference_number=v10), phase_id=phase), at
