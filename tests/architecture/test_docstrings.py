"""Public things say what they are for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.architecture.tree import Function, modules, product


def undocumented(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Public classes and functions without a docstring, and the module itself."""
    if ast.get_docstring(tree) is None:
        yield 1, "the module"
    yield from _undocumented(tree.body, "")


def _undocumented(body: list[ast.stmt], prefix: str) -> Iterator[tuple[int, str]]:
    for node in body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not _speaks_otherwise(node):
            yield node.lineno, prefix + node.name
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node.body, f"{prefix}{node.name}.")


def _speaks_otherwise(node: Function | ast.ClassDef) -> bool:
    """A declared rule has its text, an overload its implementation, a member of a protocol the protocol's sentence."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and any(word.arg == "text" for word in decorator.keywords):
            return True
        if ast.unparse(decorator).endswith("overload"):
            return True
    return all(isinstance(each, ast.Expr) and ast.unparse(each) == "..." for each in node.body)


def orphaned(tree: ast.Module) -> Iterator[int]:
    """Lines of strings that look like docstrings and stand under no name."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            for before, each in pairwise(node.body):
                if _is_text(each) and not isinstance(before, (ast.Assign, ast.AnnAssign)):
                    yield each.lineno


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def test_docstrings_stand_under_their_names() -> None:
    assert [f"{module.name}:{line}" for module in modules() for line in orphaned(module.tree)] == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("'x'\nA = 1\n'of A'\nB: int = 2\n'of B'", []),
        ("'x'\nA = 1\nB = 2\n'of B'\n'of A'", [5]),
        ("class C:\n    'x'\n    A = 1\n    'of A'\n    'of whom?'", [5]),
        ("'x'\nimport os\n'of whom?'", [3]),
    ],
)
def test_the_scan_finds_orphans(source: str, lines: list[int]) -> None:
    assert list(orphaned(ast.parse(source))) == lines


def test_public_things_have_docstrings() -> None:
    found = [f"{module.name}:{line} {what}" for module in product() for line, what in undocumented(module.tree)]
    assert found == []


@pytest.mark.parametrize("source", ["'x'\ndef f(): return 1", "'x'\nclass C: x = 1", "def _f(): return 1", ""])
def test_the_scan_finds(source: str) -> None:
    assert len(list(undocumented(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "'x'\ndef f():\n    'y'",
        "'x'\n@rule('C0001', text='y')\ndef c0001(): return 1",
        "'x'\nclass P(Protocol):\n    'y'\n    def f(self): ...",
        "'x'\nclass _C:\n    def f(self): return 1",
    ],
)
def test_the_scan_lets_pass(source: str) -> None:
    assert list(undocumented(ast.parse(source))) == []
