"""Stores of 9c21e3d2 with a case open at every task of an office: each is opened by this release and goes on as it did.

``former/make_tasks.py`` says where they are from, and made them in a checkout of that release: at each task the
smallest store in which a test of that release had it open, what it handed in afterwards, and what each step sent.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from douane.backends.memory.backend import MemoryStore
from douane.configuration.lists import code_lists
from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.runtime.catalogue.arrived import read
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Batch, Log
from douane.runtime.store.records import HumanTask, kind_of
from douane.shared_services.auditing.port import AuditPort
from tests.callers import admitted
from tests.journeys.office import BEHAVIOUR, CATALOGUE, SIGNER, Clock, Hosts, Ids

STORES = Path(__file__).parent / "former" / "9c21e3d2-tasks.zst"
NOT_NOW = "This is not possible now ("
UNSAID: tuple[Any, ...] = (False, None, "", [])
FACTS = {"suspended.revoke": {"unheard_for": "FR-OLAF-2027-4"}}
"""Since decision 0394 an exception from the hearing needs its fact, which no officer of 9c21e3d2 could state."""
OTHERWISE = {"suspended.revoke": 2}
"""After which step the law decides otherwise by now: since decision 0394 only a breach bars a new application."""
LARGEST_OCTETS = 1_000_000
PROCESSES: dict[str, Any] = dict(BEHAVIOUR.processes)
_TASK = kind_of(HumanTask).stored


class Step(msgspec.Struct, frozen=True):
    """What was handed in at an instant, and what left the store by it: party, type and body."""

    at: int
    arrivals: list[dict[str, Any]]
    sent: list[tuple[str, str, str]]


class Former(msgspec.Struct, frozen=True):
    """A store with an open task: the task's key, and what came after. closed: by which of these steps it was ended."""

    process: str
    node: str
    test: str
    key: bytes
    kept: list[str]
    ids: int
    at: int
    map: dict[bytes, bytes]
    logs: dict[str, dict[int, bytes]]
    events: list[Step]
    closed: int

    @property
    def name(self) -> str:
        """Of its task."""
        return f"{self.process}.{self.node}"


@cache
def formers() -> list[Former]:
    """Every store."""
    octets = zstandard.ZstdDecompressor().decompress(STORES.read_bytes())
    return msgspec.msgpack.decode(octets, type=list[Former])


class Reopened:
    """A core of this release over a former store."""

    def __init__(self, former: Former) -> None:
        self.store, self.clock, ids = MemoryStore(), Clock(former.at), Ids(former.ids)
        batch = Batch()
        batch.put = dict(former.map)
        batch.logs = {Log[name]: sorted(rows.items()) for name, rows in former.logs.items() if rows}
        self.store.apply(batch, 0, self.store.take(0))
        audit = AuditPort(SIGNER, keys.space(keys.AUDIT, 0), self.store)
        hosts = Hosts(frozenset(former.kept))
        self.owner = Owner(0, Ports(self.store, self.clock, ids, BEHAVIOUR, hosts, CATALOGUE, audit, code_lists().look))
        self.owner.begin()

    def take(self, step: Step, facts: dict[str, str]) -> list[tuple[str, str, str]]:
        """Hand in what was handed in, with facts that are asked for by now; what leaves by it."""
        before = self._last()
        self.clock.at = max(self.clock.at, step.at)
        results = Tick(self.owner).run([_arrival(each, facts) for each in step.arrivals])
        assert all(isinstance(each, Receipt) for each in results), results
        assert not self.owner.parked(), [each.reason for each in self.owner.parked()]
        rows = [
            SENT.read(row) for position, row in self.store.scan_log(Log.SENT, 0, 1 << 62, 10_000) if position > before
        ]
        return [_seen(row.party, row.type, row.content.octets.decode()) for row in rows]

    def task(self, key: bytes) -> HumanTask | None:
        """A task."""
        (found,) = self.store.read([key])
        return _TASK.read(found) if found is not None else None

    def _last(self) -> int:
        return max((position for position, _ in self.store.scan_log(Log.SENT, 0, 1 << 62, 10_000)), default=0)


