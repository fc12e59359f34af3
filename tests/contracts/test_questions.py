"""A query to an administration of another node is asked by message, answered by one, and taken by who asked alone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Operation, Who, query, service
from douane.runtime.catalogue.behaviour import Answer
from douane.runtime.core.processes import Process
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt, SentRow
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Log
from douane.runtime.store.records import ProcessInstance
from douane.vocabulary.errors import NotFound, NotValid
from tests.callers import admitted, officer, system, trader
from tests.contracts import toy
from tests.contracts.test_asking_many import Elsewhere
from tests.contracts.toy import OrderRecord, view

SYSTEM = Actor("administration", ActorKind.MEMBER_STATE)
OFFICER = Actor("officer", ActorKind.OFFICER)


class AskStanding(msgspec.Struct, frozen=True):
    account: str


class Standing(msgspec.Struct, frozen=True):
    account: str
    known: bool
    asked_by: str


@service("registers", title="Registers", owner="tests", level=Level.GOLD)
class Registers:
    """What is known of accounts."""

    @query(AskStanding, Standing, task="T", who=Who(by=(SYSTEM, OFFICER, toy.ENGINE)), of_named=True)
    def standing(self) -> None:
        """Whether an account is known."""

    @query(AskStanding, Standing, task="T", who=Who(by=(SYSTEM, toy.ENGINE)))
    def inside(self) -> None:
        """The same for the own administration alone."""


STANDING: Operation = Registers.standing
INSIDE: Operation = Registers.inside
SOURCE = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">
 <process id="asking" isExecutable="true">
  <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
  <serviceTask id="ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/>
  <boundaryEvent id="late" attachedToRef="ask">
   <timerEventDefinition><timeDuration>PT10S</timeDuration></timerEventDefinition></boundaryEvent>
  <sequenceFlow id="f3" sourceRef="late" targetRef="silent"/><serviceTask id="silent"/>
  <sequenceFlow id="f4" sourceRef="silent" targetRef="end2"/><endEvent id="end2"/>
 </process></definitions>"""


def standing(view: Any, question: AskStanding) -> Standing:
    known = view.resolve("account", question.account) is not None
    return Standing(question.account, known, view.caller.name)


@pytest.fixture(autouse=True)
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders ask the administration BB whether it knows their account."""
    process = Process("ordering", OrderRecord, SOURCE, "asking.bpmn")
    process.__module__ = toy.__name__

    @process.ask("ask", STANDING, administration=lambda case: "BB")
    def question(work: Any, case: OrderRecord) -> AskStanding:
        return AskStanding(case.account)

    @process.answer("ask")
    def answered(work: Any, case: OrderRecord, answer: Standing) -> OrderRecord:
        return msgspec.structs.replace(case, state="known" if answer.known else "unknown", note=answer.asked_by)

    process.step("silent")(lambda work, case: msgspec.structs.replace(case, state="silent"))
    process.seal()
    monkeypatch.setitem(toy.BEHAVIOUR.processes, "ordering", process)
    monkeypatch.setattr(toy, "ordering", process)
    for operation in (STANDING, INSIDE):
        monkeypatch.setitem(toy.BEHAVIOUR.queries, operation.qualified, Answer(operation, standing))
        monkeypatch.setitem(toy.BY_OPERATION, operation.qualified, AskStanding)
    monkeypatch.setitem(toy.BY_OPERATION, "Standing", Standing)


@pytest.fixture
def nodes() -> tuple[toy.Node, toy.Node]:
    """A node of XX, and one of BB that knows the account A."""
    here = toy.Node(MemoryStore(toy.Clock()), router=Elsewhere("BB"))
    there = toy.Node(MemoryStore(toy.Clock()), router=Elsewhere("XX"))
    opened = there.envelope("accounts.open", toy.Open("A", 1))
    there.run(Arrival(msgspec.structs.replace(opened.envelope, administration="BB"), opened.message))
    return here, there


def waiting(node: toy.Node, party: str) -> SentRow:
    """The one message that waits for a party."""
    prefix = keys.space(keys.INBOX, 0) + keys.text(party)
    ((key, _),) = node.store.scan(prefix, keys.after(prefix), 5)
    (raw,) = node.store.read_log(Log.SENT, [int.from_bytes(key[-8:], "big")])
    assert raw is not None
    return SENT.read(raw)


def carried(row: SentRow, by: Any, administration: str, operation: str, *, id: str = "") -> Arrival:
    """What waits, as the other node's door hands it over. Its core decodes it: nothing typed comes along."""
    envelope = admitted(
        by, operation, row.content.octets, id=id or row.id, administration=administration, media=Media.JSON,
        correlation=row.correlation, received=1_900_000_000 * SECOND,
    )  # fmt: skip
    return Arrival(envelope)


