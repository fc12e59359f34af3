"""A process asks several administrations at once, takes each answer once, and waits no longer than its limit."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.runtime.core.processes import BusinessError, Process
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Log
from douane.runtime.store.records import Asking, Collecting, ProcessInstance
from douane.standards.bpmn import compiler, document
from douane.vocabulary.errors import DeclarationFault
from tests.callers import admitted, system
from tests.contracts import toy
from tests.contracts.toy import OrderRecord, view

MARK = "<multiInstanceLoopCharacteristics/>"
SOURCE = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">
 <error id="no" errorCode="NO"/>
 <process id="consulting" isExecutable="true">
  <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="consult"/>
  <serviceTask id="consult">{MARK}</serviceTask>
  <boundaryEvent id="late" attachedToRef="consult">
   <timerEventDefinition><timeDuration>PT10S</timeDuration></timerEventDefinition></boundaryEvent>
  <boundaryEvent id="refused" attachedToRef="consult"><errorEventDefinition errorRef="no"/></boundaryEvent>
  <serviceTask id="decide"/><serviceTask id="refuse"/><exclusiveGateway id="over"/>
  <sequenceFlow id="f2" sourceRef="consult" targetRef="over"/><sequenceFlow id="f3" sourceRef="late" targetRef="over"/>
  <sequenceFlow id="f4" sourceRef="over" targetRef="decide"/><sequenceFlow id="f5" sourceRef="decide" targetRef="end"/>
  <sequenceFlow id="f6" sourceRef="refused" targetRef="refuse"/>
  <sequenceFlow id="f7" sourceRef="refuse" targetRef="end"/>
  <endEvent id="end"/>
 </process></definitions>""".encode()
ASKED = ("AA", "BB", "CC")


def consulting(asked: tuple[str, ...] = ASKED, operation: Any = toy.Accounts.reserve) -> Process[OrderRecord]:
    """Each is asked to reserve; what each said stands in the note, in the order in which it came."""
    made = Process("ordering", OrderRecord, SOURCE, "consulting.bpmn")
    made.__module__ = toy.__name__

    @made.ask_each("consult", operation, administrations=lambda case: asked)
    def question(work: Any, case: OrderRecord, administration: str) -> Any:
        if operation is toy.Orders.find:
            return toy.Find(administration)
        return toy.Reserve(case.account, case.number, case.amount)

    @made.answer("consult")
    def taken(work: Any, case: OrderRecord, answer: Any, administration: str) -> OrderRecord:
        if getattr(answer, "good", True) is False and case.amount == 7:
            raise BusinessError("NO")
        good = getattr(answer, "good", True)
        return msgspec.structs.replace(case, note=f"{case.note}{administration}{'+' if good else '-'} ")

    made.step("decide")(lambda work, case: msgspec.structs.replace(case, state="decided"))
    made.step("refuse")(lambda work, case: msgspec.structs.replace(case, state="refused"))
    made.seal()
    return made


class Elsewhere(toy.Router):
    """Accounts of these administrations are kept by nodes of their own."""

    def __init__(self, *administrations: str) -> None:
        super().__init__()
        self.administrations = administrations

    def hosts(self, administration: str, operation: str) -> bool:
        return administration not in self.administrations


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Callable[..., toy.Node]:
    def begin(process: Process[OrderRecord], *elsewhere: str) -> toy.Node:
        monkeypatch.setitem(toy.BEHAVIOUR.processes, "ordering", process)
        monkeypatch.setattr(toy, "ordering", process)
        return toy.Node(MemoryStore(toy.Clock()), router=Elsewhere(*elsewhere))

    return begin


def placed(node: toy.Node, amount: int = 1) -> int:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("1", "A", amount)))
    assert isinstance(receipt, Receipt)
    return receipt.subject


def standing(node: toy.Node, subject: int) -> tuple[str, str]:
    """The note and the state of the order."""
    case = view(node).get(OrderRecord, subject)
    assert case is not None
    return case.note, case.state


def left(node: toy.Node, subject: int) -> list[tuple[int, ...]]:
    return [each.left for each in view(node).all_of(Collecting, subject)]


def answer(node: toy.Node, of: str, *, good: bool = True, by: str = "", id: str = "") -> Arrival:
    """What an administration answers to the question that was sent to it; or another in its place."""
    prefix = keys.space(keys.INBOX, 0) + keys.text(f"NTA.{of}")
    positions = [int.from_bytes(key[-8:], "big") for key, _ in node.store.scan(prefix, keys.after(prefix), 10)]
    (raw,) = node.store.read_log(Log.SENT, positions)
    assert raw is not None
    body = msgspec.json.encode(toy.Reserved(good))
    envelope = admitted(
        system(by or of), "", body, id=id or f"from {by or of}", administration="XX", media=Media.JSON,
        correlation=SENT.read(raw).id, received=node.clock.now(),
    )  # fmt: skip
    return Arrival(envelope, toy.Reserved(good))


