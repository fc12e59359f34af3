"""Volumes of their own, in a process of its own: the mounts end with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crash.volumes import why_not

ROOT = Path(__file__).parents[2]
CUT = """
import sys, threading
from pathlib import Path
from crash.volumes import SmallVolume, enter_namespace
folder = Path(sys.argv[1])
if why := enter_namespace():
    sys.exit(why)
volume = SmallVolume.make(folder / "store", folder / "store.img", 16)
still_open = (folder / "store" / "journal").open("wb")
volume.stop_power()
threading.Timer(0.3, still_open.close).start()
volume.restore_power()
volume.remove()
"""


@pytest.mark.slow
def test_power_comes_back_when_a_process_that_was_killed_has_closed_its_last_file(tmp_path: Path) -> None:
    if why := why_not():
        pytest.skip(why)
    done = subprocess.run(
        [sys.executable, "-c", CUT, str(tmp_path)], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "not allowed here" in done.stderr:
        pytest.skip(done.stderr)
    assert (done.returncode, done.stderr) == (0, "")
