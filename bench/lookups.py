"""Questions to a store of any size, apart from the tick: an MRN to its movement and history, lists of cases."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from bench.messages import eori
from bench.node import TRADERS
from douane.applications.transit.messages import MovementQuery
from douane.applications.transit.rules.mrn_series import mrn_serial
from douane.assembly.core import Core
from douane.runtime.store import keys
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry
from douane.shared_services.auditing.cases import Cases
from douane.vocabulary.identifiers import Country, Mrn, Procedure
from tests.callers import system

PAGE = 50


def measure(core: Core, times: int, seed: int = 1) -> list[dict[str, Any]]:
    """Percentiles of each question, over references and parties drawn at random; each from a snapshot of its own.

    The time is that of a clock on the wall, so neighbours are in it; the CPU beside it is this thread's own.
    """
    chance = random.Random(seed)
    last, year = _last_serial(core)

    def mrn() -> str:
        return _mrn(chance.randint(1, last), year)

    def movement() -> bool:
        view = _view(core)
        return bool(core.behaviour.queries["transit.find_movement"].answer(view, MovementQuery(mrn=mrn())))

    def history() -> bool:
        return bool(Cases(core.store.snapshot()).timelines(mrn()))

    first, latest = _deadlines(core)

    def since() -> int:
        return chance.randint(first, latest)

    def listed(*, reverse: bool) -> Callable[[], bool]:
        def pages() -> bool:
            """A filter on party and state, sorted by deadline, from anywhere in the list, and the page after it."""
            view, party = _view(core), eori(chance.randrange(TRADERS))
            low, high = (None, since() + 1) if reverse else (since(), None)  # all may have the same deadline
            page, after = view.find(CaseEntry, "by_party", party, "released", low=low, high=high, limit=PAGE,
                                    reverse=reverse)  # fmt: skip
            if after:
                view.find(CaseEntry, "by_party", party, "released", low=low, high=high, limit=PAGE, after=after,
                          reverse=reverse)  # fmt: skip
            return bool(page)

        return pages

    return [
        _timed("MRN to its movement", movement, times),
        _timed("MRN to every message of its cases", history, times),
        _timed("case list: filter, sort, next page", listed(reverse=False), times),
        _timed("the same, newest first", listed(reverse=True), times),
    ]


def mrns(core: Core, number: int, seed: int = 1) -> list[str]:
    """So many MRNs of the store, drawn at random."""
    chance, (last, year) = random.Random(seed), _last_serial(core)
    return [_mrn(chance.randint(1, last), year) for _ in range(number)]


def _deadlines(core: Core) -> tuple[int, int]:
    """The earliest and the latest deadline of a released movement of the first trader."""
    found = [
        _view(core).find(CaseEntry, "by_party", eori(0), "released", limit=1, reverse=reverse)[0][0][1].deadline
        for reverse in (False, True)
    ]
    return found[0], found[1]


def _view(core: Core) -> View:
    return View(core.store.snapshot(), "FR", core.clock.now(), core.look, caller=system("FR"))


def _timed(name: str, ask: Callable[[], bool], times: int) -> dict[str, Any]:
    took, cpu, found = list[float](), list[float](), 0
    for _ in range(times):
        began, used = time.perf_counter(), time.thread_time()
        found += ask()
        took.append((time.perf_counter() - began) * 1000)
        cpu.append((time.thread_time() - used) * 1000)
    took.sort()
    cpu.sort()
    share = {f"{n}_ms": round(took[int(times * p)], 2) for n, p in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}
    return {"question": name, "asked": times, "found": found} | share | {"cpu_p95_ms": round(cpu[int(times * 0.95)], 2)}


def _last_serial(core: Core) -> tuple[int, int]:
    prefix = keys.space(keys.SERIAL, 0) + b"FRmrn FR005350 "
    ((key, raw),) = core.store.scan(prefix, keys.after(prefix), 1)
    return int.from_bytes(raw, "big"), int(key[len(prefix) :])


def _mrn(serial: int, year: int) -> str:
    return str(Mrn.issue(year, Country("FR"), mrn_serial("FR005350", 0, serial), Procedure.TRANSIT))