def test_all_are_asked_and_the_last_answer_lets_it_go_on(running: Any) -> None:
    node = running(consulting(), *ASKED)
    subject = placed(node)
    assert [toy.sent_to(node.store, f"NTA.{each}") for each in ASKED] == [["Reserve"]] * 3
    node.run(answer(node, "BB"))
    assert (standing(node, subject), left(node, subject)) == (("BB+ ", "new"), [(1, 3)])
    node.run(answer(node, "CC", good=False), answer(node, "AA"))
    assert standing(node, subject) == ("BB+ CC- AA+ ", "decided")
    assert left(node, subject) == []
    assert view(node).all_of(Asking, subject) == []


def test_those_of_this_node_answer_within_the_tick(running: Any) -> None:
    """A command by its handler, in the case of each administration; a query at once."""
    node = running(consulting(), "CC")
    subject = placed(node)
    assert standing(node, subject) == ("AA- BB- ", "new")  # no account there, and that is said
    assert left(node, subject) == [(3,)]
    node = running(consulting(operation=toy.Orders.find))
    assert standing(node, placed(node)) == ("AA+ BB+ CC+ ", "decided")


def test_nobody_to_ask_is_nobody_to_wait_for(running: Any) -> None:
    node = running(consulting(()))
    assert standing(node, placed(node)) == ("", "decided")


def test_who_is_named_twice_is_asked_once(running: Any) -> None:
    node = running(consulting(("AA", "BB", "AA")), *ASKED)
    placed(node)
    assert toy.sent_to(node.store, "NTA.AA") == ["Reserve"]


def test_when_time_is_up_it_goes_on_with_what_it_has(running: Any) -> None:
    node = running(consulting(), *ASKED)
    subject = placed(node)
    late = [answer(node, each) for each in ("BB", "CC")]
    node.run(answer(node, "AA"))
    node.clock.at += 11 * SECOND
    node.run()
    assert standing(node, subject) == ("AA+ ", "decided")
    assert (left(node, subject), view(node).all_of(Asking, subject)) == ([], [])
    node.run(*late)
    assert standing(node, subject) == ("AA+ ", "decided")


def test_one_answer_may_be_enough_to_leave(running: Any) -> None:
    node = running(consulting(), *ASKED)
    subject = placed(node, amount=7)
    late = answer(node, "CC")
    node.run(answer(node, "AA"), answer(node, "BB", good=False), late)
    assert standing(node, subject) == ("AA+ ", "refused")
    assert (left(node, subject), view(node).all_of(Asking, subject)) == ([], [])


def test_nobody_answers_twice_or_for_another(running: Any) -> None:
    node = running(consulting(), *ASKED)
    subject = placed(node)
    node.run(
        answer(node, "AA"), answer(node, "AA", id="again"), answer(node, "BB", by="CC"), answer(node, "BB", by="DD")
    )
    assert standing(node, subject) == ("AA+ ", "new")
    assert left(node, subject) == [(2, 3)]


@pytest.mark.parametrize("order", list(itertools.permutations(("AA", "BB", "CC", "limit"))), ids=" ".join)
def test_whatever_comes_first_nobody_is_waited_for_in_the_end(running: Any, order: tuple[str, ...]) -> None:
    """Answers and the limit in every order: what came before the limit is kept, in its order, and it is over once."""
    node = running(consulting(), *ASKED)
    subject = placed(node)
    arrivals = {each: answer(node, each) for each in ASKED}
    for each in order:
        if each == "limit":
            node.clock.at += 11 * SECOND
            node.run()
        else:
            node.run(arrivals[each])
    before = order[: order.index("limit")]
    assert standing(node, subject) == ("".join(f"{each}+ " for each in before), "decided")
    instance = view(node).get(ProcessInstance, subject, b"ordering")
    assert instance is not None
    assert instance.ended
    assert (left(node, subject), view(node).all_of(Asking, subject)) == ([], [])
    space = keys.space(keys.EXPECT, 0)
    assert node.store.scan(space, keys.after(space), 10) == []


def test_a_task_that_asks_several_is_bound_so() -> None:
    single = Process("ordering", OrderRecord, SOURCE, "consulting.bpmn")
    single.ask("consult", toy.Accounts.reserve, administration=lambda case: "AA")(toy.ask_reserve)
    single.answer("consult")(toy.reserve_answered)
    for name in ("decide", "refuse"):
        single.step(name)(toy.close)
    with pytest.raises(DeclarationFault) as refused:
        single.seal()
    assert [fault.pointer for fault in refused.value.faults] == ["consulting.bpmn#consult"]


def test_the_mark_is_part_of_what_is_pinned() -> None:
    plain = compiler.compile(document.read(SOURCE.replace(MARK.encode(), b"")))
    marked = compiler.compile(document.read(SOURCE))
    assert (set(plain.many), set(marked.many)) == (set(), {"consult"})
    assert plain.hash != marked.hash


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ('<multiInstanceLoopCharacteristics isSequential="true"/>', "one after the other"),
        ("<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>",
         "loopCardinality"),
        ('<multiInstanceLoopCharacteristics behavior="One"/>', "behavior"),
        ("<standardLoopCharacteristics/>", "loop markers"),
    ],
)  # fmt: skip
def test_what_its_binding_does_not_say_is_refused(mark: str, reason: str) -> None:
    with pytest.raises(DeclarationFault, match=reason):
        compiler.compile(document.read(SOURCE.replace(MARK.encode(), mark.encode())))
