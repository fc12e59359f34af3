"""Layouts and readers of cd181c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd181c import CD181C
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_incident_registration import CustomsOfficeOfIncidentRegistration02
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation47
from douane.standards.ncts.phase5.generated.codec.consignment import L_CONSIGNMENT_22, read_consignment_22
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_incident_registration import L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_03, read_customs_office_of_transit_declared_03
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_47
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD181C = Layout("CD181C", CD181C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_47),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_03),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("CustomsOfficeOfIncidentRegistration", "customs_office_of_incident_registration", 1, 1, L_CUSTOMS_OFFICE_OF_INCIDENT_REGISTRATION_02),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_22),
))

_L_CD181C_0 = body(L_CD181C, 0, 9)
_L_CD181C_1 = body(L_CD181C, 11, 12)

def read_cd181c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD181C, int]:
    found = _L_CD181C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared03, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_03, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CD181C_1(text, at)
    if found is None: raise Unusual
    v10 = found[1]
    at = found.end()
    consignment, at = read_consignment_22(text, starts, at)
    return CD181C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation47(mrn=v6, incident_notification_date_and_time=datetime.datetime.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v9), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, customs_office_of_incident_registration=CustomsOfficeOfIncidentRegistration02(reference_number=v10), consignment=consignment, phase_id=phase), at
