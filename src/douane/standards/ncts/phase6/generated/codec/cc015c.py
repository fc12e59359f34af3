"""Layouts and readers of cc015c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.authorisation import Authorisation
from douane.standards.ncts.phase6.generated.cc015c import CC015C, TransitOperation06
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase6.generated.representative import Representative02
from douane.standards.ncts.phase6.generated.codec.authorisation import L_AUTHORISATION_01, read_authorisation_01
from douane.standards.ncts.phase6.generated.codec.consignment import L_CONSIGNMENT_20, read_consignment_20
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase6.generated.codec.customs_office_of_exit_for_transit_declared import L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, read_customs_office_of_exit_for_transit_declared_02
from douane.standards.ncts.phase6.generated.codec.customs_office_of_transit_declared import L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, read_customs_office_of_transit_declared_04
from douane.standards.ncts.phase6.generated.codec.guarantee import L_GUARANTEE_01, read_guarantee_01
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_14
from douane.standards.ncts.phase6.generated.codec.representative import L_REPRESENTATIVE_05
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX22_NO_SPACES, CODE_CONTENT_TYPE06, DATE_TIME_TYPE, DATE_TYPE, DECLARATION_TYPE_CONTENT_TYPE02, FLAG, FLAG_CONTENT_TYPE, LANGUAGE_CODE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, STATUS_CONTENT_TYPE02, TIRCARNET_NUMBER

L_TRANSIT_OPERATION_06 = Layout("TransitOperation", TransitOperation06, (
    Leaf("LRN", "lrn", True, ALPHA_NUMERIC_MAX22_NO_SPACES), Leaf("declarationType", "declaration_type", True, DECLARATION_TYPE_CONTENT_TYPE02),
    Leaf("additionalDeclarationType", "additional_declaration_type", True, CODE_CONTENT_TYPE06),
    Leaf("TIRCarnetNumber", "tir_carnet_number", False, TIRCARNET_NUMBER),
    Leaf("presentationOfTheGoodsDateAndTime", "presentation_of_the_goods_date_and_time", False, DATE_TIME_TYPE),
    Leaf("security", "security", True, FLAG_CONTENT_TYPE), Leaf("reducedDatasetIndicator", "reduced_dataset_indicator", True, FLAG),
    Leaf("specificCircumstanceIndicator", "specific_circumstance_indicator", False, STATUS_CONTENT_TYPE02),
    Leaf("communicationLanguageAtDeparture", "communication_language_at_departure", False, LANGUAGE_CODE_TYPE),
    Leaf("bindingItinerary", "binding_itinerary", True, FLAG), Leaf("limitDate", "limit_date", False, DATE_TYPE),
))
L_CC015C = Layout("CC015C", CC015C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_06), Inner("Authorisation", "authorisation", 0, 9, L_AUTHORISATION_01),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("CustomsOfficeOfTransitDeclared", "customs_office_of_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04),
    Inner("CustomsOfficeOfExitForTransitDeclared", "customs_office_of_exit_for_transit_declared", 0, 9, L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_14),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_05), Inner("Guarantee", "guarantee", 1, 9, L_GUARANTEE_01),
    Inner("Consignment", "consignment", 1, 1, L_CONSIGNMENT_20),
))

_L_CC015C_0 = body(L_CC015C, 0, 7)
_L_CC015C_1 = body(L_CC015C, 8, 10)
_L_CC015C_2 = body(L_CC015C, 12, 14)

def read_cc015c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC015C, int]:
    found = _L_CC015C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16 = found.groups()
    at = found.end()
    authorisation: tuple[Authorisation, ...] = ()
    if starts("<Authorisation>", at): authorisation, at = many(read_authorisation_01, "<Authorisation>", 9, text, starts, at)
    found = _L_CC015C_1(text, at)
    if found is None: raise Unusual
    v17, v18 = found.groups()
    at = found.end()
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfTransitDeclared>", at): customs_office_of_transit_declared, at = many(read_customs_office_of_transit_declared_04, "<CustomsOfficeOfTransitDeclared>", 9, text, starts, at)
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    if starts("<CustomsOfficeOfExitForTransitDeclared>", at): customs_office_of_exit_for_transit_declared, at = many(read_customs_office_of_exit_for_transit_declared_02, "<CustomsOfficeOfExitForTransitDeclared>", 9, text, starts, at)
    found = _L_CC015C_2(text, at)
    if found is None: raise Unusual
    v19, v20, v21, v22, v23, v24, v25, v26, v27, v28, v29, v30, v31, v32, v33 = found.groups()
    at = found.end()
    guarantee, at = many(read_guarantee_01, "<Guarantee>", 9, text, starts, at)
    consignment, at = read_consignment_20(text, starts, at)
    return CC015C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation06(lrn=v6, declaration_type=v7, additional_declaration_type=v8, tir_carnet_number=v9, presentation_of_the_goods_date_and_time=None if v10 is None else datetime.datetime.fromisoformat(v10), security=v11, reduced_dataset_indicator=v12 == "1", specific_circumstance_indicator=v13, communication_language_at_departure=v14, binding_itinerary=v15 == "1", limit_date=None if v16 is None else datetime.date.fromisoformat(v16)), authorisation=authorisation, customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v17), customs_office_of_destination_declared=CustomsOfficeOfDestinationDeclared(reference_number=v18), customs_office_of_transit_declared=customs_office_of_transit_declared, customs_office_of_exit_for_transit_declared=customs_office_of_exit_for_transit_declared, holder_of_the_transit_procedure=HolderOfTheTransitProcedure02(identification_number=v19, tir_holder_identification_number=v20, name=v21, address=None if v22 is None else Address02(street_and_number=v22, postcode=v23, city=v24, country=v25), contact_person=None if v26 is None else ContactPerson(name=v26, phone_number=v27, e_mail_address=v28)), representative=None if v29 is None else Representative02(identification_number=v29, status=v30, contact_person=None if v31 is None else ContactPerson(name=v31, phone_number=v32, e_mail_address=v33)), guarantee=guarantee, consignment=consignment, phase_id=phase), at
