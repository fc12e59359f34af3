"""A synchronous standby takes over: nothing acknowledged is lost, and nothing is acknowledged that it does not have."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from douane.backends.postgresql.backend import open_store
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch
from douane.vocabulary.errors import StoreUnavailable
from tests.services.postgresql import Instance, end_with, folder, postgresql
from tests.services.standby import Pair, fail_over, make_pair


@pytest.fixture
def pair(postgresql: Instance) -> Pair:
    """Two servers of this test alone; the shared one is asked for only to know whether servers can be made."""
    if postgresql.address_of_all:
        pytest.skip("A standby needs installed binaries: install the package postgresql")
    place = folder()
    end_with(os.getpid(), place)
    return make_pair(place)


@pytest.mark.slow
def test_a_standby_takes_over_with_all_that_was_acknowledged(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    _refuse_what_the_standby_has_not(pair)
    outcome = fail_over(pair, before=400, after=100)
    with capsys.disabled():
        print(f"\nfailover: {outcome}")
    assert outcome.before >= 400
    assert outcome.lost == 0
    assert outcome.doubled == 0


def _refuse_what_the_standby_has_not(pair: Pair) -> None:
    """A commit that is let go is done for the server, not for the store; one that waits too long is given up."""
    store = open_store(pair.address)
    epoch = store.take(3)
    batch = Batch()
    batch.put[keys.space(keys.RECORD, 3) + b"key"] = b"1"
    pair.freeze_standby(stop=True)
    with ThreadPoolExecutor(1) as pool, pair.primary.administer() as db:
        commit = pool.submit(store.apply, batch, 3, epoch)
        waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        while (row := db.execute(waiting).fetchone()) is None:
            assert not commit.done()
        db.execute("SELECT pg_cancel_backend(%s)", row)
        with pytest.raises(StoreUnavailable, match="not safe"):
            commit.result()
    store._session().patience = 0.3
    with pytest.raises(StoreUnavailable, match="timeout"):
        store.apply(batch, 3, epoch)
    pair.freeze_standby(stop=False)
    store.apply(batch, 3, store.take(3))
    store.close()


__all__ = ["postgresql"]
