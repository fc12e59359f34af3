"""Small typed edits of messages, one level each: what a test changes stands in one line."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

M = TypeVar("M", bound=Struct)

Changes = Any
"""Field values of a struct; msgspec refuses unknown names."""


def _group(message: Struct, name: str) -> Any:
    """A group that message types share by name alone."""
    return getattr(message, name)


def inside(message: M, group: str, **changes: Changes) -> M:
    """The message with changes in one group directly below the root."""
    return replace(message, **{group: replace(getattr(message, group), **changes)})


def operation(message: M, **changes: Changes) -> M:
    """Changes in the transit operation."""
    return inside(message, "transit_operation", **changes)


def consignment(message: M, **changes: Changes) -> M:
    """Changes in the consignment."""
    return inside(message, "consignment", **changes)


def nth(group: tuple[M, ...], number: int, **changes: Changes) -> tuple[M, ...]:
    """A repeated group with changes in one of its repetitions, counted from 1."""
    return (*group[: number - 1], replace(group[number - 1], **changes), *group[number:])


def house(message: M, number: int = 1, **changes: Changes) -> M:
    """Changes in one house consignment."""
    houses = _group(message, "consignment").house_consignment
    return consignment(message, house_consignment=nth(houses, number, **changes))


def item(message: M, h: int = 1, i: int = 1, **changes: Changes) -> M:
    """Changes in one item of one house."""
    items = _group(message, "consignment").house_consignment[h - 1].consignment_item
    return house(message, h, consignment_item=nth(items, i, **changes))


def commodity(message: M, h: int = 1, i: int = 1, **changes: Changes) -> M:
    """Changes in the commodity of one item."""
    found = _group(message, "consignment").house_consignment[h - 1].consignment_item[i - 1].commodity
    return item(message, h, i, commodity=replace(found, **changes))


def packaging(message: M, **changes: Changes) -> M:
    """Changes in the first packaging of the first item."""
    found = _group(message, "consignment").house_consignment[0].consignment_item[0].packaging
    return item(message, packaging=nth(found, 1, **changes))


def equipment(message: M, number: int = 1, **changes: Changes) -> M:
    """Changes in one transport equipment."""
    found = _group(message, "consignment").transport_equipment
    return consignment(message, transport_equipment=nth(found, number, **changes))


def located(message: M, **changes: Changes) -> M:
    """Changes in the location of goods."""
    return consignment(message, location_of_goods=replace(_group(message, "consignment").location_of_goods, **changes))


def guarantee(message: M, **changes: Changes) -> M:
    """Changes in the first guarantee."""
    return replace(message, guarantee=nth(_group(message, "guarantee"), 1, **changes))


def guarantee_reference(message: M, **changes: Changes) -> M:
    """Changes in the first reference of the first guarantee."""
    found = _group(message, "guarantee")[0].guarantee_reference
    return guarantee(message, guarantee_reference=nth(found, 1, **changes))


def incident(message: M, **changes: Changes) -> M:
    """Changes in the first incident of an arrival."""
    return consignment(message, incident=nth(_group(message, "consignment").incident, 1, **changes))


def departing(message: M, office: str) -> M:
    """The same from another office of departure."""
    return inside(message, "customs_office_of_departure", reference_number=office)


def bound_for(message: M, office: str) -> M:
    """The same to another declared office of destination."""
    return inside(message, "customs_office_of_destination_declared", reference_number=office)
