"""Adversaries in the union: whatever they do, lawful parties notice nothing, and nobody touches what is not his.

``DOUANE_SEEDS`` sets how many seeds have a twin: 3, 24 in CI, and 200 by ``make simulate``.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from douane.development.simulation.simulation import Scenario, Told, simulate
from douane.development.simulation.twin import twins, unlike
from douane.simulator.union.adversaries import AS_A_TRADER, AS_AN_OFFICER, OFF_THE_ROUTE

SEEDS = int(os.environ.get("DOUANE_SEEDS", "24" if os.environ.get("CI") else "3"))
BUSY = Scenario(7, hours=0.4, traders=10, pause=60.0, faults=0.0, adversaries=10_000.0)


@pytest.mark.parametrize("seed", range(1, 1 + SEEDS))
def test_lawful_parties_notice_nothing(seed: int) -> None:
    found = twins(Scenario(seed, hours=0.05, traders=5, pause=20.0, movements=3, turns=0.5, securities=1))
    assert (found.hostile.broken, found.calm.broken, found.differences) == ([], [], [])
    assert found.hostile.counts["hostile messages"] >= 50
    assert found.calm.counts["hostile messages"] == 0


def test_every_attack_is_tried() -> None:
    result = simulate(BUSY)
    assert result.broken == []
    tried = Counter({name: count for name, count in result.attacks.items() if count})
    wanted = {*AS_A_TRADER, *AS_AN_OFFICER, *OFF_THE_ROUTE}
    wanted |= {f"{name}, by a captured door" for name in AS_A_TRADER}
    wanted |= {"a query about another's movement", "passage told by who was taken from the route",
               "arrival that no rule of joining survives", "a message of NTA.DE acknowledged",
               "a row of kind @reply", "a trader of the untrusted circle, via 'core'"}  # fmt: skip
    assert wanted - tried.keys() == set()


def test_a_dismissed_host_and_its_guest_try_every_name() -> None:
    """Without other adversaries: whatever they tell, the present host gets what is for him, and they get nothing."""
    result = simulate(Scenario(5, hours=0.1, traders=1, pause=60.0, faults=60.0, hosts=True))
    assert result.broken == []
    wanted = {
        "another's next LRN told", "the next MRN told", "an MRN of nobody told", "an MRN told of after the dismissal",
        "an MRN told of before the choice", "a name told that senders choose", "a name told of another operation",
        "a name told by the guest of what its host serves", "more names than anybody may",
    }  # fmt: skip
    assert {name for name, count in result.attacks.items() if count >= 3} == wanted


def test_a_difference_between_twins_is_told() -> None:
    calm = Told({"LRN1": "discharged"}, {"GRN1": "0 of 9"}, [("FR1", "CC045C", b"<MRN>26FR005350010001J0</MRN>")],
                {b"26FR005350010001J0": b"LRN1"})  # fmt: skip
    other = Told({"LRN1": "discharged"}, {"GRN1": "0 of 9"}, [("FR1", "CC045C", b"<MRN>26FR005350020007J3</MRN>")],
                 {b"26FR005350020007J3": b"LRN1"})  # fmt: skip
    assert list(unlike(other, calm)) == []  # another serial of the same movement is no difference
    hurt = Told({"LRN1": "invalidated"}, {"GRN1": "5 of 9"}, [("FR1", "CC009C", b"")], {})
    told = list(unlike(hurt, calm))
    assert len(told) == 6
    assert "movement LRN1 is invalidated only with adversaries" in told
