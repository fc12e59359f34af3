"""What is declared in the product: requirements name tests that exist, rising and descending agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.configuration.discovery import installed_model
from douane.model import discovery
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind
from douane.reference_architecture.impact import impact
from douane.reference_architecture.installed import declared_rules
from douane.reference_architecture.names import close, meant
from douane.vocabulary.errors import NotFound

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model() -> ApplicationModel:
    return installed_model()


def test_every_named_test_exists(model: ApplicationModel) -> None:
    named = [node.name for node in model.of(NodeKind.TEST)]
    assert len(named) > 50
    for name in named:
        file, _, function = name.partition("::")
        assert (ROOT / file).is_file(), name
        assert f"def {function}" in (ROOT / file).read_text(), name


def test_a_rule_is_seen_to_check_every_message_that_it_judges(model: ApplicationModel) -> None:
    """One id may be declared apart for several messages: each of them is an edge."""
    judged = {
        (rule.id, message.__name__)
        for application in discovery.applications()
        for rule in declared_rules(application)
        for message in rule.messages
    }
    told = {
        (edge.source.partition(":")[2], edge.target.partition(":")[2])
        for edge in model.edges
        if edge.kind is EdgeKind.CHECKS
    }
    used = {node.name for node in model.of(NodeKind.TYPE)}
    assert told == {each for each in judged if each[1] in used}
    assert {("C0569", "CC007C"), ("C0569", "CC015C"), ("C0569", "CC029C"), ("R0987", "CD001C")} <= told
    assert ("C0001", "CD001C") in told, "of rules that declarations have as well"


def test_every_service_realises_a_capability_that_serves_a_goal(model: ApplicationModel) -> None:
    for service in model.of(NodeKind.SERVICE):
        touched = {r.node.kind for r in impact(model, service).touches}
        assert {NodeKind.CAPABILITY, NodeKind.GOAL} <= touched, service.name


def test_every_operation_rises_to_a_process_area(model: ApplicationModel) -> None:
    areas = {n.id for n in model.of(NodeKind.PROCESS_LEVEL) if ("level", "1") in n.facts}
    for operation in model.of(NodeKind.OPERATION):
        assert areas & {r.node.id for r in impact(model, operation).touches}, operation.name


def test_a_goal_rests_on_the_operations_that_serve_it(model: ApplicationModel) -> None:
    found = impact(model, model.node("goal:revenue is covered"))
    assert "operation:guarantees.use" in {r.node.id for r in found.rests_on}
    assert any("guarantees/tests" in test for test in found.tests)


def test_a_table_touches_who_asks_for_its_decision(model: ApplicationModel) -> None:
    found = impact(model, model.node("table:item_profiles"))
    touched = {r.node.id for r in found.touches}
    assert {"operation:risk_analysis.assess", "process:clearance.importing"} <= touched


def test_an_element_touches_its_messages_and_their_rules(model: ApplicationModel) -> None:
    found = impact(model, model.node("element:TransitOperation/declarationType [an..5 CL231]"))
    touched = {r.node.id for r in found.touches}
    assert {"type:CC015C", "rule:C0030"} <= touched
    assert "code-list:CL231" in {r.node.id for r in found.rests_on}


def test_each_step_of_an_impact_is_an_edge_of_the_model_with_its_proof(model: ApplicationModel) -> None:
    edges = set(model.edges)
    for node in model.of(NodeKind.OPERATION):
        found = impact(model, node)
        for reached in (*found.touches, *found.rests_on):
            assert reached.edge in edges
            assert reached.edge.proof


def test_a_handler_is_seen_to_drive_its_process(model: ApplicationModel) -> None:
    into = [e.source for e in model.into("process:transit.departure") if e.kind is EdgeKind.RUNS]
    assert {"service:transit", "operation:transit.lodge_declaration"} <= set(into)
    assert "operation:transit.notify_arrival" not in into


def test_names_that_are_nearly_right_are_offered(model: ApplicationModel) -> None:
    assert meant(model, "CC015C").id == "type:CC015C"
    assert close(model, "lodge_declaraton")[0] == "operation:transit.lodge_declaration"
    assert close(model, "") == []
    with pytest.raises(NotFound) as several:
        meant(model, "declare")
    assert "operation:export_procedure.declare" in several.value.remedy
