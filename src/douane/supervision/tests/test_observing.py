"""What workers tell each other by their files: a node that speaks to one of them is there for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from douane.runtime.observing.observed import Observed
from douane.runtime.observing.presence import EVERY_SECONDS, TIMES, Presence, Present
from douane.runtime.observing.uses import Uses
from douane.supervision.noticing import Noticing
from douane.supervision.observing import SECONDS, Keeper, every
from douane.vocabulary.time import SECOND

NODE: Final = Present("NL", "nl", "host.nl", "0.1.0", "", ())
TENTH: Final = SECOND // 10


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1_795_000_000 * SECOND

    def now(self) -> int:
        return self.at


def gaps(folder: Path, presence_seconds: int, seconds: float) -> int:
    """How many tenths of a second one worker did not show a node that spoke to another, in time, each time."""
    clock = Hand()
    hears, shows = (keeper(folder, clock, worker, presence_seconds, seconds) for worker in range(2))
    speaks = round(min(EVERY_SECONDS, presence_seconds / TIMES) * 10)
    writes = round(seconds * 10)
    missing = 0
    for tenth in range(40 * speaks):
        if tenth % speaks == 0:
            hears.observed.presence.hear(NODE, clock.now())
        if tenth % writes == 1 % writes:  # just before it, nothing of the word was written
            shows.keep()
        if tenth % writes == writes - 1:
            hears.keep()
        missing += tenth > 4 * speaks and not shows.observed.present(clock.now())
        clock.at += TENTH
    return missing


def keeper(folder: Path, clock: Hand, worker: int, presence_seconds: int, seconds: float) -> Keeper:
    uses = Uses(clock.now())
    observed = Observed(uses, Presence(gone_after=presence_seconds * SECOND))
    return Keeper(observed, Noticing(uses, clock), clock, folder, worker, 2, seconds)


@pytest.mark.parametrize("presence_seconds", [3, 5, 10, 25])
def test_a_node_that_speaks_to_one_worker_never_flickers_at_another(tmp_path: Path, presence_seconds: int) -> None:
    assert gaps(tmp_path, presence_seconds, every(presence_seconds)) == 0


def test_written_at_longest_intervals_a_node_that_is_forgotten_soon_does_flicker(tmp_path: Path) -> None:
    assert gaps(tmp_path, 5, SECONDS) > 0


def test_a_word_that_is_lost_takes_no_node_off_the_list_of_a_fellow() -> None:
    for seconds in range(3, 26):
        speaks = min(EVERY_SECONDS, seconds / TIMES)
        assert 2 * speaks + 2 * every(seconds) <= seconds + 1e-9
