"""Some benchmarks measured again stand on the page among the others, which are left as they were, and it says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.__main__ import among
from bench.report import page


def made(name: str, figure: float) -> dict[str, object]:
    return {"name": name, "rows": [{"case": "x", "figure": figure}], "ratios": {}}


def test_what_was_measured_again_stands_in_its_place_and_the_page_names_it() -> None:
    last, anew = [made("a", 1.0), made("b", 2.0), made("c", 3.0)], [made("b", 20.5), made("d", 4.0)]
    results = among(last, anew)
    assert [(each["name"], each["rows"][0]["figure"]) for each in results] == [
        ("a", 1.0), ("b", 20.5), ("c", 3.0), ("d", 4.0),
    ]  # fmt: skip
    assert "* measured again: b, d, after a change that the rest does not have" in page(results, 3.0)
    assert "* measured again: a, b, d, after" in page(among(results, [made("a", 1.5)]), 3.0), "what was so before, too"
    assert "measured again" not in page(last, 3.0)


def test_it_is_refused_where_nothing_was_measured_before_or_nothing_is_named(tmp_path: Path) -> None:
    for names in ([], ["former"]):
        command = [sys.executable, "-m", "bench", *names, "--again", "--write", "--output", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 2
        assert "measured again" in done.stderr
