"""Counts are kept in the commit of what they count, on every store: each case and each message once."""

from __future__ import annotations

from typing import Any

import msgspec

from douane.runtime.store.counts import CASES, SENT, counted, month_of
from douane.runtime.store.ports import DAY, Store
from tests.contracts import toy


def counts(node: toy.Node, administration: str, series: str) -> dict[str, int]:
    return counted(node.store, (0,), administration, f"{series}{month_of(node.clock.at)}:")


class Elsewhere(toy.Router):
    """Orders of FR are kept by another node; answers to administrations go by a lane."""

    def hosts(self, administration: str, operation: str) -> bool:
        return administration != "FR"

    def lane(self, party: str, message: str) -> str:
        return f"rest:{party[4:]}" if party.startswith("NTA.") else ""


def order(node: toy.Node, number: str, sender: str, administration: str = "XX", id: str = "") -> Any:
    made = node.envelope("orders.place", toy.Order(number, "A", 1, sender), id, sender)
    made.envelope = msgspec.structs.replace(made.envelope, administration=administration)
    return made


def test_a_case_is_counted_when_it_opens_and_not_when_it_changes(node: toy.Node) -> None:
    node.run(*(order(node, f"O{n}", "T1") for n in range(3)))
    node.run(order(node, "O1", "T1"))  # taken: no case is opened
    node.run(node.envelope("orders.amend", toy.Amend("O1", 5)))
    assert counts(node, "XX", CASES) == {"tests.OrderRecord": 3}
    node.clock.at += 40 * DAY
    node.run(order(node, "O9", "T1"))
    assert counts(node, "XX", CASES) == {"tests.OrderRecord": 1}
    assert counts(node, "XX", SENT) == {}  # traders are no administrations


def test_what_administrations_send_each_other_is_counted_once(store: Store) -> None:
    node = toy.Node(store, router=Elsewhere())
    node.run(node.envelope("accounts.open", toy.Open("A", 100)))
    node.run(order(node, "O1", "NTA.YY", id="same"), order(node, "O2", "NTA.XX"))
    node.run(order(node, "O1", "NTA.YY", id="same"))  # known: no second message
    assert counts(node, "YY", SENT) == {"Order:XX": 1}
    assert counts(node, "XX", SENT) == {"Confirmed:YY": 1}  # not what it tells itself
    node.run(order(node, "O3", "NTA.YY", "FR"), order(node, "O4", "NTA.XX", "FR"))
    assert counts(node, "YY", SENT) == {"Order:XX": 1, "Order:FR": 1}  # passed on, counted where it came
    assert counts(node, "XX", SENT) == {"Confirmed:YY": 1, "Order:FR": 1}
    assert counts(toy.Node(store), "YY", SENT) == {"Order:XX": 1, "Order:FR": 1}  # durable