def _seen(party: str, type: str, body: str) -> tuple[str, str, str]:
    """What left, to the second: a clock of tests goes on by a microsecond each time that somebody looks."""
    return party, type, re.sub(r"(T\d\d:\d\d:\d\d)\.\d+Z", r"\1Z", body)


def _told(now: tuple[str, str, str], former: tuple[str, str, str]) -> tuple[str, str, str]:
    """What left, in the words of the former release where it says the same: a field that came since may be empty, and
    since decision 0384 the core says what is not possible now, and no longer each handler in words of its own."""
    if now == former or now[:2] != former[:2]:
        return now
    said, before = msgspec.json.decode(now[2]), msgspec.json.decode(former[2])
    said = {name: value for name, value in said.items() if name in before or value not in UNSAID}
    words = {"reason": "", "reasons": []} if NOT_NOW in now[2] else {}
    return former if said | words == before | words else now


def _arrival(facts: dict[str, Any], added: dict[str, str]) -> Arrival:
    who = msgspec.convert(facts["caller"], Caller)
    if who.kind is ActorKind.OFFICER and not who.person:  # officers of 9c21e3d2 were told apart by their clients
        who = msgspec.structs.replace(who, person=who.id)
    envelope = admitted(
        who,
        facts["operation"],
        _body(facts, added),
        id=facts["id"],
        administration=facts["administration"],
        media=Media(facts["media"]),
        platform=facts["platform"],
        channel=facts["channel"],
        received=facts["received"],
        correlation=facts["correlation"],
        about=facts["about"],
    )
    return read(CATALOGUE, Arrival(envelope))


def _body(facts: dict[str, Any], added: dict[str, str]) -> bytes:
    said = facts["body"].encode()
    if not added or facts["operation"] != "customs_decisions.act":
        return bytes(said)
    return msgspec.json.encode(msgspec.json.decode(said) | added)


@pytest.mark.parametrize("former", formers(), ids=lambda each: each.name)
def test_a_former_case_goes_on_and_its_task_is_ended(former: Former) -> None:
    office = Reopened(former)
    facts = FACTS.get(former.name, {})
    task = office.task(former.key)
    assert task is not None
    assert (task.process, task.node, task.done) == (former.process, former.node, False)
    assert former.closed
    for number, step in enumerate(former.events[: OTHERWISE.get(former.name)], start=1):
        sent = [_seen(*each) for each in step.sent]
        assert [_told(*each) for each in zip(office.take(step, facts), sent, strict=True)] == sent, (
            f"step {number} of {former.test}"
        )
        ended = office.task(former.key)
        assert (ended is None or ended.done) == (number >= former.closed)


OF_FORMER_DEFINITIONS = {("departure", "close_enquiry"), ("departure", "resolve_discrepancies")}
"""An instance of 9c21e3d2 has these only where an older release began it."""

SINCE = {
    ("verifying", "settle_identity"),
    ("suspended", "establish"),
    ("suspended", "verify_measures"),
    ("commencing", "check_formalities"),
}
"""Tasks of procedures that 9c21e3d2 did not have."""


def tasks_of(former: Former) -> set[tuple[str, str]]:
    """The tasks that are open in a store, by their processes: one that is called is named by its call."""
    process, node = PROCESSES[former.process], former.node.rpartition("/")[2]
    called = process.called if "/" in former.node else {}
    return {(name, node) for name in called} | ({(former.process, node)} if not called else set())


def test_every_task_of_every_application_is_among_them() -> None:
    declared = {(name, task) for name, process in PROCESSES.items() for task in process.tasks}
    assert len(declared) > 20
    known = {task for each in formers() if each.process in PROCESSES for task in tasks_of(each)}
    assert declared - known == OF_FORMER_DEFINITIONS | SINCE


def test_they_are_small() -> None:
    assert STORES.stat().st_size < LARGEST_OCTETS
