"""The first hour from an empty folder: the demonstration starts, then README and quickstart are typed as they stand.

``make run`` is the command that it calls; ports are free ones, and of its chapters the one is played that sets the
clock of the union months ahead. What it leaves has no finding for the doctor, and can be backed up and drilled.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.blocks import ROOT, of_page
from tests.documents.test_walkthrough import Reader, types_the_quickstart
from tests.journeys.test_second_start import up


def douane(*call: str) -> str:
    """What a command says that must succeed."""
    program = str(Path(sys.executable).with_name("douane"))
    done = subprocess.run([program, *call], cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_readme_then_quickstart_ends_with_the_release(tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []
    data = tmp_path / "data" / "centre"
    with up(tmp_path, "--chapter", "decisions") as (_, said):
        doors = dict(re.findall(r"^  centre +(\w+) +(https://\S+)$", said, re.MULTILINE))
        reader = Reader(lambda door: doors[door], data / "identity")
        told = reader.types(of_page("README.md")[1].text.replace("curl ", "curl --write-out '\\n' "))
        assert all(json.loads(each)["receipt"] for each in told.splitlines())
        types_the_quickstart(reader)
    assert douane("doctor", "--development", "--data", str(data)) == "Sound: nothing found.\n"
    drilled = json.loads(
        douane(
            "drill",
            str(tmp_path / "backups"),
            "--key",
            str(tmp_path / "key"),
            "--make-key",
            "--json",
            "--data",
            str(data),
        )
    )
    assert drilled["restore"]["missing"] == []
