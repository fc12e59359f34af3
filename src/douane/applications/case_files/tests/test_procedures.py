"""What a page of a case knows of its procedure: by the version that the case runs by, and within what it calls."""

from __future__ import annotations

from collections.abc import Mapping

from douane.applications.case_files.messages import CaseFile, CaseLine, Standing
from douane.applications.case_files.screens.case import situation
from douane.author import machine
from douane.author.pages import Given, Library, Procedure, Words
from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.calls import by_process
from douane.standards.bpmn.definition import Definition

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">'
FORMER = f"""{HEAD}<process id="releasing"><startEvent id="s"/><userTask id="look"/><endEvent id="e"/>
 <sequenceFlow id="f1" sourceRef="s" targetRef="look"/><sequenceFlow id="f2" sourceRef="look" targetRef="e"/>
</process></definitions>""".encode()
PRESENT = FORMER.replace(b'<userTask id="look"/>', b'<callActivity id="look" calledElement="controlling"/>')
CALLED = f"""{HEAD}<process id="controlling"><startEvent id="b"/><userTask id="weigh"/><endEvent id="d"/>
 <sequenceFlow id="g1" sourceRef="b" targetRef="weigh"/><sequenceFlow id="g2" sourceRef="weigh" targetRef="d"/>
</process></definitions>""".encode()


def compiled(source: bytes) -> Definition:
    return compiler.compile(document.read(source), called=by_process([document.read(CALLED)]))


def case(definition: Definition, *nodes: str) -> CaseFile:
    line = CaseLine("1", "26DE", (), "Departure", "", "", machine(1_793_577_600_000_000))
    here = tuple(definition.node(id).index for id in nodes)
    return CaseFile(line, "DE", (), (Standing("releasing", definition.hash, (), here, ended=False),))


def given(procedures: Mapping[str, Procedure]) -> Given:
    return Given(Words(), Library(procedures))


def test_a_task_within_a_call_is_known_by_its_own_procedure_too() -> None:
    made = compiled(PRESENT)
    found = situation(case(made, "look", "look/weigh"), given({"releasing": Procedure(PRESENT, made, "")}))
    assert {("releasing", "look/weigh"), ("controlling", "weigh")} <= found.tasks


def test_a_case_by_a_former_definition_waits_where_that_says() -> None:
    made, former = compiled(PRESENT), compiled(FORMER)
    known = Procedure(PRESENT, made, "", older=(Procedure(FORMER, former, ""),))
    assert ("releasing", "look") in situation(case(former, "look"), given({"releasing": known})).tasks
    forgotten = situation(case(former, "look"), given({"releasing": Procedure(PRESENT, made, "")}))
    assert forgotten.tasks == frozenset()
