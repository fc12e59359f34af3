"""Layouts and readers of cd003c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cd003c import CD003C, TransitOperation28
from douane.standards.ncts.phase5.generated.consignment import Consignment11
from douane.standards.ncts.phase5.generated.control_result import ControlResult04
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure03
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.codec.consignment import L_CONSIGNMENT_11, read_consignment_11
from douane.standards.ncts.phase5.generated.codec.control_result import L_CONTROL_RESULT_06
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06
from douane.standards.ncts.phase5.generated.codec.risk_analysis_identification import L_RISK_ANALYSIS_IDENTIFICATION, read_risk_analysis_identification
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, DATE_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, STATUS_CONTENT_TYPE02, SYSTEM_CODE_CONTENT_TYPE, TIRCARNET_NUMBER

L_TRANSIT_OPERATION_28 = Layout("TransitOperation", TransitOperation28, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", False, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", False, DATE_TYPE), Leaf("releaseDate", "release_date", False, DATE_TYPE),
    Leaf("security", "security", False, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", False, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("bindingItinerary", "binding_itinerary", False, FLAG),
    Leaf("requestRejectionReasonCode", "request_rejection_reason_code", False, SYSTEM_CODE_CONTENT_TYPE),
))
L_CD003C = Layout("CD003C", CD003C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_28),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 0, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 0, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 0, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_06),
    Inner("ControlResult", "control_result", 0, 1, L_CONTROL_RESULT_06),
    Inner("RiskAnalysisIdentification", "risk_analysis_identification", 0, 1, L_RISK_ANALYSIS_IDENTIFICATION),
    Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_11),
))

_L_CD003C_0 = body(L_CD003C, 0, 10)
_L_CD003C_1 = body(L_CD003C, 12, 14)

def read_cd003c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD003C, int]:
    found = _L_CD003C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CD003C_1(text, at)
    if found is None: raise Unusual
    v19, v20, v21, v22, v23, v24, v25, v26, v27, v28 = found.groups()
    at = found.end()
    risk_analysis_identification: RiskAnalysisIdentification | None = None
    if starts("<RiskAnalysisIdentification>", at): risk_analysis_identification, at = read_risk_analysis_identification(text, starts, at)
    consignment: Consignment11 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_11(text, starts, at)
    return CD003C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation28(mrn=v6, declaration_type=v7, tir_carnet_number=v8, declaration_acceptance_date=None if v9 is None else datetime.date.fromisoformat(v9), release_date=None if v10 is None else datetime.date.fromisoformat(v10), security=v11, reduced_dataset_indicator=None if v12 is None else v12 == "1", specific_circumstance_indicator=v13, binding_itinerary=None if v14 is None else v14 == "1", request_rejection_reason_code=v15), customs_office_of_departure=None if v16 is None else CustomsOfficeOfDeparture(reference_number=v16), customs_office_of_destination_declared=None if v17 is None else CustomsOfficeOfDestinationDeclared(reference_number=v17), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v18), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=None if v21 is None else HolderOfTheTransitProcedure03(identification_number=v19, tir_holder_identification_number=v20, name=v21, address=Address02(street_and_number=v22, postcode=v23, city=v24, country=v25)), control_result=None if v26 is None else ControlResult04(code=v26, date=datetime.date.fromisoformat(v27), text=v28), risk_analysis_identification=risk_analysis_identification, consignment=consignment, phase_id=phase), at
