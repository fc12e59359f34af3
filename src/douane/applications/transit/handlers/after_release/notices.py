"""What the office of departure sends after the release: to other offices, to the holder, to the guarantor."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.transit.handlers import exchanges
from douane.applications.transit.handlers.envelopes import head, now, office_of
from douane.applications.transit.handlers.replies import accepted, holder, office
from douane.applications.transit.records.claims import ClaimOnGuarantor
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.time_limits import ANSWER, REPLY
from douane.author.run import Work
from douane.standards.ncts import phase5 as p5

RESULTS_ASKED = "The control results are requested (IA art. 310(1))."
PROOF_INVITED = (
    "The TIR operation could not be discharged. Give proof of its termination, if you can (IA art. 280(7), 281). "
    "This is no notification under Article 11(1) of the TIR Convention."
)
OTHER_INFORMATION = "50"
"""Information that is said in words (CL119, C0320)."""


def destination_of(case: Departure) -> str:
    """The office of destination where the goods are, else the declared one."""
    return case.arrived_at or case.destination


def enquiry(work: Work, case: Departure, text: str = "") -> p5.CD142C:
    """IE142: has the movement reached you, what did you find? It is to be answered within 28 days."""
    at = destination_of(case)
    return p5.CD142C(
        **head(work, p5.CD142C, office_of(at)),
        transit_operation=p5.TransitOperation43(mrn=case.mrn),
        customs_office_of_departure=office(case),
        customs_office_of_request=p5.CustomsOfficeOfRequest01(reference_number=at),
        customs_office_of_enquiry_at_departure=p5.CustomsOfficeOfEnquiryAtDeparture02(reference_number=case.office),
        enquiry=p5.Enquiry02(
            date=work.today(case.office),
            text=text or None,
            limit_for_the_enquiry_response_date=work.limit(REPLY, at).last_day,
        ),
    )


def not_arrived(work: Work, case: Departure) -> p5.CC140C:
    """IE140: the holder is asked where the goods are, and has 28 days."""
    return p5.CC140C(
        **head(work, p5.CC140C, case.declarant, case.message),
        transit_operation=p5.TransitOperation23(
            mrn=case.mrn,
            request_on_non_arrived_movement_date=work.today(case.office),
            limit_for_response_date=work.limit(ANSWER, case.office).last_day,
        ),
        customs_office_of_departure=office(case),
        customs_office_of_enquiry_at_departure=p5.CustomsOfficeOfEnquiryAtDeparture01(reference_number=case.office),
        holder_of_the_transit_procedure=holder(work),
    )


def information(work: Work, case: Departure, text: str) -> p5.CD144C:
    """IE144: what the holder said, for the office involved, which is asked once more."""
    return p5.CD144C(
        **head(work, p5.CD144C, office_of(destination_of(case))),
        transit_operation=p5.TransitOperation43(mrn=case.mrn),
        competent_customs_office_at_departure=p5.CompetentCustomsOfficeAtDeparture(reference_number=case.office),
        competent_customs_office_at_destination=p5.CompetentCustomsOfficeAtDestination(
            reference_number=destination_of(case)
        ),
        enquiry=p5.Enquiry04(enquiry_request_date=_begun(work, case), information_available_from_trader=True),
        response_information=(
            p5.ResponseInformation(sequence_number=1, information_code=OTHER_INFORMATION, text=text),
        ),
    )


def _begun(work: Work, case: Departure) -> dt.date:
    return case.enquired_on or work.today(case.office)


def enquiry_cancelled(work: Work, case: Departure, text: str) -> p5.CD059C:
    """IE059: the enquiry is over, destination need not look any more."""
    at = destination_of(case)
    return p5.CD059C(
        **head(work, p5.CD059C, office_of(at)),
        transit_operation=p5.TransitOperation35(
            mrn=case.mrn,
            cancel_enquiry_notification_date_and_time=now(work),
            cancel_enquiry_notification_text=text or None,
        ),
        customs_office_of_departure=office(case),
        customs_office_of_request=p5.CustomsOfficeOfRequest01(reference_number=at),
    )


def debt(work: Work, case: Departure) -> p5.CC035C:
    """IE035: the duty on the goods is claimed from the holder (UCC art. 102)."""
    assert case.duty is not None
    return p5.CC035C(
        **head(work, p5.CC035C, case.declarant, case.message),
        transit_operation=p5.TransitOperation48(mrn=case.mrn, declaration_acceptance_date=accepted(work, case)),
        recovery_notification=p5.RecoveryNotification(
            recovery_notification_date=work.today(case.office),
            recovery_notification_text=case.remarks or None,
            amount_claimed=case.duty,
            currency="EUR",
        ),
        customs_office_of_departure=office(case),
        customs_office_of_recovery_at_departure=_recovering(case),
        holder_of_the_transit_procedure=holder(work),
        guarantor=p5.Guarantor06(identification_number=case.guarantor) if case.guarantor else None,
    )


def _recovering(case: Departure) -> p5.CustomsOfficeOfRecoveryAtDeparture01:
    return p5.CustomsOfficeOfRecoveryAtDeparture01(reference_number=case.office)


def guarantor_told(work: Work, case: Departure, text: str) -> p5.CC023C:
    """IE023: the guarantor is told that the procedure was not discharged, or that he is to pay (DA art. 85)."""
    return p5.CC023C(
        **head(work, p5.CC023C, case.guarantor),
        transit_operation=p5.TransitOperation48(mrn=case.mrn, declaration_acceptance_date=accepted(work, case)),
        customs_office_of_departure=office(case),
        customs_office_of_recovery_at_departure=_recovering(case),
        holder_of_the_transit_procedure=holder(work),
        guarantor=p5.Guarantor06(identification_number=case.guarantor),
        guarantor_notification=p5.GuarantorNotification(
            guarantor_notification_date=work.today(case.office), guarantor_notification_text=text
        ),
    )


def tell_guarantor(work: Work, case: Departure, text: str) -> None:
    """Send it to the guarantor, and keep it where he finds it: in the movement itself he has no part."""
    work.send(guarantor_told(work, case, text), case.guarantor)
    kept = ClaimOnGuarantor(case.guarantor, case.mrn, case.holder, case.office, work.now, text)
    work.put(kept, work.now.to_bytes(8, "big"))


def invite_association(work: Work, case: Departure) -> None:
    """IE023 to the association that stands for a TIR carnet: can it prove that the operation was terminated? It is no
    notification under the TIR Convention (IA art. 280(7))."""
    tell_guarantor(work, replace(case, guarantor=case.association), PROOF_INVITED)


def recovery_told(work: Work, case: Departure, country: str) -> p5.CD063C:
    """IE063: the offices of an administration are told that the duty is being recovered, all by one (G0170)."""
    transits = tuple(
        p5.CustomsOfficeOfTransitDeclared03(sequence_number=n, reference_number=each)
        for n, each in enumerate(case.transits, 1)
    )
    return p5.CD063C(
        **head(work, p5.CD063C, office_of(country)),
        transit_operation=p5.TransitOperation17(mrn=case.mrn, recovery_communication_date=work.today(case.office)),
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number=case.destination),
        customs_office_of_destination_actual=(
            p5.CustomsOfficeOfDestinationActual(reference_number=case.arrived_at) if case.arrived_at else None
        ),
        customs_office_of_transit_declared=transits,
        customs_office_of_exit_for_transit_declared=exchanges.exits_ahead(work, case, country),
        customs_office_of_recovery_at_departure=_recovering(case),
    )


def transfer(work: Work, case: Departure) -> p5.CD150C:
    """IE150: another authority is asked to recover, with evidence and guarantees (IA art. 311(1), C0004)."""
    return p5.CD150C(
        **head(work, p5.CD150C, office_of(case.authority)),
        transit_operation=p5.TransitOperation43(mrn=case.mrn),
        customs_office_of_recovery_requesting=p5.CustomsOfficeOfRecoveryRequesting02(reference_number=case.office),
        customs_office_of_recovery_requested=p5.CustomsOfficeOfRecoveryRequested01(reference_number=case.authority),
        recovery=p5.Recovery01(recovery_communication_date=work.today(case.office), text=case.remarks),
        guarantee_reference=tuple(
            p5.GuaranteeReference13(sequence_number=n, grn=use.grn) for n, use in enumerate(case.guarantees, 1)
        ),
    )
