"""A declaration with what its offices learn before release: what a presentation adds, the seals of a control."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.handlers.recast import recast
from douane.standards.ncts import phase5 as p5


def presented(declared: p5.CC015C, m: p5.CC170C) -> p5.CC015C:
    """The declaration as it stands once the goods are here; what the presentation leaves out stays as declared."""
    c, own = declared.consignment, m.consignment
    means = {house.sequence_number: house.departure_transport_means for house in own.house_consignment}
    return replace(
        declared,
        transit_operation=replace(
            declared.transit_operation,
            limit_date=m.transit_operation.limit_date or declared.transit_operation.limit_date,
        ),
        representative=m.representative or declared.representative,
        consignment=replace(
            c,
            container_indicator=c.container_indicator if own.container_indicator is None else own.container_indicator,
            inland_mode_of_transport=own.inland_mode_of_transport or c.inland_mode_of_transport,
            mode_of_transport_at_the_border=own.mode_of_transport_at_the_border or c.mode_of_transport_at_the_border,
            transport_equipment=own.transport_equipment or c.transport_equipment,
            location_of_goods=own.location_of_goods,
            departure_transport_means=tuple(
                recast(each, p5.DepartureTransportMeans01) for each in own.departure_transport_means
            )
            or c.departure_transport_means,
            active_border_transport_means=tuple(
                recast(each, p5.ActiveBorderTransportMeans02) for each in own.active_border_transport_means
            )
            or c.active_border_transport_means,
            place_of_loading=own.place_of_loading or c.place_of_loading,
            house_consignment=tuple(
                replace(house, departure_transport_means=found)
                if (found := means.get(house.sequence_number))
                else house
                for house in c.house_consignment
            ),
        ),
    )


def sealed(declared: p5.CC015C, identifiers: tuple[str, ...]) -> p5.CC015C:
    """The declaration with the seals that an officer put on its first equipment, beside those declared; where none was
    declared they hold all goods (C0670)."""
    items = [item for house in declared.consignment.house_consignment for item in house.consignment_item]
    goods = tuple(
        p5.GoodsReference(sequence_number=n, declaration_goods_item_number=each.declaration_goods_item_number)
        for n, each in enumerate(items, 1)
    )
    first, *others = declared.consignment.transport_equipment or (
        p5.TransportEquipment05(sequence_number=1, number_of_seals=0, goods_reference=goods),
    )
    marks = (*(each.identifier for each in first.seal), *identifiers)
    seals = tuple(p5.Seal02(sequence_number=n, identifier=mark) for n, mark in enumerate(dict.fromkeys(marks), 1))
    equipment = (replace(first, number_of_seals=len(seals), seal=seals), *others)
    return replace(declared, consignment=replace(declared.consignment, transport_equipment=equipment))
