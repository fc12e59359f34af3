"""Structs and writers of cd203c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.consignment import Consignment21, write_consignment21
from douane.standards.ncts.phase5.generated.country_involved import CountryInvolved, write_country_involved
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase5.generated.guarantee import Guarantee06, write_guarantee06
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01, write_holder_of_the_transit_procedure01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation48, write_transit_operation48
from douane.standards.ncts.binding.writing import text

class CD203C(Message, frozen=True, kw_only=True, gc=False):
    """IE203: Guarantee to be used."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    country_involved: tuple[CountryInvolved, ...]
    guarantee: tuple[Guarantee06, ...]
    consignment: Consignment21 | None = None

def write_cd203c(v: CD203C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation48(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture>'
    if (v8 := v.customs_office_of_destination_declared) is not None: out += f'<CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v8)}</CustomsOfficeOfDestinationDeclared>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure01(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    for v10 in v.country_involved: out += f'<CountryInvolved>{write_country_involved(v10)}</CountryInvolved>'
    for v11 in v.guarantee: out += f'<Guarantee>{write_guarantee06(v11)}</Guarantee>'
    if (v12 := v.consignment) is not None: out += f'<Consignment>{write_consignment21(v12)}</Consignment>'
    return out
