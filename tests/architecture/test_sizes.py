"""Files of at most 600 lines, functions of at most 80, few over 50. Only generated modules are exempt."""

from __future__ import annotations

from functools import cache

from tests.architecture.tree import functions, modules

FILE, FUNCTION, LONG, LONG_SHARE = 600, 80, 50, 0.03


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


def test_functions_are_short() -> None:
    assert [place for length, place in lengths() if length > FUNCTION] == []


def test_few_functions_are_long() -> None:
    measured = lengths()
    long = [place for length, place in measured if length > LONG]
    assert len(long) <= LONG_SHARE * len(measured), long


def test_the_measure_sees_the_product() -> None:
    assert len(lengths()) > 1000
