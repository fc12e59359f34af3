"""Layouts and readers of cc229c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc229c import CC229C, GuaranteeReference11
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor02
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_16
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX70, DATE_TIME_TYPE, DATE_TYPE, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, TINTYPE_RELAXED

L_GUARANTOR_04 = Layout("Guarantor", Guarantor02, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_16),
))
L_GUARANTEE_REFERENCE_11 = Layout("GuaranteeReference", GuaranteeReference11, (
    Leaf("GRN", "grn", True, GRNTYPE), Leaf("invalidityDate", "invalidity_date", True, DATE_TYPE),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
))
L_CC229C = Layout("CC229C", CC229C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Guarantor", "guarantor", 1, 1, L_GUARANTOR_04),
    Inner("GuaranteeReference", "guarantee_reference", 1, 1, L_GUARANTEE_REFERENCE_11),
))

_L_CC229C_0 = body(L_CC229C, 0, 8)

def read_cc229c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC229C, int]:
    found = _L_CC229C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    return CC229C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, guarantor=Guarantor02(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), guarantee_reference=GuaranteeReference11(grn=v12, invalidity_date=datetime.date.fromisoformat(v13), customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v14)), phase_id=phase), at
