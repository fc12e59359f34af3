"""When a lane is tried: by the loop's own time, whatever the clock of the day says."""

from __future__ import annotations

from douane.backends.memory.backend import MemoryStore
from douane.runtime import keys
from douane.runtime.bodies import unpack
from douane.runtime.commands import Confirm, Reported
from douane.runtime.envelope import DELIVERY, JOURNAL, SENT
from douane.runtime.hold import CARRIED
from douane.runtime.lanes import SOON, Lane, Lanes, Terms
from douane.runtime.ports import SECOND, Attempt, Log, Notice, Outcome
from douane.runtime.transmission import Carried, WireForm, body_of
from tests.contracts import toy


def test_what_another_worker_took_is_confirmed_soon() -> None:
    """The clock of the day is far ahead of the loop's time: a lane that were put off to it would never be tried."""
    made = toy.Node(MemoryStore(toy.Clock()))
    lanes = Lanes(made, made.store, made.clock, {}, pace=lambda: 5 * SECOND)  # type: ignore[arg-type]
    lane = lanes.lanes["@1"] = Lane("@1", waiting=False)
    lanes.heard(Notice(1, None))
    assert lane.waiting
    assert lane.next_attempt == 5 * SECOND + SOON


def test_a_receipt_that_a_partner_signed_is_journalled_once_with_what_it_signed_for() -> None:
    made = toy.Node(MemoryStore(toy.Clock()), router=toy.Router(lane="as4:X"))
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    made.run(made.envelope("orders.place", toy.Order("O1", "A", 10)))
    before = made.owner.state.journal
    form = WireForm((("message_id", "1@here"),), b"as it went out", certificates=(b"der",), key=b"k" * 16, signed=True)
    proof = Carried(form, b"<receipt/>")
    for state in ("arrived", "arrived"):
        made.run(commands=(Confirm("as4:X", 1, state, 2_000_000_000_000_001, carried=proof),))
    made.run(commands=(Reported(1, "delivered", 2_000_000_000_000_002),))
    assert made.owner.state.journal == before + 1
    assert made.owner.parked() == []
    (raw,) = made.store.read_log(Log.JOURNAL, [before + 1])
    (sent,) = made.store.read_log(Log.SENT, [1])
    (kept,) = made.store.read([keys.REPORT + keys.u16(0) + keys.u64(1)])
    assert raw is not None
    assert sent is not None
    assert kept is not None
    row, about = JOURNAL.read(raw), SENT.read(sent)
    assert (row.operation, row.subject, row.sender, row.id) == (CARRIED, about.subject, about.party, about.id)
    assert unpack(row.body) == b"<receipt/>"
    assert row.transmission is not None
    assert body_of(row.transmission, unpack(row.body)) == b"as it went out"
    assert (DELIVERY.read(kept).state, DELIVERY.read(kept).receipt) == ("delivered", before + 1)


def test_a_pause_that_a_partner_asks_for_is_kept_within_the_terms() -> None:
    lane = Lane("rest:ccn2", terms=Terms(SECOND, 60 * SECOND))
    pauses = []
    for asked in (0, 30, 0, 600):
        lane.failed(0, Attempt(Outcome.FAILED, "503", asked).pause)
        pauses.append(lane.next_attempt // SECOND)
    assert pauses == [1, 30, 4, 60]
    assert Attempt(Outcome.FAILED, "502 from a proxy").pause == 0
