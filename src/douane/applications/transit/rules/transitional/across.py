"""Constraints of the transitional period that compare items, or offices, with each other (B).

What can be said of one place stands in ``table``. These look at all items at once, at the first of them, or at every
office, and end on the same day.
"""

from __future__ import annotations

from douane.applications.transit.rules.exported import EXPORT_DECLARATION
from douane.applications.transit.rules.places import Declaration, Found, at, item_at
from douane.applications.transit.rules.published.goods import (
    EXPORTED,
    EXPORTED_EVERYWHERE,
    UNION_STATUS,
    wrong_excise_type,
)
from douane.applications.transit.rules.published.levels import all_the_same
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, rule, transitional
from douane.standards.ncts.phase5 import CC013C, CC015C

WITH_SECURITY = frozenset("123")


@rule(
    "B1877",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="This is the same for every item: state it once, at the consignment.",
)
def b1877(m: Declaration, *_: object) -> Found:
    """What holds for every item stands at the consignment."""
    houses = m.consignment.house_consignment
    if all_the_same(item.consignee for house in houses for item in house.consignment_item):
        yield transitional(item_at(m, 1, 1, "Consignee"))
    if all_the_same(item.transport_charges for house in houses for item in house.consignment_item):
        yield transitional(item_at(m, 1, 1, "TransportCharges"))


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


@rule(
    "B1966",
    CC013C,
    CC015C,
    lists=("CL147",),
    until=TRANSITION_END,
    text="Name no office of exit for transit while every office of transit lies in the security area.",
)
def b1966(m: Declaration, _: object, look: Look) -> Found:
    """Who does not leave the security area with exit data has no office of exit."""
    if (
        m.customs_office_of_exit_for_transit_declared
        and m.transit_operation.security in {"2", "3"}
        and all(look.has("CL147", office.reference_number[:2]) for office in m.customs_office_of_transit_declared)
    ):
        yield transitional(at(m, "CustomsOfficeOfExitForTransitDeclared[1]"))
