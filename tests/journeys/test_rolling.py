"""A node moves from one release to the next under load, worker by worker, then door by door; no request fails.

The next release adds a column to the database, a field and an index to a record. Senders repeat nothing: each request
goes once, to a door that a load balancer holds for ready.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crash.stored import scan
from douane.applications.guarantees.records import Guarantee
from douane.backends.postgresql.migrations import STEPS
from douane.configuration.discovery import open_reader
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER, SENT
from douane.runtime.store.indexing import PROGRESS
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.records import Index, kind_of
from douane.runtime.store.values import HEADER
from douane.trust.demo_registers import SAID
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.identifiers import Country, Grn
from tests.journeys.balance import Balance, Caller, Request, Script, health
from tests.journeys.releases import INDEX, release
from tests.journeys.supervised import (
    COMMAND,
    INSIDE,
    JSON,
    OFFICER,
    ROOT,
    Supervised,
    environment,
    registration,
    supervised,
)
from tests.journeys.test_processes import TRADER
from tests.services.postgresql import fresh_database, postgresql

__all__ = ["fresh_database", "postgresql"]

EXAMPLES = ROOT / "docs" / "examples"
XML = {"content-type": "application/xml"}
PARTITIONS = 4
SLICE = 16
NOTICE = 30
"""Seconds: longer than the balancer needs, however busy the machine; it tells a door again once it needs it no more."""
LAST = STEPS[-1].number
NEXT = {
    **INDEX,
    "douane.runtime.store.indexing": (("SLICE: Final = 1_024", f"SLICE: Final = {SLICE}"),),
    "douane.backends.postgresql.migrations": (
        (
            "(_SIGNED,), needs=1),\n)",
            f"""(_SIGNED,), needs=1),
            Step({LAST + 1}, "when a row came", ("ALTER TABLE douane.log0 ADD COLUMN came timestamptz",), needs=1),
            Step({LAST + 2}, "no more", ("ALTER TABLE douane.log0 DROP COLUMN came",), needs=1, contract=True))""",
        ),
    ),
}
KIND = kind_of(Guarantee)
BY_NOTE = Index(1, "by_note", ("note", "grn"), KIND.mark + b"\1", lambda value: ())
COVERS = [str(Grn.issue(2025, Country("FR"), f"{900 + n:012}")) for n in range(4)]
"""Guarantees that the declarations draw on: written by the release before, read and written by the next one."""


def declaration(number: int) -> bytes:
    """A declaration of its own for every number."""
    text = (EXAMPLES / "declaration.xml").read_bytes().replace(b"QUICKSTART-1", b"ROLL-%d" % number)
    text = text.replace(b"QS-0000001", b"ROLL-%d" % number)
    return text.replace(b"26FR0000010001477", COVERS[number % len(COVERS)].encode())


@dataclass
class Callers:
    """Officers and traders who send, ask, collect and acknowledge. receipts: of every message that was taken."""

    receipts: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[Caller]:
        """Two of each who send, one of each who read."""
        sending = [
            Caller(platform, name, functools.partial(self.sends, path, body, headers, sender * 100_000))
            for sender in (0, 1)
            for platform, name, path, body, headers in (
                ("ccn2", OFFICER, "/guarantees/v1/register", registration, JSON),
                ("speed2", TRADER, "/v1/messages", declaration, XML),
            )
        ]
        reading = [Caller("ccn2", OFFICER, self.collects), Caller("speed2", TRADER, self.collects)]
        return [*sending, *reading, Caller("ccn2", OFFICER, self.asks)]

    def sends(self, path: str, body: Callable[[int], bytes], headers: Mapping[str, str], first: int) -> Script:
        """One message after the other."""
        for number in itertools.count(first):
            answer = yield Request("POST", path, body(number), headers, 202)
            self.receipts.append(answer.json["receipt"])

    def collects(self) -> Script:
        """What is in the inbox, and takes it out."""
        while True:
            page = yield Request("GET", "/v1/inbox?wait=1")
            for item in page.json["items"]:
                yield Request("POST", f"/v1/inbox/{item['id']}/ack", status=204)

    def asks(self) -> Script:
        """How guarantees stand that both releases write."""
        for grn in itertools.cycle(COVERS):
            yield Request("POST", "/guarantees/v1/show", json.dumps({"grn": grn}).encode(), JSON)


@dataclass
class Roll:
    """The processes of a node: two workers and two doors, each started by itself, as on hosts of their own."""

    folder: Path
    store: str
    stack: contextlib.ExitStack
    lives: dict[str, contextlib.ExitStack] = field(default_factory=dict)
    release: Path | None = None

    def _live(self, name: str, *, links: slice, **settings: Any) -> Supervised:
        life = self.lives[name] = self.stack.enter_context(contextlib.ExitStack())
        return life.enter_context(
            supervised(
                self.folder / name, release=self.release, workers=2, patience=60,
                links=[f"unix:{self.folder / f'link-{n}'}" for n in (0, 1)][links], **settings,
            )
        )  # fmt: skip

    def worker(self, place: int) -> Supervised:
        """Start a worker, until it is ready; the second one gets the identity and the key of the first."""
        folder, first = self.folder / f"worker-{place}", self.folder / "worker-0"
        if place and not folder.exists():
            (folder / "data").mkdir(parents=True)
            shutil.copytree(first / "identity", folder / "identity")
            shutil.copy(first / "data" / "audit.key", folder / "data" / "audit.key")
        folder.mkdir(exist_ok=True)
        made = self._live(
            folder.name, role="core", worker=place, partitions=PARTITIONS, store=self.store, platforms=["operations"],
            links=slice(place, place + 1),
        )  # fmt: skip
        made.until(lambda: (said := health(made)) is not None and said.status == 200)
        return made

    def door(self, number: int) -> Supervised:
        """Start a door."""
        identity = self.folder / "worker-0" / "identity"
        (self.folder / f"door-{number}").mkdir(exist_ok=True)
        made = self._live(
            f"door-{number}", role="doors", platforms=["speed2", "ccn2", "operations"], identity=str(identity),
            links=slice(0, 2), notice=NOTICE,
        )  # fmt: skip
        made.identity = DevelopmentIdentity(identity)
        return made

    def migrate(self, *options: str) -> list[str]:
        """What the next release says of its steps of the schema."""
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "database", "migrate", "--store", self.store, *options],
            env=environment(self.release), capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_node_moves_to_the_next_release_and_no_request_fails(tmp_path: Path, fresh_database: str) -> None:
    with contextlib.ExitStack() as stack:
        roll = Roll(tmp_path, fresh_database, stack)
        for place in (0, 1):
            roll.worker(place)
        doors = [roll.door(number) for number in (1, 2)]
        officer = doors[0].client("ccn2", OFFICER)
        for grn in COVERS:
            terms = json.loads((EXAMPLES / "guarantee.json").read_bytes()) | {"grn": grn, "limit": "99999999.00"}
            assert officer.ask("POST", "/guarantees/v1/register", json.dumps(terms).encode(), JSON).status == 202
        callers = Callers()
        load = Balance(callers.all, list(doors))
        load.begin()
        load.more(200)
        roll.release = release(tmp_path / "next", NEXT)
        assert roll.migrate() == [f"schema step {LAST + 1} taken"]
        load.more(30)
        for place in (0, 1):
            roll.lives[f"worker-{place}"].close()
            load.more(30)  # the other one has taken its partitions
            roll.worker(place)
            load.more(30)
        for number, before in enumerate(doors, 1):
            before.process.terminate()
            load.until_left(before)  # the balancer has seen it, while the door still served
            roll.lives[f"door-{number}"].close()  # told again: its notice ends
            load.more(30)
            load.doors[:] = [door for door in load.doors if door is not before] + [roll.door(number)]
            load.until_ready(2)
            load.more(30)
        assert roll.migrate("--contract") == [f"schema step {LAST + 2} taken"]
        doors[0].until(lambda: all(built(fresh_database)))
        load.more(30)
        load.end()
        assert load.faults == []
        assert len(load.answered) == 4  # each door, in each of its lives
        doors[0].until(lambda: not waiting(fresh_database))
        for door in load.doors:  # they hold nothing, and nobody waits for their notice
            door.process.kill()
    judge(callers.receipts, fresh_database)


@contextlib.contextmanager
def reading(store: str) -> Iterator[Reader]:
    """A snapshot of the store."""
    reader = open_reader(store)
    try:
        yield reader
    finally:
        reader.close()  # type: ignore[attr-defined] # a snapshot of the database


def built(store: str) -> list[bool]:
    """By partition, whether the index of the next release is whole."""
    with reading(store) as reader:
        found = reader.read([keys.space(keys.BUILT, p) + BY_NOTE.mark for p in range(PARTITIONS)])
    return [raw is not None and PROGRESS.read(raw).done for raw in found]


def waiting(store: str) -> int:
    """How many messages are not handled, or are on their way between partitions."""
    with reading(store) as reader:
        left = 0
        for partition in range(PARTITIONS):
            owner = OWNER.read(reader.read([keys.space(keys.OWNER, partition)])[0] or b"")
            left += owner.journal - owner.cursor
            left += len(_rows(reader, keys.space(keys.LANE, partition)))
    return left


def _rows(reader: Reader, prefix: bytes) -> list[tuple[bytes, bytes]]:
    return list(reader.scan(prefix, keys.after(prefix), 1 << 20))


def judge(receipts: list[str], store: str) -> None:
    """Every receipt resolves to one final state, nothing else was accepted, and the index is what the records say."""
    with reading(store) as reader:
        accepted: dict[str, tuple[int, str]] = {}
        sent: dict[tuple[int, str], list[str]] = defaultdict(list)
        for partition in range(PARTITIONS):
            assert _rows(reader, keys.space(keys.WAIT, partition)) == []  # nothing is set aside
            for place, raw in scan(reader, Log.JOURNAL, partition):
                row = JOURNAL.read(raw)
                if row.origin.platform not in INSIDE and not row.id.startswith(SAID):
                    accepted[f"{place:x}"] = row.subject, row.sender
            for _, raw in scan(reader, Log.SENT, partition):
                answer = SENT.read(raw)
                sent[answer.subject, answer.party].append(answer.type)
        assert len(set(receipts)) == len(receipts)
        assert set(receipts) <= accepted.keys()
        assert len(accepted) == len(receipts) + len(COVERS)
        for receipt in receipts:
            assert sorted(sent[accepted[receipt]]) in ANSWERS
        versions: set[int] = set()
        for partition in range(PARTITIONS):
            found, expected, records = _index(reader, partition)
            assert found == expected
            assert len(_rows(reader, keys.space(keys.RECORD, partition))) > 2 * SLICE  # it took several slices
            versions |= records
        assert versions == {1, 2}


ANSWERS = (["GuaranteeRegistered"], ["CC028C", "CC029C", "CC928C"])


def _index(reader: Reader, partition: int) -> tuple[set[bytes], set[bytes], set[int]]:
    """The index's entries as they stand, as the records say they must be, and the versions of these records."""
    expected: set[bytes] = set()
    versions: set[int] = set()
    for key, raw in _rows(reader, keys.space(keys.RECORD, partition)):
        if key[13:15] == KIND.mark:
            fields, version = msgspec.msgpack.decode(raw[HEADER.size :]), HEADER.unpack_from(raw)[3]
            versions.add(version)
            values = ("none" if version == 1 else fields[-1], fields[0])
            expected |= set(BY_NOTE.entries(values, keys.INDEX + key[1:5], key[5:13] + key[15:]))
    prefix = keys.space(keys.INDEX, partition) + b"FR" + BY_NOTE.mark
    return {key for key, _ in _rows(reader, prefix)}, expected, versions
