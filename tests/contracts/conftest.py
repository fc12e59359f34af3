"""Every store there is: the suites run unedited over each of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import douane.backends
from douane.backends.memory.backend import MemoryStore
from douane.configuration.ports import SystemClock
from douane.runtime.store.ports import Store
from tests.contracts import toy
from tests.services.postgresql import database, postgresql, second_database

BACKENDS = {
    m.name: importlib.import_module(f"douane.backends.{m.name}.backend")
    for m in pkgutil.iter_modules(douane.backends.__path__)
}
STORES = [name for name, backend in BACKENDS.items() if hasattr(backend, "open_store")]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    backend = BACKENDS[request.param]
    if request.param == "memory":
        opened = MemoryStore(SystemClock())  # by which its leases end
    elif request.param == "postgresql":
        opened = backend.open_store(request.getfixturevalue("database"))
    else:
        opened = backend.open_store(f"{backend.SCHEME}:{tmp_path / 'node' / 'store.db'}")
    yield opened
    opened.close()


@pytest.fixture
def node(store: Store) -> toy.Node:
    made = toy.Node(store)
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    return made


__all__ = ["database", "node", "postgresql", "second_database", "store"]