def placed(node: toy.Node, account: str = "A") -> int:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("1", account, 1)))
    assert isinstance(receipt, Receipt)
    return receipt.subject


def state(node: toy.Node, subject: int) -> tuple[str, str, bool]:
    case, instance = view(node).get(OrderRecord, subject), view(node).get(ProcessInstance, subject, b"ordering")
    assert case is not None
    assert instance is not None
    return case.state, case.note, instance.ended


@pytest.mark.parametrize(("account", "known"), [("A", "known"), ("Z", "unknown")])
def test_a_question_goes_by_message_and_so_does_its_answer(nodes: Any, account: str, known: str) -> None:
    here, there = nodes
    subject = placed(here, account)
    assert state(here, subject) == ("new", "", False)
    (receipt,) = there.run(carried(waiting(here, "NTA.BB"), system("XX"), "BB", "registers.standing"))
    assert isinstance(receipt, Receipt)
    answer = waiting(there, "NTA.XX")
    assert (answer.type, answer.correlation) == ("Standing", waiting(here, "NTA.BB").id)
    here.run(carried(answer, system("BB"), "BB", "Standing"))
    assert state(here, subject) == (known, "NTA.XX", True)
    assert (here.owner.parked(), there.owner.parked()) == ([], [])


def test_the_answer_is_taken_once_and_from_whom_was_asked(nodes: Any) -> None:
    here, there = nodes
    subject = placed(here)
    there.run(carried(waiting(here, "NTA.BB"), system("XX"), "BB", "registers.standing"))
    answer = waiting(there, "NTA.XX")
    for by in (system("CC"), trader("T1")):
        (refused,) = here.run(carried(answer, by, "XX", "Standing", id=f"of {by.name}"))
        assert isinstance(refused, NotFound)
    assert state(here, subject) == ("new", "", False)
    here.run(carried(answer, system("BB"), "BB", "Standing"))
    (again,) = here.run(carried(answer, system("BB"), "BB", "Standing", id="again"))
    assert isinstance(again, NotFound)
    assert state(here, subject) == ("known", "NTA.XX", True)


def test_silence_ends_by_the_timer_and_what_comes_later_is_nobodys(nodes: Any) -> None:
    here, there = nodes
    subject = placed(here)
    there.run(carried(waiting(here, "NTA.BB"), system("XX"), "BB", "registers.standing"))
    here.clock.at += 11 * SECOND
    here.run()
    assert state(here, subject) == ("silent", "", True)
    (late,) = here.run(carried(waiting(there, "NTA.XX"), system("BB"), "BB", "Standing"))
    assert isinstance(late, NotFound)


@pytest.mark.parametrize(
    ("by", "operation"),
    [
        (system("XX"), "registers.inside"),  # not about another's data
        (trader("T1"), "registers.standing"),  # not of his circle
        (officer("fr.officer", "XX"), "registers.standing"),  # persons ask at once, through a door
        (system("XX"), "orders.find"),  # not open to administrations at all
    ],
)
def test_nothing_else_is_asked_by_message(nodes: Any, by: Any, operation: str) -> None:
    here, there = nodes
    placed(here)
    (refused,) = there.run(carried(waiting(here, "NTA.BB"), by, "BB", operation))
    assert isinstance(refused, NotFound | NotValid)  # the question is no message of an operation of another service
    prefix = keys.space(keys.INBOX, 0)
    assert there.store.scan(prefix, keys.after(prefix), 5) == []


def test_a_question_that_was_accepted_is_answered_after_a_stop(nodes: Any) -> None:
    here, there = nodes
    placed(here)
    there.owner.ports.budget = 0
    first = there.envelope("accounts.open", toy.Open("F", 1))
    first = Arrival(msgspec.structs.replace(first.envelope, administration="BB"), first.message)
    there.run(first, carried(waiting(here, "NTA.BB"), system("XX"), "BB", "registers.standing"))
    prefix = keys.space(keys.INBOX, 0)
    assert there.store.scan(prefix, keys.after(prefix), 5) == []
    again = toy.Node(there.store, router=Elsewhere("XX"))
    again.run()
    assert waiting(again, "NTA.XX").type == "Standing"
