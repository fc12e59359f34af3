"""Pairs for ``conditions_declaration`` and ``conditions_invalidation``."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import (
    MRN,
    amendment,
    arrival,
    invalidation_request,
    presentation,
    remarks,
)
from douane.applications.transit.tests.code_lists import DURING, LISTS, SmallLook
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

NORMAL = base.normal()
AMENDMENT = amendment()
NO_TRANSIT = replace(NORMAL, customs_office_of_transit_declared=())
INSIDE = edits.consignment(NO_TRANSIT, country_of_routing_of_consignment=())
"""From France to Austria through the Union alone."""
EXIT = (p5.CustomsOfficeOfExitForTransitDeclared(sequence_number=1, reference_number="IT262103"),)
MIXED = edits.operation(INSIDE, declaration_type="T")
ACR = (p5.Authorisation(sequence_number=1, type="C521", reference_number="FRACR2024000077"),)
LIMIT = dt.date(2025, 6, 9)
BY_VOUCHER = edits.guarantee(NORMAL, guarantee_type="3", guarantee_reference=())
ALL_CORRELATED = SmallLook(lists={**LISTS, "CL610": frozenset({"CC007C", "CC013C", "CC014C", "CC015C", "CC044C"})})
NONE_CORRELATED = SmallLook(lists={**LISTS, "CL385": frozenset({"CC014C", "CC015C", "CC170C"})})
TO_TRADER = replace(
    edits.inside(
        invalidation_request(), "invalidation", decision=True, decision_date_and_time=dt.datetime(2025, 6, 2, 12)
    ),
    message_sender="NTA.FR",
    message_recipient=base.TRADER,
)
AUTHORISED = KnownCase(declaration=replace(base.prelodged(), authorisation=ACR))
UNAUTHORISED = KnownCase(declaration=base.prelodged())
TIR_CASE = KnownCase(declaration=base.tir())


def dealt_with(message: edits.M, number: str | None) -> edits.M:
    """The message with a correlation identifier."""
    return replace(message, correlation_identifier=number)


PAIRS = (
    # TIR and T2SM never pass an office of transit.
    pair("C0030", base.tir(), edits.operation(NORMAL, declaration_type="TIR"),
         ("CustomsOfficeOfTransitDeclared[1]", "15"), ("CustomsOfficeOfTransitDeclared[2]", "15")),
    pair("C0030", edits.operation(INSIDE, declaration_type="T2SM"),
         edits.operation(INSIDE, declaration_type="T2"), ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", INSIDE, NO_TRANSIT, ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", edits.departing(edits.bound_for(INSIDE, "CH003701"), "CH001251"), edits.departing(INSIDE, "CH001251"),
         ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", INSIDE, edits.bound_for(INSIDE, "NO012801"), ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", INSIDE, edits.bound_for(INSIDE, "AD000001"), ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", INSIDE, replace(INSIDE, customs_office_of_exit_for_transit_declared=EXIT),
         ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", edits.item(MIXED, declaration_type="T1"), edits.item(MIXED, declaration_type="T2"),
         ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0030", AMENDMENT, replace(AMENDMENT, customs_office_of_transit_declared=()),
         ("CustomsOfficeOfTransitDeclared", "13")),
    pair("C0085", NORMAL, edits.guarantee(NORMAL, guarantee_reference=()), ("Guarantee[1]/GuaranteeReference", "13")),
    pair("C0085", edits.guarantee(NORMAL, guarantee_type="A", guarantee_reference=()),
         edits.guarantee(NORMAL, guarantee_type="A"), ("Guarantee[1]/GuaranteeReference", "15")),
    pair("C0086", NORMAL, edits.guarantee_reference(NORMAL, grn=None, access_code=None),
         ("Guarantee[1]/GuaranteeReference[1]/GRN", "13"), ("Guarantee[1]/GuaranteeReference[1]/accessCode", "13")),
    pair("C0086", edits.guarantee_reference(edits.guarantee(NORMAL, guarantee_type="3"), grn=None, access_code=None),
         edits.guarantee(NORMAL, guarantee_type="3"),
         ("Guarantee[1]/GuaranteeReference[1]/GRN", "15"), ("Guarantee[1]/GuaranteeReference[1]/accessCode", "15")),
    pair("C0101", replace(edits.operation(NORMAL, reduced_dataset_indicator=True), authorisation=ACR),
         edits.operation(NORMAL, reduced_dataset_indicator=True), ("Authorisation", "13")),
    pair("C0130", edits.guarantee(NORMAL, guarantee_type="8", other_guarantee_reference="Order 17"),
         edits.guarantee(NORMAL, guarantee_type="8"), ("Guarantee[1]/otherGuaranteeReference", "13")),
    pair("C0130", edits.guarantee(BY_VOUCHER, other_guarantee_reference="Cash 8"),
         edits.guarantee(NORMAL, other_guarantee_reference="Cash 8"), ("Guarantee[1]/otherGuaranteeReference", "15")),
    pair("C0130", BY_VOUCHER, edits.guarantee(AMENDMENT, guarantee_type=None, other_guarantee_reference="Cash 8"),
         ("Guarantee[1]/otherGuaranteeReference", "15")),
    pair("C0411", base.tir(), edits.operation(base.tir(), tir_carnet_number=None),
         ("TransitOperation/TIRCarnetNumber", "13")),
    pair("C0411", NORMAL, edits.operation(NORMAL, tir_carnet_number="XB75123456"),
         ("TransitOperation/TIRCarnetNumber", "15")),
    pair("C0467", AMENDMENT, edits.operation(AMENDMENT, lrn=base.LRN), ("TransitOperation/LRN", "15")),
    pair("C0467", edits.operation(invalidation_request(), mrn=None, lrn=base.LRN),
         edits.operation(invalidation_request(), mrn=None), ("TransitOperation/LRN", "13")),
    pair("C0467", AMENDMENT, edits.operation(AMENDMENT, mrn=None, lrn=base.LRN),
         ("TransitOperation/MRN", "13"), ("TransitOperation/LRN", "15"), case=KnownCase(accepted=True)),
    pair("C0467", edits.operation(AMENDMENT, mrn=None, lrn=base.LRN), edits.operation(AMENDMENT, mrn=MRN),
         ("TransitOperation/LRN", "13"), ("TransitOperation/MRN", "15"), case=KnownCase(accepted=False)),
    pair("C0511", dealt_with(arrival(), "FR1"), arrival(), ("correlationIdentifier", "13"), look=ALL_CORRELATED),
    pair("C0511", dealt_with(remarks(), "FR1"), remarks(), ("correlationIdentifier", "13"), look=ALL_CORRELATED),
    pair("C0511", dealt_with(NORMAL, "FR1"), NORMAL, ("correlationIdentifier", "13"), look=ALL_CORRELATED),
    pair("C0511", dealt_with(AMENDMENT, "FR1"), AMENDMENT, ("correlationIdentifier", "13"), look=ALL_CORRELATED),
    pair("C0511", invalidation_request(), dealt_with(invalidation_request(), "FR1"), ("correlationIdentifier", "15"),
         look=NONE_CORRELATED),
    pair("C0511", presentation(), dealt_with(presentation(), "FR1"), ("correlationIdentifier", "15"),
         look=NONE_CORRELATED),
    pair("C0587", edits.operation(replace(edits.bound_for(NORMAL, "GB000060"),
                                          customs_office_of_exit_for_transit_declared=EXIT,
                                          customs_office_of_transit_declared=edits.nth(
                                              NORMAL.customs_office_of_transit_declared, 2,
                                              reference_number="GB000060")), security="2"),
         edits.operation(replace(NORMAL, customs_office_of_exit_for_transit_declared=EXIT), security="2"),
         ("CustomsOfficeOfExitForTransitDeclared[1]", "15")),
    pair("C0587", NORMAL, replace(NORMAL, customs_office_of_exit_for_transit_declared=EXIT),
         ("CustomsOfficeOfExitForTransitDeclared[1]", "15")),
    pair("C0598", base.with_security(),
         replace(base.with_security(), customs_office_of_transit_declared=edits.nth(
             NORMAL.customs_office_of_transit_declared, 2, arrival_date_and_time_estimated=None)),
         ("CustomsOfficeOfTransitDeclared[2]/arrivalDateAndTimeEstimated", "13")),
    pair("C0839", replace(edits.operation(NORMAL, limit_date=LIMIT), authorisation=ACR),
         replace(NORMAL, authorisation=ACR), ("TransitOperation/limitDate", "13")),
    pair("C0839", replace(base.prelodged(), authorisation=ACR), edits.operation(NORMAL, limit_date=LIMIT),
         ("TransitOperation/limitDate", "15")),
    pair("C0840", edits.operation(presentation(), limit_date=LIMIT), presentation(),
         ("TransitOperation/limitDate", "13"), case=AUTHORISED),
    pair("C0840", presentation(), edits.operation(presentation(), limit_date=LIMIT),
         ("TransitOperation/limitDate", "15"), case=UNAUTHORISED),
    pair("C0904", base.tir(), edits.inside(base.tir(), "holder_of_the_transit_procedure",
                                           tir_holder_identification_number=None),
         ("HolderOfTheTransitProcedure/TIRHolderIdentificationNumber", "13"), look=DURING),
    pair("C0904", NORMAL, edits.inside(NORMAL, "holder_of_the_transit_procedure",
                                       tir_holder_identification_number="FRA/053/26041"),
         ("HolderOfTheTransitProcedure/TIRHolderIdentificationNumber", "15")),
    pair("C0904", edits.inside(invalidation_request(), "holder_of_the_transit_procedure",
                               tir_holder_identification_number="FRA/053/26041"), invalidation_request(),
         ("HolderOfTheTransitProcedure/TIRHolderIdentificationNumber", "13"), case=TIR_CASE),
    pair("C0904", presentation(), edits.inside(presentation(), "holder_of_the_transit_procedure",
                                               tir_holder_identification_number="FRA/053/26041"),
         ("HolderOfTheTransitProcedure/TIRHolderIdentificationNumber", "15"), case=UNAUTHORISED),
    # Invalidation: the trader asks, customs decides.
    pair("C0128", invalidation_request(), edits.inside(invalidation_request(), "invalidation", decision=True),
         ("Invalidation/decision", "15")),
    pair("C0128", TO_TRADER, edits.inside(TO_TRADER, "invalidation", decision=None), ("Invalidation/decision", "13")),
    pair("C0129", invalidation_request(),
         edits.inside(invalidation_request(), "invalidation", request_date_and_time=None),
         ("Invalidation/requestDateAndTime", "13")),
    pair("C0129", TO_TRADER, edits.inside(TO_TRADER, "invalidation", initiated_by_customs=True),
         ("Invalidation/requestDateAndTime", "15")),
    pair("C0137", invalidation_request(), edits.inside(invalidation_request(), "invalidation", justification=None),
         ("Invalidation/justification", "13")),
    pair("C0137", edits.inside(TO_TRADER, "invalidation", justification=None),
         edits.inside(invalidation_request(), "invalidation", justification=None),
         ("Invalidation/justification", "13")),
    pair("C0870", TO_TRADER, edits.inside(TO_TRADER, "invalidation", decision_date_and_time=None),
         ("Invalidation/decisionDateAndTime", "13")),
    pair("C0870", invalidation_request(),
         edits.inside(invalidation_request(), "invalidation", decision_date_and_time=dt.datetime(2025, 6, 2, 12)),
         ("Invalidation/decisionDateAndTime", "15")),
)  # fmt: skip
