"""The harnesses in brief, one after the other, each within its time: ``python -m tools.briefs``.

``tests/budget.toml`` names them, with the seconds that each takes on two cores and what its brief form leaves out. A
brief that takes more than one and a half times its seconds is ended and has failed. One that ends with 75 could not be
played on this machine: it is said, and has not succeeded; where the environment variable CI is set it has failed. Exit
code 0: none failed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.guarding import adopt, end_descendants

ROOT: Final = Path(__file__).parents[1]
BUDGET: Final = ROOT / "tests" / "budget.toml"
GRACE: Final = 1.5
NOT_PLAYED: Final = os.EX_TEMPFAIL
"""The exit code (75) of a harness that this machine lacks something for: neither success nor failure."""
LONGEST_SECONDS: Final = 18 * 60
"""Of all together."""


@dataclass(frozen=True)
class Brief:
    """A harness in brief."""

    name: str
    command: str
    seconds: int
    leaves_out: str


def briefs(file: Path = BUDGET) -> tuple[Brief, ...]:
    """As they are named. Raises TypeError for a row that lacks something or says something else."""
    return tuple(Brief(name, **row) for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items())


def here(command: list[str]) -> list[str]:
    """A command with the programs of this environment."""
    own = {"python": sys.executable, "douane": str(Path(sys.executable).with_name("douane"))}
    return [own.get(command[0], command[0]), *command[1:]]


def play(brief: Brief) -> bool:
    """Run one, and say how it ended; False where it failed."""
    command, began = here(shlex.split(brief.command)), time.monotonic()
    print(f"{brief.name}: {brief.command}", flush=True)
    try:
        code = subprocess.run(command, cwd=ROOT, check=False, timeout=brief.seconds * GRACE).returncode
        ended = "succeeded" if code == 0 else "was NOT PLAYED" if code == NOT_PLAYED else f"failed with {code}"
    except subprocess.TimeoutExpired:
        code, ended = 1, "was ended: it took too long"
    finally:
        end_descendants()
    took = time.monotonic() - began
    print(f"{brief.name}: {ended} after {took:.0f} s of {brief.seconds}; left out: {brief.leaves_out}", flush=True)
    return code == 0 or (code == NOT_PLAYED and not os.environ.get("CI"))


def main() -> int:
    """Run all of them; 1 where one failed."""
    adopt()
    ended = [play(each) for each in briefs()]  # every one is played, whatever became of the others
    return int(not all(ended))


if __name__ == "__main__":
    raise SystemExit(main())
