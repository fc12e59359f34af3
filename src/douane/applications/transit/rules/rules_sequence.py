"""Rules about numbering (R)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Protocol

from douane.applications.transit.rules.pointers import at, house_at, item_at
from douane.model.rules import Look, Violation, broken, rule
from douane.standards.ncts.phase5 import (
    CC007C,
    CC013C,
    CC015C,
    CC044C,
    CC170C,
    Guarantee01,
    Guarantee02,
)


class _Numbered(Protocol):
    @property
    def sequence_number(self) -> int: ...


_Group = tuple[str, Iterable[_Numbered]]


@rule(
    "R0007",
    CC013C,
    CC015C,
    text="Number the items through the whole declaration: 1, 2, 3 and so on as declaration goods item number.",
)
def r0007(m: CC013C | CC015C, _: Look) -> Iterator[Violation]:
    """Every item of a declaration has a number of its own, without gaps."""
    expected = 1
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.declaration_goods_item_number != expected:
                yield broken(item_at(m, h, i, "declarationGoodsItemNumber"), item.declaration_goods_item_number)
            expected += 1


@rule(
    "R0988",
    CC013C,
    CC015C,
    text="Number the items of each house consignment 1, 2, 3 and so on as goods item number.",
)
def r0988(m: CC013C | CC015C, _: Look) -> Iterator[Violation]:
    """Every item of a house consignment has a number in it, without gaps."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.goods_item_number != i:
                yield broken(item_at(m, h, i, "goodsItemNumber"), item.goods_item_number)


class _Level:
    """The repeated groups of one struct, read at once: walking all numbers is the longest of all rules."""

    __slots__ = ("_read", "_tags")

    def __init__(self, **tags: str) -> None:
        """Attribute (dots as two underscores) and tag of each group; at least two."""
        self._tags = tuple(tags.values())
        self._read: Callable[[object], tuple[tuple[_Numbered, ...], ...]]
        self._read = attrgetter(*(name.replace("__", ".") for name in tags))

    def in_order(self, struct: object) -> bool:
        """Whether every group of this struct is numbered 1, 2, 3."""
        for group in filter(None, self._read(struct)):
            for position, each in enumerate(group, 1):
                if each.sequence_number != position:
                    return False
        return True

    def misnumbered(self, place: str, struct: object) -> Iterator[Violation]:
        """What is not numbered 1, 2, 3 in the groups of this struct, which stands at ``place``."""
        return _named(place, self._tags, self._read(struct))


def _named(place: str, tags: tuple[str, ...], groups: tuple[tuple[_Numbered, ...], ...]) -> Iterator[Violation]:
    for tag, group in zip(tags, groups, strict=True):
        for position, each in enumerate(group, 1):
            if each.sequence_number != position:
                yield broken(f"{place}/{tag}[{position}]/sequenceNumber", each.sequence_number)


_DECLARATION = _Level(
    authorisation="Authorisation",
    customs_office_of_transit_declared="CustomsOfficeOfTransitDeclared",
    customs_office_of_exit_for_transit_declared="CustomsOfficeOfExitForTransitDeclared",
    guarantee="Guarantee",
    consignment__additional_supply_chain_actor="Consignment/AdditionalSupplyChainActor",
    consignment__transport_equipment="Consignment/TransportEquipment",
    consignment__departure_transport_means="Consignment/DepartureTransportMeans",
    consignment__country_of_routing_of_consignment="Consignment/CountryOfRoutingOfConsignment",
    consignment__active_border_transport_means="Consignment/ActiveBorderTransportMeans",
    consignment__previous_document="Consignment/PreviousDocument",
    consignment__supporting_document="Consignment/SupportingDocument",
    consignment__transport_document="Consignment/TransportDocument",
    consignment__additional_reference="Consignment/AdditionalReference",
    consignment__additional_information="Consignment/AdditionalInformation",
    consignment__house_consignment="Consignment/HouseConsignment",
)
_HOUSE = _Level(
    additional_supply_chain_actor="AdditionalSupplyChainActor",
    departure_transport_means="DepartureTransportMeans",
    previous_document="PreviousDocument",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
    additional_information="AdditionalInformation",
)
_ITEM = _Level(
    additional_supply_chain_actor="AdditionalSupplyChainActor",
    commodity__dangerous_goods="Commodity/DangerousGoods",
    packaging="Packaging",
    previous_document="PreviousDocument",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
    additional_information="AdditionalInformation",
)
_EQUIPMENT = _Level(seal="Seal", goods_reference="GoodsReference")
_PRESENTATION = _Level(
    transport_equipment="TransportEquipment",
    departure_transport_means="DepartureTransportMeans",
    active_border_transport_means="ActiveBorderTransportMeans",
    house_consignment="HouseConsignment",
)
_ARRIVAL = _Level(authorisation="Authorisation", consignment__incident="Consignment/Incident")
_COUNT_ON = "Number the repetitions of a group 1, 2, 3 and so on in the order in which they stand."


