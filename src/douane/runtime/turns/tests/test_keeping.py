"""What a party makes us keep is counted to the octet, with few looks at the count that all processes share."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.runtime.turns.keeping import AHEAD, MOST_REMEMBERED, ROW, DayShares, Keeping
from douane.vocabulary.errors import TooMany

SHARE = 3 * AHEAD + 1000


class Count:
    """The count of all processes."""

    def __init__(self, share: int = SHARE) -> None:
        self.share, self.drawn, self.looks = share, Counter[str](), 0

    def draw(self, party: str, octets: int) -> None:
        self.looks += 1
        if self.drawn[party] + octets > self.share:
            raise TooMany("spent")
        self.drawn[party] += octets


def taken(shares: DayShares, party: str, octets: int) -> bool:
    try:
        shares.take(party, octets)
    except TooMany:
        return False
    return True


MESSAGES = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 1), st.integers(0, 2 * AHEAD)), max_size=60)


@given(MESSAGES)
def test_nobody_is_kept_more_of_than_his_share_by_all_processes_together(messages: list[tuple[str, int, int]]) -> None:
    count, kept = Count(), Counter[str]()
    processes = [DayShares(count.draw) for _ in range(2)]
    for party, process, octets in messages:
        if taken(processes[process], party, octets):
            kept[party] += octets
        else:  # what the other process has drawn ahead is all that may be left of it
            assert kept[party] + octets + AHEAD > SHARE
        assert kept[party] <= count.drawn[party] <= SHARE


def test_the_last_octet_of_a_share_is_given_and_a_smaller_message_is_taken_after_a_larger_one_was_refused() -> None:
    shares = DayShares(Count(AHEAD + 10).draw)
    assert taken(shares, "a", AHEAD)
    assert not taken(shares, "a", 11)
    assert taken(shares, "a", 10)
    assert not taken(shares, "a", 1)
    assert taken(shares, "b", 1)


def test_small_messages_look_at_the_count_once_in_many() -> None:
    count = Count(100 * AHEAD)
    shares = DayShares(count.draw)
    for _ in range(10 * AHEAD // ROW):
        shares.take("a", ROW)
    assert count.looks == 10


def test_what_is_remembered_is_bounded() -> None:
    shares = DayShares(Count().draw)
    for number in range(MOST_REMEMBERED + 100):
        shares.take(str(number), 1)
    assert len(shares._left) == MOST_REMEMBERED


def test_a_refusal_is_told_with_its_platform() -> None:
    told: list[str] = []

    def full(*_: object) -> None:
        raise TooMany("You have enough.")

    keeping = Keeping(Count(ROW).draw, full, told.append)
    keeping.take("speed2", "a", 0)
    with pytest.raises(TooMany):
        keeping.take("speed2", "a", 0)
    with pytest.raises(TooMany):
        keeping.must_have_room("ccn2", "a", "x.y", object(), "EU")
    assert told == ["speed2", "ccn2"]
