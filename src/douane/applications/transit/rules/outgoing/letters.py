"""Rules of what traders are told (C, R)."""

from __future__ import annotations

from typing import Any

from douane.applications.transit.rules.places import Found
from douane.author import broken, missing, not_allowed, rule
from douane.standards.ncts.phase5 import (
    CC004C,
    CC009C,
    CC025C,
    CC028C,
    CC037C,
    CC043C,
    CC056C,
    CC057C,
    CC060C,
    CC225C,
    CC228C,
    CC231C,
)

_GRN = 17
"""Characters of a GRN that names no voucher."""


@rule("C0027", CC043C, text="Say what was declared in the first permission; a later one counts alone.")
def c0027(m: CC043C, *_: object) -> Found:
    told = {
        "HolderOfTheTransitProcedure": m.holder_of_the_transit_procedure,
        "Consignment": m.consignment,
        "TransitOperation/declarationType": m.transit_operation.declaration_type,
        "TransitOperation/declarationAcceptanceDate": m.transit_operation.declaration_acceptance_date,
    }
    for place, value in told.items():
        if m.ctl_control is not None and value is not None:
            yield not_allowed(f"/CC043C/{place}")
        if m.ctl_control is None and value is None:
            yield missing(f"/CC043C/{place}")


@rule("C0128", CC009C, text="Tell a trader the decision about an invalidation.")
def c0128(m: CC009C, *_: object) -> Found:
    if m.invalidation.decision is None:
        yield missing("/CC009C/Invalidation/decision")


@rule("C0129", CC009C, text="Say when an invalidation was requested, unless customs began it.")
def c0129(m: CC009C, *_: object) -> Found:
    asked = m.invalidation.request_date_and_time
    if m.invalidation.initiated_by_customs and asked is not None:
        yield not_allowed("/CC009C/Invalidation/requestDateAndTime", asked)
    if not m.invalidation.initiated_by_customs and asked is None:
        yield missing("/CC009C/Invalidation/requestDateAndTime")


@rule("C0870", CC009C, text="Say when it was decided.")
def c0870(m: CC009C, *_: object) -> Found:
    if m.invalidation.decision_date_and_time is None:
        yield missing("/CC009C/Invalidation/decisionDateAndTime")


@rule("C0352", CC025C, text="Describe the goods of a release in part; of the others say nothing.")
def c0352(m: CC025C, *_: object) -> Found:
    if (m.transit_operation.release_indicator in ("2", "3")) != (m.consignment is not None):
        yield (not_allowed if m.consignment is not None else missing)("/CC025C/Consignment")


@rule("C0451", CC060C, text="Say in words which other control there is.")
def c0451(m: CC060C, *_: object) -> Found:
    for n, each in enumerate(m.type_of_controls, 1):
        if each.type == "50" and not each.text:
            yield missing(f"/CC060C/TypeOfControls[{n}]/text")


@rule("C0452", CC060C, text="Name the controls that are decided; of those that are intended say nothing.")
def c0452(m: CC060C, *_: object) -> Found:
    decided = m.transit_operation.notification_type == "0"
    if decided != bool(m.type_of_controls):
        yield (missing if decided else not_allowed)("/CC060C/TypeOfControls")


@rule("C0467", CC004C, CC009C, CC056C, text="Name a declaration by its MRN once it has one, else by its LRN.")
def c0467(m: CC004C | CC009C | CC056C, *_: object) -> Found:
    operation = m.transit_operation
    if bool(operation.mrn) == bool(operation.lrn):
        yield (not_allowed if operation.mrn else missing)(f"/{type(m).__name__}/TransitOperation/LRN")


@rule("C0685", CC060C, text="Name a declaration by its MRN once it has one, else by its LRN.")
def c0685(m: CC060C, *_: object) -> Found:
    if bool(m.transit_operation.mrn) == bool(m.transit_operation.lrn):
        yield (not_allowed if m.transit_operation.mrn else missing)("/CC060C/TransitOperation/LRN")


@rule("C0492", CC056C, CC057C, text="Say why a message is rejected for another reason.")
def c0492(m: CC056C | CC057C, *_: object) -> Found:
    if m.transit_operation.rejection_code == "4" and not m.transit_operation.rejection_reason:
        yield missing(f"/{type(m).__name__}/TransitOperation/rejectionReason")


@rule("C0137", CC009C, text="Justify an invalidation to customs.")
def c0137(m: CC009C, *_: object) -> Found:
    if m.message_recipient[:3] == "NTA" and not m.invalidation.justification:
        yield missing("/CC009C/Invalidation/justification")


@rule("C0455", CC060C, text="Name the documents that are wanted where that is what is told.")
def c0455(m: CC060C, *_: object) -> Found:
    kind = m.transit_operation.notification_type
    if kind == "1" and not m.requested_document:
        yield missing("/CC060C/RequestedDocument")
    if kind not in ("0", "1") and m.requested_document:
        yield not_allowed("/CC060C/RequestedDocument")


@rule("R0410", CC028C, text="Say in the MRN whether there are data of security: L, K, M or J before the check digit.")
def r0410(m: CC028C, *_: object) -> Found:
    """Which of them, the declaration says; the series gives it (rules/mrn_series.py)."""
    if m.transit_operation.mrn[16:17] not in ("J", "K", "L", "M"):
        yield broken("/CC028C/TransitOperation/MRN", m.transit_operation.mrn)


