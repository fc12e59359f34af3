"""Transit from the declaration to its end, across France, Germany and Austria in one node."""

from __future__ import annotations

from decimal import Decimal

from tests.journeys.movements import LIMIT, Movement, told

ACCEPTED = ["CC928C", "CC028C"]
RELEASED = [*ACCEPTED, "CC029C"]


def test_a_movement_is_released_crosses_the_frontier_arrives_and_is_discharged() -> None:
    movement = Movement()
    assert movement.told == RELEASED
    assert movement.case.state == "released"
    assert movement.account.reserved == Decimal("4500.00")
    movement.pass_frontier()
    assert [office for office, _ in movement.case.passages] == ["DE004055"]
    consignee = movement.arrive()
    assert movement.case.state == "arrived"
    movement.inspect()
    assert told(movement.office, consignee) == ["CC025C"]
    assert movement.told == [*RELEASED, "CC045C"]
    assert movement.case.state == "discharged"
    assert movement.account.available == LIMIT
    assert movement.account.movements == ()
