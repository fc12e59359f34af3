"""Made ``9c21e3d2-tasks.zst``: stores of 9c21e3d2, each with a case open at a task. Kept to show what is in it.

It runs in a checkout of that release, not in this one, as a plugin of its own tests in one process:
``TASKS_OUT=FILE PYTHONPATH=src:.:FOLDER python -m pytest -p make_tasks -m "not slow" TESTS``, where FOLDER holds this
file and TESTS are those of journeys and of applications. Of every store in memory in which a task is open after a tick
it keeps the smallest whose task is ended in the same test, with what was handed in until that test was over, and what
each tick sent.
"""
# mypy: ignore-errors

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest
import zstandard

from douane.backends.memory.backend import MemoryStore
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, RowKind
from douane.runtime.store.ports import Log
from douane.runtime.store.records import HumanTask, kind_of
from douane.runtime.store.values import type_of
from tests.journeys import office

TASK = kind_of(HumanTask).stored
MOST_STEPS = 40
run_tick = Tick.run
best: dict[tuple[str, str], dict] = {}
traced: dict[int, list[dict]] = {}
owners: list[object] = []  # kept, so that no other one gets the same id within a test
test = [""]


def open_tasks(store):
    """Process, node and key of every task that nobody has ended."""
    rows = [(key, TASK.read(raw)) for key, raw in store._map.items()
            if key[:1] == keys.RECORD and type_of(raw) == TASK.kind]  # fmt: skip
    return [(task.process, task.node, key) for key, task in rows if not task.done]


def size(trace):
    """Octets of a store."""
    logs = sum(len(row) for rows in trace["logs"].values() for row in rows.values())
    return logs + sum(len(key) + len(value) for key, value in trace["map"].items())


def run(tick, arrivals=(), commands=()):
    """A tick, watched."""
    owner, ports, arriving = tick.owner, tick.owner.ports, list(arrivals)
    usual = set(ports.behaviour.handlers) == set(office.BEHAVIOUR.handlers)
    watched = isinstance(ports.store, MemoryStore) and usual and owner.partition == 0 and hasattr(ports.clock, "at")
    if not watched:
        return run_tick(tick, arriving, commands)
    at, before = ports.clock.at, max(ports.store._log_order[Log.SENT], default=0)
    results = run_tick(tick, arriving, commands)
    replayable = not commands and all(each.envelope.kind is RowKind.MESSAGE for each in arriving)
    for trace in traced.get(id(owner), []):
        trace["cut"] = trace["cut"] or not replayable or len(trace["events"]) == MOST_STEPS
        if not trace["cut"]:
            step = {"at": at, "arrivals": [facts(each) for each in arriving], "sent": sent(ports.store, before)}
            trace["events"].append(step)
            if not trace["closed"] and trace["key"] not in {key for _, _, key in open_tasks(ports.store)}:
                trace["closed"] = len(trace["events"])
    for process, node, key in open_tasks(ports.store):
        known = traced.setdefault(id(owner), [])
        if all(each["key"] != key for each in known):
            owners.append(owner)
            logs = {log.name: dict(rows) for log, rows in ports.store._logs.items()}
            known.append({
                "process": process, "node": node, "test": test[0], "key": key, "ids": ports.ids.count,
                "kept": sorted(getattr(ports.router, "kept", ())), "at": ports.clock.at, "map": dict(ports.store._map),
                "logs": logs, "events": [], "cut": False, "closed": 0,
            })  # fmt: skip
    return results


def facts(arrival):
    """What was handed in, by the names of its parts."""
    envelope = arrival.envelope
    origin, content = envelope.origin, envelope.content
    caller = json.loads(msgspec.json.encode(origin.caller))
    return {
        "operation": envelope.operation, "administration": envelope.administration, "caller": caller, "id": origin.id,
        "received": origin.received, "platform": origin.platform, "channel": origin.channel,
        "correlation": origin.correlation, "media": int(content.media), "body": content.octets.decode(),
        "about": envelope.about,
    }  # fmt: skip


def sent(store, before):
    """What left since a position."""
    rows = [SENT.read(row) for position, row in sorted(store._logs[Log.SENT].items()) if position > before]
    return [(row.party, row.type, row.content.octets.decode()) for row in rows]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    """One test: what it left open is compared with what is kept."""
    test[0] = item.nodeid
    yield
    for trace in (each for traces in traced.values() for each in traces if each["closed"]):
        name = trace["process"], trace["node"]
        if name not in best or size(trace) < size(best[name]):
            best[name] = trace
    traced.clear()
    owners.clear()


def pytest_sessionfinish():
    """Write what is kept."""
    rows = []
    for _, trace in sorted(best.items()):
        rows.append({name: value for name, value in trace.items() if name != "cut"})
    packed = zstandard.ZstdCompressor(level=19).compress(msgspec.msgpack.encode(rows))
    Path(os.environ["TASKS_OUT"]).write_bytes(packed)


Tick.run = run
