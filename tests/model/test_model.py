"""The application model: what is declared is what the graph shows, faults have stable ids, impact proves each step."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any

import msgspec
import pytest

from douane.model.architecture import (
    Capability,
    Deadline,
    Instance,
    PlannedOperation,
    PlannedProcess,
    ProcessLevel,
    Project,
    Requirement,
    Task,
)
from douane.model.build import DataItem, ProcessUse, Sources, StepUse, articles_in, build, struct_items
from douane.model.checks import absences, check
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Agreed, Law, Level, Status, Who, command, derived, event, query, service
from douane.model.diff import Weight, diff, next_version
from douane.model.graph import NodeKind
from douane.model.rules import Rule
from douane.reference_architecture.export import export, load
from douane.reference_architecture.impact import impact
from douane.reference_architecture.proof import passed_tests
from douane.vocabulary.errors import DeclarationFault, NotWellFormed
from tests.model.generated_model import generated

DEADLINE = Deadline(dt.date(2025, 12, 31), "UCC art. 278(3)")
TRADER = Actor("holder", ActorKind.TRADER, "Holder")
OFFICER = Actor("officer", ActorKind.OFFICER, "Officer")


class Party(msgspec.Struct, frozen=True):
    eori: str


class Lodge(msgspec.Struct, frozen=True):
    lrn: str
    party: Party
    mass: str = ""


class Accepted(msgspec.Struct, frozen=True):
    mrn: str


class Ask(msgspec.Struct, frozen=True):
    mrn: str


class Assess(msgspec.Struct, frozen=True):
    mrn: str


def sources() -> Sources:
    @service(
        "transit",
        title="Transit",
        owner="MS",
        level=Level.GOLD,
        agreed=derived("a test"),
        legal=("UCC 226",),
        realises=("moving goods",),
    )
    class Transit:
        """Transit."""

        @command(Lodge, replies=(Accepted,), task="T1", who=Who(by=(TRADER,)), law=Law(requirements=("R1",)))
        def lodge(self) -> None:
            """Lodge."""

        @query(Ask, Accepted, task="T2", who=Who(by=(TRADER, OFFICER)), law=Law(requirements=("R1",)))
        def find(self) -> None:
            """Find."""

        @event(Accepted, by=(OFFICER,), task="T3", requirements=("R1",))
        def accepted(self) -> None:
            """Accepted."""

    @service(
        "risk",
        title="Risk",
        owner="COM",
        level=Level.GOLD,
        agreed=derived("a test"),
        legal=("UCC 46",),
        subscribes=("transit.accepted",),
    )
    class Risk:
        """Risk."""

        @query(Assess, Accepted, task="T4", who=Who(by=(OFFICER,)), law=Law(requirements=("R1",)))
        def assess(self) -> None:
            """Assess."""

    made = Sources(services=[Transit.__service__, Risk.__service__])  # type: ignore[attr-defined]
    made.elements = [
        Capability("moving goods", "Move goods under customs control"),
        ProcessLevel("departure", 3, "Departure", realises=("moving goods",)),
        *(Task(f"T{n}", "A task", "departure") for n in range(1, 5)),
        Task("T5", "A task that nobody fulfils yet", "departure", Status.PLANNED),
        Project(
            "faster transit", "Make transit faster", ("operation:transit.lodge",), deadline=DEADLINE, tasks=("T5",)
        ),
        Instance("demonstration", "ccn2", "FR", ("transit",)),
        Requirement("R1", "A declaration gets an MRN", ("tests/test_lodging.py",)),
    ]
    made.rules = {"transit": [Rule("C0001", "Give a mass.", (Lodge,), lambda m, case, look: (), ("CL010",))]}
    made.processes = [
        ProcessUse("departure", "transit", "departure.bpmn", "h", (StepUse("assess", "service", "risk.assess"),))
    ]
    return made


HANDLED = {"transit.lodge", "transit.find", "risk.assess", "transit.accepted@model"}
"""The event by the application that this module is for the model."""


def ids(found: Any) -> set[str]:
    return {f.id for f in found}


def test_a_sound_model_has_no_faults() -> None:
    assert check(build(sources()), lists={"CL010"}, handled=HANDLED) == ()


def test_the_hash_does_not_depend_on_the_order_of_declaration() -> None:
    first, second = sources(), sources()
    second.services.reverse()
    second.elements.reverse()
    assert build(first).hash == build(second).hash


def test_what_changes_one_declaration_changes_the_hash() -> None:
    changed = sources()
    changed.services[0] = replace(changed.services[0], title="Transit of goods")
    assert build(changed).hash != build(sources()).hash


@pytest.mark.parametrize(
    "fault",
    [
        "M001",
        "M003",
        "M004",
        "M005",
        "M006",
        "M007",
        "M009",
        "M010",
        "M011",
        "M012",
        "M015",
        "M016",
        "M017",
        "M018",
        "M019",
        "M022",
        "M023",
        "M024",
        "M025",
        "M026",
        "M028",
        "M031",
    ],
)
def test_each_fault_is_found(fault: str) -> None:
    made = sources()
    transit, risk = made.services
    lodge = transit.operations[0]

    def with_lodge(**changes: Any) -> None:
        made.services[0] = replace(transit, operations=(replace(lodge, **changes), *transit.operations[1:]))

    handled, lists, passed = set(HANDLED), {"CL010"}, {"tests/test_lodging.py"}
    match fault:
        case "M001":
            with_lodge(task="T99")
            made.elements = [e for e in made.elements if getattr(e, "name", "") != "T1"]
        case "M003":
            with_lodge(by=())
        case "M004":
            made.elements[-1] = Requirement("R1", "A declaration gets an MRN", ())
        case "M005":
            made.services[1] = replace(risk, operations=(replace(risk.operations[0], status=Status.RETIRED),))
        case "M006":
            secret = msgspec.defstruct("Secret", [("eori", _confidential())], frozen=True)
            find = replace(transit.operations[1], replies=(secret,))
            made.services[0] = replace(transit, operations=(lodge, find, transit.operations[2]))
        case "M007":
            with_lodge(title="")
        case "M009":
            handled.discard("risk.assess")
        case "M010":
            made.services[1] = replace(risk, legal=())
        case "M011":
            lists = set()
        case "M012":
            made.elements.append(Task("T9", "A task", "departure"))
        case "M015":
            made.items = _twice
        case "M016":
            with_lodge(requirements=())
        case "M017":
            passed.clear()
        case "M019":
            made.processes = [replace(made.processes[0], collaboration="Departure")]
        case "M021":
            handled.discard("transit.accepted@model")
        case "M022":
            made.elements.append(Project("no law", "No day and no task"))
        case "M023":
            made.elements.append(Project("slower", "Once more", deadline=DEADLINE, tasks=("T1",)))
            assert dict(build(made).node("project:slower").facts)["due"] == "2025-12-31"
        case "M024":
            made.elements.append(Task("T9", "A task", "departure", Status.PLANNED))
        case "M025":
            circle = [Task(f"T{n}", "A task", "departure", Status.PLANNED) for n in (8, 9)]
            one = Project("one", "One", deadline=DEADLINE, tasks=("T8",), after=("other",))
            made.elements += [*circle, one, Project("other", "Other", deadline=DEADLINE, tasks=("T9",), after=("one",))]
        case "M026":
            made.services = [
                replace(transit, declared_in="douane.applications.transit.contract"),
                replace(risk, declared_in="douane.applications.risk.contract", level=Level.SILVER),
            ]
            handled.discard("transit.accepted@model")
            handled.add("transit.accepted@risk")
            made.imports.append(("douane.applications.transit", "douane.applications.risk", "an import"))
        case "M028":
            made.services = [transit, replace(risk, agreed=Agreed("", dt.date(2026, 1, 1), "derived: "))]
        case "M031":
            timed = msgspec.defstruct("Timed", [("received", dt.datetime)], frozen=True)
            find = replace(transit.operations[1], replies=(timed,))
            made.services[0] = replace(transit, operations=(lodge, find, transit.operations[2]))
        case "M018":
            made.elements = [e for e in made.elements if not isinstance(e, Project) and getattr(e, "name", "") != "T5"]
    assert ids(check(build(made), handled=handled, lists=lists, passed=passed)) == {fault}


@pytest.mark.parametrize(
    ("role", "text", "said"),
    [
        ("System", "UCC art. 46(3): risk is analysed before the release.", []),
        ("", "UCC art. 46(3)", ["Nobody does departure.assess."]),
        ("System", "Risk is analysed.", ["departure.assess names no article."]),
    ],
)
def test_a_task_of_a_collaboration_is_done_by_somebody_under_an_article(role: str, text: str, said: list[str]) -> None:
    made = sources()
    step = StepUse("assess", "service", "risk.assess", role=role, text=text)
    made.processes = [
        replace(made.processes[0], steps=(step,), collaboration="Departure", parties=("Holder", "Office"))
    ]
    model = build(made)
    assert [finding.text for finding in check(model) if finding.id == "M019"] == said
    assert dict(model.node("process:departure").facts)["parties"] == "Holder, Office"


def test_a_step_that_calls_a_process_is_its_user() -> None:
    made = sources()
    steps = (StepUse("control", "call", called="transit.control"),)
    made.processes = [
        replace(made.processes[0], steps=steps),
        ProcessUse("transit.control", "transit", "c.bpmn", "h", ()),
    ]
    model = build(made)
    assert "process:transit.control" in [edge.target for edge in model.out("step:departure.control")]
    assert {edge.proof for edge in model.out("step:departure.control")} == {"departure.bpmn#control"}


def test_an_event_is_handled_by_who_subscribes_to_it() -> None:
    model = build(sources())
    handled = HANDLED | {"transit.accepted@guarantees"}
    (found,) = check(model, lists={"CL010"}, handled=handled)
    assert (found.id, found.element) == ("M021", "operation:transit.accepted")
    assert "guarantees" in found.text


def test_the_articles_of_a_text_are_found_as_declarations_write_them() -> None:
    text = "UCC art. 173(2) and IA 2015/2447 art. 310(2)(a); DA art. 8(1), UCC art. 173(2). Article 9 of nothing."
    assert articles_in(text) == ("UCC art. 173(2)", "IA 2015/2447 art. 310(2)(a)", "DA art. 8(1)")


def _twice(message: type) -> list[DataItem]:
    """One number that takes codes of two lists, by the type that holds it."""
    return [DataItem("code", "12 09 000 000", code_list="CL010" if message is Lodge else "CL008")]


def _confidential() -> Any:
    return Annotated[str, msgspec.Meta(extra={"confidential": True})]


def test_an_untyped_field_is_found() -> None:
    made = sources()
    loose = msgspec.defstruct("Loose", [("anything", Any)], frozen=True)
    transit = made.services[0]
    made.services[0] = replace(
        transit, operations=(replace(transit.operations[0], request=loose), *transit.operations[1:])
    )
    assert "M002" in ids(check(build(made)))


def test_impact_answers_both_ways_with_the_proof_of_each_step() -> None:
    model = build(sources())
    found = impact(model, model.node("operation:risk.assess"))
    touched = {r.node.id: r for r in found.touches}
    assert "step:departure.assess" in touched
    assert touched["step:departure.assess"].edge.proof == "departure.bpmn#assess"
    assert "service:transit" in touched
    assert touched["process:departure"].depth == 2
    assert "type:Assess" in {r.node.id for r in found.rests_on}


def test_any_party_of_a_kind_is_an_actor_of_its_own() -> None:
    made = sources()
    anybody = (Actor("", ActorKind.TRADER, "Asks"), Actor("", ActorKind.OFFICER, "Asks too"))
    transit = made.services[0]
    find = replace(transit.operations[1], by=anybody)
    made.services[0] = replace(transit, operations=(transit.operations[0], find, transit.operations[2]))
    model = build(made)
    called = {e.target for e in model.out("operation:transit.find") if e.target.startswith("actor:")}
    assert called == {"actor:any trader", "actor:any officer"}


def test_impact_ends_in_the_tests_to_rerun() -> None:
    model = build(sources())
    assert impact(model, model.node("type:Lodge")).tests == ("tests/test_lodging.py",)
    assert impact(model, model.node("element:test_model.Party.eori")).tests == ("tests/test_lodging.py",)


def test_a_shared_circle_does_not_make_operations_depend_on_each_other() -> None:
    model = build(sources())
    touched = {r.node.id for r in impact(model, model.node("operation:transit.find")).touches}
    assert "operation:transit.lodge" not in touched
    assert "task:T2" in touched


def test_names_are_found_as_people_say_them() -> None:
    model = build(sources())
    assert {n.id for n in model.named("lodge")} == {"operation:transit.lodge", "type:Lodge"}
    assert [n.id for n in model.named("Lodge")] == ["type:Lodge"]
    assert [n.id for n in model.named("TRANSIT.LODGE")] == ["operation:transit.lodge"]
    assert model.named("nonsense") == []


def test_a_diff_says_what_breaks_whom_and_which_version_that_deserves() -> None:
    old, changed = build(sources()), sources()
    wider = msgspec.defstruct(
        "Lodge", [("lrn", str), ("party", Party), ("office", str), ("mass", str, "")], frozen=True
    )
    transit = changed.services[0]
    lodge = replace(transit.operations[0], request=wider)
    changed.services[0] = replace(transit, operations=(lodge, transit.operations[1]))
    changes = diff(old, build(changed))
    heavy = {(c.element, c.what, c.concerns) for c in changes if c.weight is Weight.MAJOR}
    assert ("type:Lodge", "has a new required element office", ("holder",)) in heavy
    assert ("operation:transit.accepted", "is gone", ("officer",)) in heavy
    assert next_version("1.4.2", changes) == "2.0.0"
    assert diff(old, build(sources())) == ()
    assert next_version("1.4.2", ()) == "1.4.2"


def test_an_optional_element_or_a_new_operation_breaks_nobody() -> None:
    old, changed = build(sources()), sources()
    wider = msgspec.defstruct(
        "Lodge", [("lrn", str), ("party", Party), ("mass", str, ""), ("note", str, "")], frozen=True
    )
    transit = changed.services[0]
    changed.services[0] = replace(
        transit, operations=(replace(transit.operations[0], request=wider), *transit.operations[1:])
    )
    changes = diff(old, build(changed))
    assert max(c.weight for c in changes) is Weight.MINOR
    assert next_version("1.4.2", changes) == "1.5.0"


def test_an_export_loads_to_the_same_model() -> None:
    model = build(sources())
    assert load(export(model)).hash == model.hash
    with pytest.raises(NotWellFormed):
        load(b"{}")
    with pytest.raises(NotWellFormed):
        load(b"nonsense")


def test_one_name_with_two_meanings_is_refused() -> None:
    made = sources()
    made.elements.append(Task("T1", "Another task", "departure"))
    with pytest.raises(DeclarationFault):
        build(made)


def test_a_project_names_what_it_changes() -> None:
    made = sources()
    made.elements.append(Project("phase 6", "NCTS phase 6", ("type:Lodge",)))
    model = build(made)
    assert [e.source for e in model.into("type:Lodge") if e.source.startswith("project:")] == ["project:phase 6"]


def test_what_is_planned_is_absent_until_it_is_there() -> None:
    made = sources()
    lodging = PlannedOperation("exit.present", "Present goods", "T5", "CC507C Arrival at exit", ("Accepted",),
                               ("risk.assess",), "carrier")  # fmt: skip
    made.elements += [lodging, PlannedProcess("exit.leaving", "Goods leave", ("exit.present",))]
    model = build(made)
    assert [(each.node.id, each.projects) for each in absences(model)] == [
        (id, ("faster transit",)) for id in ("operation:exit.present", "process:exit.leaving", "task:T5", "type:CC507C")
    ]
    assert check(model, handled=HANDLED, lists={"CL010"}) == (), "what is planned is no fault"
    assert model.node("project:faster transit").status == "planned"
    made.elements = [
        replace(e, status=Status.OFFERED) if isinstance(e, Task) and e.name == "T5" else e for e in made.elements
    ]
    made.elements.remove(lodging)
    built = replace(made.services[1].operations[0], task="T5")
    made.services[1] = replace(made.services[1], operations=(*made.services[1].operations, replace(built, name="exit")))
    model = build(made)
    assert model.node("project:faster transit").status == "offered"


def test_a_large_union_builds_and_is_sound() -> None:
    model = build(generated())
    assert len(model) > 10_000
    assert check(model) == ()


def test_a_type_is_told_from_another_by_what_it_holds() -> None:
    """Two fields of one name in two types are two elements; a number is one wherever it stands."""
    model = build(sources())
    names = {node.name for node in model.of(NodeKind.ELEMENT)}
    assert {"test_model.Ask.mrn", "test_model.Assess.mrn"} <= names
    numbered = Annotated[str, msgspec.Meta(title="LRN", extra={"element": "12 09 000 000"})]
    first, second = (msgspec.defstruct(name, [("lrn", numbered)], frozen=True) for name in ("First", "Second"))
    assert {item.identity for each in (first, second) for item in struct_items(each)} == {"12 09 000 000"}


def test_which_tests_passed_is_read_of_a_report() -> None:
    report = b"""<testsuites><testsuite>
      <testcase classname="tests.a.test_x" name="test_good[1]"/>
      <testcase classname="tests.a.test_x" name="test_good[2]"/>
      <testcase classname="tests.a.test_x" name="test_bad[1]"/>
      <testcase classname="tests.a.test_x" name="test_bad[2]"><failure message="no"/></testcase>
      <testcase classname="tests.a.test_y" name="test_left_out"><skipped/></testcase>
      <testcase classname="tests.a.test_z" name="test_right"/>
    </testsuite></testsuites>"""
    assert passed_tests(report) == {
        "tests/a/test_x.py::test_good", "tests/a/test_z.py", "tests/a/test_z.py::test_right",
    }  # fmt: skip
