"""The questionnaire for authorised economic operators as data: our own wording, each question with its criterion."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from douane.applications.customs_decisions.messages.questionnaire import AeoCriterion, QuestionAnswered
from douane.applications.customs_decisions.messages.words import DecisionType

_PACKAGE: Final = "douane.applications.customs_decisions"
OPERATORS: Final = frozenset({DecisionType.AEOC, DecisionType.AEOS, DecisionType.AEOF})
YES_OR_NO: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Question:
    """A question. texts: by language; types: the authorisations for which it is asked."""

    id: str
    criterion: AeoCriterion
    article: str
    yes_or_no: bool
    texts: Mapping[str, str]
    types: frozenset[DecisionType]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version. label: whose wording it is."""

    version: str
    label: str
    questions: tuple[Question, ...]

    def of(self, type: DecisionType) -> tuple[Question, ...]:
        """The questions that are asked for a type."""
        return tuple(each for each in self.questions if type in each.types)


@functools.cache
def questionnaire() -> Questionnaire:
    """The version in force."""
    text = (resources.files(_PACKAGE) / "tables" / "aeo_questionnaire.jsonl").read_text(encoding="utf-8")
    head, *rows = map(json.loads, text.splitlines())
    questions = tuple(
        Question(
            row["id"], AeoCriterion(row["criterion"]), row["article"], row["answer"] == "yesno",
            {language: row[language] for language in ("en", "fr", "de")},
            frozenset(map(DecisionType, row["types"])) if "types" in row else OPERATORS,
        )
        for row in rows
    )  # fmt: skip
    return Questionnaire(head["version"], head["label"], questions)


def criteria(type: DecisionType) -> frozenset[AeoCriterion]:
    """The criteria of UCC art. 39 that a type rests on."""
    return frozenset(each.criterion for each in questionnaire().of(type))


def against(type: DecisionType, version: str, answers: tuple[QuestionAnswered, ...]) -> str:
    """Why these answers cannot be taken; empty where they can."""
    known = {each.id: each for each in questionnaire().of(type)}
    if not known:
        return f"There is no questionnaire for {type}."
    if version != questionnaire().version:
        return f"The questionnaire is now of version {questionnaire().version}; answer that."
    strange = [each.question for each in answers if each.question not in known]
    if strange:
        return f"{', '.join(strange)} is not asked for {type}."
    named = [each.question for each in answers]
    if len(set(named)) < len(named):
        return "Answer each question once."
    vague = [e.question for e in answers if known[e.question].yes_or_no and e.answer not in YES_OR_NO]
    return f"Answer {', '.join(vague)} with yes or no." if vague else ""
