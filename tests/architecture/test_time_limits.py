"""Nothing adds hours to now: every limit of an application is a declared one, and every timer says which it is for."""

from __future__ import annotations

import ast

import pytest

from douane.configuration import discovery
from douane.model.graph import EdgeKind, NodeKind
from douane.runtime.core.processes import Process
from douane.runtime.store.records import Value
from douane.standards.bpmn.duration import parse_duration
from tests.architecture.tree import Module, product

PATIENCE = {
    "exchanging.time_limit", "relying.ask_again_at", "relying.question_lost_at", "use.answer_due",
    "claiming.ask_again_at", "claiming.question_lost_at", "verifying.patience_over", "departure.patience_over",
    "receiving.ask_again_at", "receiving.question_lost_at",
}  # fmt: skip
"""Timers that wait for a system, by the machine: no article sets them."""
LENGTHS = frozenset({"timedelta", "MINUTE", "HOUR", "DAY"})
LONGEST_PAUSE = 60
"""Seconds that a duration in a BPMN file may last; longer is a limit, and has an article."""
MADE = discovery.behaviour()
PROCESSES = [each for each in MADE.processes.values() if isinstance(each, Process)]
APPLICATIONS = [m for m in product() if "/applications/" in m.name and not m.is_test and not m.is_generated]


def added(module: Module) -> list[str]:
    """Where a module adds a length to something, or something to now."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            found += [f"{module.name}:{node.lineno} {name}"] if name in LENGTHS else []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = [each for each in (node.left, node.right) if isinstance(each, ast.Attribute)]
            found += [f"{module.name}:{node.lineno} now + ..." for each in sides if each.attr in ("now", "lawful_now")]
    return found


def test_no_application_adds_a_duration_to_now() -> None:
    assert len(APPLICATIONS) > 50
    assert [place for module in APPLICATIONS for place in added(module)] == []


@pytest.mark.parametrize("text", ["work.now + 5", "day + dt.timedelta(3)", "work.lawful_now + x", "a * DAY"])
def test_the_search_finds_what_it_is_for(text: str) -> None:
    module = APPLICATIONS[0]
    assert added(Module(module.path, text))


@pytest.mark.parametrize("process", PROCESSES, ids=lambda each: each.name)
def test_every_timer_is_set_by_a_declared_limit(process: Process[Value]) -> None:
    declared = set(discovery.declared_limits().values())
    bound = {name: limits for each in (process, *process.called.values()) for name, limits in each.limits.items()}
    for timer in process.definition.timers:
        pause = parse_duration(timer.name)
        if pause is not None:
            assert (pause.months, pause.days) == (0, 0), timer.name
            assert pause.seconds <= LONGEST_PAUSE, timer.name
        elif f"{process.name}.{timer.name}" not in PATIENCE:
            assert bound[timer.name], f"{process.file}#{timer.element}: name its limits, @...deadline(LIMIT)"
            assert declared.issuperset(bound[timer.name])


def test_patience_is_named_where_it_is() -> None:
    assert {f"{p.name}.{t.name}" for p in PROCESSES for t in p.definition.timers} >= PATIENCE


def test_limits_are_elements_of_the_model_with_their_ground_and_their_use() -> None:
    model = discovery.installed_model()
    limits = model.of(NodeKind.LIMIT)
    assert {node.name for node in limits} == set(discovery.declared_limits())
    for node in limits:
        facts = dict(node.facts)
        assert facts["article"], node.name
        assert facts["used"], f"{node.name} is declared and nothing counts by it"
    bound = {(e.source, e.target) for e in model.edges if e.kind is EdgeKind.BOUND}
    assert ("process:transit.departure", "limit:TRA-PRESENTATION") in bound
