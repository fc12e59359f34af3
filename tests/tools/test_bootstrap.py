"""The set-up of a checkout where something is missing: it ends with one sentence that says what, and what helps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY

OLD = "#!/bin/sh\n[ \"$1\" = -V ] && echo 'Python 3.9.18'\nexit 1\n"
LAUNCHER = "#!/bin/sh\necho \"pyenv: version '3.9' is not installed\" >&2\nexit 127\n"
NOWHERE = {
    "PIP_INDEX_URL": "http://127.0.0.1:1/simple",
    "PIP_RETRIES": "0",
    "PIP_TIMEOUT": "1",
    "PIP_NO_CACHE_DIR": "1",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the set-up reads, in a folder of its own."""
    for name in ("tools/bootstrap.sh", "requirements/run.txt", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, tmp_path / name)
    return tmp_path


def set_up(checkout: Path, **environment: str) -> list[str]:
    """The lines that a set-up says which fails."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("PIP_") and not k.lower().endswith("_proxy")}
    done = subprocess.run(
        ["sh", "tools/bootstrap.sh", "run"], cwd=checkout, env=own | environment, text=True, timeout=110,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    return done.stdout.splitlines()


@pytest.mark.parametrize(("program", "named"), [(OLD, "Python 3.9.18"), (LAUNCHER, "version '3.9' is not installed")])
def test_a_python_that_is_too_old_is_named_with_its_version(checkout: Path, program: str, named: str) -> None:
    python = checkout / "python3.9"
    python.write_text(program)
    python.chmod(0o755)
    (said,) = set_up(checkout, PYTHON=str(python))
    assert said.startswith("douane: Python 3.11 or newer is needed; ")
    assert named in said


def test_without_network_one_sentence_names_the_offline_bundle(checkout: Path) -> None:
    made = checkout / ".venv"  # as the set-up makes it, with the pip of this one
    (made / "bin").mkdir(parents=True)
    (made / "pyvenv.cfg").touch()
    (made / ".made-in").write_text(f"{checkout}\n")
    (made / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (made / "bin" / "python").chmod(0o755)
    *_, last = said = set_up(checkout, PIP_TARGET=str(checkout / "target"), **NOWHERE)
    assert "without network, install the offline bundle of a release (docs/deploy.md)" in last
    assert all(each.startswith("douane: ") for each in said), said
