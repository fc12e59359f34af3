"""What is accepted for execution, what is refused and how the refusal reads, and what the hash depends on."""

from __future__ import annotations

import random
from datetime import datetime

import msgspec
import pytest

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.definition import Kind
from douane.standards.bpmn.duration import Duration, parse_duration
from douane.standards.bpmn.tests.notation import Model
from douane.vocabulary.errors import DeclarationFault

GOOD = """start s; service a; exclusive g default=g_b; user b; boundary t on b timer two_days; catch m message CC007C
boundary x on a error E1; end e; s -> a -> g; g -> b; g -> m : not guarantee_valid; b -> e; m -> e; t -> e; x -> e"""


def refusals(model: Model, text: str) -> dict[str, str]:
    with pytest.raises(DeclarationFault) as caught:
        compiler.compile(model(text))
    assert caught.value.code == "DOU-2001"
    for fault in caught.value.faults:
        assert fault.pointer.startswith("test.bpmn#")
        assert fault.line > 0
        assert fault.pointer in str(caught.value) or len(caught.value.faults) > 20
    found: dict[str, str] = {}
    for fault in caught.value.faults:
        id = fault.pointer.partition("#")[2]
        found[id] = f"{found.get(id, '')} {fault.remedy}"
    return found


def test_names_to_bind_are_listed_with_their_elements(model: Model) -> None:
    d = compiler.compile(model(GOOD))
    assert [(use.name, use.kind) for use in d.tasks] == [("a", Kind.SERVICE), ("b", Kind.USER)]
    assert [(use.name, use.element) for use in d.conditions] == [("guarantee_valid", "g_m")]
    assert [(use.name, use.element) for use in d.messages] == [("CC007C", "m")]
    assert [(use.name, use.element) for use in d.timers] == [("two_days", "t")]
    assert [(use.name, use.element) for use in d.errors] == [("E1", "x")]
    assert (d.process, d.name, d.source) == ("p", "p", "test.bpmn")
    assert all(use.line > 0 for use in (*d.tasks, *d.conditions, *d.messages, *d.timers))


def test_hash_is_of_the_meaning(model: Model) -> None:
    text = document.write(model(GOOD)).decode()
    base = compiler.compile(model(GOOD))
    lines = text.split("\n")
    begin = next(i for i, line in enumerate(lines) if "<process" in line) + 1
    body = lines[begin:-1]
    random.Random(1).shuffle(body)
    moved = "\n".join([*lines[:begin], *body, lines[-1]])
    relabelled = text.replace('<serviceTask id="a"', '<serviceTask id="a" name="Check"')
    for other in (moved, relabelled):
        assert compiler.compile(document.read(other.encode())).hash == base.hash
    for old, new in (
        ("not guarantee_valid", "guarantee_valid"),
        ("two_days", "P2D"),
        ("userTask", "serviceTask"),
        ("E1", "E2"),
    ):
        assert old in text
        assert compiler.compile(document.read(text.replace(old, new).encode())).hash != base.hash
    assert base.hash.startswith(f"{base.fingerprint << 1:016x}"[:15])


def test_gateway_order_is_meaning(model: Model) -> None:
    text = "start s; exclusive g default=g_e; service a; service b; end e; s -> g; g -> a : x; g -> b : y; g -> e"
    text += "; a -> e; b -> e"
    first = compiler.compile(model(text))
    assert [first.flows[flow].id for flow in first.node("g").outgoing] == ["g_a", "g_b", "g_e"]
    listed = document.write(model(text)).decode()
    listed = listed.replace(
        '<exclusiveGateway id="g" default="g_e"/>',
        '<exclusiveGateway id="g" default="g_e"><outgoing>g_b</outgoing><outgoing>g_a</outgoing></exclusiveGateway>',
    )
    second = compiler.compile(document.read(listed.encode()))
    assert [second.flows[flow].id for flow in second.node("g").outgoing] == ["g_b", "g_a", "g_e"]
    assert first.hash != second.hash


LINE = "start s; service a; end e; s -> a -> e; "


