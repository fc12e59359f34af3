"""What the rules share: kinds of messages, and pointers to their repeated groups."""

from __future__ import annotations

from collections.abc import Iterator

from douane.author import Violation
from douane.standards.ncts.phase5 import (
    CC007C,
    CC013C,
    CC014C,
    CC015C,
    CC044C,
    CC141C,
    CC170C,
    Guarantee01,
    Guarantee02,
)

Declaration = CC013C | CC015C
"""A declaration or its amendment: the same consignment, the same rules."""

Message = CC007C | CC013C | CC014C | CC015C | CC044C | CC141C | CC170C
"""What traders send and rules judge."""

Found = Iterator[Violation]
"""What a rule yields."""


def root(message: Message) -> str:
    """Pointer of the message itself; the type bears the name of the root element."""
    return f"/{type(message).__name__}"


def consignment_at(message: CC007C | CC013C | CC015C | CC044C | CC170C) -> str:
    """Pointer of the consignment."""
    return f"/{type(message).__name__}/Consignment"


def country_of_departure(message: CC013C | CC014C | CC015C | CC141C | CC170C) -> str:
    """The country whose office judges a message at departure; an answer to an enquiry goes to the office of enquiry."""
    if isinstance(message, CC141C):
        return message.customs_office_of_enquiry_at_departure.reference_number[:2]
    return message.customs_office_of_departure.reference_number[:2]


def guarantees(message: Declaration) -> tuple[Guarantee01 | Guarantee02, ...]:
    """The guarantees; an amendment may leave out the type of one that it does not change."""
    return message.guarantee


def at(message: Message, path: str) -> str:
    """Pointer of a path below the message."""
    return f"/{type(message).__name__}/{path}"


def house_at(message: Message, house: int, path: str = "") -> str:
    """Pointer of a house consignment (the first is 1), or of a path below it."""
    place = f"/{type(message).__name__}/Consignment/HouseConsignment[{house}]"
    return f"{place}/{path}" if path else place


def item_at(message: Message, house: int, item: int, path: str = "") -> str:
    """Pointer of an item within a house consignment (both count from 1), or of a path below it."""
    place = f"/{type(message).__name__}/Consignment/HouseConsignment[{house}]/ConsignmentItem[{item}]"
    return f"{place}/{path}" if path else place
