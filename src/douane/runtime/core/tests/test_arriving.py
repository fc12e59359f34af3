from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.model.caller import INNER
from douane.runtime.core import arriving
from douane.runtime.core.arriving import Arriving, Coming
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.origin import Media
from tests.callers import admitted, who

PARTITION = 3
PARTIES = ("A", "B", "C", "D")


def coming(loop: asyncio.AbstractEventLoop, party: str, size: int = 1) -> Coming:
    media = Media.VALUE if party == INNER else Media.JSON
    made = admitted(who(party, "untrusted", "XX"), "x.y", b"x" * size, id="m", administration="XX", media=media)
    return Coming(Arrival(made, None), loop.create_future())


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


class Watched:
    """Messages that wait, and what must hold of them whenever some are taken."""

    def __init__(self, make: Callable[[str, int], Coming]) -> None:
        self.arriving, self.make = Arriving(PARTITION), make
        self.sent: dict[str, list[Coming]] = defaultdict(list)
        self.passed: dict[str, Counter[str]] = defaultdict(Counter)  # who waits: how often each other went before
        self.journal: list[Coming] = []
        self.done = 0

    def add(self, party: str, size: int) -> None:
        made = self.make(party, size)
        self.sent[party].append(made)
        self.arriving.add(made)

    def unhandled(self, party: str) -> int:
        return sum(each.size for each in self.journal[self.done :] if each.party == party)

    def take(self) -> list[Coming]:
        """As a tick takes them, all of which it accepts."""
        free = {p for p in self.sent if self.sent[p] and (p == INNER or self.unhandled(p) < arriving.MUCH)}
        taken = self.arriving.take()
        assert len(taken) <= arriving.AT_ONCE
        assert len(taken) == 1 or sum(each.size for each in taken) <= arriving.OCTETS_AT_ONCE
        assert bool(taken) == bool(free)
        for each in taken:
            assert each is self.sent[each.party].pop(0), "each party's own in their order"
            assert each.party == INNER or self.unhandled(each.party) < arriving.MUCH
            self.journal.append(each)
            self.arriving.accepted(each, keys.log_position(PARTITION, len(self.journal)))
            self.passed.pop(each.party, None)
            for waiting in (p for p in free if p not in {each.party, INNER} and self.sent[p]):
                if each.party != INNER and self.unhandled(waiting) < arriving.MUCH:
                    self.passed[waiting][each.party] += 1
                    assert self.passed[waiting][each.party] <= 1, f"{waiting} is passed over twice by {each.party}"
        return taken

    def handle(self, number: int) -> None:
        self.done = min(self.done + number, len(self.journal))
        self.arriving.handled(keys.log_position(PARTITION, self.done))


ADD = st.tuples(
    st.just("add"), st.sampled_from((*PARTIES, INNER)), st.sampled_from((1, 100, 5_000, 300_000, 1_200_000))
)
STEPS = st.lists(
    st.one_of(ADD, ADD, st.tuples(st.just("take")), st.tuples(st.just("handle"), st.integers(1, 9))), max_size=60
)


@given(steps=STEPS, at_once=st.sampled_from((1, 2, 3, 256)))
@settings(max_examples=150, deadline=None)
def test_parties_are_taken_in_turn_and_each_in_its_order(steps: list[tuple[object, ...]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arriving, "AT_ONCE", at_once)
        play(steps)


def play(steps: list[tuple[object, ...]]) -> None:
    loop = asyncio.new_event_loop()
    watched = Watched(lambda party, size: coming(loop, party, size))
    for step in steps:
        match step:
            case ("add", str(party), int(size)):
                watched.add(party, size)
            case ("take",):
                watched.take()
            case ("handle", int(number)):
                watched.handle(number)
    while any(watched.sent.values()):  # it ends: whatever waits is taken once others are handled
        assert watched.take() or watched.done < len(watched.journal)
        watched.handle(3)
    watched.handle(len(watched.journal))
    assert len(watched.arriving) == 0
    assert list(watched.arriving) == []
    loop.close()


def test_a_crowd_of_one_party_lets_another_go_second(loop: asyncio.AbstractEventLoop) -> None:
    waiting = Arriving(PARTITION)
    for _ in range(3 * arriving.AT_ONCE):
        waiting.add(coming(loop, "A"))
    waiting.add(coming(loop, "B"))
    taken = waiting.take()
    assert [each.party for each in taken[:3]] == ["A", "B", "A"]
    assert (len(taken), len(waiting)) == (arriving.AT_ONCE, 2 * arriving.AT_ONCE + 1)


def test_a_large_one_goes_alone_and_its_party_waits_until_it_is_handled(loop: asyncio.AbstractEventLoop) -> None:
    watched = Watched(lambda party, size: coming(loop, party, size))
    for party, size in (("A", 1_200_000), ("A", 1), ("B", 5), ("B", 1_200_000), ("B", 1)):
        watched.add(party, size)
    rounds = []
    for handled in (0, 0, 0, 1):
        watched.handle(handled)
        rounds.append([(each.party, each.size) for each in watched.take()])
    assert rounds == [[("A", 1_200_000)], [("B", 5)], [("B", 1_200_000)], [("A", 1)]]


def test_what_other_partitions_hand_over_goes_first_and_is_never_held_back(loop: asyncio.AbstractEventLoop) -> None:
    watched = Watched(lambda party, size: coming(loop, party, size))
    for party in ("A", INNER, "B", INNER, INNER):
        watched.add(party, 300_000)
    assert [each.party for each in watched.take()] == [INNER, INNER, INNER]
    watched.add(INNER, 300_000)
    assert [each.party for each in watched.take()] == [INNER, "A", "B"]


def test_what_was_accepted_before_elsewhere_holds_nobody_back(loop: asyncio.AbstractEventLoop) -> None:
    waiting = Arriving(PARTITION)
    waiting.accepted(coming(loop, "A", 2 * arriving.MUCH), keys.log_position(PARTITION + 1, 7))
    waiting.add(coming(loop, "A"))
    assert len(waiting.take()) == 1
