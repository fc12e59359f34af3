"""Rules against saying the same at every repetition of a lower level (R)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from douane.applications.transit.rules.places import Declaration, Found, house_at, item_at
from douane.author import broken, rule
from douane.standards.ncts.phase5 import CC013C, CC015C, CC170C


def all_the_same(values: Iterable[object]) -> bool:
    """Whether there are at least two values, none of them absent or empty, and all are equal.

    A single repetition differs from no other, so it may say what it likes.
    """
    pending = iter(values)
    first = next(pending, None)
    if first is None or first == ():
        return False
    several = False
    for each in pending:
        if each != first:
            return False
        several = True
    return several


_HIGHER = "This is the same for every house consignment: state it once, at the consignment."


@rule("R0506", CC013C, CC015C, text=_HIGHER)
def r0506(m: Declaration, *_: object) -> Found:
    """What holds for every house consignment stands at the consignment."""
    houses = m.consignment.house_consignment
    if len(houses) < 2:
        return
    stated: tuple[tuple[str, Iterator[object]], ...] = (
        ("countryOfDispatch", (house.country_of_dispatch for house in houses)),
        ("countryOfDestination", (house.country_of_destination for house in houses)),
        ("referenceNumberUCR", (house.reference_number_ucr for house in houses)),
        ("Consignor", (house.consignor for house in houses)),
        ("Consignee", (house.consignee for house in houses)),
        ("DepartureTransportMeans[1]", (house.departure_transport_means for house in houses)),
        ("TransportCharges", (house.transport_charges for house in houses)),
    )
    for name, values in stated:
        if all_the_same(values):
            yield broken(house_at(m, 1, name))


@rule("R0506", CC170C, text=_HIGHER)
def r0506_presentation(m: CC170C, *_: object) -> Found:
    """Means of transport that every house consignment shares stand at the consignment."""
    if all_the_same(house.departure_transport_means for house in m.consignment.house_consignment):
        yield broken(house_at(m, 1, "DepartureTransportMeans[1]"))


_OF_ITEM = (
    ("declarationType", "declaration_type"),
    ("countryOfDispatch", "country_of_dispatch"),
    ("countryOfDestination", "country_of_destination"),
    ("referenceNumberUCR", "reference_number_ucr"),
)


@rule(
    "R0507",
    CC013C,
    CC015C,
    text="This is the same for every item: state it once, at the house consignment, consignment or declaration.",
)
def r0507(m: Declaration, *_: object) -> Found:
    """What holds for every item stands higher up."""
    items = [item for house in m.consignment.house_consignment for item in house.consignment_item]
    if len(items) < 2:
        return
    for tag, name in _OF_ITEM:
        stated = getattr(items[0], name)
        if stated is not None and all(getattr(each, name) == stated for each in items):
            yield broken(item_at(m, 1, 1, tag))
