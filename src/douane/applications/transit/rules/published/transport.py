"""Rules about means of transport (R)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from douane.applications.transit.rules.places import Declaration, Found, at, house_at
from douane.applications.transit.rules.transition import TRANSITION_END, in_transition
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import (
    CC013C,
    CC015C,
    CC170C,
    ActiveBorderTransportMeans01,
    ActiveBorderTransportMeans02,
    DepartureTransportMeans01,
    DepartureTransportMeans02,
    HouseConsignment06,
    HouseConsignment10,
)

SEA, RAIL, ROAD, AIR = "1", "2", "3", "4"
_MODE_OF_MEANS = frozenset((SEA, RAIL, ROAD, AIR, "8"))
_UPPER_CASE_AT_BORDER = frozenset(("10", "21", "30", "40", "41", "80"))
_UPPER_CASE_AT_DEPARTURE = frozenset(("10", "20", "21", "30", "31", "40", "41", "80"))
_FLIGHT = re.compile("[A-Za-z0-9]{1,3}[0-9]{1,4}[A-Za-z]?")

_Houses = tuple[HouseConsignment06 | HouseConsignment10, ...]
_Departing = tuple[DepartureTransportMeans01 | DepartureTransportMeans02, ...]
_AtBorder = tuple[ActiveBorderTransportMeans01 | ActiveBorderTransportMeans02, ...]
_Means = tuple[str, str | None, str | None]
"""Pointer, type of identification and identification number of one means of transport at departure."""


def _at_consignment(m: Declaration | CC170C) -> Iterator[_Means]:
    departing: _Departing = m.consignment.departure_transport_means
    for position, means in enumerate(departing, 1):
        place = at(m, f"Consignment/DepartureTransportMeans[{position}]")
        yield place, means.type_of_identification, means.identification_number


def _at_houses(m: Declaration | CC170C) -> Iterator[_Means]:
    houses: _Houses = m.consignment.house_consignment
    for h, house in enumerate(houses, 1):
        for position, means in enumerate(house.departure_transport_means, 1):
            place = house_at(m, h, f"DepartureTransportMeans[{position}]")
            yield place, means.type_of_identification, means.identification_number


def _at_departure(m: Declaration | CC170C) -> Iterator[_Means]:
    """The means of the consignment, or those of the houses where the consignment names none."""
    return _at_consignment(m) if m.consignment.departure_transport_means else _at_houses(m)


def _border_lower_case(m: Declaration | CC170C) -> Found:
    at_border: _AtBorder = m.consignment.active_border_transport_means
    for position, means in enumerate(at_border, 1):
        number = means.identification_number
        if number and means.type_of_identification in _UPPER_CASE_AT_BORDER and number != number.upper():
            yield broken(at(m, f"Consignment/ActiveBorderTransportMeans[{position}]/identificationNumber"), number)


@rule(
    "R0076",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="Write the identification of the means of transport at the border in capital letters.",
)
def r0076(m: Declaration, *_: object) -> Found:
    """Numbers of ships, wagons, plates, flights and vessels are written in capitals."""
    return _border_lower_case(m)


@rule("R0076", CC170C, text="Write the identification of the means of transport at the border in capital letters.")
def r0076_presentation(m: CC170C, *_: object) -> Found:
    """The presentation of a pre-lodged declaration came without a transition for this rule."""
    return _border_lower_case(m)


@rule(
    "R0315",
    CC013C,
    CC015C,
    CC170C,
    text="By air give the flight number: airline (1 to 3 characters), number (1 to 4 digits), at most one letter.",
)
def r0315(m: Declaration | CC170C, *_: object) -> Found:
    """What crosses the border by air is identified by its flight; whether it must be stated, C0531 says."""
    if m.consignment.mode_of_transport_at_the_border != AIR:
        return
    at_border: _AtBorder = m.consignment.active_border_transport_means
    for position, means in enumerate(at_border, 1):
        flight = means.conveyance_reference_number
        if flight is not None and not _FLIGHT.fullmatch(flight):
            place = f"Consignment/ActiveBorderTransportMeans[{position}]/conveyanceReferenceNumber"
            yield broken(at(m, place), flight)


@rule(
    "R0472",
    CC013C,
    CC015C,
    CC170C,
    text="Choose a type of identification that begins with the digit of the inland mode of transport.",
)
def r0472(m: Declaration | CC170C, *_: object) -> Found:
    """The means at departure are means of the inland mode."""
    mode = m.consignment.inland_mode_of_transport
    if mode not in _MODE_OF_MEANS:
        return
    for place, kind, _number in _at_departure(m):
        if kind is not None and kind[:1] != mode:
            yield broken(f"{place}/typeOfIdentification", kind)


@rule(
    "R0473",
    CC013C,
    CC015C,
    CC170C,
    text="Write the identification of the means of transport at departure in capital letters.",
)
def r0473(m: Declaration | CC170C, _: object, look: Look) -> Found:
    """Like R0076, at departure; in declarations the consignment's own means are free during the transition."""
    if m.consignment.departure_transport_means and in_transition(look) and not isinstance(m, CC170C):
        return
    for place, kind, number in _at_departure(m):
        if number and kind in _UPPER_CASE_AT_DEPARTURE and number != number.upper():
            yield broken(f"{place}/identificationNumber", number)


