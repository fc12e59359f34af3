"""No room names an operation of an application: the platform asks for what it needs, and services declare it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from douane.configuration.supplies import supplier_of, supply_of
from douane.model import needs
from douane.model.discovery import services
from douane.model.needs import Need, Supply
from douane.runtime.catalogue.catalogue import Catalogue
from tests.architecture.tree import SOURCE, product

PLAYS = {
    "simulator": "plays traders, officers and adversaries, who know what they call as a client's program does",
    "development": "simulates the union that these play in, and judges what came of it",
}
"""Rooms of scripts, with the reason. They are clients: no other room below the command line calls by name."""
OPERATIONS = frozenset(o.qualified for service in services() for o in service.operations)
NEEDS = [value for value in vars(needs).values() if isinstance(value, Need)]
SUPPLIES = [value for value in vars(needs).values() if isinstance(value, Supply)]


def named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a module names an operation as a literal, or a part of a literal that is put together."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in OPERATIONS:
            yield node.lineno, str(node.value)


def test_no_operation_is_named_outside_applications() -> None:
    found = []
    for module in product():
        room = module.path.relative_to(SOURCE).parts[0]
        if room != "applications" and room not in PLAYS:
            found += [f"{module.name}:{line} {name}" for line, name in named(module.tree)]
    assert found == []


def test_the_search_finds_a_name() -> None:
    assert list(named(ast.parse("ask('transit.find_movement')"))) == [(1, "transit.find_movement")]
    assert len(OPERATIONS) > 100


@pytest.mark.parametrize("need", NEEDS, ids=lambda each: each.name)
def test_every_need_is_met_by_one_operation_of_an_application(need: Need) -> None:
    operation = Catalogue(services()).filled(need)
    assert operation.fills is need
    assert operation.service


@pytest.mark.parametrize("supply", SUPPLIES, ids=lambda each: each.name)
def test_every_supply_is_declared_and_bound(supply: Supply[Callable[..., object]]) -> None:
    assert supplier_of(supply)
    assert supply_of(supply) is not None
