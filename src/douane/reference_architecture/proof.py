"""What the tests of this build said: written by a run of all tests, and believed of what was tested alone.

The file is ``build/proof.json`` of a checkout: commit, hash of the model, and the outcome of every test that ran. A
release has it as ``proof.json`` in the package, with the digest of the program: there the model has no tests, so that
its hash is another one, and one changed file makes it another build.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import msgspec

import douane
from douane.model.graph import ApplicationModel
from douane.standards.xml.reading import Limits, read_tree

_PACKAGE: Final = Path(next(iter(douane.__path__)))
NAME: Final = "proof.json"
"""As what it stands in the package of a release."""
FILE: Final = _PACKAGE.parent.parent / "build" / NAME
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a file that is read."""
REPORT: Final = Limits(size=256 * 1024 * 1024, depth=20, elements=1_000_000)
"""Of a report of a test run."""
_ENDS: Final = re.compile(r"::|\[")
PASSED, FAILED, SKIPPED, UNKNOWN = "passed", "failed", "skipped", "not known for this build"


class Proof(msgspec.Struct, frozen=True):
    """A run of tests. model: the hash of what was tested. outcomes: by the name of a test (``tests/x.py::test_y``).
    program: of a release, the digest of the program that was tested; empty in a checkout."""

    commit: str
    model: str
    outcomes: Mapping[str, str]
    program: str = ""


def proof_of(model: ApplicationModel, file: Path | None = None) -> Proof | None:
    """The run that tested this very build; None where none is known, or another one was tested."""
    found = read(file if file is not None else _place())
    if found is None:
        return None
    same = found.program == program() if found.program else found.model == model.hash
    return found if same else None


def read(file: Path) -> Proof | None:
    """The proof in a file, of whatever build; None where there is none that can be read."""
    try:
        if file.stat().st_size > LARGEST:
            return None
        return msgspec.json.decode(file.read_bytes(), type=Proof)
    except (OSError, msgspec.MsgspecError):
        return None


@functools.cache
def program() -> str:
    """The digest of the program that runs: its files do not change while it does."""
    files = (each for each in _PACKAGE.rglob("*") if each.is_file())
    return digest((each.relative_to(_PACKAGE).as_posix(), each.read_bytes()) for each in files)


def digest(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of the files of a program by their names in its package; of pages of documentation, what Python makes
    of the files, and the proof itself nothing depends."""
    told = sorted(
        (name, hashlib.sha256(content).hexdigest()) for name, content in files
        if name != NAME and not name.startswith("documentation/") and "__pycache__" not in name
    )  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def stamp() -> int:
    """Which run there is: another one has another number; 0 where there is none."""
    try:
        return _place().stat().st_mtime_ns
    except OSError:
        return 0


def _place() -> Path:
    shipped = _PACKAGE / NAME
    return shipped if shipped.exists() else FILE


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


def passed_tests(report: bytes) -> frozenset[str]:
    """Files and tests (``tests/x.py``, ``tests/x.py::test_y``) of which every case ran and passed.

    report: JUnit XML, as ``pytest --junitxml`` writes it. Raises NotWellFormed, TooLarge for what is no such report.
    """
    ran: set[str] = set()
    failed: set[str] = set()
    for case in read_tree(report, REPORT).iter("testcase"):
        file = str(case.get("classname", "")).replace(".", "/") + ".py"
        names = {file, f"{file}::{str(case.get('name', '')).partition('[')[0]}"}
        ran |= names
        if any(case.find(each) is not None for each in ("failure", "error", "skipped")):
            failed |= names
    return frozenset(ran - failed)
