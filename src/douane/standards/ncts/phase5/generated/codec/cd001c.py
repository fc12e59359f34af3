"""Layouts and readers of cd001c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cd001c import CD001C, TransitOperation27
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.codec.consignment import L_CONSIGNMENT_10, read_consignment_10
from douane.standards.ncts.phase5.generated.codec.control_result import L_CONTROL_RESULT_06
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06
from douane.standards.ncts.phase5.generated.codec.risk_analysis_identification import L_RISK_ANALYSIS_IDENTIFICATION, read_risk_analysis_identification
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, DATE_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, STATUS_CONTENT_TYPE02, TIRCARNET_NUMBER

L_TRANSIT_OPERATION_27 = Layout("TransitOperation", TransitOperation27, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE), Leaf("releaseDate", "release_date", True, DATE_TYPE),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG),
))
L_CD001C = Layout("CD001C", CD001C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_27),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06),
    Inner("ControlResult", "control_result", 1, 1, L_CONTROL_RESULT_06),
    Inner("RiskAnalysisIdentification", "risk_analysis_identification", 0, 1, L_RISK_ANALYSIS_IDENTIFICATION),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_10),
))

_L_CD001C_0 = body(L_CD001C, 0, 9)
_L_CD001C_1 = body(L_CD001C, 11, 13)

def read_cd001c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD001C, int]:
    found = _L_CD001C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CD001C_1(text, at)
    if found is None: raise Unusual
    v17, v18, v19, v20, v21, v22, v23, v24, v25, v26 = found.groups()
    at = found.end()
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    if starts("<RiskAnalysisIdentification>", at): risk_analysis_identification, at = read_risk_analysis_identification(text, starts, at)
    consignment, at = read_consignment_10(text, starts, at)
    return CD001C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation27(mrn=v6, declaration_type=v7, tir_carnet_number=v8, declaration_acceptance_date=datetime.date.fromisoformat(v9), release_date=datetime.date.fromisoformat(v10), security=v11, reduced_dataset_indicator=v12 == "1", specific_circumstance_indicator=v13, binding_itinerary=v14 == "1"), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v15), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v16), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=HolderOfTheTransitProcedure03(identification_number=v17, tir_holder_identification_number=v18, name=v19, address=Address02(street_and_number=v20, postcode=v21, city=v22, country=v23)), control_result=ControlResult04(code=v24, date=datetime.date.fromisoformat(v25), text=v26), risk_analysis_identification=risk_analysis_identification, consignment=consignment, phase_id=phase), at
