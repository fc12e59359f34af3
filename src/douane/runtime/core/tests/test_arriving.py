from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.model.caller import INNER
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND
from douane.runtime.turns import arriving
from douane.runtime.turns.arriving import Arriving, Coming
from tests.callers import admitted, who

PARTITION, NOW = 3, 1_000 * SECOND
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
        self.done, self.now = 0, NOW
        self.rests: dict[str, int] = {}
        self.about: dict[str, int] = {}

    def add(self, party: str, size: int) -> None:
        made = self.make(party, size)
        self.sent[party].append(made)
        self.arriving.add(made, self.now)
        if party != INNER:
            self.about[party] = self.now

    def free(self, party: str) -> bool:
        """Whether nothing but the turn of others keeps it from being taken."""
        others = [at for each, at in self.about.items() if each != party]
        resting = self.rests.get(party, 0) > self.now and max(others, default=0) + arriving.ABOUT > self.now
        return party == INNER or (self.unhandled(party) < arriving.MUCH and not resting)

    def unhandled(self, party: str) -> int:
        return sum(each.size for each in self.journal[self.done :] if each.party == party)

    def take(self) -> list[Coming]:
        """As a tick takes them, all of which it accepts."""
        free = {p for p in self.sent if self.sent[p] and self.free(p)}
        assert bool(free) <= (self.arriving.next(self.now) <= self.now)
        taken = self.arriving.take(self.now)
        assert len(taken) <= arriving.AT_ONCE
        assert len(taken) == 1 or sum(each.size for each in taken) <= arriving.OCTETS_AT_ONCE
        assert bool(taken) == bool(free)
        for each in taken:
            assert each is self.sent[each.party].pop(0), "each party's own in their order"
            assert self.free(each.party)
            self.journal.append(each)
            self.arriving.accepted(each, keys.log_position(PARTITION, len(self.journal)))
            self.passed.pop(each.party, None)
            if each.size > arriving.LARGE and each.party != INNER:
                self.rests[each.party] = self.now + each.size * SECOND // arriving.RESTING
            for waiting in (p for p in free if p not in {each.party, INNER} and self.sent[p]):
                if each.party != INNER and self.free(waiting):
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
    st.one_of(
        ADD,
        ADD,
        st.tuples(st.just("take")),
        st.tuples(st.just("handle"), st.integers(1, 9)),
        st.tuples(st.just("pass"), st.sampled_from((1, 100_000, SECOND))),
    ),
    max_size=60,
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
            case ("pass", int(time)):
                watched.now += time
    while any(watched.sent.values()):  # it ends: whatever waits is taken once others are handled and it has rested
        left = watched.done < len(watched.journal)
        later = watched.arriving.next(watched.now)
        assert watched.now <= later <= watched.now + 2 * arriving.ABOUT
        assert watched.take() or left or later > watched.now
        watched.now = (
            max(watched.now, watched.arriving.next(watched.now)) if any(watched.sent.values()) else watched.now
        )
        watched.handle(3)
    watched.handle(len(watched.journal))
    assert len(watched.arriving) == 0
    assert list(watched.arriving) == []
    loop.close()


def test_a_crowd_of_one_party_lets_another_go_second(loop: asyncio.AbstractEventLoop) -> None:
    waiting = Arriving(PARTITION)
    for _ in range(3 * arriving.AT_ONCE):
        waiting.add(coming(loop, "A"), NOW)
    waiting.add(coming(loop, "B"), NOW)
    taken = waiting.take(NOW)
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
        watched.now += 2 * arriving.ABOUT  # nobody rests any more
    assert rounds == [[("A", 1_200_000)], [("B", 5)], [("B", 1_200_000)], [("A", 1)]]


def test_after_a_large_one_its_party_rests_while_another_is_about(loop: asyncio.AbstractEventLoop) -> None:
    waiting, size = Arriving(PARTITION), arriving.RESTING // 4
    for number in range(3):
        waiting.add(coming(loop, "A", size), NOW)
        waiting.accepted(waiting.take(NOW)[0], keys.log_position(PARTITION, number + 1))
        waiting.handled(keys.log_position(PARTITION, number + 1))  # alone it does not rest
    waiting.add(coming(loop, "A", size), NOW)
    waiting.add(coming(loop, "B"), NOW)
    assert [each.party for each in waiting.take(NOW)] == ["B"]
    until = waiting.next(NOW)
    assert until == NOW + SECOND // 4
    assert waiting.take(until - 1) == []
    assert [each.party for each in waiting.take(until)] == ["A"]
    assert waiting.next(until) == arriving.NEVER


def test_who_rests_goes_on_when_the_others_have_left(loop: asyncio.AbstractEventLoop) -> None:
    waiting = Arriving(PARTITION)
    waiting.add(coming(loop, "B"), NOW)
    waiting.add(coming(loop, "A", 2 * arriving.RESTING), NOW)
    waiting.take(NOW)
    taken = waiting.take(NOW)
    assert [each.party for each in taken] == ["A"]
    waiting.add(coming(loop, "A"), NOW)
    assert waiting.take(NOW) == []
    assert waiting.next(NOW) == NOW + arriving.ABOUT, "sooner than its two seconds"
    assert len(waiting.take(NOW + arriving.ABOUT)) == 1


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
    waiting.add(coming(loop, "A"), NOW)
    assert len(waiting.take(NOW)) == 1
