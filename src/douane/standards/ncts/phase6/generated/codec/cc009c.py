"""Layouts and readers of cc009c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc009c import CC009C
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02
from douane.standards.ncts.phase6.generated.invalidation import Invalidation
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation03
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_13
from douane.standards.ncts.phase6.generated.codec.transit_operation import L_TRANSIT_OPERATION_03
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, FLAG, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_INVALIDATION_01 = Layout("Invalidation", Invalidation, (
    Leaf("requestDateAndTime", "request_date_and_time", False, DATE_TIME_TYPE),
    Leaf("decisionDateAndTime", "decision_date_and_time", False, DATE_TIME_TYPE), Leaf("decision", "decision", False, FLAG),
    Leaf("initiatedByCustoms", "initiated_by_customs", True, FLAG), Leaf("justification", "justification", False, ALPHA_NUMERIC_MAX512),
))
L_CC009C = Layout("CC009C", CC009C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_03), Inner("Invalidation", "invalidation", 1, 1, L_INVALIDATION_01),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_13),
))

_L_CC009C_0 = body(L_CC009C, 0, 10)

def read_cc009c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC009C, int]:
    found = _L_CC009C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23 = found.groups()
    at = found.end()
    return CC009C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation03(lrn=v6, mrn=v7), invalidation=Invalidation(request_date_and_time=None if v8 is None else datetime.datetime.fromisoformat(v8), decision_date_and_time=None if v9 is None else datetime.datetime.fromisoformat(v9), decision=None if v10 is None else v10 == "1", initiated_by_customs=v11 == "1", justification=v12), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v13), holder_of_the_transit_procedure=HolderOfTheTransitProcedure02(identification_number=v14, tir_holder_identification_number=v15, name=v16, address=None if v17 is None else Address02(street_and_number=v17, postcode=v18, city=v19, country=v20), contact_person=None if v21 is None else ContactPerson(name=v21, phone_number=v22, e_mail_address=v23)), phase_id=phase), at
