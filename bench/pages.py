"""Pages of the explorer at the size of a union: of every fifth element, and of what a change of it touches; then pages
of people over a store of many cases (``bench/case_pages.py``).

Goals: 10,000 elements; 95 of 100 pages within 200 ms of CPU, each compressed to 100 kB at most. A million cases; 95 of
100 pages within 150 ms.
"""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench import case_pages
from bench.brief import size
from douane.applications.architecture.handlers.changing import told
from douane.applications.architecture.handlers.exploring import shown
from douane.applications.architecture.messages import ElementQuery, ImpactQuery
from douane.applications.architecture.screens import element, impact
from douane.model.build import build
from douane.model.graph import ApplicationModel, Node
from douane.pages.blocks import Frame, Page
from douane.pages.drawing import draw
from douane.pages.languages import Words
from douane.pages.screens import Given, Library
from douane.reference_architecture.search import Search
from tests.model.generated_model import generated

SAMPLE = 1_500
FEW, MANY = size(10_000, brief=60), 1_000_000
"""Cases of the store."""


def run(seconds: float = 20.0, *, growth: bool = False) -> dict[str, Any]:
    """Answer and draw pages of a sample of elements, for at most so many seconds each way; then pages of people over a
    store of cases. growth: of a million of them, which takes some ten minutes and 13 GB of disk to fill."""
    model = build(generated())
    search = Search(model)
    words = Words()
    pages: dict[str, Callable[[Node], Page]] = {
        "element": lambda node: element.shown(shown(model, ElementQuery(node.id)), Given(words, Library())),
        "impact": lambda node: impact.shown(told(model, ImpactQuery(node.id), None), Given(words, Library())),
        "impact with graph": lambda node: impact.shown(
            told(model, ImpactQuery(node.id), None), Given(words, Library(), query={"graph": "yes"})
        ),
    }
    rows = [_row(name, model, page, seconds) for name, page in pages.items()]
    took = [_took(partial(search.find, node.name)) for node in list(model)[::50]]
    rows.append({"page": "search alone", "nodes": len(model), **_times(took)})
    rows += case_pages.rows(MANY if growth else FEW, min(seconds, 5.0))
    return {"name": "pages", "rows": rows, "ratios": {}}


def _row(name: str, model: ApplicationModel, page: Callable[[Node], Page], seconds: float) -> dict[str, Any]:
    frame, words = Frame("Desk", "/", "/explore"), Words()
    nodes = list(model)
    random.Random(1).shuffle(nodes)
    took, sizes, end = [], [], time.monotonic() + seconds
    for node in nodes[:SAMPLE]:
        begin = time.process_time()
        text = draw(page(node), frame, words)
        took.append(time.process_time() - begin)
        sizes.append(len(gzip.compress(text.encode(), 4)))
        if time.monotonic() > end:
            break
    sizes.sort()
    return {"page": name, "nodes": len(model), **_times(took), "kB_p95": sizes[int(len(sizes) * 0.95)] / 1e3,
            "kB_most": sizes[-1] / 1e3}  # fmt: skip


def _times(took: list[float]) -> dict[str, float]:
    took = sorted(took)
    high = took[int(len(took) * 0.95)]
    return {"asked": len(took), "cpu_p50_ms": 1e3 * took[len(took) // 2], "cpu_p95_ms": 1e3 * high,
            "cpu_most_ms": 1e3 * took[-1]}  # fmt: skip


def _took(what: Callable[[], object]) -> float:
    begin = time.process_time()
    what()
    return time.process_time() - begin
