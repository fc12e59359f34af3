"""Layouts and readers of cc026c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc026c import AccessCode01, CC026C, GuaranteeReference05
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_07
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX4_NO_SPACES, DATE_TIME_TYPE, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_HOLDER_OF_THE_TRANSIT_PROCEDURE_04 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure04, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_07),
))
L_ACCESS_CODE_01 = Layout("AccessCode", AccessCode01, (
    Leaf("accessCodeCurrent", "access_code_current", False, ALPHA_NUMERIC_MAX4_NO_SPACES),
    Leaf("accessCodeNew", "access_code_new", False, ALPHA_NUMERIC_MAX4_NO_SPACES),
))
L_GUARANTEE_REFERENCE_05 = Layout("GuaranteeReference", GuaranteeReference05, (
    Leaf("GRN", "grn", True, GRNTYPE), Leaf("masterAccessCode", "master_access_code", True, ALPHA_NUMERIC_MAX4_NO_SPACES),
    Inner("AccessCode", "access_code", 1, 1, L_ACCESS_CODE_01),
))
L_CC026C = Layout("CC026C", CC026C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_04),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
    Inner("GuaranteeReference", "guarantee_reference", 1, 1, L_GUARANTEE_REFERENCE_05),
))

_L_CC026C_0 = body(L_CC026C, 0, 9)

def read_cc026c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC026C, int]:
    found = _L_CC026C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16 = found.groups()
    at = found.end()
    return CC026C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, holder_of_the_transit_procedure=HolderOfTheTransitProcedure04(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v12), guarantee_reference=GuaranteeReference05(grn=v13, master_access_code=v14, access_code=AccessCode01(access_code_current=v15, access_code_new=v16)), phase_id=phase), at
