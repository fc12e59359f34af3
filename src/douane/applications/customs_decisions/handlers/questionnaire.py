"""The questionnaire for authorised economic operators in a case: answered by its applicant, judged by its officers."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.cases import UNDECIDED, must_be, recorded, refuse, stop
from douane.applications.customs_decisions.handlers.showing import shown_case
from douane.applications.customs_decisions.messages.questionnaire import (
    AeoCriterion,
    CriterionJudged,
    CriterionShown,
    QuestionnaireAnswered,
    QuestionnaireQuery,
    QuestionnaireShown,
    QuestionShownOfAeo,
)
from douane.applications.customs_decisions.records import DecisionCase, Judged, OwnAnswer
from douane.applications.customs_decisions.rules.questionnaire import OPERATORS, against, criteria, questionnaire
from douane.author import ActorKind, NotFound
from douane.author.run import View, Work, answers, handles

ARTICLE = "UCC art. 39"


@handles(CustomsDecisions.answer_questionnaire, reads=(DecisionCase,), refuse=refuse)
def answer_questionnaire(work: Work, m: QuestionnaireAnswered) -> None:
    """Keep answers until the decision; an answer replaces the one before."""
    case = work.need(DecisionCase)
    must_be(case, UNDECIDED, "answer the questionnaire", ARTICLE)
    why = against(case.type, m.version, m.answers)
    if why:
        raise stop(why, ARTICLE)
    named = {each.question for each in m.answers}
    given = tuple(OwnAnswer(each.question, each.answer, m.version, work.lawful_now) for each in m.answers)
    work.put(replace(case, answers=(*(e for e in case.answers if e.question not in named), *given)))
    recorded(work, case, "questionnaire answered", len(m.answers))


@handles(CustomsDecisions.judge_criterion, reads=(DecisionCase,), refuse=refuse)
def judge_criterion(work: Work, m: CriterionJudged) -> None:
    """Keep how a criterion is judged; the decision is an act of its own."""
    case = work.need(DecisionCase)
    must_be(case, UNDECIDED, "judge a criterion", ARTICLE)
    if m.criterion not in criteria(case.type):
        raise stop(f"{case.type} does not rest on UCC art. 39({m.criterion}).", f"UCC art. 39({m.criterion})")
    if not m.fulfilled and not m.remarks:
        raise stop("Say why it is not fulfilled.", f"UCC art. 39({m.criterion})")
    judged = Judged(m.criterion.value, m.fulfilled, m.remarks, work.caller.human, work.lawful_now)
    others = tuple(each for each in case.judged if each.criterion != m.criterion.value)
    work.put(replace(case, judged=(*others, judged)))
    recorded(work, case, f"UCC art. 39({m.criterion}) judged")


@answers(CustomsDecisions.show_questionnaire)
def show_questionnaire(view: View, question: QuestionnaireQuery) -> QuestionnaireShown:
    """The questions of a type with the answers; how they were judged, to officers."""
    case = shown_case(view, question.reference, CustomsDecisions.show_questionnaire)
    if case.type not in OPERATORS:
        raise NotFound(f"There is no questionnaire for {case.type}.", remedy="Look at the application.")
    known, given = questionnaire(), {each.question: each.answer for each in case.answers}
    asked = tuple(
        QuestionShownOfAeo(each.id, each.criterion, each.article, each.texts[question.language], each.yes_or_no,
                           given.get(each.id, ""))
        for each in known.of(case.type)
    )  # fmt: skip
    officer = view.caller.kind is ActorKind.OFFICER
    judged = tuple(
        CriterionShown(AeoCriterion(each.criterion), each.fulfilled, each.remarks, each.officer,
                       view.date(each.at, case.office))
        for each in sorted(case.judged, key=lambda each: each.criterion) if officer
    )  # fmt: skip
    return QuestionnaireShown(
        reference=case.reference, version=known.version, label=known.label, open=case.where in UNDECIDED,
        questions=asked, judged=judged,
    )  # fmt: skip
