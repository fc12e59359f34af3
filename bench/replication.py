"""Final data: what a change costs the centre, how fast a replica reads, and how long its proof takes.

The centre answers in the same process, as its handlers do, so no network is measured; both stores are files of SQLite.
With ``--growth`` a million entries, else a hundred thousand.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from douane.applications.eori.records import Operator
from douane.backends.sqlite.backend import SqliteStore, open_store
from douane.central_repository.replica.answers import View as Kept
from douane.central_repository.replica.proving import Proof, prove
from douane.central_repository.replica.replica import Replica, head
from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.model.caller import PARTY_KINDS, Caller, Party, Strength
from douane.model.circles import ActorKind
from douane.runtime.replication.keeping import Finals, keep_final
from douane.runtime.replication.rows import entry_key
from douane.runtime.store import keys
from douane.runtime.store.indexing import PROGRESS, Progress, progress_key
from douane.runtime.store.ports import Batch
from douane.runtime.store.queries import View
from douane.runtime.store.records import kind_of
from douane.standards.replication import tree
from douane.standards.transparency_log.note import Signer

ENTRIES, MANY = 100_000, 1_000_000
DELIVERY = 500
CHANGED = 10_000
FULL = Kept("economic_operators", "full")
SIGNER = Signer.from_seed("centre.example/p0", bytes(32))
PARTY = Party(PARTY_KINDS[ActorKind.MEMBER_STATE], "DE")
ASKS = Caller(PARTY.name, ActorKind.MEMBER_STATE, ActorKind.MEMBER_STATE.circle, PARTY, "DE",
              strength=Strength.CERTIFICATE)  # fmt: skip
KIND = kind_of(Operator)


class Centre:
    """A store with the handlers of final data over it; counts what goes over the wire."""

    def __init__(self, store: SqliteStore) -> None:
        self.store, self.epoch, self.octets, self._now = store, store.take(0), 0, 1_800_000_000_000_000
        self._queries = discovery.behaviour().queries
        batch = Batch()
        assert KIND.filling is not None
        batch.put[progress_key(0, KIND.filling)] = PROGRESS.write(Progress(done=True))
        store.apply(batch, 0, self.epoch)

    def deliver(self, numbers: list[int], name: str) -> None:
        """What a delivery of operators does to the data set, committed."""
        self._now += 1_000_000
        finals: Finals = []
        for n in numbers:
            record = Operator(
                f"DE{n:012}", self._now, (), dt.date(2026, 1, 1), None, n % 2 == 0, f"{name} {n}", "Hauptstr. 1",
                "10115", "Berlin", "DE",
            )  # fmt: skip
            finals.append(
                (KIND, keys.record_key(0, "EU", self._now << 4, KIND.number, n.to_bytes(8, "big")), None, record)
            )
        batch = Batch()
        keep_final(self.store, 0, finals, self._now, batch)
        self.store.apply(batch, 0, self.epoch)

    async def call(self, operation: str, body: bytes) -> Any:
        """An answer, through JSON as at a door."""
        found = self._queries[operation]
        view = View(self.store, "EU", self._now, lambda _: None, caller=ASKS, sign=SIGNER.sign)  # type: ignore[arg-type, return-value]  # nothing looks codes up
        answer = msgspec.json.encode(found.answer(view, msgspec.json.decode(body, type=found.operation.request)))
        self.octets += len(body) + len(answer)
        return json.loads(answer)


def run(seconds: float, *, growth: bool = False) -> dict[str, Any]:
    """Fill, read, change, read on, prove, tamper, prove."""
    del seconds
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_run(Path(folder), MANY if growth else ENTRIES))


async def _run(folder: Path, entries: int) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    centre = Centre(open_store(f"sqlite:{folder / 'centre.db'}"))
    mirror = open_store(f"sqlite:{folder / 'replica.db'}")
    replica = Replica(mirror, (FULL,), SIGNER.key, SystemClock())
    numbers = list(range(entries))
    random.Random(0).shuffle(numbers)
    took = _delivered(centre, numbers, "Operator")
    rows.append(_row("centre: entries delivered (two views)", entries, took))
    rows.append(_row("replica: snapshot read and kept", entries, await _awaited(replica.pull(centre))))
    changed = min(CHANGED, entries // 2)
    took = _delivered(centre, numbers[:changed], "Changed")
    rows.append(_row("centre: entries changed (two views)", changed, took))
    rows.append(_row("replica: changes read and kept (feed)", changed, await _awaited(replica.pull(centre))))
    rows.append(await _proof("equal", replica, centre, entries))
    for differ in (1, 10, 100):
        epoch, batch = mirror.take(0), Batch()
        for n in numbers[:differ]:
            place = entry_key(head(FULL, 0), tree.identity(f"DE{n:012}"))
            batch.put[place] = (mirror.read([place])[0] or b"").replace(b"Berlin", b"Bremen")
        mirror.apply(batch, 0, epoch)
        fresh = Replica(mirror, (FULL,), SIGNER.key, SystemClock())
        rows.append(await _proof(f"{differ} rows changed in the replica", fresh, centre, entries))
    centre.store.close()
    mirror.close()
    return {"name": "replication", "rows": rows, "ratios": {}}


async def _proof(what: str, replica: Replica, centre: Centre, entries: int) -> dict[str, Any]:
    centre.octets, began, worked = 0, time.monotonic(), time.process_time()
    proof: Proof = await prove(replica, centre, FULL)
    took = time.monotonic() - began
    return {
        "what": f"proof of {entries} entries: {what}", "seconds": round(took, 2),
        "CPU seconds": round(time.process_time() - worked, 2), "differing": proof.differing,
        "named": len(proof.differences), "ranges asked": proof.asked, "octets": centre.octets,
    }  # fmt: skip


def _row(what: str, entries: int, took: float) -> dict[str, Any]:
    return {"what": what, "seconds": round(took, 2), "entries/s": round(entries / took)}


def _delivered(centre: Centre, numbers: list[int], name: str) -> float:
    began = time.monotonic()
    for n in range(0, len(numbers), DELIVERY):
        centre.deliver(numbers[n : n + DELIVERY], name)
    return time.monotonic() - began


async def _awaited(work: Any) -> float:
    began = time.monotonic()
    await work
    return time.monotonic() - began
