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
    ConsignmentItem09,
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


def _misnumbered(message: object, below: str, groups: tuple[_Group, ...]) -> Iterator[Violation]:
    for name, group in groups:
        for position, each in enumerate(group, 1):
            if each.sequence_number != position:
                yield broken(at(message, f"{below}{name}[{position}]/sequenceNumber"), each.sequence_number)


_COUNT_ON = "Number the repetitions of a group 1, 2, 3 and so on in the order in which they stand."


@rule("R0987", CC013C, CC015C, text=_COUNT_ON)
def r0987(m: CC013C | CC015C, _: Look) -> Iterator[Violation]:
    """Repetitions of a data group are counted without gaps."""
    c = m.consignment
    yield from _misnumbered(
        m,
        "",
        (
            ("Authorisation", m.authorisation),
            ("CustomsOfficeOfTransitDeclared", m.customs_office_of_transit_declared),
            ("CustomsOfficeOfExitForTransitDeclared", m.customs_office_of_exit_for_transit_declared),
            ("Guarantee", m.guarantee),
            ("Consignment/AdditionalSupplyChainActor", c.additional_supply_chain_actor),
            ("Consignment/TransportEquipment", c.transport_equipment),
            ("Consignment/DepartureTransportMeans", c.departure_transport_means),
            ("Consignment/CountryOfRoutingOfConsignment", c.country_of_routing_of_consignment),
            ("Consignment/ActiveBorderTransportMeans", c.active_border_transport_means),
            ("Consignment/PreviousDocument", c.previous_document),
            ("Consignment/SupportingDocument", c.supporting_document),
            ("Consignment/TransportDocument", c.transport_document),
            ("Consignment/AdditionalReference", c.additional_reference),
            ("Consignment/AdditionalInformation", c.additional_information),
            ("Consignment/HouseConsignment", c.house_consignment),
        ),
    )
    guarantees: tuple[Guarantee01 | Guarantee02, ...] = m.guarantee
    for g, guarantee in enumerate(guarantees, 1):
        yield from _misnumbered(m, f"Guarantee[{g}]/", (("GuaranteeReference", guarantee.guarantee_reference),))
    if c.transport_equipment:
        yield from _misnumbered_equipment(m)
    for h, house in enumerate(c.house_consignment, 1):
        yield from _misnumbered(
            m,
            f"Consignment/HouseConsignment[{h}]/",
            (
                ("AdditionalSupplyChainActor", house.additional_supply_chain_actor),
                ("DepartureTransportMeans", house.departure_transport_means),
                ("PreviousDocument", house.previous_document),
                ("SupportingDocument", house.supporting_document),
                ("TransportDocument", house.transport_document),
                ("AdditionalReference", house.additional_reference),
                ("AdditionalInformation", house.additional_information),
            ),
        )
    yield from _misnumbered_items(m)


def _misnumbered_equipment(m: CC013C | CC015C | CC170C) -> Iterator[Violation]:
    for e, equipment in enumerate(m.consignment.transport_equipment, 1):
        groups: tuple[_Group, ...] = (("Seal", equipment.seal), ("GoodsReference", equipment.goods_reference))
        yield from _misnumbered(m, f"Consignment/TransportEquipment[{e}]/", groups)


_ITEM_GROUPS = (
    "AdditionalSupplyChainActor",
    "Commodity/DangerousGoods",
    "Packaging",
    "PreviousDocument",
    "SupportingDocument",
    "TransportDocument",
    "AdditionalReference",
    "AdditionalInformation",
)
_groups_of: Callable[[ConsignmentItem09], tuple[tuple[_Numbered, ...], ...]] = attrgetter(
    "additional_supply_chain_actor",
    "commodity.dangerous_goods",
    "packaging",
    "previous_document",
    "supporting_document",
    "transport_document",
    "additional_reference",
    "additional_information",
)


def _misnumbered_items(m: CC013C | CC015C) -> Iterator[Violation]:
    """Read all groups of an item at once: this is the longest walk of all rules."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for g, group in enumerate(_groups_of(item)):
                if not group:
                    continue
                for position, each in enumerate(group, 1):
                    if each.sequence_number != position:
                        place = item_at(m, h, i, f"{_ITEM_GROUPS[g]}[{position}]/sequenceNumber")
                        yield broken(place, each.sequence_number)


@rule("R0987", CC170C, text=_COUNT_ON)
def r0987_presentation(m: CC170C, _: Look) -> Iterator[Violation]:
    """Repetitions of a data group are counted without gaps, in the presentation too."""
    c = m.consignment
    yield from _misnumbered(
        m,
        "Consignment/",
        (
            ("TransportEquipment", c.transport_equipment),
            ("DepartureTransportMeans", c.departure_transport_means),
            ("ActiveBorderTransportMeans", c.active_border_transport_means),
            ("HouseConsignment", c.house_consignment),
        ),
    )
    yield from _misnumbered_equipment(m)
    for h, house in enumerate(c.house_consignment, 1):
        means: tuple[_Group, ...] = (("DepartureTransportMeans", house.departure_transport_means),)
        yield from _misnumbered(m, f"Consignment/HouseConsignment[{h}]/", means)


@rule("R0987", CC007C, text=_COUNT_ON)
def r0987_arrival(m: CC007C, _: Look) -> Iterator[Violation]:
    """Repetitions of a data group are counted without gaps, in the arrival notification too."""
    yield from _misnumbered(
        m, "", (("Authorisation", m.authorisation), ("Consignment/Incident", m.consignment.incident))
    )
    for i, incident in enumerate(m.consignment.incident, 1):
        below = f"Consignment/Incident[{i}]/"
        yield from _misnumbered(m, below, (("TransportEquipment", incident.transport_equipment),))
        for e, equipment in enumerate(incident.transport_equipment, 1):
            groups: tuple[_Group, ...] = (("Seal", equipment.seal), ("GoodsReference", equipment.goods_reference))
            yield from _misnumbered(m, f"{below}TransportEquipment[{e}]/", groups)


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
