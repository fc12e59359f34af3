"""Clock, ids, randomness and environment enter by ports: ``configuration`` makes them, others are handed them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import SOURCE, product

OUTSIDE = {
    "configuration": "makes the concrete clock, ids and settings",
    "cli": "is the process of the person who typed",
    "operation": "waits for a node on behalf of who typed",
    "supervision": "waits for processes, and has the thread of the operator's door",
}
"""Rooms in which these may be used, with the reason. A module elsewhere takes them as arguments."""
SEEDED = dict.fromkeys(("development", "simulator"), "draws from random.Random(seed), so that a run repeats")
MODULES = frozenset({"time", "random", "uuid", "secrets", "threading"})
NAMES = frozenset({("os", "urandom"), ("os", "getrandom"), ("os", "environ"), ("os", "environb"), ("os", "getenv")})
LOCKS = frozenset({("threading", "Lock")})
"""What keeps threads apart makes none."""
DATES = frozenset({"now", "utcnow", "today"})
ATTRIBUTES = DATES | {name for _, name in NAMES}


def faults(tree: ast.Module, *, seeded: bool = False) -> Iterator[tuple[int, str]]:
    """What reads clock, randomness or environment in a module, as (line, what)."""
    dates = _date_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] in MODULES and not (seeded and alias.name == "random"):
                    yield node.lineno, f"import {alias.name}"
        elif isinstance(node, ast.ImportFrom) and not node.level:
            source = (node.module or "").partition(".")[0]
            for alias in node.names:
                if (source in MODULES or (source, alias.name) in NAMES) and (source, alias.name) not in LOCKS:
                    yield node.lineno, f"from {source} import {alias.name}"
        elif isinstance(node, ast.Attribute) and (seeded or node.attr in ATTRIBUTES):
            owner = ast.unparse(node.value)
            if (owner, node.attr) in NAMES or (node.attr in DATES and owner in dates):
                yield node.lineno, f"{owner}.{node.attr}"
            elif seeded and owner == "random" and node.attr != "Random":
                yield node.lineno, f"random.{node.attr}"


def _date_names(tree: ast.Module) -> set[str]:
    """Under which names ``datetime``'s classes are known in a module."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "datetime":
                    names |= {f"{alias.asname or alias.name}.{kind}" for kind in ("datetime", "date")}
        elif isinstance(node, ast.ImportFrom) and node.module == "datetime":
            names |= {alias.asname or alias.name for alias in node.names if alias.name in ("datetime", "date")}
    return names


def test_clock_ids_randomness_and_environment_come_from_ports() -> None:
    found = []
    for module in product():
        room = module.path.relative_to(SOURCE).parts[0]
        if room not in OUTSIDE:
            found += [f"{module.name}:{line} {what}" for line, what in faults(module.tree, seeded=room in SEEDED)]
    assert found == []


def test_the_environment_is_read_in_at_most_one_module() -> None:
    readers = {
        module.name
        for module in product()
        for _, what in faults(module.tree)
        if any(name in what for name in ("environ", "getenv"))
    }
    assert len(readers) <= 1
    assert all(name.startswith("src/douane/configuration") for name in readers)


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import random as r",
        "from time import monotonic",
        "def f():\n    import uuid",
        "import os\nos.urandom(8)",
        "from os import environ",
        "import os\nos.environ['X']",
        "import datetime\ndatetime.datetime.now()",
        "import datetime as dt\ndt.date.today()",
        "from datetime import datetime as When\nWhen.utcnow()",
    ],
)
def test_the_scan_finds(source: str) -> None:
    assert len(list(faults(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "clock.now()",
        "import datetime as dt\ndt.datetime.fromtimestamp(0, dt.UTC)",
        "import os\nos.fsync(3)",
        "from douane.runtime import time",
        "timeline.today()",
    ],
)
def test_the_scan_lets_pass(source: str) -> None:
    assert list(faults(ast.parse(source))) == []


def test_a_seeded_room_may_make_a_generator_but_not_use_the_shared_one() -> None:
    assert list(faults(ast.parse("import random\nrandom.Random(1)"), seeded=True)) == []
    assert len(list(faults(ast.parse("import random\nrandom.random()"), seeded=True))) == 1
    assert len(list(faults(ast.parse("from random import randint"), seeded=True))) == 1
