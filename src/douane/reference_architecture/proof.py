"""What the tests of this build said: written by a run of all tests, and believed for the model that was tested alone.

The file is ``build/proof.json`` of a checkout: commit, hash of the model, and the outcome of every test that ran.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

import douane
from douane.model.graph import ApplicationModel

FILE: Final = Path(next(iter(douane.__path__))).parent.parent / "build" / "proof.json"
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a file that is read."""
PASSED, FAILED, SKIPPED, UNKNOWN = "passed", "failed", "skipped", "not known for this build"


class Proof(msgspec.Struct, frozen=True):
    """A run of tests. model: the hash of what was tested. outcomes: by the name of a test (``tests/x.py::test_y``)."""

    commit: str
    model: str
    outcomes: Mapping[str, str]


def proof_of(model: ApplicationModel, file: Path = FILE) -> Proof | None:
    """The run that tested this very model; None where none is known, or another model was tested."""
    try:
        if file.stat().st_size > LARGEST:
            return None
        found = msgspec.json.decode(file.read_bytes(), type=Proof)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if found.model == model.hash else None


def outcome(proof: Proof | None, test: str) -> str:
    """The outcome of a test or of a file of tests: failed where one of it failed, passed where none did and one ran."""
    if proof is None:
        return UNKNOWN
    said = {
        each for name, each in proof.outcomes.items()
        if name == test or name.startswith((f"{test}::", f"{test}["))
    }  # fmt: skip
    if not said <= {PASSED, SKIPPED}:
        return FAILED
    if PASSED in said:
        return PASSED
    return SKIPPED if said else UNKNOWN
