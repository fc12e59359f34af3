"""Owners that stand still: stopped by a signal beyond their lease, or in the midst of a commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from douane.backends.postgresql import statements as sql
from douane.backends.postgresql.backend import PostgresqlStore, open_store
from douane.backends.postgresql.connection import connect
from douane.runtime.store import keys
from douane.runtime.store.ports import HOUR, SECOND, Batch, Lease, Log

KEY = keys.space(keys.OWNER, 0)
OWNER = """
import sys
from douane.backends.postgresql.backend import open_store
from douane.runtime.store.ports import Batch, Log, SECOND
from douane.vocabulary.errors import LostOwnership, StoreUnavailable
store = open_store(sys.argv[1])
lease = store.claim(0, "stopped", SECOND // 5)
for number in range(1, 1_000_000):
    batch = Batch()
    batch.append(Log.JOURNAL, number, b"stopped")
    batch.put[b"O\\0\\0"] = b"stopped %d" % number
    try:
        store.apply(batch, 0, lease.epoch)
    except LostOwnership:
        print("lost", flush=True)
        sys.exit(3)
    except StoreUnavailable:  # the server ended the session that stood still within its commit: the next one tells
        continue
    print(number, flush=True)
    store.renew(lease, SECOND // 5)
"""


def claimed(store: PostgresqlStore) -> Lease:
    """A lease, as soon as the store lets go of the former one."""
    for _ in range(1_000):
        lease = store.claim(0, "successor", HOUR)
        if lease is not None:
            return lease
        time.sleep(0.02)
    raise AssertionError("the lease never ended")


@pytest.mark.parametrize("commits", [1, 7])
def test_a_process_stopped_beyond_its_lease_commits_nothing_more(store: PostgresqlStore, commits: int) -> None:
    command = [sys.executable, "-c", OWNER, store.address]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ) as owner:
        assert owner.stdout is not None
        said = [owner.stdout.readline() for _ in range(commits)]
        owner.send_signal(signal.SIGSTOP)
        lease = claimed(store)
        rows = store.scan_log(Log.JOURNAL, 0, 1 << 40, 100_000)
        last = store.read([KEY])[0]
        owner.send_signal(signal.SIGCONT)
        said += owner.stdout.read().split()
        assert owner.wait(30) == 3
    assert said[-1] == "lost"
    acknowledged = [int(each) for each in said[:-1]]
    # one commit may have counted whose answer the stop kept from its owner: it hears "lost" of the next one
    assert [position for position, _ in rows][: len(acknowledged)] == acknowledged
    assert len(rows) - len(acknowledged) in (0, 1)
    assert last == b"stopped %d" % len(rows)
    batch = Batch()
    batch.append(Log.JOURNAL, len(rows) + 1, b"successor")
    store.apply(batch, 0, lease.epoch)
    assert len(store.scan_log(Log.JOURNAL, 0, 1 << 40, 100_000)) == len(rows) + 1


@pytest.mark.parametrize("pipelined", [False, True], ids=["between statements", "in a pipeline"])
def test_a_commit_that_stands_still_keeps_its_partition_for_a_bounded_time(
    store: PostgresqlStore, pipelined: bool
) -> None:
    """In a pipeline the server waits for the rest without any limit of its own."""
    lease = store.claim(0, "frozen", SECOND // 100)
    assert lease is not None
    frozen = connect(store.address, idle_in_transaction_session_timeout="0")
    if pipelined:
        frozen.pgconn.enter_pipeline_mode()
        frozen.pgconn.send_query_params(sql.BEGIN.encode(), None)
        frozen.pgconn.send_query_params(f"SELECT douane.fence(0, {lease.epoch})".encode(), None)
        frozen.pgconn.send_flush_request()
        while frozen.pgconn.flush():
            pass
    else:
        frozen.execute(sql.BEGIN)
        frozen.execute(sql.FENCE, (0, lease.epoch))
    assert claimed(store).epoch > lease.epoch
    frozen.close()


def test_a_commit_that_begins_while_a_claim_looks_keeps_the_partition(
    store: PostgresqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim found nothing locked, and then waits for the lock no longer than for any other."""
    lease = store.claim(0, "holder", HOUR)
    assert lease is not None
    with connect(store.address) as holder:
        holder.execute(sql.BEGIN)
        holder.execute(sql.FENCE, (0, lease.epoch))
        monkeypatch.setattr(sql, "LOCKED", "SELECT 1 WHERE %b::int4 < 0 AND %b::text = '' AND %b::int4 < 0")
        store._rows("SELECT set_config('lock_timeout', '20ms', false)")
        assert store.claim(0, "successor", HOUR) is None
    assert store.epoch(0) == lease.epoch


def test_of_many_that_claim_at_once_one_holds(database: str) -> None:
    stores = [open_store(database) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: stores[n].claim(5, f"w{n}", HOUR), range(8)))
    (lease,) = [each for each in found if each is not None]
    (seen,) = stores[0].leases()
    assert (seen.partition, seen.holder, seen.epoch) == (5, lease.holder, 1)
    for each in stores:
        each.close()
