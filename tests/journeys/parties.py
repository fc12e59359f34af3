"""Parties in messages between offices: name and address are required there, but a trader may declare only a number.

Until a register of economic operators is connected, what the trader left out is filled with the number and its country.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec

UNDECLARED = "as registered"


def named(party: Any) -> Any:
    """A party with name and address; unchanged where both are declared."""
    if party is None or (party.name is not None and party.address is not None):
        return party
    number: str = party.identification_number or ""
    address = party.address or _address(type(party))(
        street_and_number=UNDECLARED, city=UNDECLARED, country=number[:2] or "XX", postcode="0"
    )
    return msgspec.structs.replace(party, name=party.name or number or UNDECLARED, address=address)


def consignment_named(consignment: Any) -> Any:
    """A consignment whose parties all have name and address, down to the goods items."""
    houses = tuple(_with_parties(h, consignment_item=_items(h)) for h in consignment.house_consignment)
    return _with_parties(consignment, house_consignment=houses)


def _items(house: Any) -> Any:
    if all(item.consignee is None or item.consignee.name is not None for item in house.consignment_item):
        return house.consignment_item
    return tuple(_with_parties(item) for item in house.consignment_item)


def _with_parties(group: Any, **changes: Any) -> Any:
    for field in ("consignor", "consignee"):
        party = getattr(group, field, None)
        full = named(party)
        if full is not party:
            changes[field] = full
    return msgspec.structs.replace(group, **changes) if changes else group


_addresses: dict[type, Any] = {}


def _address(party: type) -> Any:
    """The type of address that a type of party has."""
    found = _addresses.get(party)
    if found is None:
        declared = next(f.type for f in msgspec.structs.fields(party) if f.name == "address")
        found = _addresses[party] = next((e for e in get_args(declared) if e is not type(None)), declared)
    return found
