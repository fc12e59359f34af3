"""Which tests passed, by a report of a test run (JUnit XML, as ``pytest --junitxml`` writes it)."""

from __future__ import annotations

from typing import Final

from douane.standards.xml.reading import Limits, read_tree

LIMITS: Final = Limits(size=256 * 1024 * 1024, depth=20, elements=1_000_000)
_FAILED: Final = ("failure", "error", "skipped")


def passed_tests(report: bytes) -> frozenset[str]:
    """Files and tests (``tests/x.py``, ``tests/x.py::test_y``) of which every case ran and passed.

    Raises NotWellFormed, TooLarge for what is no such report.
    """
    ran: set[str] = set()
    failed: set[str] = set()
    for case in read_tree(report, LIMITS).iter("testcase"):
        file = str(case.get("classname", "")).replace(".", "/") + ".py"
        names = {file, f"{file}::{str(case.get('name', '')).partition('[')[0]}"}
        ran |= names
        if any(case.find(each) is not None for each in _FAILED):
            failed |= names
    return frozenset(ran - failed)
