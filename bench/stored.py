"""Octets that a message leaves in the store: a declaration with all that follows from it, each copy, each channel.

Counted from the rows themselves, so the figures are the same on every machine; the file of SQLite is measured beside
them, with its pages. A copy is a message that leaves for a party: its row, its place in the inbox and the timeline.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import msgspec

from bench.brief import size
from bench.node import Filler, registrations, settings_for
from douane.assembly.core import Core
from douane.assembly.node import make_node
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT, JournalRow
from douane.runtime.store.ports import Log, Reader
from tests.evidence import scene as evidence

DECLARATIONS = size(400, brief=8)
POSITION = 8
KINDS = {
    keys.KNOWN: "known ids and receipts", keys.ALIAS: "references (LRN, MRN)", keys.RECORD: "records",
    keys.HISTORY: "records: earlier versions", keys.INDEX: "indexes and case index", keys.SUBJECT: "timelines",
    keys.INBOX: "inboxes", keys.TIMER: "timers", keys.AUDIT: "audit log",
}  # fmt: skip
Row = dict[str, Any]


def everything(store: Reader) -> Iterator[tuple[str, int]]:
    """Each row: where it belongs, and its octets with its key."""
    for log, read in ((Log.JOURNAL, JOURNAL.read), (Log.SENT, SENT.read)):
        for _, raw in rows(store, log):
            row: Any = read(raw)
            place = (
                "copies for parties"
                if log is Log.SENT
                else "journal: from outside"
                if row.origin.channel
                else "journal: between services"
            )
            yield place, len(raw) + 8
    start = b"\0"
    while pairs := store.scan(start, b"\xff", 10_000):
        for key, value in pairs:
            yield KINDS.get(key[:1], "everything else"), len(key) + len(value)
        start = pairs[-1][0] + b"\0"


def rows(store: Reader, log: Log) -> Iterator[tuple[int, bytes]]:
    """All rows of a log."""
    after = 0
    while found := store.scan_log(log, after, 1 << 62, 10_000):
        yield from found
        after = found[-1][0]


def totals(store: Reader) -> tuple[Counter[str], Counter[str]]:
    """Octets and rows by place."""
    octets, count = Counter[str](), Counter[str]()
    for place, length in everything(store):
        octets[place] += length
        count[place] += 1
    return octets, count


def on_disk(file: Path) -> int:
    """Octets of the pages that hold something, after everything went into the file."""
    database = apsw.Connection(str(file))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ((used,),) = database.execute("SELECT sum(pgsize) FROM dbstat")
    database.close()
    return int(used)


async def lodge(core: Core) -> list[bytes]:
    """Declarations accepted, handled and released; their octets."""
    filler = Filler(core)
    arrivals = [filler.arrival() for _ in range(DECLARATIONS)]
    for start in range(0, DECLARATIONS, 50):
        await asyncio.gather(*(core.node.submit(each) for each in arrivals[start : start + 50]))
    await settled(core)
    return [each.envelope.content.body for each in arrivals]


async def settled(core: Core) -> None:
    """Nothing is left to handle."""
    before = -1
    while core.node.counters.handled != before:
        before = core.node.counters.handled
        await asyncio.sleep(0.5)


async def declarations(folder: Path) -> tuple[list[Row], dict[str, float]]:
    """What a declaration leaves, by place, and its copies by type."""
    node = make_node(settings_for(folder))
    core = node.core
    core.node.start()
    await asyncio.gather(*(core.node.submit(each) for each in registrations(core)))
    await settled(core)
    file = folder / "store" / "node.db"
    disk, (octets, count) = on_disk(file), totals(core.store)
    last = max((position for position, _ in rows(core.store, Log.SENT)), default=0)
    lodged = await lodge(core)
    more, counted = totals(core.store)
    copies = [row for position, raw in rows(core.store, Log.SENT) if position > last for row in [(SENT.read(raw), raw)]]
    used = on_disk(file) - disk
    core.store.close()
    size = statistics.mean(map(len, lodged))
    packed = statistics.mean(len(zlib.compress(each)) for each in lodged)
    found = [
        {"a declaration leaves": place, "rows": round((counted[place] - count[place]) / DECLARATIONS, 2),
         "octets": round((value - octets[place]) / DECLARATIONS)}
        for place, value in more.most_common() if (value - octets[place]) / DECLARATIONS >= 1
    ]  # fmt: skip
    whole = sum(more.values()) - sum(octets.values())
    for place, value in (("all rows", whole), ("pages of the file", used)):
        found.append({"a declaration leaves": place, "rows": None, "octets": round(value / DECLARATIONS)})
    by_type = defaultdict(list)
    for row, raw in copies:
        plain = row.content.octets
        by_type[row.type].append((len(plain), len(zlib.compress(plain)), len(row.content.body), len(raw)))
    for name, each in sorted(by_type.items()):
        sizes = [round(statistics.mean(column)) for column in zip(*each, strict=True)]
        columns = ("octets sent", "by zlib alone", "body as stored", "row")
        copied: Row = {"copy": name, "copies": round(len(each) / DECLARATIONS, 2)}
        found.append(copied | dict(zip(columns, sizes, strict=True)))
    return found, {
        "rows of a declaration / its octets as sent": round(whole / DECLARATIONS / size, 2),
        "rows of a declaration / its octets by zlib alone": round(whole / DECLARATIONS / packed, 2),
        "pages of the file / rows": round(used / whole, 2),
    }


def channels(folder: Path) -> list[Row]:
    """One declaration by each channel: what its journal row holds, and what of it proves how it came."""
    from douane.configuration import discovery

    scene = evidence.build(folder)
    store = discovery.open_store(f"sqlite:{scene.data / 'store' / 'node.db'}")
    found = []
    try:
        for way, position in scene.positions.items():
            (raw,) = store.read_log(Log.JOURNAL, [position])
            assert raw is not None
            row: JournalRow = JOURNAL.read(raw)
            without = len(JOURNAL.write(msgspec.structs.replace(row, transmission=None)))
            found.append({"channel": way, "octets of the message": len(row.content.octets),
                          "row": len(raw),
                          "row without how it came": without, "how it came": len(raw) - without})  # fmt: skip
    finally:
        store.close()
    return found


def run(seconds: float) -> dict[str, Any]:
    """Count; ``seconds`` changes nothing."""
    with tempfile.TemporaryDirectory() as name:
        found, ratios = asyncio.run(declarations(Path(name)))
    with tempfile.TemporaryDirectory() as name:
        found += channels(Path(name))
    note = (
        f"{DECLARATIONS} declarations of 12 items, accepted, handled and released, in one partition on SQLite; rows"
        " with their keys. Certificates, revocation lists and token keys lie once in the store, beside these."
    )
    return {"name": "octets stored of a message", "rows": found, "ratios": ratios, "notes": [note]}
