"""The questionnaire of economic operators: asked by type, answered by its applicant, judged by its officers, secret."""

from __future__ import annotations

import pytest

from douane.applications.customs_decisions.messages.applying import NotPossible, StepRecorded
from douane.applications.customs_decisions.messages.questionnaire import (
    AeoCriterion,
    CriterionJudged,
    QuestionAnswered,
    QuestionnaireAnswered,
    QuestionnaireQuery,
)
from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.rules.questionnaire import criteria, questionnaire
from douane.applications.customs_decisions.rules.types import TYPES
from douane.applications.customs_decisions.tests.life import HOLDER, Life
from douane.applications.customs_decisions.tests.samples import AEO, CGU
from douane.author import NotFound
from douane.testing.office import officer, trader

VERSION = questionnaire().version


def life(type: DecisionType = DecisionType.AEOC) -> Life:
    return Life("2027-01-04T09:00", type, AEO, authority="DE")


def answered(one: Life, *pairs: tuple[str, str], version: str = VERSION) -> QuestionnaireAnswered:
    return QuestionnaireAnswered(one.reference, version, tuple(QuestionAnswered(*each) for each in pairs))


def test_every_question_names_a_criterion_of_its_types_and_is_said_in_three_languages() -> None:
    known = questionnaire()
    assert "not the text of the Commission" in known.label
    assert len({each.id for each in known.questions}) == len(known.questions) >= 20
    for each in known.questions:
        assert each.article.startswith("IA 2015/2447 art. 2")
        assert len(set(each.texts.values())) == 3
        for type in each.types:
            assert f"UCC art. 39({each.criterion})" in TYPES[type].criteria
    for type in (DecisionType.AEOC, DecisionType.AEOS, DecisionType.AEOF):
        assert {f"UCC art. 39({each})" for each in criteria(type)} == set(TYPES[type].criteria), "none is forgotten"


def test_an_applicant_answers_and_an_officer_judges_by_criterion() -> None:
    one = life()
    assert isinstance(one.send(answered(one, ("A1", "no"), ("C1", "yes"), ("B1", "Ledger, Hamburg"))), StepRecorded)
    assert isinstance(one.send(answered(one, ("C1", "no"))), StepRecorded), "an answer replaces the one before"
    own = one.office.ask(QuestionnaireQuery(one.reference, "de"), by=HOLDER, of="DE")
    said = {each.question: each.answer for each in own.questions}
    assert (said["A1"], said["C1"], said["B1"], said["D1"]) == ("no", "no", "Ledger, Hamburg", "")
    assert not any(each.startswith("E") for each in said), "security is not asked for customs simplifications"
    assert one.office.ask(QuestionnaireQuery(one.reference, "de"), by=HOLDER, of="DE").questions[0].text.endswith("?")
    judged = CriterionJudged(one.reference, AeoCriterion.SOLVENCY, fulfilled=True)
    assert isinstance(one.decides(judged), StepRecorded)
    seen = one.office.ask(QuestionnaireQuery(one.reference), by=one.officer, of="DE")
    assert [(each.criterion, each.fulfilled) for each in seen.judged] == [("c", True)]
    assert one.office.ask(QuestionnaireQuery(one.reference), by=HOLDER, of="DE").judged == (), "the authority's own"


@pytest.mark.parametrize(
    ("pairs", "version", "words"),
    [
        ((("E1", "Fences"),), VERSION, "E1 is not asked"),
        ((("A1", "perhaps"),), VERSION, "with yes or no"),
        ((("A1", "no"), ("A1", "yes")), VERSION, "each question once"),
        ((("A1", "no"),), "2020-1", "now of version"),
    ],
)
def test_answers_that_do_not_fit_change_nothing_and_say_why(
    pairs: tuple[tuple[str, str], ...], version: str, words: str
) -> None:
    one = life()
    refused = one.send(answered(one, *pairs, version=version))
    assert isinstance(refused, NotPossible)
    assert words in refused.reason
    assert all(not e.answer for e in one.office.ask(QuestionnaireQuery(one.reference), by=HOLDER, of="DE").questions)


def test_a_criterion_that_the_type_does_not_rest_on_is_not_judged_and_a_no_has_its_reason() -> None:
    one = life()
    for wrong in (CriterionJudged(one.reference, AeoCriterion.SECURITY, fulfilled=True),
                  CriterionJudged(one.reference, AeoCriterion.RECORDS, fulfilled=False)):  # fmt: skip
        assert isinstance(one.decides(wrong), NotPossible)


def test_strangers_and_other_authorities_see_and_say_nothing() -> None:
    one = life()
    one.send(answered(one, ("A1", "no")))
    stranger, foreign = trader("FR99999999999999"), officer("at.officer", "AT")
    for by in (stranger, foreign):
        with pytest.raises(NotFound):
            one.office.ask(QuestionnaireQuery(one.reference), by=by, of="DE")
    assert isinstance(one.send(answered(one, ("A1", "yes")), stranger), NotPossible)
    assert isinstance(one.decides(CriterionJudged(one.reference, AeoCriterion.SOLVENCY, True), foreign), NotPossible)
    own = one.office.ask(QuestionnaireQuery(one.reference), by=HOLDER, of="DE")
    assert next(each.answer for each in own.questions if each.question == "A1") == "no"


def test_other_types_have_no_questionnaire_and_after_the_decision_nothing_is_answered() -> None:
    other = Life("2027-01-04T09:00", DecisionType.CGU, CGU)
    with pytest.raises(NotFound):
        other.office.ask(QuestionnaireQuery(other.reference), by=HOLDER)
    assert isinstance(other.send(answered(other, ("A1", "no"))), NotPossible)
    one = life().granted()
    assert isinstance(one.send(answered(one, ("A1", "no"))), NotPossible)
    assert not one.office.ask(QuestionnaireQuery(one.reference), by=HOLDER, of="DE").open
