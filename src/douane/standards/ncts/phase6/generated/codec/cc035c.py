"""Layouts and readers of cc035c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc035c import CC035C, RecoveryNotification
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture
from douane.standards.ncts.phase6.generated.guarantor import Guarantor06
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation48
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.customs_office_of_recovery_at_departure import L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01
from douane.standards.ncts.phase6.generated.codec.guarantor import L_GUARANTOR_06
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase6.generated.codec.transit_operation import L_TRANSIT_OPERATION_48
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, CURRENCY_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITH_ZERO_16_2, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_RECOVERY_NOTIFICATION = Layout("RecoveryNotification", RecoveryNotification, (
    Leaf("recoveryNotificationDate", "recovery_notification_date", False, DATE_TYPE),
    Leaf("recoveryNotificationText", "recovery_notification_text", False, ALPHA_NUMERIC_MAX512),
    Leaf("amountClaimed", "amount_claimed", True, DECIMAL_WITH_ZERO_16_2), Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
))
L_CC035C = Layout("CC035C", CC035C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_48),
    Inner("RecoveryNotification", "recovery_notification", 1, 1, L_RECOVERY_NOTIFICATION),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfRecoveryAtDeparture", "customs_office_of_recovery_at_departure", 1, 1, L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
    Inner("Guarantor", "guarantor", 0, 1, L_GUARANTOR_06),
))

_L_CC035C_0 = body(L_CC035C, 0, 12)

def read_cc035c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC035C, int]:
    found = _L_CC035C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27 = found.groups()
    at = found.end()
    return CC035C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation48(mrn=v6, declaration_acceptance_date=datetime.date.fromisoformat(v7)), recovery_notification=RecoveryNotification(recovery_notification_date=None if v8 is None else datetime.date.fromisoformat(v8), recovery_notification_text=v9, amount_claimed=Decimal(v10), currency=v11), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v12), customs_office_of_recovery_at_departure=CustomsOfficeOfRecoveryAtDeparture(reference_number=v13), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v14, tir_holder_identification_number=v15, name=v16, address=None if v17 is None else Address02(street_and_number=v17, postcode=v18, city=v19, country=v20)), guarantor=None if v21 is None else Guarantor06(identification_number=v22, name=v23, address=None if v24 is None else Address02(street_and_number=v24, postcode=v25, city=v26, country=v27)), phase_id=phase), at
