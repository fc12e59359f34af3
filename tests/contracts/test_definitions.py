"""A store with running instances of former definitions is opened by a release with new ones; each goes on to its end.

Between the releases a process learns to call another one, and then what it calls changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from douane.runtime.core.commands import Release as Again
from douane.runtime.core.processes import MAX_VERSIONS, Process
from douane.runtime.store.envelope import Receipt
from douane.runtime.store.ports import SECOND, Store
from douane.runtime.store.records import HumanTask, ProcessInstance, Value
from douane.vocabulary.errors import DeclarationFault
from tests.contracts import toy
from tests.contracts.toy import OrderRecord, view

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">'
CALLER = f"""{HEAD}
 <process id="ordering" isExecutable="true">
  <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="payment"/>
  <callActivity id="payment" name="Pay" calledElement="reserving"/>
  <boundaryEvent id="short" attachedToRef="payment"><errorEventDefinition/></boundaryEvent>
  <sequenceFlow id="f2" sourceRef="payment" targetRef="confirm"/>
  <sequenceFlow id="f3" sourceRef="short" targetRef="refuse"/>
  <serviceTask id="confirm"/><serviceTask id="refuse"/>
  <sequenceFlow id="f4" sourceRef="confirm" targetRef="end"/><sequenceFlow id="f5" sourceRef="refuse" targetRef="end2"/>
  <endEvent id="end"/><endEvent id="end2"/>
 </process></definitions>""".encode()
CALLED = f"""{HEAD}
 <error id="none" errorCode="NONE"/>
 <process id="reserving" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="g1" sourceRef="begin" targetRef="reserve"/>
  <serviceTask id="reserve"/><sequenceFlow id="g2" sourceRef="reserve" targetRef="held"/>
  <exclusiveGateway id="held" default="g4"/>
  <sequenceFlow id="g3" sourceRef="held" targetRef="inspect"><conditionExpression>reserved</conditionExpression>
  </sequenceFlow>
  <sequenceFlow id="g4" sourceRef="held" targetRef="bad"/>
  <userTask id="inspect" name="Inspect"/>
  <boundaryEvent id="late" attachedToRef="inspect">
   <timerEventDefinition><timeDuration>PT10S</timeDuration></timerEventDefinition></boundaryEvent>
  <sequenceFlow id="g5" sourceRef="inspect" targetRef="good"/><sequenceFlow id="g6" sourceRef="late" targetRef="bad"/>
  <endEvent id="good"/><endEvent id="bad"><errorEventDefinition errorRef="none"/></endEvent>
 </process></definitions>""".encode()
CALLED_LATER = CALLED.replace(b"PT10S", b"PT20S")


def reserving(source: bytes, *older: bytes) -> Process[Any]:
    made: Process[Any] = Process("reserving", OrderRecord, source, "reserving.bpmn", older)
    made.ask("reserve", toy.Accounts.reserve, administration=lambda c: "XX")(toy.ask_reserve)
    made.answer("reserve")(toy.reserve_answered)
    made.when(toy.reserved)
    made.task("inspect")(lambda work, case: HumanTask("", "", 0, "XX000001", "officer", "", 0))
    return made


def calling(called: Process[Any], *older: bytes) -> Process[Any]:
    """The process of the next release; where it keeps the former one, also what only that one names."""
    made: Process[Any] = Process("ordering", OrderRecord, CALLER, "ordering.bpmn", older, calls=(called,))
    made.step("confirm")(toy.confirm)
    made.step("refuse")(toy.refuse)
    if older:
        made.step("close")(toy.close)
    return made


Release = Callable[[Process[Any]], toy.Node]


@pytest.fixture
def release(store: Store, monkeypatch: pytest.MonkeyPatch) -> Release:
    """A node of a release over the one store: what runs is the process given."""
    clock = toy.Clock()

    def begin(process: Process[Any]) -> toy.Node:
        process.seal()
        process.__module__ = toy.__name__
        monkeypatch.setitem(toy.BEHAVIOUR.processes, "ordering", process)
        monkeypatch.setattr(toy, "ordering", process)
        handler = toy.BEHAVIOUR.handlers["orders.amend"]

        def inspected(work: Any, m: Any) -> None:
            assert process.complete(work, "inspect")

        monkeypatch.setitem(toy.BEHAVIOUR.handlers, "orders.amend", replace(handler, handle=inspected))
        return toy.Node(store, clock=clock)

    return begin


def placed(node: toy.Node, number: str, amount: int = 1) -> int:
    """An order that runs as far as it can; its case."""
    opened = node.envelope("accounts.open", toy.Open(f"A{number}", 5), id=f"a{number}")
    ordered = node.envelope("orders.place", toy.Order(number, f"A{number}", amount), id=f"o{number}")
    _, receipt = node.run(opened, ordered)
    assert isinstance(receipt, Receipt)
    return receipt.subject


def kept(node: toy.Node, record: type[Value], subject: int) -> Any:
    return view(node).get(record, subject, b"ordering" if record is ProcessInstance else b"")


def standing(node: toy.Node, subject: int) -> tuple[str, bool, str]:
    """The state of the order, whether its process is over, and by which definition it runs."""
    instance = kept(node, ProcessInstance, subject)
    return kept(node, OrderRecord, subject).state, instance.ended, instance.definition


def test_what_runs_by_a_former_definition_ends_by_it(release: Release) -> None:
    former = toy.ordering
    node = release(former)
    subject = placed(node, "1")
    assert standing(node, subject) == ("confirmed", False, former.definition.hash)
    process = calling(reserving(CALLED), toy.PROCESS)
    node = release(process)
    node.clock.at += 11 * SECOND
    node.run()
    assert standing(node, subject) == ("closed", True, former.definition.hash)
    assert standing(node, placed(node, "2")) == ("held", False, process.definition.hash)


def test_what_waits_within_a_call_ends_by_what_it_called(release: Release) -> None:
    """By its officer, and by the timer that stood in the file when it began."""
    former = calling(reserving(CALLED))
    node = release(former)
    first, second = placed(node, "1"), placed(node, "2")
    (task,) = view(node).all_of(HumanTask, first)
    assert (task.process, task.node, task.title) == ("ordering", "payment/inspect", "Inspect")
    process = calling(reserving(CALLED_LATER, CALLED))
    assert {each.definition.hash for each in process.versions.values()} > {former.definition.hash}
    node = release(process)
    third = placed(node, "3")
    node.run(node.envelope("orders.amend", toy.Amend("1", 1), id="done"))
    assert standing(node, first) == ("confirmed", True, former.definition.hash)
    node.clock.at += 11 * SECOND
    node.run()
    assert standing(node, second) == ("refused", True, former.definition.hash)
    assert standing(node, third) == ("held", False, process.definition.hash)
    node.clock.at += 11 * SECOND
    node.run()
    assert standing(node, third) == ("refused", True, process.definition.hash)
    assert [each.done for each in view(node).all_of(HumanTask, first)] == [True]
    assert not any(True for _ in view(node).all_of(HumanTask, second))  # withdrawn with the call


def test_an_error_of_what_is_called_is_caught_by_its_caller(release: Release) -> None:
    node = release(calling(reserving(CALLED)))
    assert standing(node, placed(node, "1", amount=6))[:2] == ("refused", True)


def test_without_the_version_it_is_pinned_to_a_case_is_set_aside_and_goes_on_when_it_is_there(release: Release) -> None:
    former = calling(reserving(CALLED))
    subject = placed(release(former), "1")
    node = release(calling(reserving(CALLED_LATER)))
    node.clock.at += 11 * SECOND
    node.run()
    (parked,) = node.owner.parked()
    assert "no definition" in parked.reason
    assert standing(node, subject)[:2] == ("held", False)
    node = release(calling(reserving(CALLED_LATER, CALLED)))
    node.run(commands=(Again(parked.position),))
    assert standing(node, subject) == ("refused", True, former.definition.hash)


def test_versions_are_bounded() -> None:
    many = [CALLED.replace(b"PT10S", f"PT{n}S".encode()) for n in range(11, 11 + MAX_VERSIONS)]
    with pytest.raises(DeclarationFault, match="versions together"):
        calling(reserving(CALLED, *many))


def test_what_an_older_version_names_must_be_bound() -> None:
    process = calling(reserving(CALLED), toy.PROCESS)
    del process.steps["close"]
    with pytest.raises(DeclarationFault) as refused:
        process.seal()
    assert refused.value.faults[0].pointer == "ordering.bpmn#close"


def test_what_is_called_must_work_on_the_record_of_its_caller() -> None:
    called = reserving(CALLED)
    called.record = toy.Account
    with pytest.raises(DeclarationFault, match="keeps OrderRecord"):
        calling(called).seal()