@rule("R0987", CC013C, CC015C, text=_COUNT_ON)
def r0987(m: CC013C | CC015C, _: Look) -> Iterator[Violation]:
    """Repetitions of a data group are counted without gaps."""
    root = f"/{type(m).__name__}"
    if not _DECLARATION.in_order(m):
        yield from _DECLARATION.misnumbered(root, m)
    guarantees: tuple[Guarantee01 | Guarantee02, ...] = m.guarantee
    for g, guarantee in enumerate(guarantees, 1):
        yield from _named(f"{root}/Guarantee[{g}]", ("GuaranteeReference",), (guarantee.guarantee_reference,))
    for e, equipment in enumerate(m.consignment.transport_equipment, 1):
        yield from _EQUIPMENT.misnumbered(f"{root}/Consignment/TransportEquipment[{e}]", equipment)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if not _HOUSE.in_order(house):
            yield from _HOUSE.misnumbered(house_at(m, h), house)
        for i, item in enumerate(house.consignment_item, 1):
            if not _ITEM.in_order(item):
                yield from _ITEM.misnumbered(item_at(m, h, i), item)


@rule("R0987", CC170C, text=_COUNT_ON)
def r0987_presentation(m: CC170C, _: Look) -> Iterator[Violation]:
    """Repetitions of a data group are counted without gaps, in the presentation too."""
    place = at(m, "Consignment")
    yield from _PRESENTATION.misnumbered(place, m.consignment)
    for e, equipment in enumerate(m.consignment.transport_equipment, 1):
        yield from _EQUIPMENT.misnumbered(f"{place}/TransportEquipment[{e}]", equipment)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        means = house.departure_transport_means
        yield from _named(f"{place}/HouseConsignment[{h}]", ("DepartureTransportMeans",), (means,))


@rule("R0987", CC007C, text=_COUNT_ON)
def r0987_arrival(m: CC007C, _: Look) -> Iterator[Violation]:
    """Repetitions of a data group are counted without gaps, in the arrival notification too."""
    yield from _ARRIVAL.misnumbered(f"/{type(m).__name__}", m)
    for i, incident in enumerate(m.consignment.incident, 1):
        place = at(m, f"Consignment/Incident[{i}]")
        yield from _named(place, ("TransportEquipment",), (incident.transport_equipment,))
        for e, equipment in enumerate(incident.transport_equipment, 1):
            yield from _EQUIPMENT.misnumbered(f"{place}/TransportEquipment[{e}]", equipment)


def _repeated(groups: tuple[_Group, ...]) -> Iterator[Violation]:
    for place, group in groups:
        seen: set[int] = set()
        for position, each in enumerate(group, 1):
            if each.sequence_number in seen:
                yield broken(f"{place}[{position}]/sequenceNumber", each.sequence_number)
            seen.add(each.sequence_number)


@rule(
    "R0054",
    CC044C,
    text="Report each repetition of a group once only, under the sequence number it has in the declaration.",
)
def r0054(m: CC044C, _: Look) -> Iterator[Violation]:
    """A remark names a repetition by its number, so no number stands twice.

    Whether the number is the declared one (or the next for something found) is seen against the declaration.
    """
    c = m.consignment
    if c is None:
        return
    top = at(m, "Consignment")
    yield from _repeated(
        (
            (f"{top}/TransportEquipment", c.transport_equipment),
            (f"{top}/DepartureTransportMeans", c.departure_transport_means),
            (f"{top}/SupportingDocument", c.supporting_document),
            (f"{top}/TransportDocument", c.transport_document),
            (f"{top}/AdditionalReference", c.additional_reference),
            (f"{top}/HouseConsignment", c.house_consignment),
        )
    )
    for e, equipment in enumerate(c.transport_equipment, 1):
        place = f"{top}/TransportEquipment[{e}]"
        yield from _repeated(
            ((f"{place}/Seal", equipment.seal), (f"{place}/GoodsReference", equipment.goods_reference))
        )
    for h, house in enumerate(c.house_consignment, 1):
        place = house_at(m, h)
        yield from _repeated(
            (
                (f"{place}/DepartureTransportMeans", house.departure_transport_means),
                (f"{place}/SupportingDocument", house.supporting_document),
                (f"{place}/TransportDocument", house.transport_document),
                (f"{place}/AdditionalReference", house.additional_reference),
            )
        )
        for i, item in enumerate(house.consignment_item, 1):
            below = item_at(m, h, i)
            yield from _repeated(
                (
                    (f"{below}/Packaging", item.packaging),
                    (f"{below}/SupportingDocument", item.supporting_document),
                    (f"{below}/TransportDocument", item.transport_document),
                    (f"{below}/AdditionalReference", item.additional_reference),
                )
            )


@rule(
    "R0055",
    CC044C,
    text="Report each item once only, under the goods item numbers it has in the declaration.",
)
def r0055(m: CC044C, _: Look) -> Iterator[Violation]:
    """A remark names an item by its numbers: one through the declaration, one inside its house consignment.

    Whether they are the declared ones (or the next for goods found) is seen against the declaration.
    """
    if m.consignment is None:
        return
    declared: set[int] = set()
    for h, house in enumerate(m.consignment.house_consignment, 1):
        inside: set[int] = set()
        for i, item in enumerate(house.consignment_item, 1):
            if item.declaration_goods_item_number in declared:
                yield broken(item_at(m, h, i, "declarationGoodsItemNumber"), item.declaration_goods_item_number)
            if item.goods_item_number in inside:
                yield broken(item_at(m, h, i, "goodsItemNumber"), item.goods_item_number)
            declared.add(item.declaration_goods_item_number)
            inside.add(item.goods_item_number)
