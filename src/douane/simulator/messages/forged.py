"""Messages that a stranger makes of the papers of a movement: well formed, in his own name, none of his business."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace

from douane.simulator.messages import later
from douane.simulator.messages.declarations import DEPARTURE, DESTINATION, PHASE, TRANSIT_OUT
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5

WRONG_CODE: Final = "0000"
"""An access code as a thief guesses it."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What everybody can read who sees the papers of a movement; ``mrn`` is empty before they are printed."""

    lrn: str
    mrn: str
    grn: str
    declaration: p5.CC015C

    @property
    def holder(self) -> str:
        """EORI of the holder."""
        return self.declaration.holder_of_the_transit_procedure.identification_number or ""


# --- as a trader


def invalidation(numbers: Numbers, papers: Papers, sender: str, *, by_lrn: bool = False) -> p5.CC014C:
    """Another's declaration is to be invalidated."""
    made = later.invalidation_request(numbers, papers.declaration, papers.mrn)
    named = p5.TransitOperation03(lrn=papers.lrn) if by_lrn or not papers.mrn else made.transit_operation
    holder = p5.HolderOfTheTransitProcedure02(identification_number=papers.holder)
    return replace(made, message_sender=sender, transit_operation=named, holder_of_the_transit_procedure=holder)


def amendment(numbers: Numbers, papers: Papers, sender: str) -> p5.CC013C:
    """Another's declaration is to cover almost nothing."""
    return replace(later.amendment(numbers, papers.declaration, papers.mrn, Decimal(1)), message_sender=sender)


def second_declaration(numbers: Numbers, papers: Papers, sender: str) -> p5.CC015C:
    """The same declaration, in the holder's name, under the holder's LRN."""
    return replace(papers.declaration, message_sender=sender, message_identification=numbers.message("XX"))


def on_behalf(numbers: Numbers, papers: Papers, sender: str) -> p5.CC015C:
    """Goods of somebody who says that the holder lets him act, under the holder's guarantee and an LRN of his own."""
    operation = replace(papers.declaration.transit_operation, lrn=numbers.lrn())
    return replace(
        second_declaration(numbers, papers, sender),
        transit_operation=operation,
        representative=p5.Representative02(identification_number=sender, status="2"),
    )


def remarks(numbers: Numbers, papers: Papers, sender: str) -> p5.CC044C:
    """What was found when unloading, from somebody who unloads nothing."""
    return p5.CC044C(
        **_head(numbers, p5.CC044C, sender, "NTA.AT"),
        transit_operation=p5.TransitOperation15(mrn=papers.mrn),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=DESTINATION),
        trader_at_destination=p5.TraderAtDestination02(identification_number=sender),
        unloading_remark=p5.UnloadingRemark(conform=True, unloading_completion=True, unloading_date=numbers.today()),
    )


def whereabouts(numbers: Numbers, papers: Papers, sender: str) -> p5.CC141C:
    """The goods did not arrive? They did, says a stranger."""
    return p5.CC141C(
        **_head(numbers, p5.CC141C, sender, "NTA.FR"),
        transit_operation=p5.TransitOperation43(mrn=papers.mrn),
        customs_office_of_enquiry_at_departure=p5.CustomsOfficeOfEnquiryAtDeparture01(reference_number=DEPARTURE),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure08(identification_number=papers.holder),
    )


def arrival(numbers: Numbers, papers: Papers, sender: str) -> p5.CC007C:
    """The goods are here, says somebody who does not have them."""
    made = later.arrival(numbers, papers.mrn)
    trader = p5.TraderAtDestination01(identification_number=sender)
    return replace(made, message_sender=sender, trader_at_destination=trader)


def receipt(numbers: Numbers, papers: Papers, sender: str) -> p5.CC007C:
    """The goods came to a place of the sender, who unloads them there under an authorisation that he made up."""
    made, reference = arrival(numbers, papers, sender), "ATACE2026000001"
    return replace(
        made,
        transit_operation=replace(made.transit_operation, simplified_procedure=True),
        authorisation=(p5.Authorisation(sequence_number=1, type="C522", reference_number=reference),),
        consignment=p5.Consignment01(
            location_of_goods=p5.LocationOfGoods(
                type_of_location="B", qualifier_of_identification="Y", authorisation_number=reference
            )
        ),
    )


# --- as an administration


def advice(numbers: Numbers, papers: Papers, sender: str) -> p5.CD006C:
    """The goods arrived."""
    return p5.CD006C(
        **_head(numbers, p5.CD006C, sender, "NTA.FR"),
        transit_operation=p5.TransitOperation45(mrn=papers.mrn, arrival_date_and_time_actual=numbers.moment()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=DEPARTURE),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=_office(sender)),
    )


def results(numbers: Numbers, papers: Papers, sender: str) -> p5.CD018C:
    """The control at destination was satisfactory."""
    return p5.CD018C(
        **_head(numbers, p5.CD018C, sender, "NTA.FR"),
        transit_operation=p5.TransitOperation30(mrn=papers.mrn, binding_itinerary=False),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=DEPARTURE),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=_office(sender)),
        control_result=p5.ControlResult05(code="A1", date=numbers.today()),
    )


def passage(numbers: Numbers, papers: Papers, sender: str) -> p5.CD118C:
    """The goods crossed a frontier."""
    return p5.CD118C(
        **_head(numbers, p5.CD118C, sender, "NTA.FR"),
        transit_operation=p5.TransitOperation46(mrn=papers.mrn, passage_date=numbers.today()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=DEPARTURE),
        customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number=_office(sender)),
    )


