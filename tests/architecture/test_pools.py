"""Nothing waits in a pool of threads that others wait in too: asyncio's own executor is not used, ours are bounded."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from douane.runtime.turns.pools import BOUNDS, Purpose
from tests.architecture.tree import REPOSITORY, SOURCE, product

PLACE = "src/douane/runtime/turns/pools.py"
"""The one place that makes threads for whoever waits; a reader of large bodies beside has one of its own."""
ALSO = {"src/douane/runtime/door/decoding.py": "one thread, parties in turn"}
DEFAULT = frozenset({"to_thread", "set_default_executor", "getaddrinfo", "getnameinfo"})
"""What works in the default executor of an event loop, or changes it."""
OUTSIDE = {"operation": "is the process of the person who typed", "cli": "as above"}
METRICS, TABLE = REPOSITORY / "docs" / "metrics.md", REPOSITORY / "docs" / "fair-use.md"


def faults(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What of a module would wait among others, as (line, what)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in ("to_thread", "ThreadPoolExecutor", "getaddrinfo"):
                    yield node.lineno, f"from {node.module} import {alias.name}"
        elif isinstance(node, ast.Attribute):
            if node.attr == "ThreadPoolExecutor" or (node.attr in DEFAULT and ast.unparse(node.value) != "socket"):
                yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.args else None
            given = first is not None and not (isinstance(first, ast.Constant) and first.value is None)
            if node.func.attr == "run_in_executor" and not given:
                yield node.lineno, "run_in_executor(None"


def test_nothing_waits_among_others() -> None:
    found = [
        f"{module.name}:{line} {what}"
        for module in product()
        if module.name not in {PLACE, *ALSO} and module.path.relative_to(SOURCE).parts[0] not in OUTSIDE
        for line, what in faults(module.tree)
    ]
    assert found == []


def test_calls_of_servers_do_not_block_a_thread() -> None:
    """A client that blocks would hold a thread of a pool for as long as the other side likes."""
    blocking = frozenset({"http.client", "urllib.request", "requests", "httpx"})
    found = [
        f"{module.name}:{node.lineno}"
        for module in product()
        if module.path.relative_to(SOURCE).parts[0] not in OUTSIDE
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Import) and blocking & {alias.name for alias in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in blocking)
    ]
    assert found == []


def test_each_purpose_is_bounded_said_and_shown() -> None:
    assert set(BOUNDS) == set(Purpose)
    assert BOUNDS[Purpose.TRUST].threads == 1
    assert all(0 < each.threads <= 8 and 0 < each.waiting <= 1024 and each.what for each in BOUNDS.values())
    page = METRICS.read_text(encoding="utf-8")
    assert all(name in page for name in ("douane_pool_busy", "douane_pool_waiting", "douane_pool_refused_total"))
    rows = [f"| `{each.value}` | {b.threads} | {b.waiting} | {b.what} |" for each, b in BOUNDS.items()]
    assert "\n".join(rows) in TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "source",
    [
        "import asyncio\nasyncio.to_thread(f)",
        "from asyncio import to_thread",
        "loop.run_in_executor(None, f)",
        "loop.run_in_executor()",
        "loop.getaddrinfo('x', 1)",
        "from concurrent.futures import ThreadPoolExecutor",
        "import concurrent.futures\nconcurrent.futures.ThreadPoolExecutor(1)",
    ],
)
def test_the_scan_finds(source: str) -> None:
    assert len(list(faults(ast.parse(source)))) == 1


@pytest.mark.parametrize("source", ["loop.run_in_executor(pool, f)", "import socket\nsocket.getaddrinfo('x', 1)"])
def test_the_scan_lets_pass(source: str) -> None:
    assert list(faults(ast.parse(source))) == []
