"""Messages that break no rule: the ground from which tests derive their cases by small typed edits.

Beside the declarations the later messages of the same movement. Each is valid after the transitional period; those
named ``old_...`` are valid during it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec.structs import replace

from douane.applications.transit.tests.base_declarations import (
    CONSIGNEE,
    LRN,
    TRADER,
    address,
    at_hour,
    consignment,
    item,
    location,
    normal,
    old_normal,
    old_tir,
    old_with_security,
    prelodged,
    several,
    tir,
    with_security,
)
from douane.author import Country, Mrn, Procedure
from douane.standards.ncts import phase5 as p5

MRN = str(Mrn.issue(2025, Country("FR"), "005350000147", Procedure.TRANSIT))


def amendment(declaration: p5.CC015C | None = None, *, of_guarantee: bool = False) -> p5.CC013C:
    """An amendment of an accepted declaration; of its guarantee alone where another one was asked for."""
    base = normal() if declaration is None else declaration
    o = base.transit_operation
    return p5.CC013C(
        message_sender=base.message_sender,
        message_recipient=base.message_recipient,
        preparation_date_and_time=base.preparation_date_and_time,
        message_identification="LQ250602101500148",
        message_type="CC013C",
        transit_operation=p5.TransitOperation04(
            mrn=MRN,
            declaration_type=o.declaration_type,
            additional_declaration_type=o.additional_declaration_type,
            tir_carnet_number=o.tir_carnet_number,
            security=o.security,
            reduced_dataset_indicator=o.reduced_dataset_indicator,
            binding_itinerary=o.binding_itinerary,
            amendment_type_flag=of_guarantee,
            limit_date=o.limit_date,
        ),
        authorisation=base.authorisation,
        customs_office_of_departure=base.customs_office_of_departure,
        customs_office_of_destination_declared=base.customs_office_of_destination_declared,
        customs_office_of_transit_declared=base.customs_office_of_transit_declared,
        customs_office_of_exit_for_transit_declared=base.customs_office_of_exit_for_transit_declared,
        holder_of_the_transit_procedure=base.holder_of_the_transit_procedure,
        representative=base.representative,
        guarantee=tuple(
            p5.Guarantee01(
                sequence_number=g.sequence_number,
                guarantee_type=g.guarantee_type,
                other_guarantee_reference=g.other_guarantee_reference,
                guarantee_reference=g.guarantee_reference,
            )
            for g in base.guarantee
        ),
        consignment=base.consignment,
        phase_id="NCTS5.1",
    )


def invalidation_request() -> p5.CC014C:
    """The trader asks for invalidation."""
    return p5.CC014C(
        message_sender=TRADER,
        message_recipient="NTA.FR",
        preparation_date_and_time=at_hour(2, 11),
        message_identification="LQ250602111500149",
        message_type="CC014C",
        transit_operation=p5.TransitOperation03(mrn=MRN),
        invalidation=p5.Invalidation01(
            request_date_and_time=at_hour(2, 11),
            initiated_by_customs=False,
            justification="The order was cancelled before departure.",
        ),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure02(identification_number=TRADER),
        phase_id="NCTS5.1",
    )


def presentation() -> p5.CC170C:
    """The goods of the pre-lodged declaration are presented."""
    c = consignment()
    means = c.departure_transport_means[0]
    return p5.CC170C(
        message_sender=TRADER,
        message_recipient="NTA.FR",
        preparation_date_and_time=at_hour(2, 14),
        message_identification="LQ250602141500150",
        message_type="CC170C",
        transit_operation=p5.TransitOperation24(lrn=LRN),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure08(identification_number=TRADER),
        consignment=p5.Consignment08(
            container_indicator=c.container_indicator,
            inland_mode_of_transport=c.inland_mode_of_transport,
            transport_equipment=c.transport_equipment,
            location_of_goods=location(),
            departure_transport_means=(
                p5.DepartureTransportMeans02(
                    sequence_number=1,
                    type_of_identification=means.type_of_identification or "",
                    identification_number=means.identification_number or "",
                    nationality=means.nationality or "",
                ),
            ),
            place_of_loading=c.place_of_loading,
            house_consignment=(p5.HouseConsignment06(sequence_number=1),),
        ),
        phase_id="NCTS5.1",
    )


def arrival() -> p5.CC007C:
    """A normal arrival at Wien, without incident."""
    return p5.CC007C(
        message_sender=CONSIGNEE,
        message_recipient="NTA.AT",
        preparation_date_and_time=at_hour(4),
        message_identification="WN250604091500011",
        message_type="CC007C",
        transit_operation=p5.TransitOperation02(
            mrn=MRN,
            arrival_notification_date_and_time=at_hour(4),
            simplified_procedure=False,
            incident_flag=False,
        ),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number="AT100000"),
        trader_at_destination=p5.TraderAtDestination01(identification_number=CONSIGNEE),
        consignment=p5.Consignment01(
            location_of_goods=p5.LocationOfGoods(
                type_of_location="A",
                qualifier_of_identification="V",
                customs_office=p5.CustomsOffice(reference_number="AT100000"),
            )
        ),
        phase_id="NCTS5.1",
    )


def simplified_arrival() -> p5.CC007C:
    """Arrival at the premises of an authorised consignee."""
    base = arrival()
    return replace(
        base,
        transit_operation=replace(base.transit_operation, simplified_procedure=True),
        authorisation=(p5.Authorisation(sequence_number=1, type="C522", reference_number="ATACE2024000123"),),
        consignment=p5.Consignment01(
            location_of_goods=p5.LocationOfGoods(
                type_of_location="B", qualifier_of_identification="Y", authorisation_number="ATACE2024000123"
            )
        ),
    )


def incident(code: str = "3", number: int = 1) -> p5.Incident01:
    """A breakdown near Ulm; with code 3 or 6 the goods went on with another means, with 2 or 4 under new seals."""
    return p5.Incident01(
        sequence_number=number,
        code=code,
        text="Breakdown on the A8, goods reloaded under customs supervision.",
        endorsement=p5.Endorsement01(date=dt.date(2025, 6, 3), authority="Hauptzollamt Ulm", place="Ulm", country="DE"),
        location=p5.Location(qualifier_of_identification="U", un_locode="DEULM", country="DE"),
        transport_equipment=(
            p5.TransportEquipment01(
                sequence_number=1,
                number_of_seals=1,
                seal=(p5.Seal02(sequence_number=1, identifier="DE7700123"),),
                goods_reference=(p5.GoodsReference(sequence_number=1, declaration_goods_item_number=1),),
            ),
        ),
        transhipment=p5.Transhipment(
            container_indicator=False,
            transport_means=p5.TransportMeans(
                type_of_identification="30", identification_number="ULTT2204", nationality="DE"
            ),
        )
        if code in {"3", "6"}
        else None,
    )


def old_arrival_with_incident() -> p5.CC007C:
    """Arrival after an incident; incidents reach the destination by this message only during the transition."""
    base = arrival()
    return replace(
        base,
        transit_operation=replace(base.transit_operation, incident_flag=True),
        consignment=replace(base.consignment, incident=(incident(),)),
    )


def _permitted_house() -> p5.CustomHouseConsignment04:
    """The declared house as the office of destination passes it on."""
    declared = item(1, 1)
    measure = p5.GoodsMeasure03(gross_mass=Decimal("120.5"), net_mass=Decimal("110.25"))
    return p5.CustomHouseConsignment04(
        sequence_number=1,
        gross_mass=Decimal("120.5"),
        consignment_item=(
            p5.CustomConsignmentItem04(
                goods_item_number=1,
                declaration_goods_item_number=1,
                commodity=p5.CustomCommodity02(
                    description_of_goods=declared.commodity.description_of_goods,
                    commodity_code=declared.commodity.commodity_code,
                    goods_measure=measure,
                ),
                packaging=declared.packaging,
            ),
        ),
    )


def unloading_permission(seals: int = 1) -> p5.CC043C:
    """Permission to unload goods that arrived under so many seals."""
    declared = consignment()
    fixed = tuple(p5.Seal02(sequence_number=n, identifier=f"FR00{n:05d}") for n in range(1, seals + 1))
    return p5.CC043C(
        message_sender="NTA.AT",
        message_recipient=CONSIGNEE,
        preparation_date_and_time=at_hour(4, 11),
        message_identification="AT250604111500033",
        message_type="CC043C",
        correlation_identifier="WN250604091500011",
        transit_operation=p5.TransitOperation14(
            mrn=MRN,
            declaration_type="T1",
            declaration_acceptance_date=dt.date(2025, 6, 2),
            security="0",
            reduced_dataset_indicator=False,
        ),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number="AT100000"),
        trader_at_destination=p5.TraderAtDestination02(identification_number=CONSIGNEE),
        consignment=p5.CustomConsignment05(
            country_of_destination="AT",
            container_indicator=False,
            inland_mode_of_transport="3",
            gross_mass=declared.gross_mass,
            transport_equipment=(
                p5.TransportEquipment05(
                    sequence_number=1,
                    number_of_seals=seals,
                    seal=fixed,
                    goods_reference=(p5.GoodsReference(sequence_number=1, declaration_goods_item_number=1),),
                ),
            ),
            house_consignment=(_permitted_house(),),
        ),
        phase_id="NCTS5.1",
    )


def remarks() -> p5.CC044C:
    """Everything was found as declared."""
    return p5.CC044C(
        message_sender=CONSIGNEE,
        message_recipient="NTA.AT",
        preparation_date_and_time=at_hour(5),
        message_identification="WN250605091500012",
        message_type="CC044C",
        transit_operation=p5.TransitOperation15(mrn=MRN),
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number="AT100000"),
        trader_at_destination=p5.TraderAtDestination02(identification_number=CONSIGNEE),
        unloading_remark=p5.UnloadingRemark(
            conform=True, unloading_completion=True, unloading_date=dt.date(2025, 6, 5), state_of_seals=True
        ),
        phase_id="NCTS5.1",
    )


def remarks_with_discrepancy() -> p5.CC044C:
    """One carton more than declared."""
    base = remarks()
    found = p5.ConsignmentItem05(
        goods_item_number=1,
        declaration_goods_item_number=1,
        commodity=p5.Commodity03(
            commodity_code=p5.CommodityCode(
                harmonized_system_sub_heading_code="090121", combined_nomenclature_code="00"
            ),
            goods_measure=p5.GoodsMeasure04(gross_mass=Decimal("132.5")),
        ),
        packaging=(p5.Packaging01(sequence_number=1, number_of_packages=11),),
    )
    return replace(
        base,
        unloading_remark=replace(base.unloading_remark, conform=False, unloading_remark="One carton more."),
        consignment=p5.Consignment06(
            gross_mass=Decimal("132.5"),
            house_consignment=(p5.HouseConsignment05(sequence_number=1, consignment_item=(found,)),),
        ),
    )


def whereabouts() -> p5.CC141C:
    """The holder says who received goods that are not known to have arrived."""
    return p5.CC141C(
        message_sender=TRADER,
        message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2025, 8, 4, 9, 0),
        message_identification="HA141",
        message_type="CC141C",
        transit_operation=p5.TransitOperation43(mrn=MRN),
        customs_office_of_enquiry_at_departure=p5.CustomsOfficeOfEnquiryAtDeparture01(reference_number="FR005350"),
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure08(identification_number=TRADER),
        enquiry=p5.Enquiry01(text="Delivered on 5 June, with a stamped CMR."),
        consignment=p5.Consignment07(consignee_actual=p5.ConsigneeActual(name="Huber & Co", address=address())),
        phase_id="NCTS5.1",
    )


AFTER_TRANSITION = (
    normal,
    several,
    prelodged,
    with_security,
    tir,
    amendment,
    invalidation_request,
    presentation,
    arrival,
    simplified_arrival,
    remarks,
    remarks_with_discrepancy,
    whereabouts,
)
"""Builders of messages that break no rule after the transitional period."""

DURING_TRANSITION = (
    old_normal,
    old_with_security,
    old_tir,
    invalidation_request,
    presentation,
    arrival,
    simplified_arrival,
    old_arrival_with_incident,
    remarks,
    remarks_with_discrepancy,
)
"""Builders of messages that break no rule during it."""
