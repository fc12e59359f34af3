"""Rules are judged by the core, as of the decisive date: no handler asks a book."""

from __future__ import annotations

import ast
import importlib

from douane.configuration.discovery import behaviour
from douane.model import discovery
from douane.model.rules import Judge, RuleBook, declared_in
from tests.architecture.tree import product


def _is_book(value: object) -> bool:
    return isinstance(value, RuleBook | Judge) or callable(getattr(type(value), "faults", None))


def test_no_handler_calls_a_book_by_hand() -> None:
    found = []
    for module in product():
        parts = module.path.parts
        if "applications" not in parts or not ("handlers" in parts or module.path.name in ("handlers.py", "steps.py")):
            continue
        name = module.name.removeprefix("src/").removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        names = vars(importlib.import_module(name))
        found += [
            f"{module.name}:{node.lineno}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and node.attr == "faults" and isinstance(node.value, ast.Name)
            and _is_book(names.get(node.value.id))
        ]  # fmt: skip
    assert found == []


def test_every_application_with_rules_hands_them_to_the_core() -> None:
    judged = {name.partition(".")[0] for name, handler in behaviour().handlers.items() if handler.rules is not None}
    with_rules = {
        application.rpartition(".")[2]
        for application in discovery.applications()
        for module in discovery.modules(application, "rules")
        if any(declared_in(module))
    }
    assert with_rules <= judged
    assert "transit" in judged
