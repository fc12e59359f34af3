"""The self-assessment by the European Interoperability Framework: every recommendation, and evidence that is there."""

from __future__ import annotations

import pytest

from douane.model.graph import ApplicationModel, EdgeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.programme.eif import RECOMMENDATIONS, Standing, assessment

MODEL = installed_model()


def without(id: str) -> ApplicationModel:
    """The model in which an element is not there any more."""
    return ApplicationModel(
        [each for each in MODEL if each.id != id],
        [each for each in MODEL.edges if id not in (each.source, each.target)],
    )  # fmt: skip


def test_each_of_the_47_has_evidence_or_an_open_point_and_never_both() -> None:
    assert [each.number for each in RECOMMENDATIONS] == list(range(1, 48))
    assert all(bool(each.evidence) is not bool(each.open) for each in RECOMMENDATIONS)
    assert all(each.open.endswith(".") for each in RECOMMENDATIONS if each.open)


def test_all_evidence_is_there() -> None:
    """This fails where evidence vanishes: state another one, or say what is open."""
    gone = {each.recommendation.number: each.missing for each in assessment(MODEL) if each.missing}
    assert gone == {}
    standings = {each.standing for each in assessment(MODEL)}
    assert standings == {Standing.SHOWN, Standing.OPEN}


@pytest.mark.parametrize("id", sorted({id for each in RECOMMENDATIONS for id in each.evidence}))
def test_evidence_that_vanishes_is_told(id: str) -> None:
    found = assessment(without(id))
    hit = {each.recommendation.number for each in found if each.standing is Standing.VANISHED}
    assert hit == {each.number for each in RECOMMENDATIONS if id in each.evidence}


def test_a_requirement_that_no_test_shows_is_no_evidence() -> None:
    id = "requirement:REQ-BUS-007"
    bare = ApplicationModel(
        list(MODEL), [e for e in MODEL.edges if not (e.source == id and e.kind is EdgeKind.SHOWN_BY)]
    )
    (found,) = (each for each in assessment(bare) if each.recommendation.number == 20)
    assert (found.standing, found.missing) == (Standing.VANISHED, (id,))
