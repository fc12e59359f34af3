"""What the office of departure tells the holder of the procedure."""

from __future__ import annotations

import datetime as dt

from douane.applications.transit.handlers.envelopes import clock, head, now
from douane.applications.transit.handlers.recast import recast
from douane.applications.transit.records.departure import Declaration, Departure
from douane.author import Fault
from douane.author.run import Work
from douane.standards.ncts import phase5 as p5

DECISION_TO_CONTROL, INTENTION_TO_CONTROL = "0", "2"  # CL384
FUNCTIONAL_ERRORS, OTHER_REASONS = "12", "4"  # CL226


def office(case: Departure) -> p5.CustomsOfficeOfDeparture:
    """The office of departure."""
    return p5.CustomsOfficeOfDeparture(reference_number=case.office)


def holder(work: Work) -> p5.HolderOfTheTransitProcedure08:
    """The holder as declared."""
    return recast(declared(work).holder_of_the_transit_procedure, p5.HolderOfTheTransitProcedure08)


def declared(work: Work) -> p5.CC015C:
    """The declaration as it stands."""
    kept = work.need(Declaration)
    content: p5.CC015C = kept.content or work.journalled(kept.position)
    return content


def acknowledgement(work: Work, case: Departure) -> p5.CC928C:
    """The declaration is here and breaks no rule."""
    return p5.CC928C(
        **head(work, p5.CC928C, case.declarant, case.message),
        transit_operation=p5.TransitOperation26(lrn=case.lrn),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=holder(work),
    )


def mrn_allocated(work: Work, case: Departure) -> p5.CC028C:
    """The declaration is accepted."""
    return p5.CC028C(
        **head(work, p5.CC028C, case.declarant, case.message),
        transit_operation=p5.TransitOperation11(
            lrn=case.lrn, mrn=case.mrn, declaration_acceptance_date=accepted(work, case)
        ),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=holder(work),
    )


def accepted(work: Work, case: Departure) -> dt.date:
    """The day of acceptance."""
    return case.accepted_on or work.today(case.office)


def control(work: Work, case: Departure, kind: str) -> p5.CC060C:
    """The goods will be controlled, or may be."""
    content = declared(work)
    named = {"mrn": case.mrn} if case.mrn else {"lrn": case.lrn}
    return p5.CC060C(
        **head(work, p5.CC060C, case.declarant, case.message),
        transit_operation=p5.TransitOperation22(
            **named, control_notification_date_and_time=now(work), notification_type=kind
        ),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=content.holder_of_the_transit_procedure,
        representative=content.representative,
        type_of_controls=tuple(
            p5.TypeOfControls(sequence_number=n, type=each) for n, each in enumerate(case.controls or ("10",), 1)
        )
        if kind == DECISION_TO_CONTROL
        else (),
    )


def guarantee_not_valid(work: Work, case: Departure) -> p5.CC055C:
    """Which guarantees do not cover, and why."""
    refused = [use for use in case.guarantees if use.state == "refused"]
    return p5.CC055C(
        **head(work, p5.CC055C, case.declarant, case.message),
        transit_operation=p5.TransitOperation48(mrn=case.mrn, declaration_acceptance_date=accepted(work, case)),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=recast(
            declared(work).holder_of_the_transit_procedure, p5.HolderOfTheTransitProcedure04
        ),
        guarantee_reference=tuple(
            p5.GuaranteeReference08(
                sequence_number=n,
                grn=use.grn,
                invalid_guarantee_reason=tuple(
                    p5.InvalidGuaranteeReason01(sequence_number=m, code=code) for m, code in enumerate(use.reasons, 1)
                ),
            )
            for n, use in enumerate(refused, 1)
        ),
    )


def no_release(work: Work, case: Departure, code: str, reason: str) -> p5.CC051C:
    """The goods are not released."""
    representative = declared(work).representative
    return p5.CC051C(
        **head(work, p5.CC051C, case.declarant, case.message),
        transit_operation=p5.TransitOperation18(
            mrn=case.mrn,
            declaration_submission_date_and_time=clock(case.submitted),
            no_release_motivation_code=code,
            no_release_motivation_text=reason,
        ),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=holder(work),
        representative=recast(representative, p5.Representative03) if representative else None,
    )


def amendment_accepted(work: Work, case: Departure) -> p5.CC004C:
    """The amendment replaces the declaration."""
    named = {"mrn": case.mrn} if case.mrn else {"lrn": case.lrn}
    return p5.CC004C(
        **head(work, p5.CC004C, case.declarant, case.message),
        transit_operation=p5.TransitOperation01(
            **named,
            amendment_submission_date_and_time=clock(work.row.received),
            amendment_acceptance_date_and_time=now(work),
        ),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=holder(work),
    )


