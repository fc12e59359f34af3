"""States of cases: each record that shows one in lists says which there are, and people read each in their language."""

from __future__ import annotations

import pytest

from douane.configuration import discovery
from douane.pages.languages import COMPLETE, Words
from douane.pages.states import state_words
from douane.runtime.core.processes import Process
from douane.runtime.store.records import RecordKind, kind_of
from douane.vocabulary.errors import DeclarationFault
from tests.architecture.record_shapes import name, product_kinds

SHOWN = [kind for kind in product_kinds() if kind.case is not None and kind.case.state]


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
