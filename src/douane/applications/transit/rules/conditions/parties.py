"""Conditions on parties: who must be named, where, and with which particulars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from douane.applications.transit.rules.places import (
    Declaration,
    Found,
    consignment_at,
    country_of_departure,
    house_at,
    root,
)
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC007C, CC013C, CC014C, CC015C, CC141C, CC170C

NO_CONSIGNEE = "30600"
"""Additional information: consignee unknown, negotiable bill of lading."""


class Address(Protocol):
    """What the rules read of an address."""

    @property
    def postcode(self) -> str | None: ...

    @property
    def country(self) -> str: ...


class Party(Protocol):
    """What the rules read of a party."""

    @property
    def identification_number(self) -> str | None: ...

    @property
    def name(self) -> str | None: ...

    @property
    def address(self) -> Address | None: ...


def _house_parties(m: Declaration) -> Iterator[tuple[int, str, Party]]:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.consignor is not None:
            yield h, "Consignor", house.consignor
        if house.consignee is not None:
            yield h, "Consignee", house.consignee


def _houses_bound_for(m: Declaration, look: Look) -> tuple[bool, ...] | None:
    """Per house whether its goods go to a common transit country (CL009); None if none of them does.

    The levels are asked in the order of C0001: consignment, then houses, then items.
    """
    consignment = m.consignment
    houses = consignment.house_consignment
    if look.has("CL009", consignment.country_of_destination):
        return (True,) * len(houses)
    bound = tuple(look.has("CL009", h.country_of_destination) for h in houses)
    if not any(bound):
        bound = tuple(any(look.has("CL009", i.country_of_destination) for i in h.consignment_item) for h in houses)
    return bound if any(bound) else None


def _without_consignee(m: Declaration) -> Iterator[int]:
    """Numbers of the houses whose consignee is unknown (30600)."""
    everywhere = any(a.code == NO_CONSIGNEE for a in m.consignment.additional_information)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if everywhere or any(a.code == NO_CONSIGNEE for a in house.additional_information):
            yield h


@rule(
    "C0001",
    CC013C,
    CC015C,
    text="Name the consignee once, for the consignment or for each house consignment to a common transit country; "
    "name none where additional information 30600 stands.",
    lists=("CL009",),
    after=TRANSITION_END,
)
def c0001(m: Declaration, _: object, look: Look) -> Found:
    consignee = m.consignment.consignee
    open_to_unknown = m.transit_operation.security not in {"0", "1"}
    forbidden: frozenset[int] = frozenset()
    if consignee is None or open_to_unknown:
        bound = _houses_bound_for(m, look)
        if bound is not None and consignee is None:
            for h, house in enumerate(m.consignment.house_consignment, 1):
                if bound[h - 1] and house.consignee is None:
                    yield missing(f"{house_at(m, h)}/Consignee")
            return
        if bound is None and open_to_unknown:
            forbidden = frozenset(_without_consignee(m))
    if consignee is not None and forbidden:
        yield not_allowed(f"{consignment_at(m)}/Consignee", consignee.identification_number or "")
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.consignee is not None and (h in forbidden or consignee is not None):
            yield not_allowed(f"{house_at(m, h)}/Consignee", house.consignee.identification_number or "")


PARTICULARS_TEXT = (
    "Leave out name and address of a party identified by a number from the register of the office of departure (of the "
    "Union, or of the partner country); otherwise give both."
)


def _registers(m: Declaration | CC014C | CC141C | CC170C, look: Look) -> Callable[[str], bool]:
    """Whether a number belongs to the register that the office of departure can ask: the Union's or its own country's.

    The registers themselves are not at hand, so a number of the right country counts as registered.
    """
    country = country_of_departure(m)
    if look.has("CL010", country):
        return lambda number: look.has("CL010", number[:2])
    return lambda number: number[:2] == country


def _particulars(place: str, party: Party, registered: Callable[[str], bool]) -> Found:
    number = party.identification_number
    if number is not None and registered(number):
        if party.name is not None:
            yield not_allowed(f"{place}/name", party.name)
        if party.address is not None:
            yield not_allowed(f"{place}/Address")
        return
    if party.name is None:
        yield missing(f"{place}/name")
    if party.address is None:
        yield missing(f"{place}/Address")


@rule("C0250", CC014C, CC141C, CC170C, text=PARTICULARS_TEXT, lists=("CL010",))
def c0250_holder(m: CC014C | CC141C | CC170C, _: object, look: Look) -> Found:
    holder = m.holder_of_the_transit_procedure
    return _particulars(f"{root(m)}/HolderOfTheTransitProcedure", holder, _registers(m, look))


@rule("C0250", CC013C, CC015C, text=PARTICULARS_TEXT, lists=("CL010",))
def c0250(m: Declaration, _: object, look: Look) -> Found:
    registered = _registers(m, look)
    yield from _particulars(f"{root(m)}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure, registered)
    if m.consignment.consignor is not None:
        yield from _particulars(f"{consignment_at(m)}/Consignor", m.consignment.consignor, registered)
    if m.consignment.consignee is not None:
        yield from _particulars(f"{consignment_at(m)}/Consignee", m.consignment.consignee, registered)
    for h, role, party in _house_parties(m):
        yield from _particulars(f"{house_at(m, h)}/{role}", party, registered)


POSTCODE_TEXT = "Give the postcode; only addresses in a country of CL505 may lack one."


def _postcode(place: str, address: Address | None, look: Look) -> Found:
    if address is not None and address.postcode is None and not look.has("CL505", address.country):
        yield missing(f"{place}/Address/postcode")


@rule("C0505", CC007C, text=POSTCODE_TEXT, lists=("CL505",))
def c0505_arrival(m: CC007C, _: object, look: Look) -> Found:
    yield from _postcode(f"{consignment_at(m)}/LocationOfGoods", m.consignment.location_of_goods.address, look)
    for n, incident in enumerate(m.consignment.incident, 1):
        address = incident.location.address
        # The address of an incident has no country of its own: the location bears it.
        if address is not None and address.postcode is None and not look.has("CL505", incident.location.country):
            yield missing(f"{consignment_at(m)}/Incident[{n}]/Location/Address/postcode")


@rule("C0505", CC014C, text=POSTCODE_TEXT, lists=("CL505",))
def c0505_invalidation(m: CC014C, _: object, look: Look) -> Found:
    return _postcode(f"{root(m)}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure.address, look)


@rule("C0505", CC141C, text=POSTCODE_TEXT, lists=("CL505",))
def c0505_enquiry(m: CC141C, _: object, look: Look) -> Found:
    yield from _postcode(f"{root(m)}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure.address, look)
    if m.consignment is not None:
        consignee = m.consignment.consignee_actual
        yield from _postcode(f"{root(m)}/Consignment/ConsigneeActual", consignee.address, look)


@rule("C0505", CC170C, text=POSTCODE_TEXT, lists=("CL505",))
def c0505_presentation(m: CC170C, _: object, look: Look) -> Found:
    yield from _postcode(f"{root(m)}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure.address, look)
    yield from _postcode(f"{consignment_at(m)}/LocationOfGoods", m.consignment.location_of_goods.address, look)


@rule("C0505", CC013C, CC015C, text=POSTCODE_TEXT, lists=("CL505",))
def c0505(m: Declaration, _: object, look: Look) -> Found:
    consignment = m.consignment
    yield from _postcode(f"{root(m)}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure.address, look)
    if consignment.consignor is not None:
        yield from _postcode(f"{consignment_at(m)}/Consignor", consignment.consignor.address, look)
    if consignment.consignee is not None:
        yield from _postcode(f"{consignment_at(m)}/Consignee", consignment.consignee.address, look)
    if consignment.location_of_goods is not None:
        yield from _postcode(f"{consignment_at(m)}/LocationOfGoods", consignment.location_of_goods.address, look)
    for h, role, party in _house_parties(m):
        yield from _postcode(f"{house_at(m, h)}/{role}", party.address, look)


@rule(
    "C0542",
    CC013C,
    CC015C,
    text="Name the consignor once, for the consignment or for its houses; name none in a reduced dataset without "
    "security data.",
)
def c0542(m: Declaration, *_: object) -> Found:
    consignor = m.consignment.consignor
    reduced = m.transit_operation.reduced_dataset_indicator and m.transit_operation.security == "0"
    if consignor is None and not reduced:
        return
    if consignor is not None and reduced:
        yield not_allowed(f"{consignment_at(m)}/Consignor", consignor.identification_number or "")
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.consignor is not None:
            yield not_allowed(f"{house_at(m, h)}/Consignor", house.consignor.identification_number or "")