def invalidated(work: Work, case: Departure, *, by_customs: bool, reason: str) -> p5.CC009C:
    """The declaration is invalidated."""
    named = {"mrn": case.mrn} if case.mrn else {"lrn": case.lrn}
    return p5.CC009C(
        **head(work, p5.CC009C, case.declarant, "" if by_customs else case.message),
        transit_operation=p5.TransitOperation03(**named),
        invalidation=p5.Invalidation01(
            request_date_and_time=None if by_customs else clock(work.row.received),
            decision_date_and_time=now(work),
            decision=True,
            initiated_by_customs=by_customs,
            justification=reason or None,
        ),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=declared(work).holder_of_the_transit_procedure,
    )


def release(work: Work, case: Departure) -> p5.CC029C:
    """The goods are released for transit."""
    content = declared(work)
    operation = recast(
        content.transit_operation,
        p5.TransitOperation12,
        mrn=case.mrn,
        declaration_acceptance_date=accepted(work, case),
        release_date=work.today(case.office),
    )
    result = p5.ControlResult02(
        code=case.control, date=limit(case), controlled_by=case.office, text=case.remarks or None
    )
    return recast(
        content,
        p5.CC029C,
        **head(work, p5.CC029C, case.declarant, case.message),
        transit_operation=operation,
        control_result=result,
    )


def limit(case: Departure) -> dt.date:
    """By when the goods are to be presented at destination: the date of the control result in every record of a release
    (G0127, IA art. 297)."""
    assert case.limit_date is not None  # set before anything of the release is told
    return case.limit_date


def guarantor(case: Departure) -> p5.Guarantor06 | None:
    """The association that stands for a TIR carnet: it is told by the notice that the operation is discharged."""
    return p5.Guarantor06(identification_number=case.association) if case.association else None


def written_off(work: Work, case: Departure, association: str = "") -> p5.CC045C:
    """The procedure is discharged: for the holder, or for the association that was told otherwise (IA art. 280(8))."""
    return p5.CC045C(
        **head(work, p5.CC045C, association or case.declarant, "" if association else case.message),
        transit_operation=p5.TransitOperation16(mrn=case.mrn, write_off_date=work.today(case.office)),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=holder(work),
        guarantor=guarantor(case),
    )


def discrepancies(work: Work, case: Departure) -> p5.CC019C:
    """The control at destination found something else than was declared."""
    return p5.CC019C(
        **head(work, p5.CC019C, case.declarant, case.message),
        transit_operation=p5.TransitOperation08(
            mrn=case.mrn,
            discrepancies_notification_date=work.today(case.office),
            discrepancies_notification_text=case.remarks or None,
        ),
        customs_office_of_departure=office(case),
        holder_of_the_transit_procedure=holder(work),
    )


Lodged = p5.CC015C | p5.CC013C | p5.CC014C | p5.CC170C | p5.CC141C


def rejection(work: Work, m: Lodged, faults: tuple[Fault, ...], mrn: str = "") -> p5.CC056C:
    """What is wrong with a trader's message, each fault with its place, rule and value."""
    at = m.customs_office_of_enquiry_at_departure if isinstance(m, p5.CC141C) else m.customs_office_of_departure
    lrn = getattr(m.transit_operation, "lrn", None)
    mrn = mrn or getattr(m.transit_operation, "mrn", None) or ""
    return _rejection(
        work,
        work.row.sender,
        m.message_identification,
        type(m).__name__[2:5],
        {"mrn": mrn} if mrn else {"lrn": lrn},
        at.reference_number,
        recast(m.holder_of_the_transit_procedure, p5.HolderOfTheTransitProcedure08),
        faults,
    )


def lapsed(work: Work, case: Departure) -> p5.CC056C:
    """The goods of a pre-lodged declaration were not presented in time."""
    reason = "The goods were not presented within the time limit (UCC art. 171)."
    return _rejection(
        work, case.declarant, case.message, "015", {"lrn": case.lrn}, case.office, holder(work), (), reason
    )


def _rejection(
    work: Work, recipient: str, correlation: str, business: str, named: dict[str, str | None], at: str,
    holder: p5.HolderOfTheTransitProcedure08, faults: tuple[Fault, ...], reason: str = "",
) -> p5.CC056C:  # fmt: skip
    return p5.CC056C(
        **head(work, p5.CC056C, recipient, correlation),
        transit_operation=p5.TransitOperation20(
            **named,
            business_rejection_type=business,
            rejection_date_and_time=now(work),
            rejection_code=FUNCTIONAL_ERRORS if faults else OTHER_REASONS,
            rejection_reason=reason or faults[0].remedy[:512],
        ),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=at),
        holder_of_the_transit_procedure=holder,
        functional_error=functional_errors(faults),
    )


def functional_errors(faults: tuple[Fault, ...]) -> tuple[p5.FunctionalError02, ...]:
    """Faults as CC056C and CC057C carry them; where no published rule is broken the reason is ``N/A``."""
    return tuple(
        p5.FunctionalError02(
            error_pointer=fault.pointer or "/",
            error_code=fault.code,
            error_reason=fault.rule or "N/A",
            original_attribute_value=fault.value or None,
        )
        for fault in faults[:9999]
    )
