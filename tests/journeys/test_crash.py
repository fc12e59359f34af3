"""What is acknowledged survives: the process killed at any moment, the disk full. And the check notices sabotage.

Twenty kills here, seconds; ``DOUANE_KILLS=10000`` for the full size.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.backends.sqlite.backend import SqliteStore
from douane.runtime import keys
from douane.runtime.envelope import Receipt
from douane.runtime.ports import Batch, Log
from tests.contracts import toy
from tests.journeys.crashing import Acknowledged, fill, findings, message
from tests.journeys.standing import Answer, identity_in, standing

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("DOUANE_KILLS", "20"))
COMMAND = [sys.executable, str(Path(__file__).with_name("crashing.py"))]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def test_what_was_acknowledged_survives_every_kill_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "kill", str(tmp_path), "1", str(KILLS)], env=ENVIRONMENT, capture_output=True, check=True
    )
    held: Acknowledged = json.loads(done.stdout)
    assert len(held) > KILLS
    assert findings(tmp_path / "store.db", held) == []


# --- the check itself


class Sabotaged(SqliteStore):
    """A store that loses something of one batch and says nothing."""

    def __init__(self, path: str, at: int, spoil: Callable[[Batch], None]) -> None:
        super().__init__(path)
        self._left, self._spoil = at, spoil

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        self._left -= 1
        if self._left == 0:
            self._spoil(batch)
        super().apply(batch, partition, epoch)


def lose_all(batch: Batch) -> None:
    batch.logs, batch.new, batch.put, batch.gone = {}, {}, {}, set()


def lose_journal(batch: Batch) -> None:
    del batch.logs[Log.JOURNAL][-1]


def lose_answers(batch: Batch) -> None:
    batch.logs[Log.SENT] = []


def lose_known(batch: Batch) -> None:
    batch.new = {k: v for k, v in batch.new.items() if k[:1] != keys.KNOWN}


def lose_account(batch: Batch) -> None:
    """The record of an account, that is of what is reserved; reservations stay."""
    kind = keys.u16(902)
    batch.put = {k: v for k, v in batch.put.items() if not (k[:1] == keys.RECORD and k[13:15] == kind)}


def lose_tile(batch: Batch) -> None:
    batch.put = {k: v for k, v in batch.put.items() if k[:4] != b"U\0\0t"}


def change_row(batch: Batch) -> None:
    position, raw = batch.logs[Log.JOURNAL][0]
    batch.logs[Log.JOURNAL][0] = (position, raw.replace(b"T1", b"T2", 1))


ALWAYS = (lose_all, lose_journal, lose_answers, lose_known, change_row)
AT_THE_END = (lose_account, lose_tile)  # in the middle, the next tick writes the same key whole again
TICKS = 12


@pytest.mark.parametrize(
    ("spoil", "at"),
    [*((spoil, at) for spoil in ALWAYS for at in (6, TICKS)), *((spoil, TICKS) for spoil in AT_THE_END)],
)
def test_the_check_notices_sabotage(tmp_path: Path, spoil: Callable[[Batch], None], at: int) -> None:
    path = tmp_path / "store.db"
    held = run(Sabotaged(str(path), at, spoil), TICKS)
    assert findings(path, held) != []


def test_the_check_finds_nothing_where_nothing_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    held = run(SqliteStore(str(path)), TICKS)
    assert findings(path, held) == []
    changed = held | {"m5": held["m6"]}
    assert findings(path, changed) != []


def run(store: SqliteStore, ticks: int) -> Acknowledged:
    """Some ticks of seven messages, each with its own account to write."""
    node, held = toy.Node(store), Acknowledged()
    for tick in range(ticks):
        for result in node.run(*(message(node, tick * 7 + n) for n in range(7))):
            assert isinstance(result, Receipt)
            held[result.id] = msgspec.json.encode(result).decode()
    store.close()
    return held


# --- full disk


def test_a_store_that_may_not_grow_refuses_and_goes_on_when_it_may(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = SqliteStore(str(path))
    limit: Callable[[int], Any] = lambda pages: store._db.execute(f"PRAGMA max_page_count = {pages}")  # noqa: E731
    limit(40)
    held = fill(toy.Node(store), lambda: limit(1_000_000))
    store.close()
    assert len(held) > 20
    assert findings(path, held) == []


def test_a_full_volume_refuses_intake_and_loses_nothing(tmp_path: Path) -> None:
    """A real file system of four megabytes, half of it ballast that is removed, in a mount namespace of its own."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("mounting a small file system needs root and unshare")
    place = tmp_path / "small"
    place.mkdir()
    steps = [
        f"mount -t tmpfs -o size=4m douane {place}",
        f"head -c 2500000 /dev/zero > {place}/ballast",
        " ".join(["exec", *COMMAND, "full", str(place)]),
    ]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", " && ".join(steps)], env=ENVIRONMENT, capture_output=True, check=False
    )
    if b"mount" in done.stderr and b"denied" in done.stderr:
        pytest.skip("mounting is not allowed here")
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    assert len(result["held"]) > 20
    assert result["findings"] == []


def test_a_node_with_a_full_disk_refuses_intake_reads_on_and_recovers(tmp_path: Path) -> None:
    """At the doors: 503 with the time to come back, the inbox still read, no restart, and every receipt kept."""
    body = (ROOT / "docs" / "examples" / "guarantee.json").read_bytes()
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity) as node:
        officer, store = node.client("ccn2", "fr.officer"), node.node.core.store
        assert isinstance(store, SqliteStore)

        async def limit(pages: int) -> None:
            store._db.execute(f"PRAGMA max_page_count = {pages}")

        def register(number: int) -> Answer:
            head = {"content-type": "application/json", "message-id": f"full-{number}"}
            return officer.ask("POST", "/guarantees/v1/register", body, head)

        receipts = [register(0)]
        node.run(limit(1))  # no page more than there is
        while receipts[-1].status == 202:
            receipts.append(register(len(receipts)))
        refused = receipts.pop()
        assert (refused.status, refused.json["code"], refused.json["whose"]) == (503, "DOU-2102", "us")
        assert officer.ask("GET", "/v1/inbox").status == 200
        node.run(limit(1_000_000))
        while (answer := register(len(receipts))).status == 503:
            pass
        assert answer.status == 202
        again = [register(n) for n in range(len(receipts))]
        assert [a.body for a in again] == [r.body for r in receipts]
        assert not node.node.ended.is_set()
        assert node.client("operations", "").ask("GET", "/health/ready").status == 200
