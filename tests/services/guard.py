"""Ends the servers of a test run when the run has ended, however it ended: ``guard.py PID BINARIES FOLDER``."""

from __future__ import annotations

import contextlib
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path


def _wake(postmaster: int) -> None:
    """Let a server go on that a test had frozen when it was killed: a stopped one does not hear that it shall end."""
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            os.kill(process, signal.SIGCONT)


def main() -> None:
    """Wait for the process, stop every cluster below the folder, remove the folder."""
    process, binaries, place = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    try:
        ends = os.pidfd_open(process)
    except ProcessLookupError:
        pass
    else:
        select.select([ends], [], [])
    if os.geteuid() == 0:
        owner = pwd.getpwuid(place.stat().st_uid)
        os.setgid(owner.pw_gid)
        os.setuid(owner.pw_uid)
    for cluster in place.rglob("postmaster.pid"):
        _wake(int(cluster.read_text().split()[0]))
        subprocess.run(
            [binaries / "pg_ctl", "stop", "-s", "-m", "immediate", "-D", cluster.parent], check=False, cwd="/"
        )
    shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
