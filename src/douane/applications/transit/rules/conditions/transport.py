"""Conditions on means of transport, mode and containers of a declaration."""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, consignment_at, house_at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC013C, CC015C, CC170C

BY_AIR = "4"
BY_MAIL = "5"
SECURITY = frozenset("123")
"""Declarations that carry entry or exit summary data."""


@rule(
    "C0055",
    CC013C,
    CC015C,
    CC170C,
    text="Number at least one container where the goods travel in containers; state no container number where "
    "they do not.",
)
def c0055(m: Declaration | CC170C, *_: object) -> Found:
    equipment = m.consignment.transport_equipment
    in_containers = m.consignment.container_indicator
    # Without the indicator C0823 already forbids the whole group.
    if not equipment or in_containers is None:
        return
    if in_containers:
        if all(e.container_identification_number is None for e in equipment):
            yield missing(f"{consignment_at(m)}/TransportEquipment[1]/containerIdentificationNumber")
        return
    for n, each in enumerate(equipment, 1):
        if each.container_identification_number is not None:
            place = f"{consignment_at(m)}/TransportEquipment[{n}]/containerIdentificationNumber"
            yield not_allowed(place, each.container_identification_number)


@rule(
    "C0531",
    CC013C,
    CC015C,
    text="Give the flight number of each means crossing the border by air when security data are declared.",
)
def c0531(m: Declaration, *_: object) -> Found:
    if m.consignment.mode_of_transport_at_the_border == BY_AIR and m.transit_operation.security in SECURITY:
        for n, means in enumerate(m.consignment.active_border_transport_means, 1):
            if means.conveyance_reference_number is None:
                yield missing(f"{consignment_at(m)}/ActiveBorderTransportMeans[{n}]/conveyanceReferenceNumber")


@rule(
    "C0569",
    CC013C,
    CC015C,
    CC170C,
    text="List the seals of a transport equipment that has some; list none where their number is 0.",
)
def c0569(m: Declaration | CC170C, *_: object) -> Found:
    for n, equipment in enumerate(m.consignment.transport_equipment, 1):
        if equipment.number_of_seals > 0:
            if not equipment.seal:
                yield missing(f"{consignment_at(m)}/TransportEquipment[{n}]/Seal")
        elif equipment.seal:
            yield not_allowed(f"{consignment_at(m)}/TransportEquipment[{n}]/Seal", equipment.seal[0].identifier)


@rule(
    "C0599",
    CC013C,
    CC015C,
    text="State the mode of transport at the border in a standard declaration with security data.",
    after=TRANSITION_END,
)
def c0599(m: Declaration, *_: object) -> Found:
    operation = m.transit_operation
    if (
        m.consignment.mode_of_transport_at_the_border is None
        and operation.additional_declaration_type == "A"
        and operation.security in SECURITY
    ):
        yield missing(f"{consignment_at(m)}/modeOfTransportAtTheBorder")


@rule(
    "C0670",
    CC013C,
    CC015C,
    CC170C,
    text="Say which goods each transport equipment holds, unless a single numbered container holds them all.",
)
def c0670(m: Declaration | CC170C, *_: object) -> Found:
    equipment = m.consignment.transport_equipment
    if len(equipment) == 1 and equipment[0].container_identification_number is not None:
        return
    for n, each in enumerate(equipment, 1):
        if not each.goods_reference:
            yield missing(f"{consignment_at(m)}/TransportEquipment[{n}]/GoodsReference")


@rule(
    "C0806",
    CC013C,
    CC015C,
    text="Name the means crossing the border in a standard declaration with security data; by mail name none.",
    after=TRANSITION_END,
)
def c0806(m: Declaration, *_: object) -> Found:
    means = m.consignment.active_border_transport_means
    if m.consignment.mode_of_transport_at_the_border == BY_MAIL:
        for n, each in enumerate(means, 1):
            yield not_allowed(f"{consignment_at(m)}/ActiveBorderTransportMeans[{n}]", each.identification_number or "")
    elif not means:
        operation = m.transit_operation
        if operation.additional_declaration_type == "A" and operation.security in SECURITY:
            yield missing(f"{consignment_at(m)}/ActiveBorderTransportMeans")


@rule("C0822", CC013C, CC015C, text="Say in a standard declaration whether the goods travel in containers.")
def c0822(m: Declaration, *_: object) -> Found:
    if m.consignment.container_indicator is None and m.transit_operation.additional_declaration_type != "D":
        yield missing(f"{consignment_at(m)}/containerIndicator")


@rule(
    "C0823",
    CC013C,
    CC015C,
    CC170C,
    text="Describe the transport equipment of goods in containers; describe none before the container indicator "
    "is stated.",
)
def c0823(m: Declaration | CC170C, *_: object) -> Found:
    equipment = m.consignment.transport_equipment
    in_containers = m.consignment.container_indicator
    if in_containers is None:
        for n in range(1, len(equipment) + 1):
            yield not_allowed(f"{consignment_at(m)}/TransportEquipment[{n}]")
    elif in_containers and not equipment:
        yield missing(f"{consignment_at(m)}/TransportEquipment")


@rule(
    "C0826",
    CC013C,
    CC015C,
    text="Name the means of transport at departure for the consignment or for its houses; by mail name none.",
    after=TRANSITION_END,
)
def c0826(m: Declaration, *_: object) -> Found:
    above = m.consignment.departure_transport_means
    by_mail = m.consignment.inland_mode_of_transport == BY_MAIL
    if not (above or by_mail):
        return
    if by_mail:
        for n, means in enumerate(above, 1):
            yield not_allowed(f"{consignment_at(m)}/DepartureTransportMeans[{n}]", means.identification_number or "")
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for n, each in enumerate(house.departure_transport_means, 1):
            yield not_allowed(f"{house_at(m, h)}/DepartureTransportMeans[{n}]", each.identification_number)
