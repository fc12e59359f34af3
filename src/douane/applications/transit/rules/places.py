"""What the conditions share: kinds of messages, and pointers to their repeated groups."""

from __future__ import annotations

from collections.abc import Iterator

from douane.model.rules import Violation
from douane.standards.ncts.phase5 import CC007C, CC013C, CC014C, CC015C, CC044C, CC170C, Guarantee01, Guarantee02

Declaration = CC013C | CC015C
"""A declaration or its amendment: the same consignment, the same rules."""

Found = Iterator[Violation]
"""What a rule yields."""


def root(message: CC007C | CC013C | CC014C | CC015C | CC044C | CC170C) -> str:
    """Pointer of the message itself; the type bears the name of the root element."""
    return f"/{type(message).__name__}"


def consignment_at(message: CC007C | CC013C | CC015C | CC044C | CC170C) -> str:
    """Pointer of the consignment."""
    return f"/{type(message).__name__}/Consignment"


def guarantees(message: Declaration) -> tuple[Guarantee01 | Guarantee02, ...]:
    """The guarantees; an amendment may leave out the type of one that it does not change."""
    return message.guarantee


def house_at(message: Declaration | CC044C | CC170C, house: int) -> str:
    """Pointer of a house consignment; the first is 1."""
    return f"/{type(message).__name__}/Consignment/HouseConsignment[{house}]"


def item_at(message: Declaration | CC044C, house: int, item: int) -> str:
    """Pointer of an item within a house consignment; both count from 1."""
    return f"/{type(message).__name__}/Consignment/HouseConsignment[{house}]/ConsignmentItem[{item}]"
