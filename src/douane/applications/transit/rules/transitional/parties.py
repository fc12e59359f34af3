"""Constraints of the transitional period on consignees of the consignment and of items (B)."""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, at, item_at
from douane.applications.transit.rules.published.goods import NEGOTIABLE_BILL
from douane.applications.transit.rules.published.levels import all_the_same
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.model.rules import Look, rule, transitional
from douane.standards.ncts.phase5 import CC013C, CC015C, AdditionalInformation02, ConsignmentItem09

_ENTRY_ONLY = frozenset("01")
_EXIT = frozenset("23")


def _to_order(information: tuple[AdditionalInformation02, ...]) -> bool:
    return any(each.code == NEGOTIABLE_BILL for each in information)


def _item_consignee(m: Declaration, item: ConsignmentItem09, look: Look, *, common: bool) -> str:
    """Whether an item's consignee is required (R), free (O) or excluded (N)."""
    c = m.consignment
    if common:
        return "R" if c.consignee is None else "N"
    if look.has("CL009", item.country_of_destination):
        return "R"
    if m.transit_operation.security in _ENTRY_ONLY:
        return "O" if c.consignee is None else "N"
    if _to_order(c.additional_information) or _to_order(item.additional_information) or c.consignee is not None:
        return "N"
    return "R"


@rule(
    "B1820",
    CC013C,
    CC015C,
    lists=("CL009",),
    until=TRANSITION_END,
    text="Name the consignee once: at the consignment, or at each item; with information 30600 at neither.",
)
def b1820(m: Declaration, _: object, look: Look) -> Found:
    """During the transition a consignee stands at consignment or item, never at both."""
    common = look.has("CL009", m.consignment.country_of_destination)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            status = _item_consignee(m, item, look, common=common)
            if status != "O" and (status == "R") is (item.consignee is None):
                yield transitional(item_at(m, h, i, "Consignee"))


@rule(
    "B1821",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Give name and address of an item's consignee that has no identification number.",
)
def b1821(m: Declaration, *_: object) -> Found:
    """A consignee is known by number or by name and address.

    Whether a number is registered, so that name and address must not be repeated, is asked of the operators' register.
    """
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            consignee = item.consignee
            if consignee is None or consignee.identification_number is not None:
                continue
            if consignee.name is None:
                yield transitional(item_at(m, h, i, "Consignee/name"))
            if consignee.address is None:
                yield transitional(item_at(m, h, i, "Consignee/Address"))


@rule(
    "B1822",
    CC013C,
    CC015C,
    lists=("CL505",),
    until=TRANSITION_END,
    text="Give the postcode in the address of the item's consignee: its country uses postcodes.",
)
def b1822(m: Declaration, _: object, look: Look) -> Found:
    """Only countries without postcodes have addresses without one."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.consignee is None or item.consignee.address is None:
                continue
            address = item.consignee.address
            if address.postcode is None and not look.has("CL505", address.country):
                yield transitional(item_at(m, h, i, "Consignee/Address/postcode"))


@rule(
    "B1823",
    CC013C,
    CC015C,
    lists=("CL009",),
    until=TRANSITION_END,
    text="Name the consignee at the consignment exactly where no item names one; leave it out if an item has "
    "information 30600 with exit data.",
)
def b1823(m: Declaration, _: object, look: Look) -> Found:
    """The counterpart of B1820 at the consignment."""
    c = m.consignment
    items = [item for house in c.house_consignment for item in house.consignment_item]
    if look.has("CL009", c.country_of_destination):
        if any(item.consignee is not None for item in items) is (c.consignee is not None):
            yield transitional(at(m, "Consignment/Consignee"))
    elif (
        c.consignee is not None
        and m.transit_operation.security in _EXIT
        and any(_to_order(item.additional_information) for item in items)
    ):
        yield transitional(at(m, "Consignment/Consignee"))


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
