"""The words of ArchiMate 3.2: which concepts and relationships there are, and which relationships no two concepts have.

The standard's tables say for each pair of concepts what is allowed. What is kept here is what all of them share, as
rules that refuse: a relationship that breaks one of these is in no table. Where no rule speaks the tables may still be
narrower; what this product writes itself keeps to the pairs of ``reference_architecture.exchange.mapping``.
"""

from __future__ import annotations

import enum
from typing import Final


class Relation(enum.StrEnum):
    """Kinds of relationships."""

    ACCESS = "Access"
    AGGREGATION = "Aggregation"
    ASSIGNMENT = "Assignment"
    ASSOCIATION = "Association"
    COMPOSITION = "Composition"
    FLOW = "Flow"
    INFLUENCE = "Influence"
    REALIZATION = "Realization"
    SERVING = "Serving"
    SPECIALIZATION = "Specialization"
    TRIGGERING = "Triggering"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STRATEGY: Final = _words("Capability CourseOfAction Resource ValueStream")
BUSINESS: Final = _words(
    "BusinessActor BusinessCollaboration BusinessEvent BusinessFunction BusinessInteraction BusinessInterface "
    "BusinessObject BusinessProcess BusinessRole BusinessService Contract Product Representation"
)
APPLICATION: Final = _words(
    "ApplicationCollaboration ApplicationComponent ApplicationEvent ApplicationFunction ApplicationInteraction "
    "ApplicationInterface ApplicationProcess ApplicationService DataObject"
)
TECHNOLOGY: Final = _words(
    "Artifact CommunicationNetwork Device DistributionNetwork Equipment Facility Material Node Path SystemSoftware "
    "TechnologyCollaboration TechnologyEvent TechnologyFunction TechnologyInteraction TechnologyInterface "
    "TechnologyProcess TechnologyService"
)
MOTIVATION: Final = _words("Assessment Constraint Driver Goal Meaning Outcome Principle Requirement Stakeholder Value")
IMPLEMENTATION: Final = _words("Deliverable Gap ImplementationEvent Plateau WorkPackage")
JUNCTIONS: Final = _words("AndJunction OrJunction")
OPEN: Final = JUNCTIONS | _words("Grouping")
"""Concepts that stand for others: what they join decides what is allowed, so that no rule speaks of them."""
HOLDERS: Final = OPEN | _words("Location Plateau Product")
"""Concepts that may be composed of concepts of other layers."""
PASSIVE: Final = _words("Artifact BusinessObject Contract DataObject Material Representation")
LAYERS: Final = (STRATEGY, BUSINESS, APPLICATION, TECHNOLOGY, MOTIVATION, IMPLEMENTATION)
CONCEPTS: Final = frozenset().union(*LAYERS, HOLDERS)
"""Every concept that an element can be."""
_MOVING: Final = frozenset({Relation.FLOW, Relation.SERVING, Relation.TRIGGERING})
_STILL: Final = PASSIVE | MOTIVATION | _words("Deliverable Gap")


def forbidden(relation: Relation, source: str, target: str) -> str:
    """The rule that forbids a relationship between two concepts, in a sentence; empty where none does.

    source, target: a concept, or empty for a relationship, which only an association can reach or leave.
    """
    if relation is Relation.ASSOCIATION:
        return ""
    if not source or not target:
        return "only an association joins a relationship to something"
    if source in OPEN or target in OPEN:
        return ""
    match relation:
        case Relation.ACCESS if target not in PASSIVE and target != "Deliverable":
            return "an access ends at a passive concept, such as a data object"
        case Relation.ACCESS if source in PASSIVE | MOTIVATION:
            return "an access begins at what acts"
        case Relation.INFLUENCE if target not in MOTIVATION:
            return "an influence ends at a concept of motivation, such as a goal"
        case Relation.SPECIALIZATION if source != target:
            return "a specialization joins two elements of one concept"
        case Relation.COMPOSITION if source not in HOLDERS and _layer(source) != _layer(target):
            return "a composition stays within its layer"
        case _ if relation in _MOVING and (source in _STILL or target in _STILL):
            return f"{relation.value.lower()} joins what acts, not what is passive or wanted"
        case Relation.REALIZATION if source in MOTIVATION and target not in MOTIVATION:
            return "what is wanted realizes nothing but what is wanted"
        case Relation.ASSIGNMENT if source in MOTIVATION | PASSIVE:
            return "an assignment begins at what acts"
        case _:
            return ""


def _layer(concept: str) -> int:
    return next((n for n, layer in enumerate(LAYERS) if concept in layer), -1)
