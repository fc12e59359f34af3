"""States of cases: each record that shows one in lists says which there are, and people read each in their language."""

from __future__ import annotations

import pytest

from douane.applications.transit.contract.told import RECEIVED
from douane.configuration import discovery
from douane.configuration.discovery import services
from douane.model.declare import Operation
from douane.pages.languages import COMPLETE, Words
from douane.pages.states import state_words
from douane.runtime.core.processes import Process
from douane.runtime.core.relaying import ANSWERED
from douane.runtime.store.records import Carried, RecordKind, kind_of
from douane.standards.ncts.phase5 import CC009C, CC019C, CC035C, CC045C, CC140C
from douane.vocabulary.errors import DeclarationFault
from tests.architecture.record_shapes import name, product_kinds

SHOWN = [kind for kind in product_kinds() if kind.case is not None and kind.case.state and kind.type is not Carried]
"""What is carried for another system has the states that its keeper tells."""


@pytest.mark.parametrize("kind", SHOWN, ids=name)
def test_every_state_of_a_case_is_declared_and_translated(kind: RecordKind) -> None:
    assert kind.case is not None
    assert kind.case.states is not None, "Case(states=...) names the enumeration"
    for language in COMPLETE:
        words = Words(language)
        untold = [each for each in kind.case.states if "<span" in words.model(state_words(str(each.value)))]
        assert untold == [], language


@pytest.mark.parametrize("kind", SHOWN, ids=name)
def test_a_state_that_is_not_declared_is_not_kept(kind: RecordKind) -> None:
    case = kind.case
    assert case is not None
    assert case.states is not None
    made = type("Made", (), {case.state: next(iter(case.states)).value})
    case.refuse_unknown(made)
    setattr(made, case.state, "somewhere")
    with pytest.raises(DeclarationFault, match="has no state 'somewhere'"):
        case.refuse_unknown(made)


UNASKED = (CC009C, CC019C, CC035C, CC045C, CC140C)
"""What an office of departure says later, and to no message."""
TOLD = [each for service in services() for each in service.operations if each.tells is not None]


@pytest.mark.parametrize("operation", TOLD, ids=lambda each: each.qualified)
def test_every_state_that_answers_tell_is_one_of_a_keeper_and_translated(operation: Operation) -> None:
    assert operation.tells is not None
    told = [each for each in operation.tells.states.values() if isinstance(each, str)]
    told += operation.tells.refused.values()
    known = {str(each.value) for kind in SHOWN if kind.case is not None for each in kind.case.states or ()}
    assert set(told) <= known | {RECEIVED}, "it is what the keeper calls it"
    assert set(operation.tells.states) | set(operation.tells.refused) <= {*operation.replies, *UNASKED}
    for language in COMPLETE:
        words = Words(language)
        assert [each for each in (*told, ANSWERED) if "<span" in words.model(state_words(each))] == [], language


def test_a_state_that_a_process_gives_is_one_of_its_case() -> None:
    given = 0
    for process in discovery.behaviour().processes.values():
        assert isinstance(process, Process)
        case = kind_of(process.record).case
        for state in process.states.values():
            assert case is not None
            assert case.states is not None
            assert state in list(case.states), process.name
            given += 1
    assert given
