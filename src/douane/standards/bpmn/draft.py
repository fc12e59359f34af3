"""A process on its way to a definition: what the reader found, before and after its references are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from douane.standards.bpmn.definition import Kind
from douane.standards.bpmn.document import Document, Element
from douane.vocabulary.errors import Fault

CODE: Final = "BPMN"


@dataclass(slots=True, eq=False)
class DraftNode:
    """A node as written in the file; ``incoming`` and ``outgoing`` are filled by the checks."""

    element: Element
    kind: Kind
    scope: DraftNode | None
    message: str = ""
    timer: str = ""
    error: str = ""
    attached: str = ""
    default: str = ""
    order: tuple[str, ...] = ()
    incoming: list[DraftFlow] = field(default_factory=list)
    outgoing: list[DraftFlow] = field(default_factory=list)
    boundary: list[DraftNode] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id in the file."""
        return self.element.id


@dataclass(slots=True, eq=False)
class DraftFlow:
    """A sequence flow as written in the file."""

    element: Element
    source: str
    target: str
    scope: DraftNode | None
    condition: str
    negated: bool


@dataclass(slots=True, eq=False)
class Draft:
    """All nodes by id and all flows in document order.

    calls: of each call activity the process that it calls. many: tasks that ask several at once.
    roles: of each node who does it.
    """

    document: Document
    process: Element
    calls: dict[str, str] = field(default_factory=dict)
    many: set[str] = field(default_factory=set)
    roles: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, DraftNode] = field(default_factory=dict)
    flows: list[DraftFlow] = field(default_factory=list)


def fault(document: Document, element: Element, reason: str) -> Fault:
    """A fault at an element: the pointer names file and element id."""
    return Fault(f"{document.source}#{element.id or element.local}", CODE, reason, line=element.line)
