"""Every refusal for lack of right says why: by which rule, for want of what, and who could grant it."""

from __future__ import annotations

import ast

from tests.architecture.tree import SOURCE

REFUSALS = {"NotAuthorised", "WrongCircle"}
APART = ("assembly", "supervision", "trust", "testing", "development")
"""Rooms whose refusals go to an operator, or to a door that is none of ours: nobody asks them why."""
LINKS = ("runtime/door/link.py", "runtime/door/letting_in.py", "shared_services/link")


def unexplained(tree: ast.Module) -> list[int]:
    """Lines in which a refusal is made that is neither explained at once, nor by its name later in the function."""
    explained: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "because" and isinstance(node.value, ast.Call):
            explained.add(node.value)
    for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)):
        named = {
            each.value.id for each in ast.walk(function)
            if isinstance(each, ast.Attribute) and each.attr in ("because", "why") and isinstance(each.value, ast.Name)
        }  # fmt: skip
        for each in ast.walk(function):
            if not isinstance(each, ast.Assign | ast.AnnAssign) or each.value is None:
                continue
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            if any(isinstance(target, ast.Name) and target.id in named for target in targets):
                explained.add(each.value)
    return [
        node.lineno for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS
        and node not in explained
    ]  # fmt: skip


def test_every_refusal_for_lack_of_right_says_why() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        own = path.relative_to(SOURCE).as_posix()
        if own.startswith(APART) or "/tests/" in own or own.startswith(LINKS):
            continue
        lines = unexplained(ast.parse(path.read_text("utf-8")))
        if lines:
            found[own] = lines
    assert found == {}


def test_a_refusal_without_it_is_found() -> None:
    text = "def f():\n    raise NotAuthorised('x')\n\ndef g():\n    raise NotAuthorised('x').because('a', 'b', 'c')\n"
    assert unexplained(ast.parse(text)) == [2]
