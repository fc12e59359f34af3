"""Final data: what a change costs the centre, how fast replicas are fed, and how long the proof of a million takes.

The centre answers in the same process, as its handlers do, over JSON; no network is measured. Its store and that of the
large replica are files of SQLite; those of the 27 that are pushed to are in memory. A million entries, or a hundred
thousand where figures are to be measured for less than ten seconds.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec

from bench.brief import size
from douane.applications.eori.records import Operator
from douane.backends.memory.backend import MemoryStore
from douane.backends.sqlite.backend import SqliteStore, open_store
from douane.central_repository.feeding import PACE, Feeding
from douane.central_repository.pushed import Answered, Pushed, Reached
from douane.central_repository.replica.answers import View as Kept
from douane.central_repository.replica.proving import Proof, prove
from douane.central_repository.replica.receiving import Receiving
from douane.central_repository.replica.replica import CURSOR, Cursor, Replica, head
from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.model.caller import PARTY_KINDS, Caller, Party, Strength
from douane.model.circles import ActorKind
from douane.runtime.replication.keeping import Finals, keep_final
from douane.runtime.replication.reading import Source
from douane.runtime.replication.rows import entry_key
from douane.runtime.store import keys
from douane.runtime.store.indexing import PROGRESS, Progress, progress_key
from douane.runtime.store.ports import Batch
from douane.runtime.store.queries import View
from douane.runtime.store.records import kind_of
from douane.standards.replication import tree
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import PartnerUnreachable
from douane.vocabulary.feeds import Feed

ENTRIES, MANY = size(100_000, brief=400), 1_000_000
WHOLE = 10.0
FOLLOWERS = size(27, brief=3)
FILLED, DELIVERY = 5_000, 500
BEHIND, TOLD = size((2_000, 5), brief=(30, 1))
CHANGED = size(10_000, brief=60)
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
        keep_final(self.store, 0, finals, self._now, batch, {})
        self.store.apply(batch, 0, self.epoch)

    @property
    def position(self) -> int:
        """How far the full view is."""
        return Source(self.store, keys.final_head(0, KIND.mark, 0)).state().position

    def ask(self, operation: str, feed: Feed, question: Mapping[str, object]) -> Any:
        """An answer to a follower; here they are all alike."""
        del feed
        found = self._queries[f"final_data.{operation}"]
        whole = {"data_set": FULL.data_set, "view": FULL.view, **question}
        return found.answer(self._view(), msgspec.convert(whole, found.operation.request))

    def _view(self) -> View:
        return View(self.store, "EU", self._now, lambda _: None, caller=ASKS, sign=SIGNER.sign)  # type: ignore[arg-type, return-value]  # nothing looks codes up

    async def call(self, operation: str, body: bytes) -> Any:
        """An answer, through JSON as at a door."""
        found = self._queries[operation]
        question: Any = msgspec.json.decode(body, type=found.operation.request)
        answer = msgspec.json.encode(found.answer(self._view(), question))
        self.octets += len(body) + len(answer)
        return json.loads(answer)


def run(seconds: float, *, growth: bool = False) -> dict[str, Any]:
    """Fill, read, change, read on, prove, tamper, prove; feed 27."""
    del growth
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_run(Path(folder), MANY if seconds >= WHOLE else ENTRIES))


async def _run(folder: Path, entries: int) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    centre = Centre(open_store(f"sqlite:{folder / 'centre.db'}"))
    mirror = open_store(f"sqlite:{folder / 'replica.db'}")
    replica = Replica(mirror, (FULL,), SIGNER.key, SystemClock())
    numbers = sorted(range(entries), key=lambda n: tree.identity(f"DE{n:012}"))
    took = _delivered(centre, numbers, "Operator", FILLED)
    rows.append(_row("centre: entries delivered in order of identity (two views)", entries, took))
    rows.append(_row("replica: snapshot read and kept", entries, await _awaited(replica.pull(centre))))
    random.Random(0).shuffle(numbers)
    changed = min(CHANGED, entries // 2)
    took = _delivered(centre, numbers[:changed], "Changed")
    rows.append(_row("centre: entries changed anywhere (two views)", changed, took))
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
    mirror.close()
    rows += await _fed(centre, numbers[:changed])
    centre.store.close()
    return {"name": "repository", "rows": rows, "ratios": {}, "notes": ["27 replicas share the core with the centre"]}


# --- 27 replicas that are pushed to


class Fed:
    """Feeds to replicas of so many administrations, in this process; away: who does not answer.

    light: they take what is pushed without a look at it, so that the centre alone is measured.
    """

    def __init__(self, centre: Centre, *, light: bool = False) -> None:
        self._centre, self._light, self.away = centre, light, set[str]()
        self.at = centre.position
        self.replicas = {f"{n:02}": _begun(self.at) for n in range(FOLLOWERS)}
        self.receiving = {code: Receiving(each) for code, each in self.replicas.items()}
        self.reached = dict.fromkeys(self.replicas, self.at)
        feeds = [Feed(code, FULL.data_set, FULL.view, "") for code in self.replicas]
        self.feeding = Feeding(lambda: feeds, lambda _feed: [centre.position], centre.ask, self)

    async def offer(self, feed: Feed, order: str, body: bytes) -> Answered:
        """Take it."""
        await asyncio.sleep(0)
        if feed.subscriber in self.away:
            raise PartnerUnreachable("It is away.")
        if self._light:
            if order == "changes":
                self.reached[feed.subscriber] = msgspec.json.decode(body, type=_Upto).upto
            return Answered((Reached(0, "changes", str(self.reached[feed.subscriber])),))
        found = self.receiving[feed.subscriber].take(msgspec.json.decode(body, type=Pushed))
        self.reached[feed.subscriber] = int(found.reached[0].after)
        return found

    async def close(self) -> None:
        """Nothing is open."""

    async def until_current(self, some: Collection[str]) -> float:
        """Seconds until they are where the centre is."""
        began = time.monotonic()
        while min(self.reached[each] for each in some) < self._centre.position:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.001)
        return time.monotonic() - began


class _Upto(msgspec.Struct):
    upto: int


def _begun(position: int) -> Replica:
    """A replica that read nothing before a position: what is measured is what comes behind it."""
    store = MemoryStore()
    epoch, batch = store.take(0), Batch()
    batch.put[head(FULL, 0) + b"c"] = CURSOR.write(Cursor(position, None, 1))
    store.apply(batch, 0, epoch)
    return Replica(store, (FULL,), SIGNER.key, SystemClock())


async def _fed(centre: Centre, numbers: list[int]) -> list[dict[str, Any]]:
    """What a feed of changes to 27 costs the centre, and with all of them in this process, one of them away."""
    rows = []
    for what, light, some in (
        (f"centre: changes pushed to {FOLLOWERS} that only answer", True, numbers),
        (f"centre and {FOLLOWERS} replicas in one process: changes pushed, verified, kept", False, numbers[:BEHIND]),
    ):
        fed = Fed(centre, light=light)
        _delivered(centre, some, f"{what[:6]} {light}")
        task = asyncio.create_task(fed.feeding.run())
        rows.append(_row(what, len(some), await _awaited(fed.until_current(fed.replicas))))
        await _ended(task)
    return [*rows, await _one_away(centre, numbers)]


async def _one_away(centre: Centre, numbers: list[int]) -> dict[str, Any]:
    """How long a change is on its way to 26 while all is well, and while the 27th catches up on what it missed."""
    fed = Fed(centre, light=True)
    gone, *others = fed.replicas
    task = asyncio.create_task(fed.feeding.run())
    await asyncio.sleep(2 * PACE)
    usual = [await _told(fed, centre, numbers[n], others) for n in range(TOLD)]
    fed.away.add(gone)
    for n in range(0, len(numbers), DELIVERY):
        centre.deliver(numbers[n : n + DELIVERY], "Week")
        await fed.until_current(others)
    fed.away.clear()
    began, meanwhile = time.monotonic(), list[float]()
    while fed.reached[gone] < centre.position:
        meanwhile.append(await _told(fed, centre, numbers[len(meanwhile) % len(numbers)], others))
    took = time.monotonic() - began
    await _ended(task)
    return {
        "what": f"one of {FOLLOWERS} misses {len(numbers)} changes and catches up (its pause included)",
        "seconds": round(took, 2), "a change reaches the others in ms": round(1000 * statistics.median(usual)),
        "meanwhile": round(1000 * statistics.median(meanwhile)) if meanwhile else 0,
    }  # fmt: skip


async def _told(fed: Fed, centre: Centre, number: int, others: Collection[str]) -> float:
    centre.deliver([number], f"Single {time.monotonic_ns()}")
    return await fed.until_current(others)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _proof(what: str, replica: Replica, centre: Centre, entries: int) -> dict[str, Any]:
    centre.octets, began, worked = 0, time.monotonic(), time.process_time()
    proof: Proof = await prove(replica, centre, FULL)
    took = time.monotonic() - began
    return {
        "what": f"proof of {entries} entries: {what}", "seconds": round(took, 2),
        "CPU seconds": round(time.process_time() - worked, 2), "differing": proof.differing,
        "named": len(proof.differences), "ranges asked": proof.asked, "octets": centre.octets,
    }  # fmt: skip


Took = tuple[float, float]
"""Seconds by the clock and of CPU."""


def _row(what: str, entries: int, took: Took) -> dict[str, Any]:
    return {
        "what": what, "seconds": round(took[0], 2), "CPU seconds": round(took[1], 2),
        "entries/s": round(entries / took[0]), "CPU us an entry": round(took[1] / entries * 1e6),
    }  # fmt: skip


def _delivered(centre: Centre, numbers: list[int], name: str, at_once: int = DELIVERY) -> Took:
    began, worked = time.monotonic(), time.process_time()
    for n in range(0, len(numbers), at_once):
        centre.deliver(numbers[n : n + at_once], name)
    return time.monotonic() - began, time.process_time() - worked


async def _awaited(work: Awaitable[Any]) -> Took:
    began, worked = time.monotonic(), time.process_time()
    await work
    return time.monotonic() - began, time.process_time() - worked
