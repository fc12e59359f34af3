"""A full disk, played in a process of its own: it has mounts of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.incidents.volumes import INCIDENTS, why_not

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(180)
@pytest.mark.skipif(bool(why_not()) and "CI" not in os.environ, reason=why_not())
def test_a_full_disk_loses_nothing_that_was_acknowledged() -> None:
    command = [sys.executable, "-m", "tests.incidents", *INCIDENTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"0 of {len(INCIDENTS)} failed; 0 could not" in done.stdout
