"""The compiled process: an immutable transition table, its content hash, and the names it needs bound."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Final

import msgspec

from douane.standards.bpmn.calls import split
from douane.standards.bpmn.collaboration import Collaboration

ROOT: Final = -1  # the scope of nodes that stand directly in the process


class Kind(enum.IntEnum):
    """What a node does when a token arrives."""

    START = 0
    SERVICE = 1
    SEND = 2
    RECEIVE = 3
    USER = 4
    BUSINESS_RULE = 5
    SUB_PROCESS = 6
    EXCLUSIVE = 7
    PARALLEL = 8
    EVENT_GATEWAY = 9
    CATCH_MESSAGE = 10
    CATCH_TIMER = 11
    THROW_NONE = 12
    THROW_MESSAGE = 13
    END = 14
    END_MESSAGE = 15
    END_ERROR = 16
    END_TERMINATE = 17
    BOUNDARY_TIMER = 18
    BOUNDARY_MESSAGE = 19
    BOUNDARY_ERROR = 20


TASKS: Final = frozenset({Kind.SERVICE, Kind.SEND, Kind.RECEIVE, Kind.USER, Kind.BUSINESS_RULE})
BOUNDARIES: Final = frozenset({Kind.BOUNDARY_TIMER, Kind.BOUNDARY_MESSAGE, Kind.BOUNDARY_ERROR})
ENDS: Final = frozenset({Kind.END, Kind.END_MESSAGE, Kind.END_ERROR, Kind.END_TERMINATE})


class Node(msgspec.Struct, frozen=True, gc=False):
    """One place of the process. Numbers are indexes into ``Definition.nodes`` and ``Definition.flows``; -1 is none.

    scope: the sub-process it stands in. outgoing: in the order in which conditions are asked. attached: the activity
    of a boundary event. start: the first node inside a sub-process. message, timer, error: what an event or task names.
    """

    index: int
    id: str
    name: str
    kind: Kind
    scope: int = ROOT
    incoming: tuple[int, ...] = ()
    outgoing: tuple[int, ...] = ()
    default: int = -1
    boundary: tuple[int, ...] = ()
    attached: int = -1
    start: int = -1
    message: str = ""
    timer: str = ""
    error: str = ""


class Flow(msgspec.Struct, frozen=True, gc=False):
    """One sequence flow; ``condition`` names a predicate, which must be false where ``negated``."""

    index: int
    id: str
    name: str
    source: int
    target: int
    condition: str = ""
    negated: bool = False


class Use(msgspec.Struct, frozen=True, gc=False):
    """A name that the runtime must bind, and the element that uses it."""

    name: str
    element: str
    kind: Kind
    line: int = 0


class Definition(msgspec.Struct, frozen=True):
    """An executable process.

    hash: sha256 over everything the engine and the bindings see; the drawing, labels and documentation are not in it.
    fingerprint: its first 63 bits, which every state carries. tasks, conditions, messages, timers, errors: the names to
    bind, each with the element that uses it (task names are element ids; a condition of a called process is
    ``call/name``; a timer names an ISO 8601 duration or a
    deadline function). starts: message name ('' for none) to start node.
    What follows are tables derived for the engine; then what people read of it, which the hash does not cover either.
    """

    process: str
    name: str
    source: str
    hash: str
    fingerprint: int
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    starts: dict[str, int]
    tasks: tuple[Use, ...]
    conditions: tuple[Use, ...]
    messages: tuple[Use, ...]
    timers: tuple[Use, ...]
    errors: tuple[Use, ...]
    holder: tuple[int, ...]  # node -> where the token sits that this node's timer or message moves
    listeners: dict[str, tuple[int, ...]]  # message name -> nodes that listen for it
    plain: tuple[bool, ...]  # node -> a task that its caller completes, with nothing on its border
    joins: bool  # whether tokens ever wait for each other
    calls: dict[str, str] = {}  # call activity -> the process it calls; what is copied from it is ``call/id``
    many: frozenset[str] = frozenset()  # service tasks that ask several at once: to the engine one task each
    roles: tuple[str, ...] = ()  # node -> who does it: its lane, or whom it names itself
    texts: tuple[str, ...] = ()  # node -> its documentation
    collaboration: Collaboration | None = None

    def node(self, id: str) -> Node:
        """The node with that id. Raises KeyError."""
        for node in self.nodes:
            if node.id == id:
                return node
        raise KeyError(id)

    def owner(self, id: str) -> str:
        """The id of the process in whose file a node stands: a called one's, or this."""
        return self.calls.get(split(id)[0], self.process)

    def path(self, trace: Iterable[int]) -> tuple[str, ...]:
        """Ids of the flows in ``trace`` and of the nodes they leave and reach, in order, without repeats in a row."""
        ids: list[str] = []
        for index in trace:
            flow = self.flows[index]
            for id in (self.nodes[flow.source].id, flow.id, self.nodes[flow.target].id):
                if not ids or ids[-1] != id:
                    ids.append(id)
        return tuple(ids)
