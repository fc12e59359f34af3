"""Constraints of the transitional period on items, masses, references, charges and guarantees (B)."""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, at, guarantees, house_at, item_at
from douane.applications.transit.rules.published.goods import (
    EXPORT_DECLARATION,
    EXPORTED,
    EXPORTED_EVERYWHERE,
    UNION_STATUS,
    wrong_excise_type,
)
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.applications.transit.rules.transitional.transport import NO_SECURITY, WITH_SECURITY
from douane.model.rules import Look, rule, transitional
from douane.standards.ncts.phase5 import CC013C, CC015C


@rule(
    "B1805",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Leave the net mass out of a reduced dataset.",
)
def b1805(m: Declaration, *_: object) -> Found:
    """A reduced dataset has no net mass."""
    if not m.transit_operation.reduced_dataset_indicator:
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            measure = item.commodity.goods_measure
            if measure is not None and measure.net_mass is not None:
                yield transitional(item_at(m, h, i, "Commodity/GoodsMeasure/netMass"), measure.net_mass)


@rule(
    "B1875",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Leave transport charges out of the items without security data, or if the consignment states them.",
)
def b1875(m: Declaration, *_: object) -> Found:
    """Charges belong to the security data and stand once."""
    if m.transit_operation.security != NO_SECURITY and m.consignment.transport_charges is None:
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.transport_charges is not None:
                yield transitional(item_at(m, h, i, "TransportCharges"))


@rule(
    "B1895",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="State the UCR at the consignment or at the items, not at both.",
)
def b1895(m: Declaration, *_: object) -> Found:
    """A consignment with a UCR of its own has no other below."""
    if m.consignment.reference_number_ucr is None:
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.reference_number_ucr is not None:
                yield transitional(item_at(m, h, i, "referenceNumberUCR"), item.reference_number_ucr)


@rule(
    "B1896",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Name the transport document at the first item, or give a UCR: security data need one of them.",
)
def b1896(m: Declaration, *_: object) -> Found:
    """With security data a consignment is known by UCR or transport document."""
    operation = m.transit_operation
    if operation.security not in WITH_SECURITY or operation.declaration_type == "TIR":
        return
    houses = m.consignment.house_consignment
    if m.consignment.reference_number_ucr is not None or any(
        item.reference_number_ucr is not None for house in houses for item in house.consignment_item
    ):
        return
    for h, house in enumerate(houses, 1):
        if house.consignment_item and not house.consignment_item[0].transport_document:
            yield transitional(item_at(m, h, 1, "TransportDocument"))


@rule(
    "B1898",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="State the currency exactly where an amount to be covered is stated.",
)
def b1898(m: Declaration, *_: object) -> Found:
    """An amount has a currency, and nothing else has."""
    for g, guarantee in enumerate(guarantees(m), 1):
        for r, reference in enumerate(guarantee.guarantee_reference, 1):
            if (reference.amount_to_be_covered is None) is not (reference.currency is None):
                yield transitional(at(m, f"Guarantee[{g}]/GuaranteeReference[{r}]/currency"), reference.currency or "")


@rule(
    "B1922",
    CC013C,
    CC015C,
    lists=("CL234",),
    until=TRANSITION_END,
    text="Declare excise goods after export as T1 (or TIR for the whole declaration), and excise goods moving under "
    "suspension inside the Union as T2 or T2F.",
)
def b1922(m: Declaration, _: object, look: Look) -> Found:
    """R0601 for declarations that name the export at the item."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if any(look.has("CL234", each.type) for each in item.additional_reference):
                if not any(each.type == EXPORT_DECLARATION for each in item.previous_document):
                    continue
                allowed = EXPORTED if item.declaration_type else EXPORTED_EVERYWHERE
            elif any(look.has("CL234", each.type) for each in item.supporting_document):
                allowed = UNION_STATUS
            else:
                continue
            for found in wrong_excise_type(m, h, i, allowed):
                yield transitional(found.pointer, found.value)


def _dispatch_below(m: Declaration) -> Found:
    """What a TIR declaration lacks or repeats below the consignment."""
    once = m.consignment.country_of_dispatch is not None
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if once and house.country_of_dispatch is not None:
            yield transitional(house_at(m, h, "countryOfDispatch"), house.country_of_dispatch)
        higher = once or house.country_of_dispatch is not None
        for i, item in enumerate(house.consignment_item, 1):
            if higher is (item.country_of_dispatch is not None):
                yield transitional(item_at(m, h, i, "countryOfDispatch"), item.country_of_dispatch or "")


@rule(
    "B1965",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Under TIR state the country of dispatch once: at consignment, house consignment or item; otherwise nowhere.",
)
def b1965(m: Declaration, *_: object) -> Found:
    """The country of dispatch is a datum of TIR, stated at one level."""
    if m.transit_operation.declaration_type == "TIR":
        yield from _dispatch_below(m)
        return
    c = m.consignment
    if c.country_of_dispatch is not None:
        yield transitional(at(m, "Consignment/countryOfDispatch"), c.country_of_dispatch)
    for h, house in enumerate(c.house_consignment, 1):
        if house.country_of_dispatch is not None:
            yield transitional(house_at(m, h, "countryOfDispatch"), house.country_of_dispatch)
        for i, item in enumerate(house.consignment_item, 1):
            if item.country_of_dispatch is not None:
                yield transitional(item_at(m, h, i, "countryOfDispatch"), item.country_of_dispatch)
