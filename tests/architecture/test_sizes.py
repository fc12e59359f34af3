"""Files of at most 600 lines, functions of at most 80, few over 50. Only generated modules are exempt.

A folder of code has at most 20 files (tests and packages' own docstrings not counted), and the room in which concrete
things meet at most 3,000 lines.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from tests.architecture.tree import SOURCE, functions, modules, product

FILE, FUNCTION, LONG, LONG_SHARE = 600, 80, 50, 0.03
FILES, MEETING_PLACE = 20, 3_000


@cache
def lengths() -> list[tuple[int, str]]:
    """Length and place of every hand-written function."""
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{module.name}:{node.lineno} {node.name}")
        for module in modules()
        for node in functions(module.tree)
    ]


def test_files_are_short() -> None:
    assert [m.name for m in modules() if m.text.count("\n") > FILE] == []


def test_folders_are_small() -> None:
    found = Counter(module.path.parent for module in product() if module.path.name != "__init__.py")
    assert {str(folder.relative_to(SOURCE)): count for folder, count in found.items() if count > FILES} == {}


def test_the_meeting_place_is_small() -> None:
    inside = [m for m in product() if m.path.is_relative_to(SOURCE / "assembly")]
    assert 0 < sum(m.text.count("\n") for m in inside) <= MEETING_PLACE


def test_functions_are_short() -> None:
    assert [place for length, place in lengths() if length > FUNCTION] == []


def test_few_functions_are_long() -> None:
    measured = lengths()
    long = [place for length, place in measured if length > LONG]
    assert len(long) <= LONG_SHARE * len(measured), long


def test_the_measure_sees_the_product() -> None:
    assert len(lengths()) > 1000
