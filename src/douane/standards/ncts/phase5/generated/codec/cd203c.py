"""Layouts and readers of cd203c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cd203c import CD203C
from douane.standards.ncts.phase5.generated.consignment import Consignment21
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation48
from douane.standards.ncts.phase5.generated.codec.consignment import L_CONSIGNMENT_21, read_consignment_21
from douane.standards.ncts.phase5.generated.codec.country_involved import L_COUNTRY_INVOLVED, read_country_involved
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_declared import L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01
from douane.standards.ncts.phase5.generated.codec.guarantee import L_GUARANTEE_06, read_guarantee_06
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01
from douane.standards.ncts.phase5.generated.codec.transit_operation import L_TRANSIT_OPERATION_48
from douane.standards.ncts.phase5.generated.codec.kinds import DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01

L_CD203C = Layout("CD203C", CD203C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_48),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared", 0, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_DECLARED_01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01),
    Inner("CountryInvolved", "country_involved", 1, 99, L_COUNTRY_INVOLVED), Inner("Guarantee", "guarantee", 1, 9, L_GUARANTEE_06),
    Inner("Consignment", "consignment", 0, 1, L_CONSIGNMENT_21),
))

_L_CD203C_0 = body(L_CD203C, 0, 10)

def read_cd203c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CD203C, int]:
    found = _L_CD203C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    country_involved, at = many(read_country_involved, "<CountryInvolved>", 99, text, starts, at)
    guarantee, at = many(read_guarantee_06, "<Guarantee>", 9, text, starts, at)
    consignment: Consignment21 | None = None
    if starts("<Consignment>", at): consignment, at = read_consignment_21(text, starts, at)
    return CD203C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation48(mrn=v6, declaration_acceptance_date=datetime.date.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), customs_office_of_destination_declared=None if v9 is None else CustomsOfficeOfDestinationDeclared(reference_number=v9), holder_of_the_transit_procedure=HolderOfTheTransitProcedure01(identification_number=v10), country_involved=country_involved, guarantee=guarantee, consignment=consignment, phase_id=phase), at