@pytest.mark.parametrize(
    ("text", "element", "reason"),
    [
        (LINE + '<task id="x"/>', "x", "plain task"),
        (LINE + '<scriptTask id="x"/>', "x", "script"),
        (LINE + '<manualTask id="x"/>', "x", "manual"),
        (LINE + '<transaction id="x"/>', "x", "transactions"),
        (LINE + '<inclusiveGateway id="x"/>', "x", "inclusive"),
        (LINE + '<complexGateway id="x"/>', "x", "complex"),
        (LINE + '<choreographyTask id="x"/>', "x", "choreographyTask"),
        (LINE + '<subProcess id="x" triggeredByEvent="true"/>', "x", "event sub-processes"),
        (LINE + '<userTask id="x"><multiInstanceLoopCharacteristics/></userTask>', "x", "only a service task"),
        (LINE + '<serviceTask id="x"><standardLoopCharacteristics/></serviceTask>', "x", "loop markers"),
        (LINE + '<serviceTask id="x"><ioSpecification/></serviceTask>', "x", "data assignments"),
        (LINE + '<serviceTask id="x" isForCompensation="true"/>', "x", "compensation"),
        (LINE + '<serviceTask id="x" startQuantity="2"/>', "x", "startQuantity"),
        (LINE + '<serviceTask id="not-a-name"/>', "not-a-name", "names its step"),
        (LINE + '<receiveTask id="x"/>', "x", "messageRef"),
        (LINE + '<receiveTask id="x" messageRef="nowhere"/>', "x", "not in the file"),
        (LINE + "catch x signal", "x", "signal intermediate catch events"),
        (LINE + "catch x", "x", "without a trigger"),
        (LINE + "start x timer PT1H", "x", "timer start events"),
        (LINE + "end x escalation", "x", "escalation end events"),
        (LINE + "end x error", "x", "errorRef"),
        (LINE + "throw x terminate", "x", "terminate intermediate throw events"),
        (LINE + "catch x timer 5minutes", "x", "ISO 8601"),
        (LINE + "boundary x on a timer PT1H", "x", "no flow leaves"),
        (LINE + "boundary x on e timer PT1H; x -> e", "x", "no activity"),
        ("start s; service a; end e; s -> a", "a", "not an end event"),
        ("start s; service a; end e; s -> a -> e; s -> e", "s", "several flows"),
        ("start s; service a; end e; s -> a -> e : x", "s_a", "only flows out of an exclusive gateway"),
        ("start s; exclusive g; end e; end f; s -> g; g -> e : x; g -> f", "g_f", "needs a condition"),
        ("start s; exclusive g default=g_f; end e; end f; s -> g; g -> e : x; g -> f : y", "g_f", "has no condition"),
        ("start s; exclusive g default=s_g; end e; s -> g -> e", "g", "does not leave it"),
        ("start s; exclusive g; end e; s -> g; g -> e : x", "g_e", "only way out"),
        ("start s; exclusive g default=g_f; end e; end f; s -> g; g -> e : x > 3; g -> f", "g_e", "predicate"),
        ("start s; events g; catch m message M; end e; s -> g -> m -> e", "g", "at least two"),
        ("""start s; events g; catch m message M; service a; end e
        s -> g -> m -> e; g -> a -> e""", "a", "after an event-based"),
        ("""start s; events g; catch m message M; catch n message M; end e
        s -> g -> m -> e; g -> n -> e""", "n", "waits twice"),
        ("start s; service a; end e; s -> a -> e; a -> nowhere", "a_nowhere", "not a node"),
        ("start s; sub q; start s1; end e1; s1 -> e1; }; end e; s -> q -> e; s1 -> e", "s1_e", "border"),
        ("start s; sub q; end e1; }; end e; s -> q -> e", "q", "no start event"),
        ("start s; sub q; start s1 message M; end e1; s1 -> e1; }; end e; s -> q -> e", "s1", "without a trigger"),
        ("start s; service a; s -> a; a -> a", "p", "no end event"),
        ("service a; end e; a -> e", "p", "no start event"),
        ("start s; start t; end e; s -> e; t -> e", "p", "two start events"),
        ("start s; service a; service b; end e; s -> e; a -> b -> a", "a", "cannot be reached"),
        (
            "start s; exclusive g default=g_a; service a; service b; end e; s -> g; g -> e : x; g -> a -> b -> a",
            "b",
            "no end event can be reached",
        ),
        (
            "start s; exclusive m; exclusive g default=g_e; end e; s -> m -> g; g -> m : x; g -> e",
            "m",
            "nothing waits",
        ),
        (
            """start s; exclusive m; sub q; start s1; end e1; s1 -> e1; }; exclusive g default=g_e; end e
            s -> m -> q -> g; g -> m : x; g -> e""",
            "m",
            "nothing waits",
        ),
    ],
)  # fmt: skip
def test_refusals_name_file_element_and_reason(model: Model, text: str, element: str, reason: str) -> None:
    found = refusals(model, text)
    assert element in found
    assert reason in found[element]


