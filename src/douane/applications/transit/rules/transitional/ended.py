"""What the end of the transitional period demands and forbids (B2101, B2400)."""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, at, guarantees, item_at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC007C, CC013C, CC015C


def _lacking(place: str, **items: object) -> Found:
    for tag, value in items.items():
        if value is None:
            yield missing(f"{place}/{tag}")


@rule(
    "B2101",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="State this: since the end of the transitional period it is required.",
)
def b2101(m: Declaration, *_: object) -> Found:
    """Amounts, means of transport and masses are complete, now that no older system reads them."""
    for g, guarantee in enumerate(guarantees(m), 1):
        for r, reference in enumerate(guarantee.guarantee_reference, 1):
            if reference.amount_to_be_covered is None or reference.currency is None:
                yield from _lacking(
                    at(m, f"Guarantee[{g}]/GuaranteeReference[{r}]"),
                    amountToBeCovered=reference.amount_to_be_covered,
                    currency=reference.currency,
                )
    for n, departing in enumerate(m.consignment.departure_transport_means, 1):
        yield from _lacking(
            at(m, f"Consignment/DepartureTransportMeans[{n}]"),
            typeOfIdentification=departing.type_of_identification,
            identificationNumber=departing.identification_number,
            nationality=departing.nationality,
        )
    for n, crossing in enumerate(m.consignment.active_border_transport_means, 1):
        yield from _lacking(
            at(m, f"Consignment/ActiveBorderTransportMeans[{n}]"),
            customsOfficeAtBorderReferenceNumber=crossing.customs_office_at_border_reference_number,
            typeOfIdentification=crossing.type_of_identification,
            identificationNumber=crossing.identification_number,
            nationality=crossing.nationality,
        )
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            measure = item.commodity.goods_measure
            if measure is None:
                yield missing(item_at(m, h, i, "Commodity/GoodsMeasure"))
            elif measure.gross_mass is None:
                yield missing(item_at(m, h, i, "Commodity/GoodsMeasure/grossMass"))


@rule(
    "B2400",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="State consignee, transport document and transport charges at house consignment or consignment, not at items.",
)
def b2400(m: Declaration, *_: object) -> Found:
    """Items keep what older systems needed there only as long as these run."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.consignee is not None:
                yield not_allowed(item_at(m, h, i, "Consignee"))
            if item.transport_document:
                yield not_allowed(item_at(m, h, i, "TransportDocument[1]"))
            if item.transport_charges is not None:
                yield not_allowed(item_at(m, h, i, "TransportCharges"))


@rule(
    "B2400",
    CC007C,
    after=TRANSITION_END,
    text="Report incidents when they happen; the arrival notification does not take them any more.",
)
def b2400_arrival(m: CC007C, *_: object) -> Found:
    """Incidents reach customs by their own notification, not with the arrival."""
    if m.consignment.incident:
        yield not_allowed(at(m, "Consignment/Incident[1]"))
