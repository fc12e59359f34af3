"""Processes: whole instances of one BPMN file, our engine beside SpiffWorkflow.

Thirteen nodes to execute: eight service tasks, two gateways, a user task with an eight-day timer on its border, a
message catch. Each instance is saved three times and restored twice, as a process is that waits for an officer and a
message. Both read the same bytes. Service tasks do nothing in either engine, so what is timed is the engine and its
serialisation.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from douane.standards.bpmn import compiler, document, engine
from douane.standards.bpmn.definition import Definition, Kind
from douane.standards.bpmn.state import Completed, Enter, Message, State, Subscribe, decode, encode

Row = dict[str, Any]  # Any: figures and words of one row, as the report prints them

_NODES = [
    *(f'<serviceTask id="task_{n}"/>' for n in range(1, 9)),
    '<startEvent id="start"/><endEvent id="end"/><endEvent id="late"/>',
    '<exclusiveGateway id="valid" default="to_3"/><exclusiveGateway id="merge"/>',
    '<userTask id="control"/><boundaryEvent id="too_late" attachedToRef="control"><timerEventDefinition>',
    "<timeDuration>P8D</timeDuration></timerEventDefinition></boundaryEvent>",
    '<intermediateCatchEvent id="arrived"><messageEventDefinition messageRef="arrival"/></intermediateCatchEvent>',
]
_WAYS = (
    ("start", "task_1", "task_2", "valid"),
    ("task_3", "merge"),
    ("task_4", "merge", "task_5", "control", "task_6", "arrived", "task_7", "task_8", "end"),
    ("too_late", "late"),
)


def _model() -> bytes:
    flows = [
        '<sequenceFlow id="to_3" sourceRef="valid" targetRef="task_3"/>',
        (
            '<sequenceFlow id="to_4" sourceRef="valid" targetRef="task_4">'
            "<conditionExpression>guarantee_valid</conditionExpression></sequenceFlow>"
        ),
    ]
    for way in _WAYS:
        for source, target in pairwise(way):
            flows.append(f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>')
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://douane.example">'
        f'<message id="arrival" name="arrival"/><process id="p" isExecutable="true">{"".join(_NODES + flows)}'
        "</process></definitions>"
    ).encode()


MODEL = _model()


def always(name: str) -> bool:
    """Every predicate holds."""
    return bool(name)


def through(definition: Definition, step: engine.Step) -> engine.Step:
    """Complete every service task, as the runtime does within a tick, until something else waits."""
    state, actions = step
    while actions and isinstance(task := actions[-1], Enter) and task.kind is Kind.SERVICE:
        state, actions = engine.advance(definition, state, Completed(task.node, task.token), always)
    return state, actions


def ours(definition: Definition) -> State:
    """One instance from start to end, with three saves and two restores."""
    state, actions = through(definition, engine.start(definition, always))
    saved = encode(state)
    task = next(one for one in actions if isinstance(one, Enter))
    done = Completed(task.node, task.token)
    state, actions = through(definition, engine.advance(definition, decode(saved), done, always))
    saved = encode(state)
    message = next(one for one in actions if isinstance(one, Subscribe))
    state, _ = through(definition, engine.advance(definition, decode(saved), Message(message.message), always))
    encode(state)
    return state


def peer() -> tuple[Callable[[], bool], Callable[[], object], int]:
    """The same with SpiffWorkflow: an instance, a parse, and the size of a saved instance."""
    from lxml import etree
    from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
    from SpiffWorkflow.bpmn.parser.util import full_tag
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.bpmn.serializer import DEFAULT_CONFIG, BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.serializer.default.task_spec import BpmnTaskSpecConverter
    from SpiffWorkflow.bpmn.specs.defaults import ServiceTask
    from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
    from SpiffWorkflow.util.task import TaskState

    class Names(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
        def evaluate(
            self, task: Any, expression: str, external_context: Any = None
        ) -> Any:  # Any: the peer's own types
            return expression if expression.startswith("P") else True

    class Done(ServiceTask):  # type: ignore[misc]  # without this the peer's service task waits to be completed
        def _execute(self, task: Any) -> bool:
            return True

    class Parser(BpmnParser):  # type: ignore[misc]
        OVERRIDE_PARSER_CLASSES = {full_tag("serviceTask"): (TaskParser, Done)}  # noqa: RUF012 - the peer's own shape

    def parse() -> Any:
        parser = Parser()
        parser.add_bpmn_xml(etree.fromstring(MODEL), "bench.bpmn")
        return parser.get_spec("p")

    spec, names = parse(), Names()
    serializer = BpmnWorkflowSerializer(
        BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, Done: BpmnTaskSpecConverter})
    )
    size = 0

    def restored(saved: str) -> Any:
        workflow = serializer.deserialize_json(saved)
        workflow.script_engine = names
        return workflow

    def instance() -> bool:
        nonlocal size
        workflow = BpmnWorkflow(spec, script_engine=names)
        workflow.do_engine_steps()
        saved = serializer.serialize_json(workflow)
        size = len(saved)
        workflow = restored(saved)
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        task.run()
        workflow.do_engine_steps()
        saved = serializer.serialize_json(workflow)
        workflow = restored(saved)
        workflow.send_event(BpmnEvent(MessageEventDefinition("arrival")))
        workflow.do_engine_steps()
        serializer.serialize_json(workflow)
        return bool(workflow.completed)

    assert instance()
    return instance, parse, size


def cost(call: Callable[[], object], seconds: float) -> float:
    """Microseconds per call: the best of five slices, since neighbours only ever add."""
    best, slices = float("inf"), 5
    for _ in range(slices):
        count, began = 0, time.perf_counter()
        until = began + seconds / slices
        while (now := time.perf_counter()) < until:
            for _ in range(20):
                call()
            count += 20
        best = min(best, (now - began) / count * 1e6 if count else best)
    return best


def run(seconds: float) -> dict[str, Any]:
    """Time everything; about ``seconds`` in all."""
    share = seconds / 7
    definition = compiler.compile(document.read(MODEL, source="bench.bpmn"))
    assert ours(definition).ended
    state, actions = engine.start(definition, always)
    first = next(one for one in actions if isinstance(one, Enter))
    step = Completed(first.node, first.token)
    waiting, _ = through(definition, (state, actions))
    saved = encode(waiting)
    whole = cost(lambda: ours(definition), share)
    theirs, parse, size = peer()
    peer_whole, peer_parse = cost(theirs, share), cost(parse, share)
    compiled = cost(lambda: compiler.compile(document.read(MODEL)), share)
    rows: list[Row] = [
        {"part": "whole instance, 3 saves, 2 restores", "ours_us": round(whole, 1), "spiff_us": round(peer_whole)},
        {"part": "instances per second", "ours": round(1e6 / whole), "spiff": round(1e6 / peer_whole)},
        {
            "part": "one step of a sequence",
            "ours_us": round(cost(lambda: engine.advance(definition, state, step, always), share), 2),
        },
        {"part": "save", "ours_us": round(cost(lambda: encode(waiting), share), 2)},
        {"part": "restore", "ours_us": round(cost(lambda: decode(saved), share), 2)},
        {"part": "read and compile the file", "ours_us": round(compiled), "spiff_us": round(peer_parse)},
        {"part": "saved instance, bytes", "ours": len(saved), "spiff": size},
    ]
    ratios = {"instances per second: ours / SpiffWorkflow": round(peer_whole / whole)}
    return {"name": "processes", "rows": rows, "ratios": ratios}


if __name__ == "__main__":
    print(json.dumps(run(6.0), indent=1))
