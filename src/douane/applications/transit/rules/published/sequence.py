"""Rules about numbering (R)."""

from __future__ import annotations

from douane.applications.transit.rules.numbering import Level, named
from douane.applications.transit.rules.places import Declaration, Found, at, guarantees, house_at, item_at
from douane.author import broken, rule
from douane.standards.ncts.phase5 import (
    CC007C,
    CC013C,
    CC015C,
    CC170C,
)


@rule(
    "R0007",
    CC013C,
    CC015C,
    text="Number the items through the whole declaration: 1, 2, 3 and so on as declaration goods item number.",
)
def r0007(m: Declaration, *_: object) -> Found:
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
def r0988(m: Declaration, *_: object) -> Found:
    """Every item of a house consignment has a number in it, without gaps."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.goods_item_number != i:
                yield broken(item_at(m, h, i, "goodsItemNumber"), item.goods_item_number)


_DECLARATION = Level(
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
_HOUSE = Level(
    additional_supply_chain_actor="AdditionalSupplyChainActor",
    departure_transport_means="DepartureTransportMeans",
    previous_document="PreviousDocument",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
    additional_information="AdditionalInformation",
)
_ITEM = Level(
    additional_supply_chain_actor="AdditionalSupplyChainActor",
    commodity__dangerous_goods="Commodity/DangerousGoods",
    packaging="Packaging",
    previous_document="PreviousDocument",
    supporting_document="SupportingDocument",
    transport_document="TransportDocument",
    additional_reference="AdditionalReference",
    additional_information="AdditionalInformation",
)
_EQUIPMENT = Level(seal="Seal", goods_reference="GoodsReference")
_PRESENTATION = Level(
    transport_equipment="TransportEquipment",
    departure_transport_means="DepartureTransportMeans",
    active_border_transport_means="ActiveBorderTransportMeans",
    house_consignment="HouseConsignment",
)
_ARRIVAL = Level(authorisation="Authorisation", consignment__incident="Consignment/Incident")
_COUNT_ON = "Number the repetitions of a group 1, 2, 3 and so on in the order in which they stand."


@rule("R0987", CC013C, CC015C, text=_COUNT_ON)
def r0987(m: Declaration, *_: object) -> Found:
    """Repetitions of a data group are counted without gaps."""
    root = f"/{type(m).__name__}"
    if not _DECLARATION.in_order((m,)):
        yield from _DECLARATION.misnumbered(root, m)
    for g, guarantee in enumerate(guarantees(m), 1):
        yield from named(f"{root}/Guarantee[{g}]", ("GuaranteeReference",), (guarantee.guarantee_reference,))
    if not _EQUIPMENT.in_order(m.consignment.transport_equipment):
        for e, equipment in enumerate(m.consignment.transport_equipment, 1):
            yield from _EQUIPMENT.misnumbered(f"{root}/Consignment/TransportEquipment[{e}]", equipment)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if not _HOUSE.in_order((house,)):
            yield from _HOUSE.misnumbered(house_at(m, h), house)
        if not _ITEM.in_order(house.consignment_item):
            for i, item in enumerate(house.consignment_item, 1):
                yield from _ITEM.misnumbered(item_at(m, h, i), item)


@rule("R0987", CC170C, text=_COUNT_ON)
def r0987_presentation(m: CC170C, *_: object) -> Found:
    """Repetitions of a data group are counted without gaps, in the presentation too."""
    place = at(m, "Consignment")
    yield from _PRESENTATION.misnumbered(place, m.consignment)
    for e, equipment in enumerate(m.consignment.transport_equipment, 1):
        yield from _EQUIPMENT.misnumbered(f"{place}/TransportEquipment[{e}]", equipment)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        means = house.departure_transport_means
        yield from named(f"{place}/HouseConsignment[{h}]", ("DepartureTransportMeans",), (means,))


@rule("R0987", CC007C, text=_COUNT_ON)
def r0987_arrival(m: CC007C, *_: object) -> Found:
    """Repetitions of a data group are counted without gaps, in the arrival notification too."""
    yield from _ARRIVAL.misnumbered(f"/{type(m).__name__}", m)
    for i, incident in enumerate(m.consignment.incident, 1):
        place = at(m, f"Consignment/Incident[{i}]")
        yield from named(place, ("TransportEquipment",), (incident.transport_equipment,))
        for e, equipment in enumerate(incident.transport_equipment, 1):
            yield from _EQUIPMENT.misnumbered(f"{place}/TransportEquipment[{e}]", equipment)
