"""Structs and writers of cc015c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.authorisation import Authorisation, write_authorisation
from douane.standards.ncts.phase6.generated.consignment import Consignment20, write_consignment20
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.customs_office_of_destination_declared import CustomsOfficeOfDestinationDeclared, write_customs_office_of_destination_declared
from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared, write_customs_office_of_exit_for_transit_declared
from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared, write_customs_office_of_transit_declared
from douane.standards.ncts.phase6.generated.guarantee import Guarantee, write_guarantee
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure02, write_holder_of_the_transit_procedure02
from douane.standards.ncts.phase6.generated.representative import Representative02, write_representative02
from douane.standards.ncts.binding.writing import text

class TransitOperation06(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType06; in CC015C."""
    lrn: str
    declaration_type: str
    additional_declaration_type: str
    tir_carnet_number: str | None = None
    presentation_of_the_goods_date_and_time: datetime.datetime | None = None
    security: str
    reduced_dataset_indicator: bool
    specific_circumstance_indicator: str | None = None
    communication_language_at_departure: str | None = None
    binding_itinerary: bool
    limit_date: datetime.date | None = None

def write_transit_operation06(v: TransitOperation06) -> str:
    out = f'<LRN>{text(v.lrn)}</LRN><declarationType>{text(v.declaration_type)}</declarationType><additionalDeclarationType>{text(v.additional_declaration_type)}</additionalDeclarationType>'
    if (v3 := v.tir_carnet_number) is not None: out += f'<TIRCarnetNumber>{text(v3)}</TIRCarnetNumber>'
    if (v4 := v.presentation_of_the_goods_date_and_time) is not None: out += f'<presentationOfTheGoodsDateAndTime>{v4.isoformat(timespec="seconds")}</presentationOfTheGoodsDateAndTime>'
    out += f'<security>{text(v.security)}</security><reducedDatasetIndicator>{v.reduced_dataset_indicator:d}</reducedDatasetIndicator>'
    if (v7 := v.specific_circumstance_indicator) is not None: out += f'<specificCircumstanceIndicator>{text(v7)}</specificCircumstanceIndicator>'
    if (v8 := v.communication_language_at_departure) is not None: out += f'<communicationLanguageAtDeparture>{text(v8)}</communicationLanguageAtDeparture>'
    out += f'<bindingItinerary>{v.binding_itinerary:d}</bindingItinerary>'
    if (v10 := v.limit_date) is not None: out += f'<limitDate>{v10.isoformat()}</limitDate>'
    return out

class CC015C(Message, frozen=True, kw_only=True, gc=False):
    """IE015: Transit declaration."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation06
    authorisation: tuple[Authorisation, ...] = ()
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_declared: CustomsOfficeOfDestinationDeclared
    customs_office_of_transit_declared: tuple[CustomsOfficeOfTransitDeclared, ...] = ()
    customs_office_of_exit_for_transit_declared: tuple[CustomsOfficeOfExitForTransitDeclared, ...] = ()
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure02
    representative: Representative02 | None = None
    guarantee: tuple[Guarantee, ...]
    consignment: Consignment20

def write_cc015c(v: CC015C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation06(v.transit_operation)}</TransitOperation>'
    for v7 in v.authorisation: out += f'<Authorisation>{write_authorisation(v7)}</Authorisation>'
    out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationDeclared>{write_customs_office_of_destination_declared(v.customs_office_of_destination_declared)}</CustomsOfficeOfDestinationDeclared>'
    for v10 in v.customs_office_of_transit_declared: out += f'<CustomsOfficeOfTransitDeclared>{write_customs_office_of_transit_declared(v10)}</CustomsOfficeOfTransitDeclared>'
    for v11 in v.customs_office_of_exit_for_transit_declared: out += f'<CustomsOfficeOfExitForTransitDeclared>{write_customs_office_of_exit_for_transit_declared(v11)}</CustomsOfficeOfExitForTransitDeclared>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure02(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v13 := v.representative) is not None: out += f'<Representative>{write_representative02(v13)}</Representative>'
    for v14 in v.guarantee: out += f'<Guarantee>{write_guarantee(v14)}</Guarantee>'
    return out + f'<Consignment>{write_consignment20(v.consignment)}</Consignment>'
