"""Every benchmark works: each is run briefly, as ``make bench`` runs it, and what it found is judged, but no time."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.__main__ import names

ROOT = Path(__file__).resolve().parents[2]
BEYOND_CI = ("../shared", "spyne does not run")
"""What we cannot install: data beside the checkout, and spyne (2024) where Python is newer than 3.11."""
NOTHING = frozenset({
    "busy", "differing", "door_cpu_us", "doubled", "errors", "greedy_answers", "lost", "named",
    "newcomers_refused", "not_accepted", "operator_unanswered", "over_1_s", "parked", "ranges asked", "refused",
    "rows", "faults", "floor_us", "large_pages_mb",
})  # fmt: skip
"""Counts of what went wrong, of what is asked where all is equal, and what a row has no such thing of."""
ROUNDED = frozenset({
    "beside_another_per_s", "CPU seconds", "database_cpu_s", "how it came", "meanwhile", "moved_per_s",
    "other_partner_per_s", "peak_mb", "polls_per_unit", "row without how it came", "seconds", "share",
    "share of a core", "share_of_core", "share_of_cores", "worker_cpu_s",
})  # fmt: skip
"""What so little work may not reach: it is rounded, or read off a clock of a hundred ticks a second."""

SMALL = ("units/s of the goal", "messages/s of the goal", "share of the second partner")
"""Ratios that are rounded to nought when so little is done."""


@pytest.mark.slow
@pytest.mark.timeout(900)  # a machine that runs everything else beside it
@pytest.mark.parametrize("name", names())
def test_a_benchmark_runs_and_finds_figures(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", name, "--brief", "--output", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((tmp_path / f"{name}.json").read_text())
    assert result["rows"]
    assert list(_failures(result)) == []
    absent = list(_absent(result["rows"]))
    if absent:
        (pytest.fail if "CI" in os.environ else pytest.skip)("; ".join(absent))


def test_no_more_than_counts_of_faults_may_be_nought() -> None:
    """The judgement itself: what was broken unseen printed such figures."""
    rows = [{"case": "a", "us": 0.0, "lost": 0}, {"case": "b", "us": None}, {"case": "c", "failed": "x"}, {"us": 3.5}]
    found = list(_failures({"rows": rows, "ratios": {"a / b": math.nan, "goals met": "1 of 2"}}))
    assert found == ["a: us 0.0", "b: us None", "c: failed x", "a / b nan"]
    assert list(_absent([{"case": "RabbitMQ absent: install it"}, {"x": "absent: no ../shared"}])) == [
        "RabbitMQ absent: install it"
    ]


def _failures(result: Mapping[str, Any]) -> Iterator[str]:
    """Figures that are none, and rows that say they failed."""
    for row in result["rows"]:
        what = next(iter(row.values()))
        for name, value in row.items():
            if name in ("failed", "first_errors") or (name not in NOTHING | ROUNDED and _nothing(value)):
                yield f"{what}: {name} {value}"
    for name, value in result.get("ratios", {}).items():
        if _nothing(value) and (value != 0 or not name.startswith(SMALL)):
            yield f"{name} {value}"


def _nothing(value: object) -> bool:
    if isinstance(value, bool | str | list):
        return value in ("", [])
    return not isinstance(value, int | float) or not math.isfinite(value) or value <= 0


def _absent(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What is said to be absent, of that which an environment of ours can have."""
    for row in rows:
        for name, value in row.items():
            said = f"{name} {value}" if name == "absent" else str(value)
            if "absent" in said and not any(each in said for each in BEYOND_CI):
                yield said
