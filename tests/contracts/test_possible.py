"""What is possible at a case now: the core and the pages ask one function, and get one answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product

import pytest

from douane.configuration import discovery
from douane.model.declare import Operation, TaskRef
from douane.model.possible import NOTHING, possible
from douane.pages.screens import Act
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.holding import state_of
from douane.runtime.store.records import kind_of
from douane.vocabulary.errors import DeclarationFault

CATALOGUE = Catalogue(discovery.services())
HANDLERS = discovery.behaviour().handlers
DECLARED = [each for each in CATALOGUE.operations.values() if each.ends or each.open_in]
CONTROL = CATALOGUE.operation("transit.decide_control")
ELSEWHERE = TaskRef("journey", "call/another")


def states(operation: Operation) -> list[str]:
    """Every state of the case that an operation is about, by the record that its handler reads."""
    cases = (kind_of(each).case for each in HANDLERS[operation.qualified].reads)
    found = next((each.states for each in cases if each is not None and each.states is not None), None)
    assert found is not None, f"{operation.qualified} reads no record that says in which states its case is"
    return [str(each.value) for each in found]


@pytest.mark.parametrize("operation", DECLARED, ids=lambda each: each.qualified)
def test_a_page_offers_what_the_core_takes_in_each_state_and_nothing_else(operation: Operation) -> None:
    act = Act(operation.qualified, "Do it", (), {}, lambda _type, _body: ()).placed(operation)
    places = (*operation.ends, ELSEWHERE)
    subsets = chain.from_iterable(combinations(places, n) for n in range(len(places) + 1))
    for state, tasks in product(states(operation), subsets):
        taken = possible(operation, state=state, waiting=dict.fromkeys(tasks, "Look")) is None
        assert act.stands_at(frozenset(tasks), state) == taken, (state, tasks)


@pytest.mark.parametrize("operation", DECLARED, ids=lambda each: each.qualified)
def test_a_state_in_which_an_operation_is_open_is_one_of_its_case(operation: Operation) -> None:
    assert set(operation.open_in) <= set(states(operation))
    record = next(each for each in HANDLERS[operation.qualified].reads if kind_of(each).case is not None)
    assert state_of(record, None) == ""


def test_what_is_not_possible_is_told_with_state_article_and_what_waits_instead() -> None:
    told = possible(CONTROL, state="arrived", waiting={TaskRef("journey", "begin_enquiry"): "Begin the enquiry"})
    assert told is not None
    assert told.article == "UCC art. 188"
    assert told.remedy == "This is not possible now (state: arrived; UCC art. 188). What waits here: Begin the enquiry."
    nothing = possible(replace(CONTROL, legal=()), state="", waiting={})
    assert nothing is not None
    assert nothing.remedy == f"This is not possible now. {NOTHING}"
    consult = CATALOGUE.operation("customs_decisions.consult")
    early = possible(consult, state="lodged", waiting={})
    assert early is not None
    assert "It is possible in: accepted." in early.remedy


def test_a_task_within_a_call_is_that_of_what_is_called() -> None:
    ask = CATALOGUE.operation("transit.ask_holder")
    assert possible(ask, state="", waiting={TaskRef("journey", "enquire/judge_reply"): "Judge"}) is None
    assert possible(ask, state="", waiting={TaskRef("journey", "misjudge_reply"): "Judge"}) is not None


def test_an_operation_that_says_neither_is_open_always() -> None:
    assert possible(CATALOGUE.operation("transit.lodge_declaration"), state="anything", waiting={}) is None


def test_an_act_that_nothing_places_is_refused_at_start() -> None:
    with pytest.raises(DeclarationFault, match="Nothing says where the act lodge-declaration is open"):
        Act("transit.lodge_declaration", "Lodge", (), {}, lambda _type, _body: ()).placed(
            CATALOGUE.operation("transit.lodge_declaration")
        )


def test_a_page_may_narrow_where_an_act_stands_and_never_widen_it() -> None:
    consult = CATALOGUE.operation("customs_decisions.consult")
    act = Act(consult.qualified, "Ask", (), {}, lambda _type, _body: (), tasks=frozenset({("own", "place")}))
    act = act.placed(consult)
    assert act.stands_at(frozenset({("own", "place")}), "accepted")
    assert not act.stands_at(frozenset(), "accepted")
    assert not act.stands_at(frozenset({("own", "place")}), "lodged")
