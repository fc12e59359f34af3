"""Every store there is: the suites run unedited over each of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import douane.backends
from douane.runtime.ports import Store
from tests.contracts import toy

SCHEMES = [m.name for m in pkgutil.iter_modules(douane.backends.__path__) if m.name in ("memory", "sqlite")]


@pytest.fixture(params=SCHEMES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    backend = importlib.import_module(f"douane.backends.{request.param}.backend")
    opened = backend.open_store(f"{backend.SCHEME}:{tmp_path / 'node' / 'store.db'}")
    yield opened
    opened.close()


@pytest.fixture
def node(store: Store) -> toy.Node:
    made = toy.Node(store)
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    return made
