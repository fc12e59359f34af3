"""Tests that failed beside eighteen thousand others, once more and alone: what fails twice has failed.

``python -m tools.again build/proof.json`` after ``make test``. Some tests play on a clock that a busy machine holds up;
what a machine did not allow says nothing of the product. What passed alone is named, so that somebody mends the test.
More than ``MOST`` are no accident and are not asked again; nor is a run that names none, nor a property: what it found
once is so, and another run looks elsewhere.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec

from douane.reference_architecture.proof import FAILED, Proof

MOST: Final = 3
NONE_FOUND: Final = 5
"""What pytest ends with where nothing is left to run."""


def failed(proof: Path) -> list[str]:
    """The tests that a run found failed; none where it did not come to its end."""
    try:
        outcomes = msgspec.json.decode(proof.read_bytes(), type=Proof).outcomes
    except (OSError, msgspec.MsgspecError):
        return []
    return sorted(test for test, said in outcomes.items() if said == FAILED)


def main(proof: Path) -> int:
    """0 where each of a few tests passes alone."""
    tests = failed(proof)
    if not 1 <= len(tests) <= MOST:
        print(f"{len(tests)} tests to ask again, and at most {MOST} are: this run has failed.")
        return 1
    if _asked("--collect-only", "-m", "hypothesis", *tests) != NONE_FOUND:
        print("A property failed, and found what it found: this run has failed.")
        return 1
    for test in tests:
        print(f"failed beside others, asked again alone: {test}", flush=True)
    code = _asked(*tests)
    if not code:
        print(f"passed alone: {', '.join(tests)}")
    return code


def _asked(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
