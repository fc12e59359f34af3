"""Notes of commits: what they say, that nobody hears their own, and that losing them or the line loses nothing."""

from __future__ import annotations

import asyncio
import select

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.backends.postgresql import notices
from douane.backends.postgresql.backend import PostgresqlStore, open_store
from douane.model.caller import INNER
from douane.runtime.delivery.notices import ANYTHING, follow
from douane.runtime.store import keys, ports
from douane.runtime.store.ports import Batch, Notice
from douane.vocabulary.errors import LostOwnership, StoreUnavailable

KEY = b"of the core"
MARKS = st.frozensets(st.integers(0, 0xFFFF_FFFF), min_size=1, max_size=notices.BOUND + 5)


@settings(deadline=None)
@given(st.integers(0, 0xFFFF), MARKS)
def test_a_note_says_what_was_filled_or_that_anything_may_be(partition: int, marks: frozenset[int]) -> None:
    text = notices.write(partition, marks, KEY, 4711)
    assert len(text) < 8000
    assert notices.read(text, KEY, 4711) == Notice(partition, marks if len(marks) <= notices.BOUND else None)
    assert notices.read(text, KEY, 4712) is None, "said again by another session"
    assert notices.read(text, b"another", 4711) is None
    assert notices.read(text.replace(":", "0:", 1), KEY, 4711) is None


@pytest.mark.parametrize(
    "text", ["", "x", "0", "0:", "0:g", ":1", "\u0661:zz", "0:1,,2", "0:*", "0:1,", "2:1," + "0" * 32, "2:1,\u0661"]
)
def test_what_others_say_on_the_channel_is_no_note(text: str) -> None:
    assert notices.read(text, KEY, 1) is None


def test_what_is_signed_and_no_note_is_none() -> None:
    for text in ("", "x", "0:g", ":1"):
        assert notices.read(f"{text},{notices._signed(text, KEY, 1)}", KEY, 1) is None


def fill(party: str, lane: str = "rest:ccn2") -> Batch:
    batch = Batch()
    batch.put[keys.INBOX + keys.u16(2) + keys.text(party) + keys.u64(7)] = b""
    batch.put[keys.LANE + keys.u16(2) + keys.text(lane) + keys.u64(8)] = b""
    batch.put[keys.space(keys.RECORD, 2) + b"no inbox"] = b"1"
    return batch


def heard(line: ports.Notices) -> list[Notice]:
    """What a line says, as soon as it says something."""
    for _ in range(2_000):
        if found := line.pending():
            return found
        select.select([line], [], [], 0.01)
    return []


def test_other_sessions_hear_which_inboxes_and_lanes_were_filled(store: PostgresqlStore) -> None:
    other = open_store(store.address)
    mine, theirs = store.notices(), other.notices()
    store.apply(fill("T1"), 2, store.take(2))
    (notice,) = heard(theirs)
    assert notice.partition == 2
    assert notice.concerns(keys.inbox_mark("T1"))
    assert notice.concerns(keys.lane_mark("rest:ccn2"))
    assert not notice.concerns(keys.inbox_mark("T2"))
    assert mine.pending() == []
    empty = Batch()
    empty.put[keys.space(keys.RECORD, 2)] = b"1"
    store.apply(empty, 2, store.epoch(2))
    assert theirs.pending() == []
    for each in (mine, theirs, other):
        each.close()


def test_other_sessions_hear_that_messages_of_their_partitions_were_taken(store: PostgresqlStore) -> None:
    """Whoever sent them may confirm them then, though they filled no lane and no inbox."""
    other = open_store(store.address)
    listening = other.notices()
    epoch, taken, outside = store.take(2), Batch(), Batch()
    outside.new[keys.known_key(2, "T1", "M1")] = b"receipt"
    store.apply(outside, 2, epoch)
    taken.new[keys.known_key(2, INNER, "1-2")] = b"receipt"
    store.apply(taken, 2, epoch)
    (notice,) = heard(listening)
    assert notice.partition == 2
    assert not notice.concerns(keys.inbox_mark("T1"))
    listening.close()
    other.close()


def test_a_refused_batch_says_nothing(store: PostgresqlStore) -> None:
    other = open_store(store.address)
    listening = other.notices()
    with pytest.raises(LostOwnership):
        store.apply(fill("T1"), 2, 99)
    store.apply(fill("T2"), 2, store.take(2))
    (notice,) = heard(listening)
    assert notice.concerns(keys.inbox_mark("T2"))
    assert not notice.concerns(keys.inbox_mark("T1"))
    listening.close()
    other.close()


def test_a_commit_counts_whose_note_is_refused(store: PostgresqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "CHANNEL", "")  # the server refuses a channel without a name
    batch = fill("T1")
    epoch = store.take(2)
    store.apply(batch, 2, epoch)
    store.apply(batch, 2, epoch)
    assert store.read(list(batch.put)) == [b"", b"", b"1"]


def end_listeners(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query = 'LISTEN douane'")


def test_a_broken_line_is_opened_anew_and_everybody_is_woken(store: PostgresqlStore) -> None:
    other = open_store(store.address)

    async def journey() -> None:
        said: asyncio.Queue[Notice] = asyncio.Queue()
        following = asyncio.create_task(follow(other.notices, said.put_nowait, pause=0.01))
        async with asyncio.timeout(20):
            assert await said.get() == ANYTHING
            epoch = store.take(2)
            store.apply(fill("T1"), 2, epoch)
            assert (await said.get()).concerns(keys.inbox_mark("T1"))
            await asyncio.to_thread(end_listeners, store.address)
            assert await said.get() == ANYTHING
            store.apply(fill("T2"), 2, epoch)
            assert (await said.get()).concerns(keys.inbox_mark("T2"))
        following.cancel()
        with pytest.raises(asyncio.CancelledError):
            await following

    asyncio.run(journey())
    other.close()


def test_where_nobody_can_listen_it_is_tried_again() -> None:
    attempts: list[int] = []

    async def journey() -> None:
        again = asyncio.Event()

        def refuse() -> ports.Notices:
            attempts.append(1)
            if len(attempts) > 1:
                again.set()
            raise StoreUnavailable("down")

        following = asyncio.create_task(follow(refuse, lambda notice: None, pause=0.001))
        async with asyncio.timeout(30):
            await again.wait()
        following.cancel()
        await asyncio.wait([following])

    asyncio.run(journey())