def answered_enquiry(numbers: Numbers, papers: Papers, sender: str) -> p5.CD143C:
    """An enquiry that nobody made of this administration is answered."""
    return p5.CD143C(
        **_head(numbers, p5.CD143C, sender, "NTA.FR"),
        transit_operation=p5.TransitOperation43(mrn=papers.mrn),
        customs_office_of_request=p5.CustomsOfficeOfRequest03(reference_number=_office(sender)),
        customs_office_of_enquiry_at_departure=p5.CustomsOfficeOfEnquiryAtDeparture01(reference_number=DEPARTURE),
        enquiry=p5.Enquiry03(enquiry_response_date=numbers.today(), response_code="2"),
    )


def cancelled(numbers: Numbers, papers: Papers, sender: str) -> p5.CD010C:
    """Destination need not wait for the movement."""
    return p5.CD010C(
        **_head(numbers, p5.CD010C, sender, "NTA.AT"),
        transit_operation=p5.TransitOperation43(mrn=papers.mrn),
        invalidation=p5.Invalidation03(decision_date_and_time=numbers.moment()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=DEPARTURE),
        customs_office_of_destination_declared=p5.CustomsOfficeOfDestinationDeclared(reference_number=DESTINATION),
    )


def announced(numbers: Numbers, template: Any, papers: Papers, sender: str, recipient: str) -> Any:
    """An announced arrival or passage (IE001, IE050), made of one that was read on the way to somebody else."""
    return replace(
        template, message_sender=sender, message_recipient=recipient, message_identification=numbers.message("XX"),
        preparation_date_and_time=numbers.moment(),
        transit_operation=replace(template.transit_operation, mrn=papers.mrn),
    )  # fmt: skip


# --- guarantees


def use(numbers: Numbers, papers: Papers, mrn: str, sender: str) -> p5.CD203C:
    """Everything that a guarantee covers is taken."""
    return p5.CD203C(
        **_head(numbers, p5.CD203C, sender, f"NTA.{papers.grn[2:4]}"),
        transit_operation=p5.TransitOperation48(mrn=mrn, declaration_acceptance_date=numbers.today()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=_office(f"NTA.{mrn[2:4]}")),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(identification_number=papers.holder),
        country_involved=(p5.CountryInvolved(sequence_number=1, country=mrn[2:4]),),
        guarantee=(
            p5.Guarantee06(
                sequence_number=1, guarantee_type="1",
                guarantee_reference=(
                    p5.GuaranteeReference04(
                        sequence_number=1, grn=papers.grn, access_code=WRONG_CODE, amount_concerned=Decimal(900_000),
                        currency="EUR",
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def given_back(numbers: Numbers, papers: Papers, mrn: str, sender: str) -> p5.CD204C:
    """What a movement holds of a guarantee is given back."""
    return p5.CD204C(
        **_head(numbers, p5.CD204C, sender, f"NTA.{papers.grn[2:4]}"),
        transit_operation=p5.TransitOperation42(mrn=mrn, usage_cancellation_date=numbers.today()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=_office(f"NTA.{mrn[2:4]}")),
        guarantee=_named(papers.grn),
    )


def credit(numbers: Numbers, papers: Papers, mrn: str, sender: str) -> p5.CD209C:
    """A movement that is under way is credited as discharged."""
    return p5.CD209C(
        **_head(numbers, p5.CD209C, sender, f"NTA.{papers.grn[2:4]}"),
        transit_operation=p5.TransitOperation45(mrn=mrn, arrival_date_and_time_actual=numbers.moment()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=_office(f"NTA.{mrn[2:4]}")),
        guarantee=_named(papers.grn),
    )


def guarantee_answer(numbers: Numbers, asked: p5.CD203C, sender: str, *, covered: bool) -> p5.CD205C:
    """The answer to a question about a guarantee, by whoever answers it: it covers the movement, or is unknown."""
    reasons = () if covered else (p5.InvalidGuaranteeReason02(sequence_number=1, code="G01"),)
    return p5.CD205C(
        **_head(numbers, p5.CD205C, sender, asked.message_sender, asked.message_identification),
        transit_operation=p5.TransitOperation43(mrn=asked.transit_operation.mrn),
        customs_office_of_departure=asked.customs_office_of_departure,
        holder_of_the_transit_procedure=asked.holder_of_the_transit_procedure,
        guarantee=tuple(
            p5.Guarantee07(
                sequence_number=each.sequence_number, guarantee_type=each.guarantee_type,
                guarantee_reference=tuple(
                    p5.GuaranteeReference14(
                        sequence_number=one.sequence_number, grn=one.grn,
                        customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(
                            reference_number=_office(f"NTA.{one.grn[2:4]}")
                        ) if covered else None,
                        invalid_guarantee_reason=reasons,
                    )
                    for one in each.guarantee_reference
                ),
            )
            for each in asked.guarantee
        ),
    )  # fmt: skip


def _named(grn: str) -> tuple[p5.Guarantee04, ...]:
    office = p5.CustomsOfficeOfGuarantee(reference_number=_office(f"NTA.{grn[2:4]}"))
    reference = p5.GuaranteeReference15(sequence_number=1, grn=grn, customs_office_of_guarantee=office)
    return (p5.Guarantee04(sequence_number=1, guarantee_type="1", guarantee_reference=(reference,)),)


def _office(administration: str) -> str:
    """An office of an administration."""
    country = administration.removeprefix("NTA.")
    known = {"FR": DEPARTURE, "AT": DESTINATION, "CH": TRANSIT_OUT}
    return known.get(country, f"{country}000001")


def _head(numbers: Numbers, kind: type, sender: str, recipient: str, answers: str = "") -> dict[str, Any]:
    return {
        "message_sender": sender, "message_recipient": recipient, "preparation_date_and_time": numbers.moment(),
        "message_identification": numbers.message("XX"), "message_type": kind.__name__,
        "correlation_identifier": answers or None, "phase_id": PHASE,
    }  # fmt: skip
