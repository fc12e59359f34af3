"""The questionnaire as a form of its applicant, and as what an officer judges criterion by criterion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Final

from douane.applications.customs_decisions.messages.questionnaire import AeoCriterion, QuestionnaireShown
from douane.applications.customs_decisions.screens import telling
from douane.author.pages import (
    Act,
    Block,
    Card,
    Column,
    Entry,
    Field,
    Given,
    Group,
    Link,
    Option,
    Page,
    Row,
    Screen,
    Situation,
    Table,
    Text,
    Words,
    faulty,
)

OWN: Final = "/applications/{reference}/questionnaire"
CASE: Final = "/decisions/{reference}/questionnaire"
_SERVICE: Final = "customs_decisions"
_ANSWER, _JUDGE = ((_SERVICE, each) for each in ("answer_questionnaire", "judge_criterion"))
_FIELD: Final = re.compile(r"\Aq([A-E][1-9])\Z")


def _titles(words: Words) -> Mapping[AeoCriterion, str]:
    return {
        AeoCriterion.COMPLIANCE: words.plain("Compliance (UCC art. 39(a))"),
        AeoCriterion.RECORDS: words.plain("Control of operations and records (UCC art. 39(b))"),
        AeoCriterion.SOLVENCY: words.plain("Financial solvency (UCC art. 39(c))"),
        AeoCriterion.COMPETENCE: words.plain("Practical standards of competence (UCC art. 39(d))"),
        AeoCriterion.SECURITY: words.plain("Security and safety (UCC art. 39(e))"),
    }


def _page(answer: QuestionnaireShown, given: Given, back: str) -> Page:
    words = given.words
    left = sum(not each.answer for each in answer.questions)
    lead = words.say("Version %(version)s. %(label)s. Not answered: %(left)s.", version=answer.version,
                     label=words.model(answer.label), left=left)  # fmt: skip
    blocks: list[Block] = [*telling.forms(given)]
    names = (words.plain("Question"), words.plain("Article"), words.plain("Answer"))
    for criterion, asked in groupby(answer.questions, key=lambda each: each.criterion):
        title = _titles(words)[criterion]
        rows = tuple(Row((each.text, each.article, words.model(each.answer) if each.yes_or_no else each.answer))
                     for each in asked)  # fmt: skip
        judged = next((each for each in answer.judged if each.criterion is criterion), None)
        said = [Text(_judged(judged.fulfilled, judged.remarks, words))] if judged is not None else []
        blocks.append(Card(f"criterion-{criterion}", title, (Table(title, tuple(map(Column, names)), rows), *said)))
    crumbs = (Link(answer.reference, back),)
    title = words.plain("Questionnaire of an economic operator")
    return Page(title, tuple(blocks), state=lead, crumbs=crumbs, faulty=faulty(given))


def _judged(fulfilled: bool, remarks: str, words: Words) -> str:
    verdict = words.plain("Judged: fulfilled.") if fulfilled else words.plain("Judged: not fulfilled.")
    return f"{verdict} {remarks}".strip()


def own(answer: QuestionnaireShown, given: Given) -> Page:
    """The applicant's page."""
    return _page(answer, given, f"/applications/{answer.reference}")


def case(answer: QuestionnaireShown, given: Given) -> Page:
    """The officer's page."""
    return _page(answer, given, f"/decisions/{answer.reference}")


def _of_applicant(answer: QuestionnaireShown, given: Given) -> Situation:
    words = given.words
    options = (Option("", ""), Option("yes", words.plain("yes")), Option("no", words.plain("no")))
    groups = tuple(
        Group(
            _titles(words)[criterion],
            tuple(
                Field(f"q{each.question}", each.text, each.answer, hint=each.article,
                      options=options if each.yes_or_no else (), rows=0 if each.yes_or_no else 3)
                for each in asked
            ),
            name=f"criterion_{criterion}",
        )
        for criterion, asked in groupby(answer.questions, key=lambda each: each.criterion)
    )  # fmt: skip
    known: dict[str, str | int] = {"reference": answer.reference, "version": answer.version}
    return Situation(frozenset({_ANSWER}) if answer.open else frozenset(), known, asks=groups)


def _of_officer(answer: QuestionnaireShown, _given: Given) -> Situation:
    return Situation(frozenset({_JUDGE}) if answer.open else frozenset(), {"reference": answer.reference})


def answered(said: Mapping[str, str]) -> dict[str, object]:
    """The answers of a message, from what was filled in."""
    matched = ((_FIELD.match(name), text) for name, text in said.items())
    return {"answers": [{"question": match[1], "answer": text} for match, text in matched if match and text]}


def _question(given: Given) -> dict[str, object]:
    language = given.words.language if given.words.language in ("en", "fr", "de") else "en"
    return {"reference": given.path["reference"], "language": language}


ACTS: Final = (
    Act(
        f"{_SERVICE}.answer_questionnaire", "Send these answers", (),
        {"reference": "reference", "version": "version"}, telling.refused, OWN, composes=answered,
        tasks=frozenset({_ANSWER}),
    ),
    Act(
        f"{_SERVICE}.judge_criterion", "Judge a criterion",
        (Entry("criterion", options=tuple(Option(each.value, f"UCC art. 39({each})") for each in AeoCriterion)),
         Entry("fulfilled", options=(Option("true", "Fulfilled"), Option("false", "Not fulfilled"))),
         Entry("remarks")),
        {"reference": "reference"}, telling.refused, CASE, tasks=frozenset({_JUDGE}),
    ),
)  # fmt: skip
"""The forms of both."""
SCREENS: Final = (
    Screen(f"{_SERVICE}.show_questionnaire", OWN, own, "", _question, _of_applicant),
    Screen(f"{_SERVICE}.show_questionnaire", CASE, case, "", _question, _of_officer),
)
"""The pages of both."""
