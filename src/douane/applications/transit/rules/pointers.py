"""Where a violation stands: pointers into the messages, built only when a rule is broken."""

from __future__ import annotations


def at(message: object, path: str) -> str:
    """The pointer of a path below the root element of a message."""
    return f"/{type(message).__name__}/{path}"


def house_at(message: object, house: int, path: str = "") -> str:
    """The pointer of a house consignment (counted from 1), or of a place below it."""
    below = f"/{path}" if path else ""
    return f"/{type(message).__name__}/Consignment/HouseConsignment[{house}]{below}"


def item_at(message: object, house: int, item: int, path: str = "") -> str:
    """The pointer of a consignment item (house and item counted from 1), or of a place below it."""
    below = f"/{path}" if path else ""
    return f"/{type(message).__name__}/Consignment/HouseConsignment[{house}]/ConsignmentItem[{item}]{below}"
