"""What our kinds are in ArchiMate, and which relationship each edge becomes: an arrow that the standard's tables have.

An edge whose exact meaning no table allows between these concepts becomes a directed association. Its own name and
proof are properties in any case, so that nothing depends on the arrow when a file of ours is read again.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from douane.model.graph import Edge, EdgeKind, NodeKind
from douane.standards.archimate.language import Relation


class Concept(NamedTuple):
    """A concept of ArchiMate, and what our kind is called within it."""

    name: str
    own: str


CONCEPTS: Final = {
    NodeKind.GOAL: Concept("Goal", "Goal"),
    NodeKind.CAPABILITY: Concept("Capability", "Capability"),
    NodeKind.PROCESS_LEVEL: Concept("BusinessProcess", "Process level"),
    NodeKind.TASK: Concept("BusinessFunction", "Business task"),
    NodeKind.REQUIREMENT: Concept("Requirement", "Requirement"),
    NodeKind.PROJECT: Concept("WorkPackage", "Project"),
    NodeKind.SERVICE: Concept("ApplicationService", "Customs service"),
    NodeKind.OPERATION: Concept("ApplicationFunction", "Operation"),
    NodeKind.PROCESS: Concept("BusinessProcess", "Executable process"),
    NodeKind.STEP: Concept("BusinessProcess", "Step of a process"),
    NodeKind.TYPE: Concept("DataObject", "Message type"),
    NodeKind.ELEMENT: Concept("DataObject", "Data element"),
    NodeKind.CODE_LIST: Concept("DataObject", "Code list"),
    NodeKind.RULE: Concept("Constraint", "Business rule"),
    NodeKind.LIMIT: Concept("Constraint", "Time limit"),
    NodeKind.TABLE: Concept("DataObject", "Decision table"),
    NodeKind.CIRCLE: Concept("Grouping", "Circle of trust"),
    NodeKind.ACTOR: Concept("BusinessRole", "Caller"),
    NodeKind.LEVEL: Concept("Requirement", "Service level"),
    NodeKind.LEGAL: Concept("Requirement", "Legal basis"),
    NodeKind.COMPONENT: Concept("ApplicationComponent", "Component"),
    NodeKind.INSTANCE: Concept("Node", "Running instance"),
    NodeKind.PLATFORM: Concept("ApplicationInterface", "Platform"),
    NodeKind.TEST: Concept("Artifact", "Test"),
}


class Arrow(NamedTuple):
    """A relationship; ``turned``: from the target of our edge to its source. access: Read or Write."""

    relation: Relation
    turned: bool = False
    access: str = ""


_ANY: Final = Arrow(Relation.ASSOCIATION)
_PART: Final = Arrow(Relation.COMPOSITION, turned=True)
_SERVED: Final = Arrow(Relation.SERVING, turned=True)
ARROWS: Final = {
    (NodeKind.CAPABILITY, EdgeKind.SERVES, NodeKind.GOAL): Arrow(Relation.REALIZATION),
    (NodeKind.PROCESS_LEVEL, EdgeKind.REALISES, NodeKind.CAPABILITY): Arrow(Relation.REALIZATION),
    (NodeKind.SERVICE, EdgeKind.REALISES, NodeKind.CAPABILITY): Arrow(Relation.REALIZATION),
    (NodeKind.PROJECT, EdgeKind.CHANGES, NodeKind.CAPABILITY): Arrow(Relation.REALIZATION),
    (NodeKind.PROCESS_LEVEL, EdgeKind.WITHIN, NodeKind.PROCESS_LEVEL): _PART,
    (NodeKind.TASK, EdgeKind.WITHIN, NodeKind.PROCESS_LEVEL): _PART,
    (NodeKind.STEP, EdgeKind.WITHIN, NodeKind.PROCESS): _PART,
    (NodeKind.OPERATION, EdgeKind.FULFILS, NodeKind.TASK): Arrow(Relation.REALIZATION),
    (NodeKind.OPERATION, EdgeKind.DEMANDS, NodeKind.REQUIREMENT): Arrow(Relation.REALIZATION),
    (NodeKind.OPERATION, EdgeKind.GROUNDED, NodeKind.LEGAL): Arrow(Relation.REALIZATION),
    (NodeKind.SERVICE, EdgeKind.GROUNDED, NodeKind.LEGAL): Arrow(Relation.REALIZATION),
    (NodeKind.SERVICE, EdgeKind.AT_LEVEL, NodeKind.LEVEL): Arrow(Relation.REALIZATION),
    (NodeKind.SERVICE, EdgeKind.OFFERS, NodeKind.OPERATION): Arrow(Relation.REALIZATION, turned=True),
    (NodeKind.OPERATION, EdgeKind.TAKES, NodeKind.TYPE): Arrow(Relation.ACCESS, access="Read"),
    (NodeKind.OPERATION, EdgeKind.ANSWERS, NodeKind.TYPE): Arrow(Relation.ACCESS, access="Write"),
    (NodeKind.SERVICE, EdgeKind.DECIDES, NodeKind.TABLE): Arrow(Relation.ACCESS, access="Read"),
    (NodeKind.OPERATION, EdgeKind.CALLED_BY, NodeKind.ACTOR): Arrow(Relation.SERVING),
    (NodeKind.ACTOR, EdgeKind.BELONGS, NodeKind.CIRCLE): Arrow(Relation.AGGREGATION, turned=True),
    (NodeKind.SERVICE, EdgeKind.RUNS, NodeKind.PROCESS): Arrow(Relation.SERVING),
    (NodeKind.OPERATION, EdgeKind.RUNS, NodeKind.PROCESS): Arrow(Relation.SERVING),
    (NodeKind.STEP, EdgeKind.CALLS, NodeKind.OPERATION): _SERVED,
    (NodeKind.TYPE, EdgeKind.HOLDS, NodeKind.ELEMENT): Arrow(Relation.AGGREGATION),
    (NodeKind.SERVICE, EdgeKind.BUILT_FROM, NodeKind.COMPONENT): Arrow(Relation.REALIZATION, turned=True),
    (NodeKind.COMPONENT, EdgeKind.USES, NodeKind.COMPONENT): _SERVED,
}


def arrow(edge: Edge) -> Arrow:
    """The relationship that an edge becomes."""
    return ARROWS.get((kind_of(edge.source), edge.kind, kind_of(edge.target)), _ANY)


def kind_of(id: str) -> NodeKind:
    """The kind of a node, by its id."""
    return NodeKind(id.partition(":")[0])
