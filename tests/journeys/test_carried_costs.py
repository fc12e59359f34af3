"""What a question about cases elsewhere costs a stranger: the same with and without a case.

No time is measured: what is read of the store, and what is asked of what keepers tell, is counted. Whoever asks about
something that is not his learns nothing by how long that takes where exactly the same is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from douane.applications.case_files.messages import CaseQuery, CasesQuery, MessagesQuery, SaidQuery
from douane.applications.transit.tests.base_declarations import TRADER
from douane.runtime.delivery.sight import sees
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.queries import View
from douane.vocabulary.case_summaries import Asked, Heard
from douane.vocabulary.errors import NotFound
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Office
from tests.journeys.test_carried_rights import BLIND, KEEPERS, LRN, SEEING, Asker, carry, telling

OTHER, OTHER_LRN = "NL123456789", "CARRIED-2"
"""Somebody else of whom something is carried: so each keeper is known here in any case."""
STRANGERS = ("a stranger", "a stranger who delegates")
MRN = "26DE00000000000AJ2"


def _said(case: str, country: str) -> SaidQuery:
    return SaidQuery(reference=case, country=country, leaf=1)


QUESTIONS: dict[str, Callable[[str, str], tuple[str, Any]]] = {
    "all cases": lambda _keeper, _case: ("case_files.my_cases", CasesQuery()),
    "those of the keeper": lambda keeper, _case: ("case_files.my_cases", CasesQuery(country=keeper)),
    "those in a state": lambda keeper, _case: ("case_files.my_cases", CasesQuery(state=f"sent to {keeper}")),
    "those that end first": lambda _keeper, _case: ("case_files.my_cases", CasesQuery(soonest=True)),
    "messages": lambda _keeper, _case: ("case_files.my_messages", MessagesQuery()),
    "messages of the keeper": lambda keeper, _case: ("case_files.my_messages", MessagesQuery(country=keeper)),
    "a case by its LRN": lambda keeper, _case: ("case_files.show", CaseQuery(LRN, keeper)),
    "a case by an MRN": lambda keeper, _case: ("case_files.show", CaseQuery(MRN, keeper)),
    "a case by its number": lambda keeper, case: ("case_files.show", CaseQuery(case, keeper)),
    "a message by the case's number": lambda keeper, case: ("case_files.message", _said(case, keeper)),
}


@dataclass
class Counting:
    """A look into a store that counts how often it is asked, and for how many keys or places."""

    reader: Reader
    asked: list[tuple[str, int]] = field(default_factory=list)

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        self.asked.append(("read", len(keys)))
        return self.reader.read(keys)

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        self.asked.append(("scan", limit))
        return self.reader.scan(start, end, limit, reverse=reverse)

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        self.asked.append(("read of a log", len(positions)))
        return self.reader.read_log(log, positions)

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        self.asked.append(("scan of a log", limit))
        return self.reader.scan_log(log, after, end, limit)


def cost(office: Office, of: str, who: Asker, question: tuple[str, Any]) -> tuple[list[tuple[str, int]], int, object]:
    """What a question costs: what is read of the store, how often keepers' summaries are asked, and the answer."""
    caller, roles, cases = who
    store, summaries = Counting(office.store.snapshot()), 0
    tells = telling(TRADER, caller.party.identifier)

    def elsewhere(asked: Asked) -> Heard | None:
        nonlocal summaries
        summaries += 1
        return tells(asked)

    view = View(
        store, of, office.clock.now(), office.look, caller=caller, roles=roles, elsewhere=elsewhere,
        sees=sees(caller, roles, tuple(CATALOGUE.operations.values()), cases),
    )  # fmt: skip
    answer: object
    try:
        answer = BEHAVIOUR.queries[question[0]].answer(view, question[1])
    except NotFound as problem:
        answer = str(problem)
    return store.asked, summaries, answer


def offices(keeper: str) -> tuple[Office, Office]:
    """Two nodes that passed a declaration of somebody on to a keeper; the first one also another one of the trader."""
    found = Office(frozenset({"FR"})), Office(frozenset({"FR"}))
    for each in found:
        carry(each, keeper, OTHER, OTHER_LRN)
    carry(found[0], keeper, TRADER, LRN)
    return found


def number_of(office: Office, keeper: str) -> str:
    """The number of the case of the trader that was carried to a keeper."""
    _, _, answer = cost(office, keeper, SEEING["the party"], QUESTIONS["those of the keeper"](keeper, ""))
    (line,) = answer.cases  # type: ignore[attr-defined]
    found: str = line.case
    return found


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("who", STRANGERS)
def test_a_strangers_question_costs_the_same_with_and_without_a_case(keeper: str, question: str, who: str) -> None:
    office, none = offices(keeper)
    asked = QUESTIONS[question](keeper, number_of(office, keeper))
    for of in (keeper, "EU"):
        with_case, without = cost(office, of, BLIND[who], asked), cost(none, of, BLIND[who], asked)
        assert with_case == without, (of, with_case, without)
        assert with_case[1] == 0, "no summary is asked for"


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_counted_tells_a_case_from_none_for_its_party(keeper: str, question: str) -> None:
    """Else the counting would see nothing at all."""
    office, none = offices(keeper)
    asked = QUESTIONS[question](keeper, number_of(office, keeper))
    party = SEEING["the party"]
    seen, unseen = cost(office, keeper, party, asked), cost(none, keeper, party, asked)
    assert (seen == unseen) is (question == "a case by an MRN")


@pytest.mark.parametrize("operation", ["case_files.show", "case_files.message", "case_files.evidence"])
@pytest.mark.parametrize("who", STRANGERS)
def test_a_strangers_search_costs_the_same_for_a_name_that_is_somebodys_and_one_that_is_nobodys(
    operation: str, who: str
) -> None:
    """At the node that keeps the case itself, where its MRN leads to it."""
    office = Office(frozenset({"FR"}))
    carry(office, "FR", TRADER, LRN)
    _, _, answer = cost(office, "FR", SEEING["the party"], QUESTIONS["those of the keeper"]("FR", ""))
    (line,) = answer.cases  # type: ignore[attr-defined]
    assert line.reference != line.case, "it has an MRN"

    def asked(name: str, country: str) -> tuple[str, Any]:
        question = CaseQuery(name, country) if operation == "case_files.show" else _said(name, country)
        return operation, question

    for country in ("FR", ""):
        for of in ("FR", "EU"):
            looks = {
                name: cost(office, of, BLIND[who], asked(name, country))[:2]
                for name in (line.reference, MRN, LRN, "NOBODYS", line.case, "0" * 15 + "7")
            }
            for numbers in (False, True):  # a number is looked up in no index
                alike = {repr(each) for name, each in looks.items() if (len(name) == len(line.case)) is numbers}
                assert len(alike) == 1, (of, country, looks)
