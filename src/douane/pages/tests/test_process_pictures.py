"""The picture of a case whose procedure calls another: each file with its part of the way, and all of it in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.pages.blocks import Steps
from douane.pages.languages import Words
from douane.pages.pictures.process import pictures, said
from douane.standards.bpmn import compiler, document, engine
from douane.standards.bpmn.calls import by_process
from douane.standards.bpmn.drawing.lettering import outside, wrap
from douane.standards.bpmn.state import Completed

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">'
CALLER = f"""{HEAD}<process id="releasing" name="Release" isExecutable="true"><laneSet id="l">
 <lane id="o" name="Officer"> <flowNodeRef>control</flowNodeRef></lane></laneSet><startEvent id="s" name="Declared"/>
 <callActivity id="control" name="Control of the goods" calledElement="controlling"/><endEvent id="e" name="Released"/>
 <sequenceFlow id="f1" sourceRef="s" targetRef="control"/><sequenceFlow id="f2" sourceRef="control" targetRef="e"/>
</process></definitions>""".encode()
CALLED = f"""{HEAD}<process id="controlling" name="Controlling" isExecutable="true">
 <startEvent id="b" name="Begun"/><userTask id="look" name="Look at the goods"/><userTask id="weigh" name="Weigh them"/>
 <endEvent id="d" name="Done"/><sequenceFlow id="g1" sourceRef="b" targetRef="look"/>
 <sequenceFlow id="g2" sourceRef="look" targetRef="weigh"/><sequenceFlow id="g3" sourceRef="weigh" targetRef="d"/>
</process></definitions>""".encode()


def test_each_file_is_drawn_with_its_part_of_the_way() -> None:
    called = {"controlling": CALLED}
    made = compiler.compile(document.read(CALLER), called=by_process([document.read(CALLED)]))
    trace: list[int] = []
    state, _ = engine.start(made, lambda name: True, trace=trace)
    look = made.node("control/look").index
    token = next(state.tokens[i + 2] for i in range(0, len(state.tokens), 3) if state.tokens[i] == look)
    state, _ = engine.advance(made, state, Completed(look, token), lambda name: True, trace=trace)
    here = [made.nodes[place].id for place in state.tokens[::3]]
    whole, inner = pictures(CALLER, called, made, trace, here, Words())
    assert "Path taken: 1 Declared (start), 2 Control of the goods (call activity)." in str(whole.svg)
    assert "Waiting at: Control of the goods (call activity)." in str(whole.svg)
    assert "Path taken: 1 Begun (start), 2 Look at the goods (user task), 3 Weigh them" in str(inner.svg)
    assert "<title>Control of the goods</title>" in str(inner.svg)
    (told,) = inner.twin
    assert isinstance(told, Steps)
    assert [(str(step.what), step.how, step.state) for step in told.items] == [
        ("Begun", "Officer", ""), ("Look at the goods", "Officer", ""), ("Weigh them", "Officer", "now"),
        ("Done", "", "next"),
    ]  # fmt: skip


def test_what_was_not_entered_is_not_drawn() -> None:
    made = compiler.compile(document.read(CALLER), called=by_process([document.read(CALLED)]))
    assert len(pictures(CALLER, {"controlling": CALLED}, made, [], [], Words())) == 1


TASKS = frozenset({
    "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "manualTask", "task",
    "callActivity", "subProcess",
})  # fmt: skip
FILES = sorted((Path(__file__).parents[2] / "applications").rglob("processes/*.bpmn"))


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_task_of_a_procedure_has_a_title_in_the_language_of_its_reader(language: str) -> None:
    words = Words(language)
    tasks = {
        each.name for file in FILES for each in document.read(file.read_bytes()).root.walk() if each.local in TASKS
    }
    assert len(tasks) > 100
    assert {each for each in tasks if each and not words.knows(each)} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_in_another_language_names_change_and_nothing_else_does(file: Path) -> None:
    model = document.read(file.read_bytes())
    french = said(model, Words("fr"))
    for own, other in zip(model.root.walk(), french.root.walk(), strict=True):
        assert (own.tag, own.text) == (other.tag, other.text)
        assert [each for each in own.attributes if each[0] != "name"] == [e for e in other.attributes if e[0] != "name"]
    assert said(model, Words()) is model


def test_a_picture_is_lettered_in_the_language_of_its_reader() -> None:
    named = CALLER.replace(b"Control of the goods", b"Control the goods")
    made = compiler.compile(document.read(named), called=by_process([document.read(CALLED)]))
    (french,) = pictures(named, {"controlling": CALLED}, made, [], [], Words("fr"))
    assert "Contr\u00f4ler" in str(french.svg)
    assert "Control the goods" not in str(french.svg)


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_no_word_beside_an_event_or_a_way_is_cut_in_german(file: Path) -> None:
    model = said(document.read(file.read_bytes()), Words("de"))
    names = {each.name for each in model.root.walk() if each.local.endswith(("Event", "Gateway", "sequenceFlow"))}
    cut = {
        name for name in names for word in name.split()
        if word not in " ".join(wrap(name, outside(name, 40.0, 11.0), 11.0)).split()
    }  # fmt: skip
    assert cut == set()
