"""A few tests that failed are asked again alone, and nothing else makes a red run green."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from douane.reference_architecture.proof import Proof
from tools.again import MOST, failed, main

SOUND = "def test_sound(): pass\n"
LATE = """
from pathlib import Path

def test_late():
    mark = Path(__file__).with_name("once")
    told, _ = mark.exists(), mark.touch()
    assert told, "the machine was busy"
"""
WRONG = "def test_wrong(): assert False\n"
PROPERTY = """
from hypothesis import given
from hypothesis import strategies as st

@given(st.integers())
def test_property(_):
    pass
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of tests, and a proof that says what was found of them."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"sound": SOUND, "late": LATE, "wrong": WRONG, "property": PROPERTY}.items():
        Path(f"test_{name}.py").write_text(text)
    Path("once").touch()  # it failed once: the run before was that
    return tmp_path / "proof.json"


def told(proof: Path, **said: str) -> Path:
    proof.write_bytes(msgspec.json.encode(Proof("", "", {f"test_{n}.py::test_{n}": each for n, each in said.items()})))
    return proof


def test_what_passes_alone_was_the_machine(run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(told(run, sound="passed", late="failed")) == 0
    assert "passed alone: test_late.py::test_late" in capfd.readouterr().out


def test_what_fails_twice_has_failed(run: Path) -> None:
    assert main(told(run, late="failed", wrong="failed")) == 1
    Path("once").unlink()
    assert main(told(run, late="failed")) == 1


def test_what_a_property_found_is_so_whatever_another_run_finds(run: Path) -> None:
    assert main(told(run, property="failed", late="failed")) == 1
    assert main(told(run, property="failed")) == 1


def test_many_failures_and_a_run_that_names_none_are_not_asked_again(run: Path) -> None:
    run.write_bytes(msgspec.json.encode(Proof("", "", {f"test_{n}.py::test": "failed" for n in range(MOST + 1)})))
    assert main(run) == 1
    assert main(told(run, sound="passed")) == 1
    run.write_text("cut")
    assert main(run) == 1
    assert failed(run.with_name("absent")) == []
