"""A node moves from one release to the next, worker by worker, while senders go on."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest

from douane.assembly.development import DevelopmentIdentity
from douane.assembly.discovery import open_reader
from douane.runtime import keys
from douane.runtime.values import HEADER
from tests.journeys import supervised as supervising
from tests.journeys.supervised import Load, Supervised, accepted, supervised
from tests.journeys.test_processes import more
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]

HOOK = """
import importlib.machinery as machinery, sys

class Loader(machinery.SourceFileLoader):
    def get_code(self, fullname):
        return self.source_to_code(self.get_data(self.path), self.path)

    def get_data(self, path):
        text = super().get_data(path).decode()
        for was, now in {changes!r}:
            assert was in text, was
            text = text.replace(was, now, 1)
        return text.encode()

def patched(name, path=None, target=None, find=machinery.PathFinder.find_spec):
    found = find(name, path, target)
    if name == {module!r}:
        found.loader = Loader(name, found.origin)
    return found

sys.meta_path.insert(0, type("Changed", (), {{"find_spec": staticmethod(patched)}}))
"""
"""Changes the source of one module as an interpreter reads it."""
NEXT_RELEASE = HOOK.format(
    module="douane.applications.guarantees.records",
    changes=(
        (
            '"by_holder": ("holder", "grn")}, case=',
            (
                '"by_holder": ("holder", "grn"), "by_note": ("note", "grn")}, later=("by_note",), version=2, '
                'upgrades={1: lambda fields: [*fields, "none"]}, case='
            ),
        ),
        ("    ledger: Ledger\n", "    ledger: Ledger\n    note: str = 'new'\n"),
    ),
)
"""A guarantee has one field and one index more."""
PATIENT = HOOK.format(
    module="douane.shared_services.link.door_end", changes=(("PATIENCE: Final = 3.0", "PATIENCE: Final = 90.0"),)
)
"""A door that waits for a slow machine, too, rather than answer 503."""


@pytest.mark.slow
def test_worker_after_worker_moves_to_the_next_release_and_no_request_fails(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = [f"unix:{tmp_path / f'link-{n}'}" for n in (0, 1)]
    shared = {"store": database, "partitions": 4, "workers": 2}
    path = supervising.ENVIRONMENT["PYTHONPATH"]

    def run_with(change: str, text: str) -> None:
        (tmp_path / change).mkdir()
        (tmp_path / change / "sitecustomize.py").write_text(text)
        monkeypatch.setitem(supervising.ENVIRONMENT, "PYTHONPATH", f"{tmp_path / change}:{path}")

    with contextlib.ExitStack() as stack:

        def worker(place: int, life: contextlib.ExitStack) -> Supervised:
            folder = tmp_path / f"worker-{place}"
            (folder / "data").mkdir(parents=True, exist_ok=True)
            if place and not (folder / "data" / "audit.key").exists():
                shutil.copytree(tmp_path / "worker-0" / "identity", folder / "identity")
                shutil.copy(tmp_path / "worker-0" / "data" / "audit.key", folder / "data" / "audit.key")
            return life.enter_context(
                supervised(folder, role="core", worker=place, links=[links[place]], platforms=[], **shared)
            )

        lives = [stack.enter_context(contextlib.ExitStack()) for _ in (0, 1)]
        for place in (0, 1):
            worker(place, lives[place])
        run_with("patient", PATIENT)
        door = stack.enter_context(
            supervised(
                tmp_path / "door", role="doors", links=links, platforms=["ccn2"], workers=2,
                identity=str(tmp_path / "worker-0" / "identity"),
            )
        )  # fmt: skip
        door.identity = DevelopmentIdentity(tmp_path / "worker-0" / "identity")
        load = Load(door)
        load.begin()
        more(load, 10)
        run_with("next", NEXT_RELEASE)
        for place in (0, 1):
            lives[place].close()
            more(load, 5)  # the other one has taken its partitions
            worker(place, lives[place])
            more(load, 10)
        load.end()
        assert load.faults == []
        assert set(load.statuses) == {202}
    found = accepted(tmp_path, database)
    assert {own for own, times in found.items() if times != 1} == set()
    assert set(found) == set(load.held)
    assert versions(database) == {1, 2}


def versions(store: str) -> set[int]:
    """At which versions guarantees are stored."""
    reader = open_reader(store)
    found: set[int] = set()
    for partition in range(4):
        space = keys.space(keys.RECORD, partition)
        for key, raw in reader.scan(space, keys.after(space), 1 << 20):
            if key[13:15] == keys.u16(30):
                found.add(HEADER.unpack_from(raw)[3])
    reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
    return found
