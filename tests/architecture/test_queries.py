"""A query that is open to parties of a case asks, before it shows one, whether who asks is such a party.

``model check`` lets such a query hold confidential elements (M006) because its answer goes to parties alone; here is
shown that the handler makes it so. What a refused caller is told, `tests/rights` plays on a running node.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from douane.model.declare import Kind, Operation
from tests.architecture.tree import SOURCE, product

ASKS = {"admits", "roles_seen"}
"""Methods of a view that say whether who asks has a part in a case."""
OWN_NAME = {
    "accounts.certificates": "certificates are found under the name of who asks, and one is told to its owner",
    "accounts.mine": "delegations are found under the name of who asks, and one of others by the two who made it",
}
"""Queries that look up nothing but what is kept under the name of who asks."""


def handlers() -> Iterator[tuple[Operation, Callable[..., Any]]]:
    """Every function of the product that answers a query, with the query."""
    for module in (each for each in product() if "@answers(" in each.text):
        answering = [
            (node.name, decorator.args[0])
            for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "answers"
        ]  # fmt: skip
        if answering:
            path = module.path.relative_to(SOURCE.parent).with_suffix("")
            names = vars(importlib.import_module(".".join(path.parts)))
            for name, named in answering:
                yield eval(ast.unparse(named), names), names[name]


@cache
def said(function: Callable[..., Any]) -> frozenset[str]:
    """The attributes that a function names, with those of the functions beside it that it calls."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for name in called - {function.__name__}:
        other = inspect.unwrap(function).__globals__.get(name)
        if inspect.isfunction(other) and other.__module__.startswith("douane.applications"):
            found |= said(other)
    return frozenset(found)


OF_ANY_CASE = {
    "case_files.show",
    "case_files.whole",
    "case_files.evidence",
    "case_files.message",
    "case_files.live",
    "case_files.show_for",
}
"""Queries about cases of every application: which roles see one, its own application declares."""
FOR_PARTIES = {
    operation.qualified: answer for operation, answer in handlers()
    if operation.kind is Kind.QUERY and (operation.roles or operation.qualified in OF_ANY_CASE)
}  # fmt: skip


def test_there_are_queries_for_parties() -> None:
    assert {"transit.find_movement", "guarantees.show", "rex.show"} <= FOR_PARTIES.keys()
    assert OWN_NAME.keys() | OF_ANY_CASE <= FOR_PARTIES.keys()


@pytest.mark.parametrize("name", sorted(FOR_PARTIES.keys() - OWN_NAME.keys()))
def test_a_query_for_parties_asks_whether_the_caller_is_one(name: str) -> None:
    assert ASKS & said(FOR_PARTIES[name]), f"{name} shows a case without asking view.admits or view.roles_seen"


def test_one_that_forgets_it_is_seen() -> None:
    def forgetful(view: Any, subject: int) -> Any:
        return view.get(object, subject)

    assert not ASKS & said(forgetful)
