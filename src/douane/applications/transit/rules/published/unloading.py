"""Rules about the numbers under which unloading remarks report (R).

A remark names a repetition or an item by the number that it has in the declaration; something found beside what was
declared takes the next number. The trader reads these numbers in the unloading permission: where the look sees the
case, they are compared with it, elsewhere only that no number stands twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.numbering import Level, Numbered
from douane.applications.transit.rules.places import Found, at, house_at, item_at
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import CC044C, CustomConsignment05, CustomConsignmentItem04, CustomHouseConsignment04

_CONSIGNMENT = Level(
    transport_equipment="TransportEquipment",
    departure_transport_means="DepartureTransportMeans",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
    house_consignment="HouseConsignment",
)
_EQUIPMENT = Level(seal="Seal", goods_reference="GoodsReference")
_HOUSE = Level(
    departure_transport_means="DepartureTransportMeans",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
)
_ITEM = Level(
    packaging="Packaging",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
)


def _strange(numbers: Iterator[int], declared: set[int] | None) -> Iterator[tuple[int, int]]:
    """Position and value of numbers that stand twice, or are neither declared nor the next after the declared ones."""
    seen: set[int] = set()
    following = max(declared, default=0) + 1 if declared is not None else 0
    for position, number in enumerate(numbers, 1):
        if number in seen:
            yield position, number
        elif declared is not None and number not in declared:
            if number == following:
                following += 1
            else:
                yield position, number
        seen.add(number)


def _misreported(place: str, level: Level, now: object, then: object | None) -> Found:
    """Strange sequence numbers in the groups of one struct; ``then`` is its counterpart in the permission."""
    known = level.read(then) if then is not None else None
    for n, (tag, group) in enumerate(zip(level.tags, level.read(now), strict=True)):
        if not group:
            continue
        declared = {each.sequence_number for each in known[n]} if known is not None else None
        for position, number in _strange((each.sequence_number for each in group), declared):
            yield broken(f"{place}/{tag}[{position}]/sequenceNumber", number)


def _permitted(case: KnownCase | None) -> CustomConsignment05 | None:
    """The consignment as the unloading permission shows it, where the look sees it."""
    permission = case.permission if case is not None else None
    return permission.consignment if permission is not None else None


def _with_number(group: tuple[Numbered, ...], number: int) -> Numbered | None:
    return next((each for each in group if each.sequence_number == number), None)


def _house_of(permitted: CustomConsignment05 | None, number: int) -> CustomHouseConsignment04 | None:
    houses = permitted.house_consignment if permitted is not None else ()
    return next((house for house in houses if house.sequence_number == number), None)


def _item_of(house: CustomHouseConsignment04 | None, number: int) -> CustomConsignmentItem04 | None:
    items = house.consignment_item if house is not None else ()
    return next((item for item in items if item.declaration_goods_item_number == number), None)


@rule(
    "R0054",
    CC044C,
    text="Report each repetition of a group once, under its number in the declaration; number what you found beyond it "
    "with the next one.",
)
def r0054(m: CC044C, case: KnownCase | None, _: Look) -> Found:
    """A remark names a repetition by its sequence number."""
    c = m.consignment
    if c is None:
        return
    permitted = _permitted(case)
    yield from _misreported(at(m, "Consignment"), _CONSIGNMENT, c, permitted)
    for e, equipment in enumerate(c.transport_equipment, 1):
        then = _with_number(permitted.transport_equipment, equipment.sequence_number) if permitted else None
        yield from _misreported(at(m, f"Consignment/TransportEquipment[{e}]"), _EQUIPMENT, equipment, then)
    for h, house in enumerate(c.house_consignment, 1):
        before = _house_of(permitted, house.sequence_number)
        yield from _misreported(house_at(m, h), _HOUSE, house, before)
        for i, item in enumerate(house.consignment_item, 1):
            was = _item_of(before, item.declaration_goods_item_number)
            yield from _misreported(item_at(m, h, i), _ITEM, item, was)


@rule(
    "R0055",
    CC044C,
    text="Report each item once, under its goods item numbers in the declaration; number goods found beyond it with "
    "the next ones.",
)
def r0055(m: CC044C, case: KnownCase | None, _: Look) -> Found:
    """A remark names an item by its numbers: one through the declaration, one inside its house consignment."""
    if m.consignment is None:
        return
    permitted = _permitted(case)
    through: set[int] | None = None
    if permitted is not None:
        through = {i.declaration_goods_item_number for h in permitted.house_consignment for i in h.consignment_item}
    places = [
        (h, i)
        for h, house in enumerate(m.consignment.house_consignment, 1)
        for i in range(1, len(house.consignment_item) + 1)
    ]
    numbers = (i.declaration_goods_item_number for h in m.consignment.house_consignment for i in h.consignment_item)
    for position, number in _strange(numbers, through):
        yield broken(item_at(m, *places[position - 1], "declarationGoodsItemNumber"), number)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        before = _house_of(permitted, house.sequence_number)
        inside = {i.goods_item_number for i in before.consignment_item} if before is not None else None
        for position, number in _strange((i.goods_item_number for i in house.consignment_item), inside):
            yield broken(item_at(m, h, position, "goodsItemNumber"), number)
