"""What questions cost is charged to who asks: nobody spends more than his rate and one burst, whatever he asks."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.runtime.turns.spending import BURST_SECONDS, RESERVE_SECONDS, Asker, Budget, Debts, Spending
from douane.vocabulary.errors import Overloaded, TooMany

MS = 1_000_000


class Machine:
    """A clock and a meter that a test moves."""

    def __init__(self) -> None:
        self.seconds, self.ns = 0.0, 0

    def spending(self, budget: Budget | None = None) -> Spending:
        return Spending(budget or Budget(), lambda: self.seconds, lambda: self.ns)

    def ask(self, spending: Spending, asker: Asker, ms: float) -> bool:
        """Whether a question was served; it costs so much."""
        try:
            with spending.work(asker):
                self.ns += int(ms * MS)
        except (TooMany, Overloaded):
            return False
        return True


CALLS = st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.floats(0, 2_000), st.floats(0, 3)), max_size=60)


@given(CALLS)
def test_nobody_spends_more_than_his_rate_his_burst_and_one_question(
    calls: list[tuple[str, bool, float, float]],
) -> None:
    machine, budget = Machine(), Budget()
    spending, spent = machine.spending(budget), defaultdict[tuple[str, bool], float](float)
    dearest = defaultdict[tuple[str, bool], float](float)
    for name, stranger, ms, later in calls:
        machine.seconds += later
        if machine.ask(spending, Asker(name, stranger), ms):
            for key in {(name, stranger), ("", True)} if stranger else {(name, False)}:
                spent[key] += ms
                dearest[key] = max(dearest[key], ms)
    for (name, stranger), ms in spent.items():
        rate = (budget.stranger if name else budget.strangers) if stranger else budget.known
        burst = BURST_SECONDS if name else RESERVE_SECONDS
        assert ms <= rate * (machine.seconds + burst) + dearest[name, stranger] + 1e-3


@given(CALLS)
def test_a_refusal_says_how_long_to_wait_and_whoever_waits_is_served(
    calls: list[tuple[str, bool, float, float]],
) -> None:
    machine = Machine()
    spending = machine.spending()
    for name, stranger, ms, later in calls:
        machine.seconds += later
        asker = Asker(name, stranger)
        try:
            spending.must_have(asker)
        except (TooMany, Overloaded) as refusal:
            before = spending.known.owed(name, machine.seconds), len(spending.known), len(spending.strangers)
            assert not machine.ask(spending, asker, ms)
            assert before == (spending.known.owed(name, machine.seconds), len(spending.known), len(spending.strangers))
            machine.seconds += refusal.after
            both = 0.0
            while not machine.ask(spending, asker, 0.0):  # of two bounds each says its own time
                both += 1
                machine.seconds += spending.all_strangers.wait("", machine.seconds) + 0.01
                assert both < 2
        else:
            assert machine.ask(spending, asker, ms)


def test_a_stranger_that_spends_leaves_others_their_share() -> None:
    machine = Machine()
    spending = machine.spending()
    while machine.ask(spending, Asker("192.0.2.1", stranger=True), 40):
        pass
    assert machine.ask(spending, Asker("192.0.2.2", stranger=True), 40)
    assert machine.ask(spending, Asker("FR1"), 40)


def test_many_addresses_together_are_bounded_and_who_is_known_is_not() -> None:
    machine = Machine()
    spending = machine.spending()
    served = [machine.ask(spending, Asker(f"192.0.2.{n}", stranger=True), 100) for n in range(100)]
    assert sum(served) * 100 <= Budget().strangers * RESERVE_SECONDS + 100
    with pytest.raises(Overloaded, match="without an identity"):
        spending.must_have(Asker("198.51.100.1", stranger=True))
    assert machine.ask(spending, Asker("FR1"), 40)


def test_who_asked_little_lately_is_served_while_others_spend_all_that_strangers_have() -> None:
    """Ten addresses that ask as fast as they can, through a minute in which somebody signs in from an eleventh."""
    machine = Machine()
    spending = machine.spending()
    greedy = [Asker(f"192.0.2.{n}", stranger=True) for n in range(10)]
    refused = 0
    for second in range(60):
        machine.seconds += 1.0
        refused += sum(not machine.ask(spending, each, 7) for each in greedy for _ in range(50))
        if second % 10 == 9:
            newcomer = Asker(f"198.51.100.{second}", stranger=True)
            assert all(machine.ask(spending, newcomer, 5) for _ in range(6)), second
    assert refused > 10_000


def test_an_operator_is_not_limited_and_who_comes_in_has_more_than_who_reads() -> None:
    machine = Machine()
    console = machine.spending(Budget().operators())
    assert all(machine.ask(console, Asker("operator"), 1_000) for _ in range(100))
    assert sum(machine.ask(console, Asker("192.0.2.1", stranger=True), 40) for _ in range(100)) < 5
    assert Budget().signing_in().stranger > Budget().stranger
    assert Budget().signing_in().known == Budget().known


def test_what_is_charged_beside_is_not_charged_twice() -> None:
    machine = Machine()
    spending = machine.spending()
    before = spending.beside()
    machine.ns += 5 * MS
    machine.ask(spending, Asker("FR1"), 20)
    assert spending.beside() - before == 5 * MS
    assert spending.known.owed("FR1", 0) == 20


def test_memory_is_bounded() -> None:
    debts = Debts(1.0, most=10)
    for number in range(100):
        debts.charge(str(number), 0.0, 5.0)
    assert len(debts) == 10
    debts.charge("later", 1_000.0, 5.0)
    debts.charge("latest", 1_000.0, 5.0)
    assert len(debts) < 10, "who owes nothing is forgotten"


def test_several_processes_share_a_budget() -> None:
    assert Budget().shared(3) == Budget(50.0, 10.0, 200 / 3)