@rule(
    "R0474",
    CC013C,
    CC015C,
    CC170C,
    text="By road name the tractor first: its type of identification is 30.",
)
def r0474(m: Declaration | CC170C, *_: object) -> Found:
    """A road train begins with the vehicle that pulls."""
    consignment = m.consignment
    if consignment.inland_mode_of_transport != ROAD:
        return
    if consignment.departure_transport_means:
        kind = consignment.departure_transport_means[0].type_of_identification
        if kind is not None and kind != "30":
            yield broken(at(m, "Consignment/DepartureTransportMeans[1]/typeOfIdentification"), kind)
    houses: _Houses = consignment.house_consignment
    for h, house in enumerate(houses, 1):
        if house.departure_transport_means and house.departure_transport_means[0].type_of_identification != "30":
            first = house.departure_transport_means[0].type_of_identification
            yield broken(house_at(m, h, "DepartureTransportMeans[1]/typeOfIdentification"), first)


@rule(
    "R0476",
    CC013C,
    CC015C,
    CC170C,
    text="By road name trailers after the tractor: their type of identification is 31.",
)
def r0476(m: Declaration | CC170C, *_: object) -> Found:
    """What follows the tractor of a road train is a trailer."""
    consignment = m.consignment
    if consignment.inland_mode_of_transport != ROAD:
        return
    means = consignment.departure_transport_means
    if len(means) > 1:
        for position, kind in enumerate((each.type_of_identification for each in means[1:3]), 2):
            if kind is not None and kind != "31":
                yield broken(at(m, f"Consignment/DepartureTransportMeans[{position}]/typeOfIdentification"), kind)
        return
    houses: _Houses = consignment.house_consignment
    for h, house in enumerate(houses, 1):
        for position, trailer in enumerate(house.departure_transport_means[1:3], 2):
            if trailer.type_of_identification != "31":
                place = house_at(m, h, f"DepartureTransportMeans[{position}]/typeOfIdentification")
                yield broken(place, trailer.type_of_identification)


@rule(
    "R0789",
    CC013C,
    CC015C,
    text="Without an office of transit name one means of transport at the border only.",
)
def r0789(m: Declaration, *_: object) -> Found:
    """Several means at the border make sense only where several borders are crossed."""
    if len(m.consignment.active_border_transport_means) > 1 and not m.customs_office_of_transit_declared:
        yield broken(
            at(m, "Consignment/ActiveBorderTransportMeans[2]"), len(m.consignment.active_border_transport_means)
        )


def most_means(mode: str | None) -> int | None:
    """How many means of transport one vehicle combination of this inland mode may have; None for any number."""
    if mode == RAIL:
        return None
    return 3 if mode == ROAD else 1


def _too_many_means(m: Declaration | CC170C) -> Found:
    most = most_means(m.consignment.inland_mode_of_transport)
    if most is None:
        return
    if len(m.consignment.departure_transport_means) > most:
        yield broken(at(m, f"Consignment/DepartureTransportMeans[{most + 1}]"))
    houses: _Houses = m.consignment.house_consignment
    for h, house in enumerate(houses, 1):
        if len(house.departure_transport_means) > most:
            yield broken(house_at(m, h, f"DepartureTransportMeans[{most + 1}]"))


@rule(
    "R0855",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="Name at most three means of transport at departure by road, any number by rail, otherwise one.",
)
def r0855(m: Declaration, *_: object) -> Found:
    """A road train has up to three parts, a train any number, everything else is one means."""
    return _too_many_means(m)


@rule(
    "R0855",
    CC170C,
    text="Name at most three means of transport at departure by road, any number by rail, otherwise one.",
)
def r0855_presentation(m: CC170C, *_: object) -> Found:
    """The presentation of a pre-lodged declaration came without a transition for this rule."""
    return _too_many_means(m)
