"""What systems of other administrations answer, which are played by the simulator: guarantee and transit."""

from __future__ import annotations

from douane.simulator.messages.declarations import PHASE
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5


def guarantee_reserved(numbers: Numbers, asked: p5.CD203C) -> p5.CD205C:
    """The guarantee covers the movement, and its amount is reserved: no reason against it (IE205)."""
    return p5.CD205C(
        message_sender=asked.message_recipient,
        message_recipient=asked.message_sender,
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("GUA"),
        message_type="CD205C",
        correlation_identifier=asked.message_identification,
        transit_operation=p5.TransitOperation43(mrn=asked.transit_operation.mrn),
        customs_office_of_departure=asked.customs_office_of_departure,
        holder_of_the_transit_procedure=asked.holder_of_the_transit_procedure,
        guarantee=tuple(
            p5.Guarantee07(
                sequence_number=each.sequence_number,
                guarantee_type=each.guarantee_type,
                guarantee_reference=tuple(
                    p5.GuaranteeReference14(
                        sequence_number=one.sequence_number,
                        grn=one.grn,
                        customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(reference_number=one.grn[2:4] + OFFICE),
                    )
                    for one in each.guarantee_reference
                ),
            )
            for each in asked.guarantee
        ),
        phase_id=PHASE,
    )


OFFICE = "000001"
"""Number of the central office of guarantee in its country."""


def crossing(numbers: Numbers, announced: p5.CD050C, office: str) -> p5.CD118C:
    """The goods crossed the frontier at this office of transit (IE118)."""
    mrn = announced.transit_operation.mrn
    return p5.CD118C(
        message_sender=announced.message_recipient,
        message_recipient=announced.message_sender,
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("TRA"),
        message_type="CD118C",
        transit_operation=p5.TransitOperation46(mrn=mrn, passage_date=numbers.today(office)),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(
            reference_number=announced.customs_office_of_departure.reference_number
        ),
        customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number=office),
        phase_id=PHASE,
    )
