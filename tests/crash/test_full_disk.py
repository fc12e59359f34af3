"""A volume without space: intake answers 503, reading goes on, a node starts on it, and nothing acknowledged goes."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from douane.assembly.node import make_node
from douane.backends.sqlite.backend import SqliteStore
from douane.backends.sqlite.faulty import mounted
from douane.backends.sqlite.volume import Volume
from douane.runtime.store.ports import Batch, Log
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import StoreUnavailable
from tests.journeys.standing import Answer, Standing, identity_in, settings_in, standing

REGISTRATION = (Path(__file__).parents[2] / "docs" / "examples" / "guarantee.json").read_bytes()


@pytest.fixture(name="place", scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a node with its identity; nodes of all tests here live in it, one after another."""
    folder = tmp_path_factory.mktemp("node")
    identity_in(folder)
    return folder


def register(node: Standing, number: int) -> Answer:
    """Register a guarantee under an identification of this number."""
    head = {"content-type": "application/json", "message-id": f"full-{number}"}
    return node.client("ccn2", "fr.officer").ask("POST", "/guarantees/v1/register", REGISTRATION, head)


async def limit(node: Standing, pages: int) -> None:
    """So many pages may the file have, and no more: the volume is full."""
    store = node.node.core.store
    assert isinstance(store, SqliteStore)
    store._db.execute(f"PRAGMA max_page_count = {pages}")


def accepted_at_last(node: Standing, number: int) -> Answer:
    """The answer once it is no longer 503, nor 429 for asking too often."""
    while (answer := register(node, number)).status in (503, 429):
        time.sleep(0.01)
    return answer


def test_a_node_refuses_intake_reads_on_and_recovers(place: Path) -> None:
    """At the doors: 503 with the time to come back, the inbox still read, no restart, and every receipt kept."""
    with standing(place, DevelopmentIdentity(place / "identity")) as node:
        receipts = [register(node, 0)]
        node.run(limit(node, 1))  # no page more than there is
        while receipts[-1].status == 202:
            receipts.append(register(node, len(receipts)))
        refused = receipts.pop()
        assert (refused.status, refused.json["code"], refused.json["whose"]) == (503, "DOU-2102", "us")
        assert node.client("ccn2", "fr.officer").ask("GET", "/v1/inbox").status == 200
        node.run(limit(node, 1_000_000))
        assert accepted_at_last(node, len(receipts)).status == 202
        again = [register(node, n) for n in range(len(receipts))]
        assert [a.body for a in again] == [r.body for r in receipts]
        assert not node.node.ended.is_set()
        assert node.client("operations", "").ask("GET", "/health/ready").status == 200


def test_a_node_starts_without_space_and_accepts_once_there_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = DevelopmentIdentity(place / "identity")
    with standing(place, identity) as node:
        first = register(node, 1_000)
    take: Callable[[SqliteStore, int], int] = SqliteStore.take
    full = [True]

    def refuse(store: SqliteStore, partition: int) -> int:
        if full[0]:
            raise StoreUnavailable("The volume is full.")
        return take(store, partition)

    monkeypatch.setattr(SqliteStore, "take", refuse)
    with standing(place, identity) as node:
        assert register(node, 1_001).status == 503
        assert node.client("ccn2", "fr.officer").ask("GET", "/v1/inbox").status == 200
        assert node.client("operations", "").ask("GET", "/health/ready").status == 503
        full[0] = False
        assert accepted_at_last(node, 1_001).status == 202
        assert register(node, 1_000).body == first.body


@contextlib.contextmanager
def small(folder: Path, seed: int) -> Iterator[tuple[Volume, Callable[[], SqliteStore]]]:
    """A disk in memory, and how to open a store on it."""
    volume, name = Volume(random.Random(seed).randrange), f"small{seed}"
    with mounted(volume, name):
        yield volume, lambda: SqliteStore(str(folder / "node.db"), vfs=name)


def use_up(store: SqliteStore) -> None:
    """Write until nothing more fits: the log may have space that it uses again."""
    for _ in range(100):
        store.take(0)


def batch(position: int) -> Batch:
    """One row."""
    made = Batch()
    made.append(Log.JOURNAL, position, bytes(3_000))
    return made


def test_a_store_opens_without_writing_where_everything_is_there(tmp_path: Path) -> None:
    with small(tmp_path, 1) as (volume, opened):
        store = opened()
        epoch = store.take(0)
        volume.capacity = volume.used() + 40_000
        held = 0
        with contextlib.suppress(StoreUnavailable):
            for _ in range(100):
                store.apply(batch(held + 1), 0, epoch)
                held += 1
        assert 0 < held < 100
        volume.capacity = volume.used()
        volume.kill()
        store.close()
        volume.start()
        store = opened()
        assert len(store.scan_log(Log.JOURNAL, 0, 1_000, 1_000)) == held
        with pytest.raises(StoreUnavailable):
            use_up(store)
        volume.capacity = None
        store.apply(batch(held + 1), 0, store.take(0))
        store.close()


def test_a_new_store_on_a_full_volume_is_refused_with_a_reason(tmp_path: Path) -> None:
    with small(tmp_path, 2) as (volume, opened):
        volume.capacity = 0
        with pytest.raises(StoreUnavailable, match="Free space"):
            opened()


def test_the_reason_a_node_ends_by_is_kept(place: Path) -> None:
    node = make_node(settings_in(place))
    problem = RuntimeError("a tick failed")
    node.core.node._ended(problem)
    assert node.problems == [problem]
    assert node.ended.is_set()
    node.core.close()
