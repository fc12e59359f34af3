"""What a bare checkout skipped is named, run again, and takes its place in the proof."""

from __future__ import annotations

from pathlib import Path

import msgspec

from douane.reference_architecture.proof import Proof
from tools.skipped import joined, main, skipped

FIRST = Proof("c", "m", {"a.py::test_one": "passed", "a.py::test_two": "skipped", "b.py": "skipped"})


def test_files_that_were_left_out_whole_are_asked_too() -> None:
    assert skipped(FIRST) == ["a.py::test_two", "b.py"]


def test_the_second_outcome_counts_and_a_file_that_ran_is_no_longer_left_out() -> None:
    again = Proof("c", "m", {"a.py::test_two": "failed", "b.py::test_three": "passed"})
    assert joined(FIRST, again).outcomes == {
        "a.py::test_one": "passed", "a.py::test_two": "failed", "b.py::test_three": "passed",
    }  # fmt: skip


def test_nothing_skipped_needs_no_second_run(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(msgspec.json.encode(Proof("c", "m", {"a.py::test_one": "passed"})))
    assert main(file) == 0
