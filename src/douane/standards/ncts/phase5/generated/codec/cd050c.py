"""Layouts and readers of cd050c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cd050c import CD050C
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure17
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation34
from douane.standards.ncts.phase5.generated.codec.consignment import L_CONSIGNMENT_10, read_consignment_10
from douane.standards.ncts.phase5.generated.codec.control_result import L_CONTROL_RESULT_06
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_17
from douane.standards.ncts.phase5.generated.codec.risk_analysis_identification import L_RISK_ANALYSIS_IDENTIFICATION, read_risk_analysis_identification
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_34
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD050C = Layout("CD050C", CD050C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_34),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 1, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_17),
    Inner("ControlResult", "control_result", 1, 1, L_CONTROL_RESULT_06),
    Inner("RiskAnalysisIdentification", "risk_analysis_identification", 0, 1, L_RISK_ANALYSIS_IDENTIFICATION),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_10),
))

_L_CD050C_0 = body(L_CD050C, 0, 9)
_L_CD050C_1 = body(L_CD050C, 11, 13)

def read_cd050c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD050C, int]:
    found = _L_CD050C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CD050C_1(text, at)
    if found is None: raise Unusual
    v16, v17, v18, v19, v20, v21, v22, v23, v24 = found.groups()
    at = found.end()
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    if starts("<RiskAnalysisIdentification>", at): risk_analysis_identification, at = read_risk_analysis_identification(text, starts, at)
    consignment, at = read_consignment_10(text, starts, at)
    return CD050C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation34(mrn=v6, declaration_type=v7, declaration_acceptance_date=datetime.date.fromisoformat(v8), release_date=datetime.date.fromisoformat(v9), security=v10, reduced_dataset_indicator=v11 == "1", specific_circumstance_indicator=v12, binding_itinerary=v13 == "1"), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v14), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v15), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=HolderOfTheTransitProcedure17(identification_number=v16, name=v17, address=Address02(street_and_number=v18, postcode=v19, city=v20, country=v21)), control_result=ControlResult04(code=v22, date=datetime.date.fromisoformat(v23), text=v24), risk_analysis_identification=risk_analysis_identification, consignment=consignment, phase_id=phase), at
