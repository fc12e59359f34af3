"""What a module of tests sets up for all of them is set up once in a run, however many processes take part."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import REPOSITORY
from tests.journeys.standing import identity_in
from tests.sharing import group_of

MODULE = """
import os
import pytest

@pytest.fixture(scope="module")
def made():
    with open("made", "a") as file:
        file.write(f"{os.getpid()}\\n")

@pytest.mark.parametrize("n", range(8))
def test_shared(made, n):
    pass
"""


def test_tests_that_share_stay_together_and_others_go_where_they_like() -> None:
    shared = "tests/circles/test_matrix.py"
    assert group_of(f"{shared}::test_every_refusal_is_counted", REPOSITORY) == shared
    pages = "tests/pages/test_browser.py"
    assert group_of(f"{pages}::test_one", REPOSITORY) == pages, "what its conftest sets up counts too"
    alone = "tests/architecture/test_text.py::test_one[a::b]"
    assert group_of(alone, REPOSITORY) == alone


def test_what_is_shared_is_set_up_once_by_two_processes(tmp_path: Path) -> None:
    (tmp_path / "test_made.py").write_text(MODULE)
    (tmp_path / "test_other.py").write_text(MODULE.replace('scope="module"', 'scope="function"'))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-p", "tests.sharing",
         "-p", "no:cacheprovider", "test_made.py", "test_other.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert "16 passed" in done.stdout, done.stdout
    assert len((tmp_path / "made").read_text().split()) == 1 + 8


def test_no_two_folders_of_a_module_get_the_same_identity(tmp_path: Path) -> None:
    """Or who is a stranger here would be trusted."""
    one, other = (identity_in(tmp_path / name) for name in ("one", "other"))
    assert one.root.read_bytes() != other.root.read_bytes()
    assert identity_in(tmp_path / "one").root.read_bytes() == one.root.read_bytes()
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "one").rglob("*")} == {0}
