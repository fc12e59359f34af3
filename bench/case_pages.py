"""Pages of people over a store of many cases: overview, lists, search and case page of a trader and of an officer.

The node is a process of its own; what is timed is what a browser waits for on the loopback, page by page, with nobody
else there; beside it the CPU time of the node, which neighbours lengthen little. The trader has a part in one case of
64; the officer works at every office of his administration.
Goal: 95 of 100 within 150 ms at a million cases.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.node import prepare_identity
from tests.pages.visitor import Seen, Visitor

EACH = 7
"""Messages that a case leaves, as ``bench/filling.py`` says."""
ROUNDS = 200
LIMIT = 30 * 60.0
_CASE = re.compile(r'href="(/cases/[^"]+)')
_NEXT = re.compile(r'href="([^"]*(?:[?]|&amp;)after=[^"]*)"')


@dataclass(frozen=True)
class Took:
    """How long a page took: by the clock, and of the node's CPU; seconds."""

    clock: float
    cpu: float


class Node:
    """A node with pages, asked by lines."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, line: str) -> dict[str, Any]:
        """What it answers to a command."""
        assert self.process.stdin is not None
        print(line, file=self.process.stdin, flush=True)
        return self.told()

    def told(self) -> dict[str, Any]:
        """Its next line."""
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def cpu(self) -> float:
        """Seconds of CPU that its threads have used."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in tasks) / 1e9

    def enter(self, client: str, platform: str) -> tuple[Visitor, str]:
        """Somebody who is signed in, and the address of his site."""
        link = self.ask(f"enter {client} {platform}")["link"]
        visitor = Visitor(0)
        seen = visitor.get(link)
        assert seen.status == 200, (seen.url, seen.status, seen.text[:300])
        return visitor, link.partition("/enter")[0]


@contextmanager
def node_process() -> Iterator[Node]:
    """A node with pages, in which nothing is stored yet but who its people are."""
    with tempfile.TemporaryDirectory(prefix="douane-pages-") as folder:
        prepare_identity(Path(folder))
        command = [sys.executable, "-m", "bench.node", folder, "tls", "pages"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            node = Node(process)
            node.told()
            yield node
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def node_with(cases: int) -> Iterator[tuple[Node, int]]:
    """A node whose store holds so many cases; how many messages."""
    with node_process() as node:
        yield node, node.ask(f"fill {cases * EACH} {LIMIT}")["filled"]


def rows(cases: int, seconds: float) -> list[dict[str, Any]]:
    """The figures of every page. seconds: at most so long for each."""
    with node_with(cases) as (node, messages):
        mrns = node.ask(f"mrns {ROUNDS * 4}")["mrns"]
        trader = Person("trader", node, "trader.00", "speed2")
        officer = Person("officer", node, "fr.officer", "ccn2")
        found = [*trader.walk(seconds), *officer.walk(seconds, mrns)]
    return [{"who": who, "page": page, "cases": messages // EACH, **each} for who, page, each in found]


class Person:
    """Somebody at his site."""

    def __init__(self, who: str, node: Node, client: str, platform: str) -> None:
        self.who, self.node = who, node
        self.visitor, self.site = node.enter(client, platform)

    def walk(self, seconds: float, mrns: Sequence[str] = ()) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Ask for every page in turn; an officer for the cases of these MRNs, a trader for those of his list."""
        own, next_pages = self.deep("/cases?state=released", seconds)  # each has an MRN
        cases = [f"/cases/{mrn}" for mrn in mrns] or own
        random.Random(2).shuffle(cases)
        plain = {
            "trader": ("/overview", "/cases", "/cases?state=released", "/messages", "/messages?type=CC029C",
                       "/messages?type=CC140C", "/guarantees", "/delegations"),
            "officer": ("/tasks", "/tasks?order=risk", "/tasks?order=deadline", "/tasks?state=held",
                        "/tasks?office=FR005350", "/cases", "/cases?state=under%20control", "/cases?role=holder",
                        "/messages", "/messages?type=CC060C"),
        }[self.who]  # fmt: skip
        for page in plain:
            yield self.who, page, self.timed([page], seconds)
        yield self.who, "/cases, later pages", next_pages
        yield self.who, "/messages, later pages", self.deep("/messages", seconds)[1]
        yield self.who, "/cases/MRN", self.timed(cases, seconds)
        found = [f"/find?reference={quote(each.rpartition('/')[2])}" for each in cases if "?" not in each]
        yield self.who, "search by MRN", self.timed(found, seconds)

    def page(self, page: str, took: list[Took]) -> Seen:
        """Wait for a page, and note how long."""
        used, began = self.node.cpu(), time.perf_counter()
        seen = self.visitor.get(self.site + page)
        clock = time.perf_counter() - began
        took.append(Took(clock, self.node.cpu() - used))
        assert seen.status == 200, (self.who, seen.url, seen.status, seen.text[:300])
        return seen

    def timed(self, pages: list[str], seconds: float) -> dict[str, Any]:
        """How long it takes to have each of these, in turn."""
        took, end = list[Took](), time.monotonic() + seconds
        for n in range(ROUNDS):
            self.page(pages[n % len(pages)], took)
            if time.monotonic() > end:
                break
        return _figures(took)

    def deep(self, page: str, seconds: float) -> tuple[list[str], dict[str, Any]]:
        """Go through a list page by page; the cases that it named, and how long a page took."""
        took, cases, end = list[Took](), list[str](), time.monotonic() + seconds
        while time.monotonic() < end and len(took) < ROUNDS:
            seen = self.page(page, took)
            cases += dict.fromkeys(unescape(each) for each in _CASE.findall(seen.body))
            following = _following(seen)
            if not following:
                break
            page = following
        return cases, _figures(took)


def _following(seen: Seen) -> str:
    """The address of the next page of a list; empty on its last."""
    found = _NEXT.search(seen.body)
    return unescape(found[1]) if found else ""


def _figures(took: Sequence[Took]) -> dict[str, Any]:
    clock, cpu = sorted(each.clock for each in took), sorted(each.cpu for each in took)
    return {
        "asked": len(took), "p50_ms": 1e3 * _part(clock, 0.5), "p95_ms": 1e3 * _part(clock, 0.95),
        "most_ms": 1e3 * clock[-1], "cpu_p95_ms": 1e3 * _part(cpu, 0.95),
    }  # fmt: skip


def _part(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]
