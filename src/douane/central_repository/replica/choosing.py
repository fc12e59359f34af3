"""Choosing to be pushed to: what a follower tells its centre, and what the centre keeps of that."""

from __future__ import annotations

from typing import Any, Final, Protocol

import msgspec

from douane.central_repository.replica.answers import View

_SERVICE: Final = "final_data"


class Teller(Protocol):
    """A centre that also takes messages."""

    async def call(self, operation: str, body: bytes, own_id: str = "") -> Any:
        """The answer to a query, or the receipt of a message, as JSON. own_id: by which a message is known."""


async def choose_feed(centre: Teller, follower: str, view: View, address: str, own_id: str) -> None:
    """Have a view pushed to an address; empty: no more. Raises PartnerUnreachable, PartnerRefused."""
    asked = {"follower": follower, "data_set": view.data_set, "view": view.view, "address": address}
    await centre.call(f"{_SERVICE}.follow", msgspec.json.encode(asked), own_id)


async def chosen_feeds(centre: Teller, follower: str) -> dict[View, str]:
    """The views that are pushed to a follower, and where. Raises PartnerUnreachable, PartnerRefused."""
    found = await centre.call(f"{_SERVICE}.followed", msgspec.json.encode({"follower": follower}))
    return {View(each["data_set"], each["view"]): each["address"] for each in found["feeds"]}
