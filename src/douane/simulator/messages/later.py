"""What follows a declaration: amendment, request for invalidation, arrival, the answer to an enquiry."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from douane.simulator.messages.declarations import CONSIGNEE, DESTINATION, HOLDER, PHASE, office_premises
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5


def amendment(
    numbers: Numbers, base: p5.CC015C, mrn: str, amount: Decimal, *, of_guarantee: bool = True,
) -> p5.CC013C:  # fmt: skip
    """The declaration again, with another amount to be covered; of_guarantee: another guarantee is asked for."""
    o = base.transit_operation
    return p5.CC013C(
        message_sender=base.message_sender,
        message_recipient=base.message_recipient,
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message(),
        message_type="CC013C",
        transit_operation=p5.TransitOperation04(
            mrn=mrn,
            declaration_type=o.declaration_type,
            additional_declaration_type=o.additional_declaration_type,
            security=o.security,
            reduced_dataset_indicator=o.reduced_dataset_indicator,
            binding_itinerary=o.binding_itinerary,
            amendment_type_flag=of_guarantee,
        ),
        customs_office_of_departure=base.customs_office_of_departure,
        customs_office_of_destination_declared=base.customs_office_of_destination_declared,
        customs_office_of_transit_declared=base.customs_office_of_transit_declared,
        holder_of_the_transit_procedure=base.holder_of_the_transit_procedure,
        guarantee=tuple(
            p5.Guarantee01(
                sequence_number=each.sequence_number,
                guarantee_type=each.guarantee_type,
                guarantee_reference=tuple(
                    replace(reference, amount_to_be_covered=amount) for reference in each.guarantee_reference
                ),
            )
            for each in base.guarantee
        ),
        consignment=base.consignment,
        phase_id=PHASE,
    )


def avoiding(amended: p5.CC013C, office: str) -> p5.CC013C:
    """The same amendment by another way: the goods do not cross the country of this office of transit."""
    crossed = [each for each in amended.customs_office_of_transit_declared if each.reference_number != office]
    routing = [each for each in amended.consignment.country_of_routing_of_consignment if each.country != office[:2]]
    return replace(
        amended,
        customs_office_of_transit_declared=tuple(replace(each, sequence_number=n) for n, each in enumerate(crossed, 1)),
        consignment=replace(
            amended.consignment,
            country_of_routing_of_consignment=tuple(replace(e, sequence_number=n) for n, e in enumerate(routing, 1)),
        ),
    )


def invalidation_request(numbers: Numbers, base: p5.CC015C, mrn: str) -> p5.CC014C:
    """The holder asks to invalidate the declaration."""
    return p5.CC014C(
        message_sender=HOLDER,
        message_recipient="NTA.FR",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message(),
        message_type="CC014C",
        transit_operation=p5.TransitOperation03(mrn=mrn),
        invalidation=p5.Invalidation01(
            request_date_and_time=numbers.moment(),
            initiated_by_customs=False,
            justification="The order was cancelled before departure.",
        ),
        customs_office_of_departure=base.customs_office_of_departure,
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(identification_number=HOLDER),
        phase_id=PHASE,
    )


def arrival(numbers: Numbers, mrn: str, office: str = DESTINATION) -> p5.CC007C:
    """The goods are presented at Wien, or at the office named, without incident."""
    return p5.CC007C(
        message_sender=CONSIGNEE,
        message_recipient=f"NTA.{office[:2]}",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("WN"),
        message_type="CC007C",
        transit_operation=p5.TransitOperation02(
            mrn=mrn,
            arrival_notification_date_and_time=numbers.moment(),
            simplified_procedure=False,
            incident_flag=False,
        ),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=office),
        trader_at_destination=p5.TraderAtDestination01(identification_number=CONSIGNEE),
        consignment=p5.Consignment01(location_of_goods=office_premises(office)),
        phase_id=PHASE,
    )


def whereabouts(numbers: Numbers, mrn: str, holder: str, office: str) -> p5.CC141C:
    """The holder, who is asked where the goods are, knows nothing."""
    return p5.CC141C(
        message_sender=holder,
        message_recipient=f"NTA.{office[:2]}",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message(),
        message_type="CC141C",
        transit_operation=p5.TransitOperation43(mrn=mrn),
        customs_office_of_enquiry_at_departure=p5.CustomsOfficeOfEnquiryAtDeparture01(reference_number=office),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure08(identification_number=holder),
        phase_id=PHASE,
    )


def guarantee_query(numbers: Numbers, holder: str, grn: str, access_code: str, what: str) -> p5.CC034C:
    """The holder asks of his own guarantee; what: as in CL054."""
    return p5.CC034C(
        message_sender=holder,
        message_recipient=f"NTA.{grn[2:4]}",
        preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("GQ"),
        message_type="CC034C",
        requester=p5.Requester(identification_number=holder, role="1"),
        guarantee_reference=(
            p5.GuaranteeReference06(
                sequence_number=1,
                grn=grn,
                guarantee_query=p5.GuaranteeQuery(query_identifier=what),
                access_code=p5.AccessCode02(access_code=access_code),
            ),
        ),
        phase_id=PHASE,
    )
