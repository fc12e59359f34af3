"""A run that is interrupted ends with all that it started, whatever that does about it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.guarding import descendants

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, signal, subprocess, sys, tempfile, time
from pathlib import Path
from tools.guarding import guarded
told, way = Path(sys.argv[1]), sys.argv[2]

def work():
    kept = tempfile.mkdtemp()
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    inner = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {deaf!r}], start_new_session=True)"
    # one that has a session of its own, ignores what it is told, and whose parent has ended
    first = subprocess.run([sys.executable, "-c", inner], start_new_session=True, stdout=sys.stderr)
    if way == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (told / "folder").write_text(kept)
    if way == "ends":
        return 7
    if way == "fails":
        raise ValueError("as it is")
    time.sleep(600)
    return 0

(told / "scratch").mkdir()
sys.exit(guarded(work, [told / "scratch"]))
"""


def begun(told: Path, way: str) -> subprocess.Popen[bytes]:
    """The script, once its work has begun."""
    with (told / "said").open("wb") as said:
        run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(told), way], cwd=ROOT, stdout=said, stderr=said)
    while not (told / "folder").exists() or not (told / "folder").read_text():
        assert run.poll() is None or way in ("ends", "fails")
        time.sleep(0.02)
    return run


@pytest.mark.parametrize("way", ["waits", "deaf"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_run_leaves_no_process_and_no_folder(tmp_path: Path, way: str, number: int) -> None:
    run = begun(tmp_path, way)
    below = descendants(run.pid)
    assert len(below) >= 2
    os.kill(run.pid, number)
    assert run.wait(60) == 128 + number
    assert [each for each in below if Path(f"/proc/{each}").exists()] == []
    assert not Path((tmp_path / "folder").read_text()).exists()
    assert not (tmp_path / "scratch").exists()


@pytest.mark.parametrize(("way", "code"), [("ends", 7), ("fails", 1)])
def test_a_run_that_ends_by_itself_keeps_its_code_and_what_it_made(tmp_path: Path, way: str, code: int) -> None:
    run = begun(tmp_path, way)
    assert run.wait(60) == code
    assert (b"ValueError: as it is" in (tmp_path / "said").read_bytes()) is (way == "fails")
    assert not Path((tmp_path / "folder").read_text()).exists()
    assert (tmp_path / "scratch").exists(), "who was not interrupted says himself what is kept"


def test_who_loses_its_watcher_ends(tmp_path: Path) -> None:
    run = begun(tmp_path, "waits")
    below = descendants(run.pid)
    (child,) = (each for each in below if parent_of(each) == run.pid and b"guarded" in line_of(each))
    run.kill()
    run.wait()
    while Path(f"/proc/{child}").exists() and state_of(child) != "Z":
        time.sleep(0.02)
    for each in below - {child}:  # the watcher is not there to do it
        os.kill(each, signal.SIGKILL)


def line_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def state_of(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
