"""Tests that a bare checkout skipped, once more where everything is there that they lacked.

``python -m tools.skipped build/proof.json`` after ``make test`` and after what prepares services and peers. The first
run shows that the two commands of the README need nothing else; this one shows that nothing is left out for that. What
is skipped again, although it was prepared, has failed. The outcomes join those of the first run in the same file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from douane.reference_architecture.proof import SKIPPED, Proof


def skipped(proof: Proof) -> list[str]:
    """The tests that a run left out; of a file that was left out whole, the file."""
    return sorted(test for test, said in proof.outcomes.items() if said == SKIPPED)


def joined(first: Proof, again: Proof) -> Proof:
    """Both runs as one: of what ran twice the second outcome counts, and a file that ran is no longer left out."""
    files = {name.partition("::")[0] for name in again.outcomes}
    kept = {name: said for name, said in first.outcomes.items() if said != SKIPPED or name not in files}
    return Proof(first.commit, first.model, kept | dict(again.outcomes))


def main(file: Path) -> int:
    """0 where each of them passed now."""
    first = msgspec.json.decode(file.read_bytes(), type=Proof)
    tests = skipped(first)
    print(f"{len(tests)} tests or files of tests were skipped on the bare checkout, and are run now.", flush=True)
    if not tests:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        asked, found = Path(folder, "tests"), Path(folder, "proof.json")
        asked.write_text("\n".join(tests), encoding="utf-8")
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", "--proof", str(found), f"@{asked}"],
            env=os.environ | {"CI": "true"}, check=False,
        ).returncode  # fmt: skip
        if not found.exists():
            return code or 1
        again = msgspec.json.decode(found.read_bytes(), type=Proof)
    file.write_bytes(msgspec.json.encode(joined(first, again)))
    left = skipped(again)
    for test in left:
        print(f"skipped again: {test}")
    return code or bool(left)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
