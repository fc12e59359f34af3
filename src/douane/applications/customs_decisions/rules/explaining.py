"""A type of decision as everybody may see it: every fact that its tables declare, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from douane.applications.customs_decisions.messages.explaining import (
    ConsultationOfType,
    DependencyOfType,
    ElementOfType,
    LimitOfType,
    TypeExplained,
)
from douane.applications.customs_decisions.messages.words import ActKind, ConsultationKind, DecisionType
from douane.applications.customs_decisions.rules import limits
from douane.applications.customs_decisions.rules.conditions import CONDITIONS
from douane.applications.customs_decisions.rules.elements import annex_a
from douane.applications.customs_decisions.rules.types import TYPES, Dependency, Register, TypeFacts, resting_on
from douane.author import TimeLimit

ALL_STATES: Final = "all Member States, or those it names"
ONE_STATE: Final = "the Member State that grants it"


def explained(type: DecisionType) -> TypeExplained:
    """What is declared of a type."""
    facts = TYPES[type]
    return TypeExplained(
        type=type, title=facts.title, legal=facts.legal, competent=facts.competent.value,
        competent_by=facts.competent_by, holds_in=ONE_STATE if facts.one_state else ALL_STATES,
        criteria=facts.criteria, limits=tuple(map(_limit, dict.fromkeys(_limits(type, facts)))),
        consulted=tuple(
            ConsultationOfType(each.kind.value, each.days or 0, each.silence.value, each.article)
            for each in facts.consulted
        ),
        rests_on=tuple(_dependency(each, tuple(sorted(each.on))) for each in facts.rests_on),
        relied_on=tuple(_dependency(each, (other,)) for other, each in resting_on(type).items()),
        validity=_validity(facts),
        acts=tuple(sorted(facts.managed)), no_hearing=facts.no_hearing, register=facts.register.value,
        monitoring=facts.monitoring, elements=tuple(_elements(facts.column)),
    )  # fmt: skip


def _limit(limit: TimeLimit) -> LimitOfType:
    return LimitOfType(limit.id, limit.text, str(limit.length), limit.article, limit.silence.value)


def _limits(type: DecisionType, facts: TypeFacts) -> Iterator[TimeLimit]:
    """The limits that run for a type, in the order in which they may come."""
    yield from (limits.ACCEPTANCE, limits.COMPLETION, limits.INFORMATION)
    yield from (limits.for_deciding(type, several=False), limits.for_deciding(type, several=True))
    kinds = {each.kind for each in facts.consulted}
    if ConsultationKind.CRITERIA in kinds:
        yield limits.CRITERIA
    if ConsultationKind.DRAFT in kinds:
        yield from (limits.DRAFT_SENT, limits.DRAFT_ANSWER, limits.DISPUTE)
    if not facts.no_hearing:
        yield limits.HEARING
    yield limits.RECEIPT
    if facts.register is Register.OPERATORS:
        yield limits.AEO_EFFECT
    if facts.longest:
        yield limits.VALIDITY
    if ActKind.SUSPEND in facts.managed:
        yield from (limits.DOUBT, limits.MEASURES)
    if facts.rests_on:
        yield limits.ENTRY
    if ActKind.REVOKE in facts.managed:
        yield from (limits.DEFERRED, limits.BARRED)
    if ActKind.ANNUL in facts.managed:
        yield limits.BARRED_LONGER


def _dependency(each: Dependency, types: tuple[str, ...]) -> DependencyOfType:
    return DependencyOfType(types, each.effect.value, each.article, each.derived)


def _elements(column: str) -> Iterator[ElementOfType]:
    for each in annex_a().values():
        for cell in each.cells.get(column, ()):
            footnotes = tuple(sorted(cell.footnotes))
            said = tuple(CONDITIONS[number] for number in footnotes)
            yield ElementOfType(
                each.number, each.name, cell.status, cell.use, each.format, each.most, each.code_list, footnotes, said
            )


def _validity(facts: TypeFacts) -> str:
    """How long a decision of a type is valid."""
    if facts.longest is None:
        return "without limit (UCC art. 22(5))"
    most = f"{facts.longest} at most ({facts.longest_by})"
    if facts.longest_sensitive is None:
        return most
    return f"{most}; for goods of Annex 71-02 {facts.longest_sensitive} ({facts.longest_sensitive_by})"
