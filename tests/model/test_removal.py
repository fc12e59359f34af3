"""Any application's folder can be removed: what is left starts, and says what it had to leave out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from douane.model import discovery
from tests.architecture.tree import SOURCE
from tests.journeys.supervised import supervised

APPLICATIONS = sorted(each.parent.name for each in (SOURCE / "applications").glob("*/__init__.py"))
LEFT_WITHOUT = {"guarantees": {"transit"}}
"""Some of those that go with an application that they import."""
STARTS = """
import json
from douane.configuration import discovery
from douane.cli.architecture.model import findings
from douane.model.discovery import left_out
from douane.reference_architecture.installed import installed_model
from douane.testing.office import Office
Office("FR", "DE")
model = installed_model()
found = [each.element for each in findings() if each.id == "M020"]
print(json.dumps([sorted(each.name for each in discovery.services()), dict(left_out()), found, len(model.edges)]))
"""


def without(gone: str, folder: Path) -> Path:
    """A tree of the product without one application; the rest of it is what it is."""
    inside = folder / "douane"
    (inside / "applications").mkdir(parents=True)
    for each in SOURCE.iterdir():
        if each.name != "applications":
            (inside / each.name).symlink_to(each)
    for each in (SOURCE / "applications").iterdir():
        if each.name != gone:
            (inside / "applications" / each.name).symlink_to(each)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("gone", APPLICATIONS)
def test_without_an_application_the_tree_starts(gone: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTS], capture_output=True, text=True, timeout=100, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": str(without(gone, tmp_path))},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    services, left_out, found, edges = json.loads(done.stdout)
    absent = {each.rpartition(".")[2] for each in left_out}
    assert absent >= LEFT_WITHOUT.get(gone, set())
    assert {f"component:{each}" for each in left_out} == set(found)  # nothing is left out in silence
    assert edges > 1_000
    kept = (s for s in discovery.services() if discovery.application_of(s.declared_in) not in absent | {gone})
    assert set(services) == {each.name for each in kept}


@pytest.mark.slow
@pytest.mark.parametrize("gone", [*LEFT_WITHOUT, "transit"])
def test_a_node_of_such_a_tree_answers(gone: str, tmp_path: Path) -> None:
    with supervised(tmp_path, release=without(gone, tmp_path / "tree")) as node:
        paths = node.client("speed2", "trader.fr.lesquin").ask("GET", "/openapi.json").json["paths"]
    assert "/v1/messages" in paths
    assert not [path for path in paths if path.startswith(f"/{gone}/")]


def test_nothing_is_left_out_where_all_is_there() -> None:
    assert dict(discovery.left_out()) == {}


def test_what_an_application_needs_is_read_off_its_imports() -> None:
    assert "douane.applications.guarantees" in discovery.needed_by("douane.applications.transit")
    assert discovery.needed_by("douane.applications.eori") == frozenset()


@pytest.mark.parametrize(
    ("module", "application"),
    [
        ("douane.applications.transit.handlers.lodging", "transit"),
        ("quota_relief.handlers", "quota_relief"),
        ("acme.customs.quota_relief.records.kept", "quota_relief"),
        ("quota_relief", "quota_relief"),
    ],
)
def test_the_application_of_a_module(module: str, application: str) -> None:
    assert discovery.application_of(module) == application
