"""What is acknowledged survives: 200 kills of real processes under load, 100 power cuts. ``make crash`` does more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crash.checker import Harm
from crash.cuts import CUT, cut
from tests.services.postgresql import MISSING, binaries

ROOT = Path(__file__).parents[2]
NONE = {harm.value: 0 for harm in Harm}


def crash(folder: Path, *options: str) -> dict[str, Any]:
    """The ledger of a run, which must be clean."""
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-m", "crash", "--json", "--folder", str(folder), *options],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode()[-3_000:] + done.stderr.decode()[-3_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def judge(facts: dict[str, Any]) -> None:
    """Nothing lost, doubled, overtaken or broken; everything acknowledged and drained."""
    assert {harm: facts[harm] for harm in NONE} == NONE
    assert facts["sent"] == facts["acknowledged"] == facts["processed"] > 50
    assert facts["refused"] == 0
    assert facts["unknown"] > 0
    assert facts["again"] > 0
    assert facts["ended"] > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nothing_is_lost_doubled_or_overtaken_in_200_kills(tmp_path: Path) -> None:
    facts = crash(
        tmp_path, "--kills", "200", "--cuts", "0", "--fills", "3", "--file-system-cuts", "3", "--processes", "1"
    )
    judge(facts)
    assert sum(n for fault, n in facts["faults"].items() if "kill" in fault) >= 190  # the others cut power, and kill
    assert facts["released"] > 0
    assert facts["settings"]["synchronous"] == 2


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_is_lost_where_workers_doors_and_database_are_killed_one_by_one(tmp_path: Path) -> None:
    if binaries() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    judge(crash(tmp_path, "--kills", "10", "--cuts", "0", "--postgresql", "--workers", "2", "--partitions", "4",
                "--processes", "4"))  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_form_of_a_page_is_lost_or_counts_twice_where_pages_are_killed_too(tmp_path: Path) -> None:
    facts = crash(tmp_path, "--kills", "8", "--cuts", "0", "--fills", "0", "--file-system-cuts", "0",
                  "--processes", "3")  # fmt: skip
    judge(facts)
    assert facts["forms"] > 0
    assert facts["sessions"] > 1
    assert facts["killed"]["pages"] > 0


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_in_power_cuts(seed: int) -> None:
    done = cut(seed, 50)
    assert done.findings == []
    assert done.ends[CUT] == 50
    assert len(done.told.receipts) == done.processed > 200  # a cut within 250 changes of the disk; a message makes 40
    assert done.told.counts["again"] > 0
    assert done.told.ended > 0
