"""What is asked of a type of decision, and everything that the declared tables say of it."""

from __future__ import annotations

from msgspec import Struct

from douane.applications.customs_decisions.messages.words import DecisionType


class TypeQuery(Struct, frozen=True):
    """What does the law say of a type of decision, and what is declared of it here?"""

    type: DecisionType


class LimitOfType(Struct, frozen=True):
    """A time limit that runs for it. limit: its name, under which it is explained."""

    limit: str
    text: str
    length: str
    article: str
    silence: str


class ConsultationOfType(Struct, frozen=True):
    """How other authorities are asked. days: as many as the article gives; 0 where the authority that asks says."""

    kind: str
    days: int
    silence: str
    article: str


class DependencyOfType(Struct, frozen=True):
    """A decision of one of these types, and what its end or suspension means for the other."""

    types: tuple[str, ...]
    effect: str
    article: str
    derived: bool


class ElementOfType(Struct, frozen=True):
    """A data element. status: A demanded, B where a Member State demands it, C the applicant's choice. use: in an
    application, in a decision, or in both. most: how often it may be repeated. conditions: what frees from it, or when
    it is asked."""

    element: str
    name: str
    status: str
    use: str
    format: str
    most: int
    code_list: str
    footnotes: tuple[int, ...]
    conditions: tuple[str, ...]


class TypeExplained(Struct, frozen=True, kw_only=True):
    """Everything that is declared of a type of decision. holds_in: where it has effect. relied_on: types of decision
    that rest on it. no_hearing: why nobody is heard; empty where the person is."""

    type: DecisionType
    title: str
    legal: str
    competent: str
    competent_by: str
    holds_in: str
    criteria: tuple[str, ...]
    limits: tuple[LimitOfType, ...]
    consulted: tuple[ConsultationOfType, ...]
    rests_on: tuple[DependencyOfType, ...]
    relied_on: tuple[DependencyOfType, ...]
    validity: str
    acts: tuple[str, ...]
    no_hearing: str
    register: str
    monitoring: str
    elements: tuple[ElementOfType, ...]
