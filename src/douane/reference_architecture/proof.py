"""What the tests of this build said: written by a run of all tests, and believed for the model that was tested alone.

The file is ``build/proof.json`` of a checkout: commit, hash of the model, and the outcome of every test that ran.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import msgspec

import douane
from douane.model.graph import ApplicationModel

FILE: Final = Path(next(iter(douane.__path__))).parent.parent / "build" / "proof.json"
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a file that is read."""
_ENDS: Final = re.compile(r"::|\[")
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


def stamp(file: Path = FILE) -> int:
    """Which run there is: another one has another number; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def outcome(proof: Proof | None, test: str) -> str:
    """The outcome of a test or of a file of tests: failed where one of it failed, passed where none did and one ran."""
    return outcomes(proof, {test})[test]


def outcomes(proof: Proof | None, tests: AbstractSet[str]) -> dict[str, str]:
    """The outcomes of many, by one look at the run."""
    if proof is None:
        return dict.fromkeys(tests, UNKNOWN)
    said: dict[str, set[str]] = {each: set() for each in tests}
    for name, each in proof.outcomes.items():
        for part in _parts(name):
            if part in said:
                said[part].add(each)
    return {test: _of(found) for test, found in said.items()}


def _parts(name: str) -> Iterator[str]:
    """A test, and what it is part of: the test without its values, its class, its file."""
    yield name
    for found in _ENDS.finditer(name):
        yield name[: found.start()]


def _of(said: AbstractSet[str]) -> str:
    if not said <= {PASSED, SKIPPED}:
        return FAILED
    if PASSED in said:
        return PASSED
    return SKIPPED if said else UNKNOWN
