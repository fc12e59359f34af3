"""Layouts and readers of cc013c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.authorisation import Authorisation
from douane.standards.ncts.phase5.generated.cc013c import CC013C, Guarantee01, TransitOperation04
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase5.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared01
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference03
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase5.generated.representative import Representative02
from douane.standards.ncts.phase5.generated.codec.authorisation import L_AUTHORISATION_01, read_authorisation_01
from douane.standards.ncts.phase5.generated.codec.consignment import L_CONSIGNMENT_20, read_consignment_20
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase5.generated.codec.guarantee_reference import L_GUARANTEE_REFERENCE_03, read_guarantee_reference_03
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_14
from douane.standards.ncts.phase5.generated.codec.representative import L_REPRESENTATIVE_05
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_CAPITAL1_TYPE, ALPHA_NUMERIC_MAX22_NO_SPACES, ALPHA_NUMERIC_MAX35_NO_SPACES, CODE_CONTENT_TYPE06, DATE_TIME_TYPE, DATE_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, LANGUAGE_CODE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5, STATUS_CONTENT_TYPE02, TIRCARNET_NUMBER

L_TRANSIT_OPERATION_04 = Layout("TransitOperation", TransitOperation04, (
    Leaf("LRN", "lrn", False, ALPHA_NUMERIC_MAX22_NO_SPACES), Leaf("MRN", "mrn", False, MRNTYPE),
    Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("additionalDeclarationType", "additional_declaration_type", True, CODE_CONTENT_TYPE06),
    Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("presentationOfTheGoodsDateAndTime", "presentation_of_the_goods_date_and_time", False, DATE_TIME_TYPE),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("communicationLanguageAtDeparture", "communication_language_at_departure", False, LANGUAGE_CODE_TYPE),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG), Leaf("amendmentTypeFlag", "amendment_type_flag", True, FLAG),
    Leaf("limitDate", "limit_date", False, DATE_TYPE),
))
L_GUARANTEE_01 = Layout("Guarantee", Guarantee01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("guaranteeType", "guarantee_type", False, ALPHANUMERIC_CAPITAL1_TYPE),
    Leaf("otherGuaranteeReference", "other_guarantee_reference", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Inner("GuaranteeReference", "guarantee_reference", 0, 99, L_GUARANTEE_REFERENCE_03),
))
L_CC013C = Layout("CC013C", CC013C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_04), Inner("Authorisation", "authorisation", 0, 9, L_AUTHORISATION_01),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_14),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_05), Inner("Guarantee", "guarantee", 1, 9, L_GUARANTEE_01),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_20),
))

_L_GUARANTEE_01_0 = run(L_GUARANTEE_01, 0, 3)
_L_GUARANTEE_01_1 = run(L_GUARANTEE_01, 4, 4)
_L_CC013C_0 = body(L_CC013C, 0, 7)
_L_CC013C_1 = body(L_CC013C, 8, 10)
_L_CC013C_2 = body(L_CC013C, 12, 14)

def read_guarantee_01(text: str, starts: Starts, at: int) -> tuple[Guarantee01, int]:
    found = _L_GUARANTEE_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    guarantee_reference: tuple[GuaranteeReference03, ...] = ()
    if starts("<GuaranteeReference>", at): guarantee_reference, at = many(read_guarantee_reference_03, "<GuaranteeReference>", 99, text, starts, at)
    found = _L_GUARANTEE_01_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Guarantee01(sequence_number=int(v0), guarantee_type=v1, other_guarantee_reference=v2, guarantee_reference=guarantee_reference), at

def read_cc013c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC013C, int]:
    found = _L_CC013C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    authorisation: tuple[Authorisation, ...] = ()
    if starts("<Authorisation>", at): authorisation, at = many(read_authorisation_01, "<Authorisation>", 9, text, starts, at)
    found = _L_CC013C_1(text, at)
    if found is None: raise Unusual
    v19, v20 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared01, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CC013C_2(text, at)
    if found is None: raise Unusual
    v21, v22, v23, v24, v25, v26, v27, v28, v29, v30, v31, v32, v33, v34, v35 = found.groups()
    at = found.end()
    guarantee, at = many(read_guarantee_01, "<Guarantee>", 9, text, starts, at)
    consignment, at = read_consignment_20(text, starts, at)
    return CC013C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation04(lrn=v6, mrn=v7, declaration_type=v8, additional_declaration_type=v9, tir_carnet_number=v10, presentation_of_the_goods_date_and_time=None if v11 is None else datetime.datetime.fromisoformat(v11), security=v12, reduced_dataset_indicator=v13 == "1", specific_circumstance_indicator=v14, communication_language_at_departure=v15, binding_itinerary=v16 == "1", amendment_type_flag=v17 == "1", limit_date=None if v18 is None else datetime.date.fromisoformat(v18)), authorisation=authorisation, customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v19), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v20), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=HolderOfTheTransitProcedure02(identification_number=v21, tir_holder_identification_number=v22, name=v23, address=None if v24 is None else Address02(street_and_number=v24, postcode=v25, city=v26, country=v27), contact_person=None if v28 is None else ContactPerson01(name=v28, phone_number=v29, e_mail_address=v30)), representative=None if v31 is None else Representative02(identification_number=v31, status=v32, contact_person=None if v33 is None else ContactPerson01(name=v33, phone_number=v34, e_mail_address=v35)), guarantee=guarantee, consignment=consignment, phase_id=phase), at
