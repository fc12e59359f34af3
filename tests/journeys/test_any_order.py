"""Whatever comes in whatever order: nothing is set aside, the guarantee adds up, a movement ends once.

DOUANE_JOURNEYS sets how many random movements are walked (default 24).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import ControlDecision, Inspection, OfficeInvalidation
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, normal, prelodged
from douane.applications.transit.tests.base_messages import (
    MRN,
    amendment,
    arrival,
    invalidation_request,
    remarks,
    simplified_arrival,
)
from douane.runtime.store.records import ProcessInstance
from douane.standards.ncts.phase5 import CC015C
from tests.journeys.movements import LIMIT, Movement, by_trusted_holder, covering, risky
from tests.journeys.office import Office

SIZE = int(os.environ.get("DOUANE_JOURNEYS", "24"))
ENDS = {"discharged", "recovery", "invalidated", "not released", "lapsed", "rejected"}


def declarations() -> list[CC015C]:
    early = replace(prelodged(), guarantee=risky().guarantee)
    broken = replace(normal(), consignment=replace(normal().consignment, container_indicator=None))
    return [normal(), risky(), early, by_trusted_holder(risky()), covering(normal(), "9999.99"),
            covering(normal(), "10000.01"), broken]  # fmt: skip


class Walk:
    """One movement and everything that may happen to it; each step may be out of place."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.movement = Movement(self.rng.choice(declarations()))
        self.office: Office = self.movement.office
        self.ends: list[str] = []

    def send(self, message: Any, sender: str = TRADER) -> None:
        named = message.transit_operation
        if hasattr(named, "mrn"):
            named = replace(named, mrn=self.movement.mrn or MRN)
        self.office.count += 1
        unique = f"X{self.office.count}"
        self.office.give(replace(message, message_identification=unique, transit_operation=named), sender)

    def decide(self, message: Any) -> None:
        country = {"ControlDecision": "FR", "OfficeInvalidation": "FR", "Inspection": "AT"}[type(message).__name__]
        self.office.give(message, f"{country.lower()}.officer", administration=country)

    def steps(self) -> list[Callable[[], object]]:
        mrn, rng = self.movement.mrn or MRN, self.rng
        amount = rng.choice(["1.00", "4500.00", "10000.00", "12000.00"])
        return [
            lambda: self.send(amendment(covering(self.movement.declaration, amount), of_guarantee=rng.random() < 0.5)),
            lambda: self.send(invalidation_request()),
            self.movement.present,
            lambda: self.office.give(self.movement.declaration, TRADER),
            lambda: self.decide(ControlDecision(mrn=mrn, officer="fr.officer", satisfactory=rng.random() < 0.7)),
            lambda: self.decide(OfficeInvalidation(mrn=mrn, officer="fr.officer", justification="By the office.")),
            lambda: self.send(rng.choice([arrival, simplified_arrival])(), CONSIGNEE),
            lambda: self.send(remarks(), CONSIGNEE),
            lambda: self.decide(Inspection(mrn=mrn, officer="at.officer", code=rng.choice(["A1", "A2", "B1"]))),
            lambda: self.close() if self.movement.mrn else None,
            lambda: self.send(self.movement.information("At the port.")) if self.movement.mrn else None,
            lambda: self.movement.days(rng.choice([1, 7, 16, 31])),
        ]

    def close(self) -> None:
        """With discharge, with recovery of a known duty, or of one that is determined later."""
        discharged, amount = self.rng.choice([(True, ""), (False, "812.50"), (False, "")])
        self.movement.close(discharged=discharged, amount=amount)

    def check(self) -> None:
        case, account = self.movement.case, self.movement.account
        assert account.limit == LIMIT
        assert account.reserved + account.available == LIMIT
        assert Decimal(0) <= account.reserved <= LIMIT
        held = [use for use in case.guarantees if use.state == "held"]
        assert (account.reserved > 0) == bool(held), (case.state, account)
        outcomes = self.office.names("feed:transit.movement_final")
        recovered = "recovery" in self.ends and case.state != "recovery"
        assert len(outcomes) == (1 + recovered if case.state in ENDS and case.mrn else 0)
        if self.ends and self.ends[-1] in ENDS:
            assert case.state == self.ends[-1] or (self.ends[-1], case.state) == ("recovery", "discharged")
        self.ends.append(case.state)
        self._instance(over=case.state in ENDS - {"recovery"})

    def _instance(self, *, over: bool) -> None:
        view = self.office.view("FR")
        operation = self.movement.declaration.transit_operation
        subject = view.resolve("lrn", f"{TRADER}/{operation.lrn}")
        assert subject is not None
        assert all(each.ended for each in view.all_of(ProcessInstance, subject)) == over


@pytest.mark.parametrize("seed", range(SIZE))
def test_any_order_of_events_leaves_a_movement_and_its_guarantee_sound(seed: int) -> None:
    walk = Walk(seed)
    walk.check()
    for _ in range(walk.rng.randint(3, 14)):
        walk.rng.choice(walk.steps())()
        walk.check()


def test_the_walks_reach_every_end() -> None:
    reached = set()
    for seed in range(40):
        walk = Walk(10_000 + seed)
        for _ in range(12):
            walk.rng.choice(walk.steps())()
        reached.add(walk.movement.case.state)
    assert reached & ENDS >= {"discharged", "invalidated", "not released", "rejected", "lapsed"} or reached >= ENDS
