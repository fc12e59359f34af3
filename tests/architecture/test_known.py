"""No query of a register answers with a bare boolean: what is not known here is said as that (``vocabulary.known``).

A register is a service that keeps a data set, or the powers that persons give each other. Its entries may be kept by
several systems, so "not here" is no "no".
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

import douane.applications
from douane.model.declare import Kind, Operation
from douane.model.discovery import services
from douane.runtime.store.records import kinds
from douane.vocabulary.errors import NotFound, PartnerUnreachable
from douane.vocabulary.known import Known, Why, not_known
from tests.architecture.test_queries import handlers, said
from tests.architecture.tree import SOURCE, product

ALSO = frozenset({"representation", "final_data"})
"""Registers of which no data set is made, and what asks for the data sets."""
OTHERWISE = {
    "aeo.show_exchange": "how far the exchange with a partner is, told to the desk that runs it",
    "reference_data.look_up": "every node follows the lists that the centre publishes, and answers by its own",
    "final_data.data_sets": "which data sets this node's release declares",
    "final_data.snapshot": "a signed page of what this node keeps, for a replica of it",
    "final_data.changes": "a signed page of what this node keeps, for a replica of it",
    "final_data.followed": "what the caller told this node to push",
    "final_data.state": "the signed root of what this node keeps, compared with the one presented",
    "final_data.ranges": "what ranges of this node's data hold",
    "final_data.entries": "entries of this node by their identity",
    "final_data.published": "a signed page of what this node publishes",
    "final_data.published_state": "the signed root of what this node publishes",
}
"""Queries that tell what this node has or does, and of no entry that there is none in the Union."""
BOOLEANS = {"RexStanding.needed": "is computed from the value that the question names"}
"""Fields of such answers that are no answer of the register."""


def _with_data_sets() -> frozenset[str]:
    for each in pkgutil.iter_modules(douane.applications.__path__):
        if (SOURCE / "applications" / each.name / "records.py").exists():
            importlib.import_module(f"douane.applications.{each.name}.records")
    made_in = {kind.type.__module__ for kind in kinds() if kind.final is not None}
    return frozenset(name.split(".")[2] for name in made_in if name.startswith("douane.applications."))


REGISTERS = _with_data_sets() | ALSO
QUERIES = {
    operation.qualified: operation
    for service in services() if service.name in REGISTERS
    for operation in service.operations if operation.kind is Kind.QUERY
}  # fmt: skip
ASKED = sorted(QUERIES.keys() - OTHERWISE.keys())
ANSWERS = {operation.qualified: answer for operation, answer in handlers()}


def bare(answer: type) -> list[str]:
    """Fields of an answer that say yes or no by a boolean, and nothing when nobody knows."""
    return [
        f"{answer.__name__}.{name}" for name, type in get_type_hints(answer).items()
        if (type is bool or bool in get_args(type)) and f"{answer.__name__}.{name}" not in BOOLEANS
    ]  # fmt: skip


def says_known(operation: Operation) -> bool:
    """Whether a query has an answer for what is not known: a field, or a refusal where its contract has none."""
    what = not_known("AT", Why.UNREACHABLE)
    assert operation.not_known is not None
    try:
        answer: Any = operation.not_known(_Anything(), what)
    except PartnerUnreachable as problem:
        return "not known" in problem.text
    assert isinstance(answer, operation.replies[0])
    return bool(getattr(answer, "known", None) == what)


class _Anything:
    """A question of which any field is asked."""

    def __getattr__(self, name: str) -> str:
        return "" if not name.startswith("__") else object.__getattribute__(self, name)


def test_there_are_registers_and_reasons() -> None:
    assert {"eori", "aeo", "bti", "rex", "authorisations", "guarantees", "representation"} <= REGISTERS
    assert OTHERWISE.keys() <= QUERIES.keys()
    assert len(ASKED) > 15


@pytest.mark.parametrize("name", ASKED)
def test_a_query_of_a_register_has_an_answer_for_what_is_not_known(name: str) -> None:
    operation = QUERIES[name]
    if operation.not_known is None:
        assert operation.roles, f"{name} declares no not_known="
        assert NotFound.__name__ in _names(name), f"{name} neither says what is not known, nor that it found nothing"
    else:
        assert says_known(operation), f"{name} builds no answer that says what is not known"


@pytest.mark.parametrize("name", ASKED)
def test_no_answer_of_a_register_is_a_bare_boolean(name: str) -> None:
    operation = QUERIES[name]
    if operation.contract is None:
        assert bare(operation.replies[0]) == []


def test_a_bare_boolean_is_found() -> None:
    class Told(msgspec.Struct):
        registered: bool

    class Perhaps(msgspec.Struct):
        registered: bool | None

    assert bare(Told) == ["Told.registered"]
    assert bare(Perhaps) == ["Perhaps.registered"]


def test_what_is_known_is_no_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(not_known("AT", Why.UNREACHABLE))
    assert get_type_hints(Known)["says"].__members__.keys() == {"YES", "NO", "NOT_KNOWN"}


def test_no_handler_takes_a_register_that_is_elsewhere_for_an_answer() -> None:
    found = [
        f"{module.name}:{node.lineno}" for module in product() if "/applications/" in module.path.as_posix()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "serves"
        and ast.unparse(node.args[0]).split(".")[-1] in {name.partition(".")[2] for name in ASKED}
    ]  # fmt: skip
    assert found == []


def _names(name: str) -> frozenset[str]:
    function = ANSWERS[name]
    return said(function) | frozenset(function.__globals__)
