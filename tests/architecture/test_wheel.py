"""The wheel holds the product and its licence, and nothing that only tests need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from douane.configuration.settings import settings_text
from douane.model.graph import EdgeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import FAILED, PASSED, UNKNOWN, Proof
from tests.architecture.tree import REPOSITORY, SOURCE, files
from tests.pages.production import DOMAIN, Production, free_port, in_production, public
from tools.release.shipping import PLACE, ship

TEST_KITS = ("simulator", "development", "testing")
"""What plays a union, and what authors test with: a node in production needs none of it."""
COMMAND = "import sys; from douane.cli.main import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that was built from this checkout, without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=100)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Names in it."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.slow
def test_no_test_is_in_the_wheel(names: set[str]) -> None:
    assert [name for name in names if "tests" in Path(name).parts or Path(name).name == "conftest.py"] == []


@pytest.mark.slow
def test_everything_else_of_the_product_is(names: set[str]) -> None:
    wanted = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in files("src/douane")
        if "tests" not in path.parts and path.name != "conftest.py"
    }
    assert wanted - names == set()


@pytest.mark.slow
def test_the_documentation_is_in_the_wheel(names: set[str]) -> None:
    wanted = {path.relative_to(REPOSITORY / "docs").as_posix() for path in (REPOSITORY / "docs").rglob("*.md")}
    assert {f"douane/documentation/{each}" for each in wanted} - names == set()


@pytest.mark.slow
def test_the_licence_is_in_the_wheel(names: set[str]) -> None:
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]


def test_the_licence_is_the_whole_text() -> None:
    text = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    articles = [line for line in text.splitlines() if line.split(".")[0].isdigit() and not line[0].isspace()]
    assert [int(line.split(".")[0]) for line in articles] == list(range(1, 16))
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "Appendix" in text


REQUIREMENT = "REQ-REX-001"
ASKED = f"from douane.applications.programme.handlers.requiring import _shown; print(_shown({REQUIREMENT!r}))"
"""What a node of this installation says of a requirement that somebody wants to accept."""


def shown(place: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DOUANE_"))}
    environment |= {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, env=environment, cwd=place, check=True, capture_output=True, text=True, timeout=100)
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_release_knows_what_its_tests_said_of_each_requirement(wheel: Path, tmp_path: Path) -> None:
    edges = installed_model().out(f"requirement:{REQUIREMENT}")
    tests = [edge.target.removeprefix("test:") for edge in edges if edge.kind is EdgeKind.SHOWN_BY]
    assert tests
    place = tmp_path
    for said in (PASSED, FAILED):
        place, made = tmp_path / said, tmp_path / f"{said}-{wheel.name}"
        shutil.copy(wheel, made)
        ship(made, Proof("c" * 40, "of the checkout", dict.fromkeys(tests, said)))
        with zipfile.ZipFile(made) as archive:
            archive.extractall(place)
        assert shown(place) == said
    (record,) = place.glob("*.dist-info/RECORD")
    assert [line for line in record.read_text().splitlines() if line.startswith(f"{PLACE},sha256=")]
    changed = place / "douane" / "vocabulary" / "time.py"
    changed.write_text(changed.read_text() + "\n")
    assert shown(place) == UNKNOWN, "this program was tested by nobody"


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_without_simulator_and_test_kits_it_starts_a_node_in_production_with_pages(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    for kit in TEST_KITS:
        shutil.rmtree(place / "douane" / kit)
    with in_production(tmp_path / "made") as made:  # for its identity, its certificates and its settings
        settings = made.node.node.core.settings
    assert settings.pages is not None
    port = free_port()
    ours = replace(
        settings,
        data=tmp_path / "data",
        identity=settings.identity_folder,
        ports=dict.fromkeys(settings.ports, 0),
        pages=replace(settings.pages, port=port, behind=(), public=public(port)),
    )
    config = tmp_path / "douane.toml"
    config.write_text(settings_text(ours, place=True))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DOUANE_"))}
    environment["PYTHONPATH"] = str(place)
    for kit in TEST_KITS:
        gone = subprocess.run(
            [sys.executable, "-c", f"import douane.{kit}"], env=environment, check=False, stderr=subprocess.PIPE
        )
        assert b"No module named" in gone.stderr
    command = [sys.executable, "-c", COMMAND, "run", "--config", str(config)]
    with (tmp_path / "output").open("wb") as output:
        node = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=output, stderr=output)
    try:
        said = ""
        while " is ready" not in said:
            assert node.poll() is None, said[-2000:]
            time.sleep(0.2)
            said = (tmp_path / "output").read_text()
        asked = Production(made.node, made.tls, port, made.socket)
        first = asked.ask("GET", f"https://portal.{DOMAIN}:{port}/")
        assert (first.status, b"</html>" in first.body) == (401, True), "whoever is not signed in is told so by a page"
        assert asked.ask("GET", f"https://portal.{DOMAIN}:{port}/help").status == 200
    finally:
        node.terminate()
        node.wait(30)
