"""What a run of tests proves, and for which model it is believed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from douane.model.graph import ApplicationModel
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import FAILED, PASSED, SKIPPED, UNKNOWN, Proof, outcome, proof_of
from tests.architecture.tree import REPOSITORY

OUTCOMES = {
    "tests/a.py::test_one": "passed", "tests/a.py::test_two[x]": "passed", "tests/a.py::test_two[y]": "failed",
    "tests/b.py::test_one": "passed", "tests/b.py::test_two": "skipped", "tests/c.py::test_one": "skipped",
    "tests/d.py::test_one": "strange",
}  # fmt: skip


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("tests/a.py", FAILED),
        ("tests/a.py::test_one", PASSED),
        ("tests/a.py::test_two", FAILED),
        ("tests/b.py", PASSED),
        ("tests/c.py", SKIPPED),
        ("tests/d.py", FAILED),
        ("tests/a", UNKNOWN),
        ("tests/e.py", UNKNOWN),
    ],
)
def test_the_outcome_of_a_file_is_the_worst_of_its_tests(test: str, said: str) -> None:
    assert outcome(Proof("c", "m", OUTCOMES), test) == said
    assert outcome(None, test) == UNKNOWN


def test_a_proof_of_another_model_or_a_broken_one_is_none(tmp_path: Path) -> None:
    model, file = installed_model(), tmp_path / "proof.json"
    other = ApplicationModel((replace(node, status="retired") for node in model), model.edges)
    assert proof_of(model, file) is None
    file.write_bytes(msgspec.json.encode(Proof("c", model.hash, OUTCOMES)))
    assert proof_of(model, file) == Proof("c", model.hash, OUTCOMES)
    assert proof_of(other, file) is None
    file.write_bytes(file.read_bytes()[:-9])
    assert proof_of(model, file) is None


def test_a_run_writes_what_it_proves(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    test = "src/douane/pages/tests/test_languages.py"
    command = [sys.executable, "-m", "pytest", "-q", "-k", "likes", f"--proof={file}", test]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stdout
    proof = proof_of(installed_model(), file)
    assert proof is not None
    assert outcome(proof, test) == PASSED
    assert len(proof.outcomes) == 6


def test_a_run_that_did_not_come_to_its_end_proves_nothing(tmp_path: Path) -> None:
    file, broken = tmp_path / "proof.json", tmp_path / "test_broken.py"
    broken.write_text("def test_wrong(): assert False\ndef test_cut(): raise KeyboardInterrupt\n")
    for wanted, written in (("wrong", True), ("wrong or cut", False)):
        file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml", "--rootdir=.", f"--proof={file}",
                   "-k", wanted, "-p", "conftest", str(broken)]  # fmt: skip
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=110)
        assert done.returncode == (1 if written else 2), done.stdout + done.stderr
        assert file.exists() is written
