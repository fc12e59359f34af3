"""The wheel holds the product and its licence, and nothing that only tests need."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY, SOURCE, files


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel that was built from this checkout, without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=100)
    (wheel,) = folder.glob("*.whl")
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
