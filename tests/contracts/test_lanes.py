"""When a lane is tried: by the loop's own time, whatever the clock of the day says."""

from __future__ import annotations

from douane.backends.memory.backend import MemoryStore
from douane.runtime.lanes import SOON, Lane, Lanes, Terms, asked_by
from douane.runtime.ports import SECOND, Later, Notice
from tests.contracts import toy


def test_what_another_worker_took_is_confirmed_soon() -> None:
    """The clock of the day is far ahead of the loop's time: a lane that were put off to it would never be tried."""
    made = toy.Node(MemoryStore(toy.Clock()))
    lanes = Lanes(made, made.store, made.clock, {}, pace=lambda: 5 * SECOND)  # type: ignore[arg-type]
    lane = lanes.lanes["@1"] = Lane("@1", waiting=False)
    lanes.heard(Notice(1, None))
    assert lane.waiting
    assert lane.next_attempt == 5 * SECOND + SOON


def test_a_pause_that_a_partner_asks_for_is_kept_within_the_terms() -> None:
    lane = Lane("rest:ccn2", terms=Terms(SECOND, 60 * SECOND))
    pauses = []
    for asked in (0, 30, 0, 600):
        lane.failed(0, asked_by(Later("503", asked)))
        pauses.append(lane.next_attempt // SECOND)
    assert pauses == [1, 30, 4, 60]
    assert asked_by("502 from a proxy") == 0
