"""Lanes that were looked at while the own store refused."""

from __future__ import annotations

import asyncio

import pytest

from douane.runtime.store.ports import Store
from douane.vocabulary.errors import StoreUnavailable
from tests.contracts.test_node import Failing, Partner, delivery, order_in_lane


def test_a_lane_that_looked_while_the_own_store_refused_is_carried_once_it_is_back(store: Store) -> None:
    """What it found then was nothing, and no later message need come that wakes it."""
    full, partner = Failing(store), Partner()
    loop, lanes = order_in_lane(full, partner)

    async def journey() -> None:
        await loop.order("O1")
        full.full = True
        with pytest.raises(StoreUnavailable):
            await loop.order("O2")
        lane = lanes.lanes["rest:partner"]
        await lanes.turn(lane)
        assert not lane.waiting
        full.full = False
        await loop.renewed()
        again = lanes.lanes["rest:partner"]
        assert again.waiting
        await lanes.turn(again)

    asyncio.run(journey())
    assert delivery(store, 1) == ("arrived", "as told")
