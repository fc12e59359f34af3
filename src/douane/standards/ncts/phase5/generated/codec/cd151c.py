"""Layouts and readers of cd151c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd151c import CD151C, CustomsOfficeOfRecoveryRequested02, CustomsOfficeOfRecoveryRequesting01, Recovery02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference13
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.guarantee_reference import L_GUARANTEE_REFERENCE_13, read_guarantee_reference_13
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_44
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, COREF_NUM_TYPE, DATE_TIME_TYPE, DATE_TYPE, FLAG, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CUSTOMS_OFFICE_OF_RECOVERY_REQUESTING_01 = Layout("CustomsOfficeOfRecoveryRequesting", CustomsOfficeOfRecoveryRequesting01, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))
L_CUSTOMS_OFFICE_OF_RECOVERY_REQUESTED_02 = Layout("CustomsOfficeOfRecoveryRequested", CustomsOfficeOfRecoveryRequested02, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_RECOVERY_02 = Layout("Recovery", Recovery02, (
    Leaf("recoveryAcceptance", "recovery_acceptance", True, FLAG), Leaf("recoveryCommunicationDate", "recovery_communication_date", True, DATE_TYPE),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_CD151C = Layout("CD151C", CD151C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_44),
    Inner("CustomsOfficeOfRecoveryRequesting", "customs_office_of_recovery_requesting", 1, 1, L_CUSTOMS_OFFICE_OF_RECOVERY_REQUESTING_01),
    Inner("CustomsOfficeOfRecoveryRequested", "customs_office_of_recovery_requested", 1, 1, L_CUSTOMS_OFFICE_OF_RECOVERY_REQUESTED_02),
    Inner("Recovery", "recovery", 1, 1, L_RECOVERY_02), Inner("GuaranteeReference", "guarantee_reference", 0, 99, L_GUARANTEE_REFERENCE_13),
))

_L_CD151C_0 = body(L_CD151C, 0, 10)

def read_cd151c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD151C, int]:
    found = _L_CD151C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    guarantee_reference: tuple[GuaranteeReference13, ...] = ()
    if starts("<GuaranteeReference>", at): guarantee_reference, at = many(read_guarantee_reference_13, "<GuaranteeReference>", 99, text, starts, at)
    return CD151C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation43(mrn=v6), customs_office_of_recovery_requesting=CustomsOfficeOfRecoveryRequesting01(reference_number=v7), customs_office_of_recovery_requested=CustomsOfficeOfRecoveryRequested02(reference_number=v8, contact_person=None if v9 is None else ContactPerson01(name=v9, phone_number=v10, e_mail_address=v11)), recovery=Recovery02(recovery_acceptance=v12 == "1", recovery_communication_date=datetime.date.fromisoformat(v13), text=v14), guarantee_reference=guarantee_reference, phase_id=phase), at
