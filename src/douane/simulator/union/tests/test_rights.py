"""The judgement over rows: what it finds, and what it lets stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from douane.model.caller import Caller, relayed
from douane.model.circles import ActorKind
from douane.runtime.store import keys
from douane.runtime.store.envelope import JournalRow, ReplyTo, RowKind, SentKind, SentRow
from douane.runtime.store.origin import Content, Media, Origin
from douane.simulator.messages import forged
from douane.simulator.messages.declarations import Cover, declaration
from douane.simulator.messages.forged import Papers
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.rights import Rights
from douane.standards.ncts import phase5 as p5

CASE, OWN = 1024, 2048
MRN = "26FR005350010001J0"
NUMBERS = Numbers(lambda: 1_795_000_000_000_000, lambda size: bytes(range(size)))
DECLARED = declaration(NUMBERS, Cover(NUMBERS.grn()))
HOLDER = DECLARED.holder_of_the_transit_procedure.identification_number or ""
PAPERS = Papers(DECLARED.transit_operation.lrn, MRN, NUMBERS.grn(), DECLARED)


def trader(eori: str) -> Caller:
    return relayed(ActorKind.TRADER, eori, via="")


def office(country: str) -> Caller:
    return relayed(ActorKind.MEMBER_STATE, country, via="")


def row(
    caller: Caller, operation: str, message: object, *, kind: RowKind = RowKind.MESSAGE, correlation: str = "",
    conflict: str = "", subject: int = CASE,
) -> JournalRow:  # fmt: skip
    origin = Origin(caller, "M", 0, "ccn2", "rest", correlation)
    content = Content(Media.FAMILY, p5.write(message), b"")  # type: ignore[arg-type]  # any message
    waits = ReplyTo(CASE, "departure", 1, 1) if kind is RowKind.ANSWER else None
    return JournalRow(kind, subject, operation, "FR", origin, content, b"", 0, conflict, None, waits)


def sent(cause: int, type: str, party: str, *, subject: int = CASE, id: str = "S", body: bytes = b"") -> SentRow:
    content = Content(Media.FAMILY, body, b"")
    return SentRow(SentKind.MESSAGE, subject, party, type, id, "", content, 0, b"", 0, cause, "FR")


def found(
    journal: dict[int, JournalRow], effects: list[SentRow], *, blocked: frozenset[int] = frozenset()
) -> list[str]:
    nothing: Iterator[tuple[bytes, bytes]] = iter(())
    alias = keys.alias_key(0, "FR", "mrn", MRN)
    names = iter([(alias, CASE.to_bytes(8, "big"))])
    return list(Rights(journal, dict(enumerate(effects, 1)), nothing, names, blocked).findings())


OPENED = row(trader(HOLDER), "transit.lodge_declaration", DECLARED)


def test_who_declares_may_ask_that_it_is_invalidated() -> None:
    asked = row(trader(HOLDER), "transit.request_invalidation", forged.invalidation(NUMBERS, PAPERS, HOLDER))
    assert found({1: OPENED, 2: asked}, [sent(1, "CC928C", HOLDER), sent(2, "CC009C", HOLDER)]) == []


@pytest.mark.parametrize(
    ("caller", "operation", "message"),
    [
        (trader("PT1"), "transit.request_invalidation", forged.invalidation(NUMBERS, PAPERS, "PT1")),
        (office("CH"), "transit.send_control_results", forged.results(NUMBERS, PAPERS, "NTA.CH")),
        (office("AT"), "transit.notify_crossing", forged.passage(NUMBERS, PAPERS, "NTA.AT")),
        (office("PT"), "guarantees.credit", forged.credit(NUMBERS, PAPERS, MRN, "NTA.PT")),
    ],
)
def test_who_has_no_such_part_may_not_act(caller: Caller, operation: str, message: object) -> None:
    effect = sent(2, "CC045C", HOLDER)
    told = found({1: OPENED, 2: row(caller, operation, message)}, [effect])
    assert [each for each in told if "acted in a case in which it has no such part" in each]


def test_a_stranger_is_told_that_it_is_unknown_and_no_more() -> None:
    asked = row(trader("PT1"), "transit.request_invalidation", forged.invalidation(NUMBERS, PAPERS, "PT1"))
    unknown = sent(2, "CC056C", "PT1", subject=OWN, body=b"<errorCode>90</errorCode>")
    assert found({1: OPENED, 2: asked}, [unknown]) == []
    state = sent(2, "CC056C", "PT1", subject=OWN, body=b"<errorCode>92</errorCode>")
    assert "was told more than that the reference is unknown" in found({1: OPENED, 2: asked}, [state])[0]
    assert "no such part" in found({1: OPENED, 2: asked}, [])[0]  # it was not refused, so it acted


def test_what_a_stranger_sends_holds_nobody_up() -> None:
    came = row(trader("PT1"), "transit.notify_arrival", forged.arrival(NUMBERS, PAPERS, "PT1"))
    assert any("only wanted to join" in each for each in found({1: OPENED, 2: came}, [], blocked=frozenset({2})))


def test_only_who_declares_gives_the_name() -> None:
    taken = row(trader("PT1"), "transit.lodge_declaration", DECLARED)
    assert "not its to give" in found({1: taken}, [])[0]


QUESTION = forged.use(NUMBERS, PAPERS, MRN, "NTA.FR")
ANSWER = forged.guarantee_answer(NUMBERS, QUESTION, "NTA.NO", covered=True)


def answers(caller: Caller, message: object, correlation: str = "Q") -> JournalRow:
    return row(caller, "", message, kind=RowKind.ANSWER, correlation=correlation)


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (answers(office("NO"), ANSWER), ""),
        (answers(office("PT"), ANSWER), "answers what NTA.NO was asked"),
        (answers(office("NO"), forged.results(NUMBERS, PAPERS, "NTA.NO")), "is no answer to CD203C"),
        (answers(office("NO"), ANSWER, "other"), "answers what this case did not ask"),
    ],
)
def test_an_answer_is_of_whom_was_asked(answer: JournalRow, finding: str) -> None:
    told = found({1: OPENED, 2: answer}, [sent(1, "CD203C", "NTA.NO", id="Q")])
    assert [each for each in told if finding in each] if finding else told == []


def test_a_question_is_answered_once_and_not_when_all_is_over() -> None:
    asked, one = sent(1, "CD203C", "NTA.NO", id="Q"), answers(office("NO"), ANSWER)
    assert "once more" in found({1: OPENED, 2: one, 3: one}, [asked])[0]
    ended = row(trader(HOLDER), "transit.request_invalidation", forged.invalidation(NUMBERS, PAPERS, HOLDER))
    told = found({1: OPENED, 2: ended, 3: one}, [asked, sent(2, "CC009C", HOLDER)])
    assert "movement that is over" in told[0]


def test_who_declared_is_not_told_that_it_is_unknown() -> None:
    by_lrn = forged.invalidation(NUMBERS, PAPERS, HOLDER, by_lrn=True)
    asked = row(trader(HOLDER), "transit.request_invalidation", by_lrn, conflict="unknown", subject=OWN)
    assert "its own declaration is unknown" in found({1: OPENED, 2: asked}, [])[0]


def test_a_representative_has_a_part_until_an_amendment_names_him_no_more() -> None:
    named = p5.Representative02(identification_number="IT9", status="2")
    opened = row(trader(HOLDER), "transit.lodge_declaration", replace(DECLARED, representative=named))
    asks = row(trader("IT9"), "transit.request_invalidation", forged.invalidation(NUMBERS, PAPERS, "IT9"))
    amended = row(trader(HOLDER), "transit.amend_declaration", forged.amendment(NUMBERS, PAPERS, HOLDER))
    effect = sent(2, "CC009C", HOLDER)
    assert found({1: opened, 2: asks}, [effect]) == []
    told = found({1: opened, 2: amended, 3: asks}, [sent(2, "CC004C", HOLDER), sent(3, "CC009C", HOLDER)])
    assert "no such part" in told[0]
