"""Pages of a trader whose cases others keep: the same pages over summaries of a thousand cases, and of a million.

Two nodes, each a process with a store of carried cases and a replica of one keeper, on files; a party has as many cases
in both, so that its pages show the same. Pages are asked for in turn, one of each node after the other, by the loopback
with nobody else there; what counts is the CPU time of the node, medians of neighbouring pairs.
Goal: a page over a million costs at most 1.2 of the same over a thousand.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator
from statistics import median
from typing import Any
from urllib.parse import quote

from bench.brief import size
from bench.carried import EACH_PARTY, KEEPER
from bench.case_pages import Person, Took, node_process

FEW, MANY = size((1_000, 1_000_000), brief=(2 * EACH_PARTY, 4 * EACH_PARTY))
"""Cases of which a summary is told."""
ROUNDS, LIMIT = size((100, 3_600.0), brief=(2, 60.0))
PAGES = ("/overview", "/cases", "/cases?state=released")
GOAL = 1.2


def run(seconds: float = 10.0, *, growth: bool = False) -> dict[str, Any]:
    """Fill both, then ask for every page of both in turn. seconds: at most so long for a page."""
    del growth
    rows, ratios = list[dict[str, Any]](), dict[str, float]()
    with contextlib.ExitStack() as open_until_the_end:
        people = [open_until_the_end.enter_context(_trader(cases)) for cases in (FEW, MANY)]
        for page, addresses in _pages(people):
            few, many = _in_turn(people, addresses, seconds)
            for cases, took in ((FEW, few), (MANY, many)):
                rows.append({"page": page, "summaries": cases, "asked": len(took), **_figures(took)})
            pairs = [b.cpu / a.cpu for a, b in zip(few, many, strict=True)]
            ratios[f"{page}: CPU over a million / over a thousand"] = round(median(pairs), 3)
    return {"name": "summaries", "rows": rows, "ratios": ratios, "notes": [f"Goal: at most {GOAL}."]}


@contextlib.contextmanager
def _trader(cases: int) -> Iterator[Person]:
    """A trader at a node that carried so many cases of one keeper, who tells of each."""
    with node_process() as node:
        filled = node.ask(f"carried {cases} {LIMIT}")["carried"]
        if filled != cases:
            raise RuntimeError(f"only {filled} of {cases} cases were filled in {LIMIT:.0f} s")
        yield Person("trader", node, "trader.00", "speed2")


def _pages(people: list[Person]) -> Iterator[tuple[str, list[list[str]]]]:
    """Each kind of page with its addresses at each node: they may be others, as many there as here."""
    for page in PAGES:
        yield page, [[page]] * len(people)
    listed = [each.deep("/cases", LIMIT)[0] for each in people]
    cases = [[case for case in each if f"{KEEPER}0" in case] for each in listed]  # and no guarantees
    if {len(each) for each in cases} != {EACH_PARTY}:
        raise RuntimeError(f"{[len(each) for each in cases]} cases are listed in place of {EACH_PARTY}")
    for each in cases:
        random.Random(2).shuffle(each)
    yield "/cases/MRN", cases
    yield "search by MRN", [[f"/find?reference={quote(a.rpartition('/')[2])}" for a in each] for each in cases]


def _in_turn(people: list[Person], addresses: list[list[str]], seconds: float) -> list[list[Took]]:
    """How long the pages of each took, as many of each; the first of each kind is not counted."""
    took: list[list[Took]] = [[] for _ in people]
    end = time.monotonic() + seconds
    for number in range(1 + ROUNDS):
        order = range(len(people)) if number % 2 else reversed(range(len(people)))
        for who in order:
            wanted = addresses[who]
            people[who].page(wanted[number % len(wanted)], took[who])
        if number and time.monotonic() > end:
            break
    return [each[1:] for each in took]


def _figures(took: list[Took]) -> dict[str, float]:
    return {
        "cpu_p50_ms": round(1e3 * median(each.cpu for each in took), 2),
        "p50_ms": round(1e3 * median(each.clock for each in took), 2),
    }