def test_all_problems_come_at_once(model: Model) -> None:
    found = refusals(model, LINE + '<task id="x"/>; <scriptTask id="y"/>; catch z signal')
    assert set(found) == {"x", "y", "z"}
    assert set(refusals(model, "start s; service a; service b; end e; s -> a; b -> e")) >= {"a", "b"}


def test_non_interrupting_boundaries_are_refused(model: Model) -> None:
    text = document.write(model(GOOD)).decode().replace('attachedToRef="b"', 'attachedToRef="b" cancelActivity="false"')
    with pytest.raises(DeclarationFault, match="non-interrupting"):
        compiler.compile(document.read(text.encode()))


def test_which_process_is_meant(model: Model) -> None:
    text = document.write(model(LINE)).decode()
    two = text.replace("</definitions>", '<process id="q"/></definitions>')
    assert compiler.compile(document.read(two.encode())).process == "p"
    neither = two.replace('isExecutable="true"', "")
    with pytest.raises(DeclarationFault, match="p, q"):
        compiler.compile(document.read(neither.encode()))
    assert compiler.compile(document.read(neither.encode()), "p").process == "p"
    with pytest.raises(DeclarationFault, match="no process z"):
        compiler.compile(document.read(neither.encode()), "z")
    with pytest.raises(DeclarationFault, match="not executable"):
        compiler.compile(document.read(text.replace('"true"', '"false"').encode()))


def test_drawing_lanes_and_data_do_not_hinder(model: Model) -> None:
    text = document.write(model(LINE)).decode()
    extra = (
        '<laneSet id="l"><lane id="l1"><flowNodeRef>a</flowNodeRef></lane></laneSet><dataObject id="d"/>'
        '<dataObjectReference id="r" dataObjectRef="d"/><textAnnotation id="n"><text>why</text></textAnnotation>'
        "<documentation>what</documentation></process>"
    )
    noted = compiler.compile(document.read(text.replace("</process>", extra).encode()))
    assert noted.hash == compiler.compile(model(LINE)).hash


def test_a_definition_is_a_value(model: Model) -> None:
    d = compiler.compile(model(GOOD))
    assert d == compiler.compile(model(GOOD))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(d), type=type(d)) == d
    with pytest.raises(AttributeError):
        d.hash = ""  # type: ignore[misc]  # what the types forbid, too


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("P8D", Duration(0, 8, 0)),
        ("PT30M", Duration(0, 0, 1800)),
        ("P1Y6M", Duration(18, 0, 0)),
        ("P2W", Duration(0, 14, 0)),
        ("P1DT1H1M1S", Duration(0, 1, 3661)),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("1D", None),
        ("P1D ", None),
        ("deadline", None),
    ],
)
def test_durations(text: str, value: Duration | None) -> None:
    assert parse_duration(text) == value


def test_a_month_after_the_thirty_first() -> None:
    assert Duration(months=1).after(datetime(2027, 1, 31, 12)) == datetime(2027, 2, 28, 12)
    assert Duration(months=13, days=1, seconds=60).after(datetime(2026, 11, 30)) == datetime(2027, 12, 31, 0, 1)