# --- guarantees


@rule("R0263", CC037C, text="Ask of a period the usage of guarantees that are used more than once.")
def r0263(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        asked = each.guarantee_query
        of_usage = each.guarantee_type in ("0", "1", "9") and asked.query_identifier in ("1", "3")
        if (asked.period_from_date or asked.period_to_date) and not of_usage:
            yield not_allowed(f"/CC037C/GuaranteeReference[{n}]/GuaranteeQuery/periodFromDate")


@rule("R0705", CC037C, text="Let a period end after it begins.")
def r0705(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        since, until = each.guarantee_query.period_from_date, each.guarantee_query.period_to_date
        if since is not None and until is not None and until <= since:
            yield broken(f"/CC037C/GuaranteeReference[{n}]/GuaranteeQuery/periodToDate", until)


@rule("C0232", CC037C, text="Give the amount of a voucher for a TIR carnet, and of no other.")
def c0232(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        voucher, place = (
            each.individual_guarantee_voucher,
            f"/CC037C/GuaranteeReference[{n}]/IndividualGuaranteeVoucher",
        )
        if voucher is None:
            continue
        for tag, value in (("voucherAmount", voucher.voucher_amount), ("currency", voucher.currency)):
            if voucher.tir_carnet != (value is not None):
                yield (missing if voucher.tir_carnet else not_allowed)(f"{place}/{tag}")


@rule("C0817", CC037C, text="Tell usage where it is asked for.")
def c0817(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        if each.guarantee_query.query_identifier in ("2", "4") and each.usage:
            yield not_allowed(f"/CC037C/GuaranteeReference[{n}]/Usage")


@rule("C0285", CC037C, text="Tell the exposure where it is asked for, of what is used more than once.")
def c0285(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        none = each.guarantee_query.query_identifier in ("1", "4") or each.guarantee_type == "4"
        if none == (each.exposure is not None):
            yield (not_allowed if none else missing)(f"/CC037C/GuaranteeReference[{n}]/Exposure")


@rule("C0286", CC037C, text="Tell the balance of a monitored guarantee.")
def c0286(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        monitored = each.guarantee_monitoring_code == "3"
        if each.exposure is not None and monitored != (each.exposure.balance is not None):
            yield (missing if monitored else not_allowed)(f"/CC037C/GuaranteeReference[{n}]/Exposure/balance")


@rule("C0234", CC037C, text="Name the guarantor of an undertaking.")
def c0234(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        undertaken = each.guarantee_type in ("1", "2", "4", "9")
        if undertaken != (each.guarantor is not None):
            yield (missing if undertaken else not_allowed)(f"/CC037C/GuaranteeReference[{n}]/Guarantor")


@rule("C0270", CC037C, text="Name the owner where that is asked for.")
def c0270(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        asked = each.guarantee_query.query_identifier == "4"
        if asked != (each.owner is not None):
            yield (missing if asked else not_allowed)(f"/CC037C/GuaranteeReference[{n}]/Owner")


@rule("C0280", CC037C, text="Tell the terms of the guarantee in the one group of its kind.")
def c0280(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        groups = (
            each.comprehensive_guarantee,
            each.individual_guarantee_by_guarantor,
            each.individual_guarantee_voucher,
        )
        told = sum(group is not None for group in groups)
        wanted = 0 if each.guarantee_query.query_identifier == "4" else 1
        if told != wanted:
            yield (missing if told < wanted else not_allowed)(f"/CC037C/GuaranteeReference[{n}]")


@rule("C0231", CC037C, text="Say when goods arrived, and the reference amount, where the guarantee has one.")
def c0231(m: CC037C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        has, place = each.guarantee_type in ("0", "1"), f"/CC037C/GuaranteeReference[{n}]"
        for k, usage in enumerate(each.usage, 1):
            if has != (usage.arrival_date_and_time is not None):
                yield (missing if has else not_allowed)(f"{place}/Usage[{k}]/arrivalDateAndTime")
        terms = each.comprehensive_guarantee
        if terms is not None and has != (terms.reference_amount is not None):
            yield (missing if has else not_allowed)(f"{place}/ComprehensiveGuarantee/referenceAmount")


@rule("C0260", CC225C, text="Give one date: from when it is valid, or until when.")
def c0260(m: CC225C, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        if each.validity_date is not None and each.invalidity_date is not None:
            yield not_allowed(f"/CC225C/GuaranteeReference[{n}]/invalidityDate", each.invalidity_date)


@rule("R0324", CC225C, CC228C, text="Name a guarantee that is no voucher by its 17 characters.")
def r0324(m: Any, *_: object) -> Found:
    for n, each in enumerate(m.guarantee_reference, 1):
        if len(each.grn) != _GRN:
            yield not_allowed(f"/{type(m).__name__}/GuaranteeReference[{n}]/GRN", each.grn)


@rule("R0324", CC231C, text="Name a guarantee that is no voucher by its 17 characters.")
def r0324_cancelled(m: CC231C, *_: object) -> Found:
    if len(m.guarantee_reference.grn) != _GRN:
        yield not_allowed("/CC231C/GuaranteeReference/GRN", m.guarantee_reference.grn)
