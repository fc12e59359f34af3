"""A copy of the product in which a fault stands, and the tests that are run on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import MADE_BY_TOOLS, REPOSITORY
from tests.security.faults import Fault

SECONDS = 300
PASSED, FAILED = 0, 1
"""How pytest ends; anything else (no such test, it cannot be read) shows nothing."""
_KEPT = MADE_BY_TOOLS - {"__pycache__"}


@dataclass(frozen=True)
class Played:
    """How a run ended, and what it said."""

    code: int
    said: str


class Copy:
    """The repository once more, of links: a file that a fault changes is written anew, and no other place sees it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        shutil.copytree(
            REPOSITORY, self.root, copy_function=_linked,
            ignore=lambda _at, names: [each for each in names if each in _KEPT],
        )  # fmt: skip

    def put(self, fault: Fault) -> None:
        """Put a fault in. Raises ValueError where its place is not there, or not once."""
        path = self.root / fault.file
        text = path.read_text()
        if text.count(fault.right) != 1:
            raise ValueError(f"{fault.file} says {text.count(fault.right)} times: {fault.right}")
        path.unlink()
        path.write_text(text.replace(fault.right, fault.wrong))

    def mend(self, fault: Fault) -> None:
        """Take it out."""
        path = self.root / fault.file
        path.unlink()
        _linked(str(REPOSITORY / fault.file), str(path))

    def play(self, tests: Sequence[str]) -> Played:
        """Run tests there, as one runs them here, until the first that fails."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", *tests]
        around = {**os.environ, "PYTHONPATH": str(self.root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        for name in [each for each in around if each.startswith("PYTEST_")]:
            del around[name]
        done = subprocess.run(
            command, cwd=self.root, env=around, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        return Played(done.returncode, done.stdout + done.stderr)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another volume
        shutil.copy2(source, target)
