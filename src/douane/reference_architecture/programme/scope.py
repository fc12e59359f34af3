"""What a project must build: the closure of its tasks over calls, uses and checks, minus what is there.

What is absent is what the model knows as planned: ``douane model check --absent`` lists the same. What is there already
is counted, since a project that changes a task changes it too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from douane.model.architecture import Project
from douane.model.graph import PLANNED, ApplicationModel, EdgeKind, Node, NodeKind
from douane.vocabulary.errors import NotFound

EVERY: Final = "every Member State"
"""The administrations of a project that names none."""
_USED: Final = {
    NodeKind.TASK: (EdgeKind.GROUNDED,),
    NodeKind.OPERATION: (EdgeKind.TAKES, EdgeKind.ANSWERS, EdgeKind.DEMANDS, EdgeKind.RUNS, EdgeKind.CALLS),
    NodeKind.PROCESS: (EdgeKind.BOUND, EdgeKind.CALLS),
    NodeKind.STEP: (EdgeKind.CALLS,),
    NodeKind.TYPE: (EdgeKind.HOLDS,),
    NodeKind.RULE: (EdgeKind.LOOKS_UP,),
    NodeKind.REQUIREMENT: (EdgeKind.SHOWN_BY,),
}  # fmt: skip
"""What an element of a scope brings along by an edge that leaves it."""
_REACHED: Final = {
    NodeKind.TASK: ((EdgeKind.FULFILS, NodeKind.OPERATION),),
    NodeKind.PROCESS: ((EdgeKind.WITHIN, NodeKind.STEP),),
    NodeKind.TYPE: ((EdgeKind.CHECKS, NodeKind.RULE),),
}  # fmt: skip
"""And by an edge that reaches it, from elements of a kind."""
SHOWN: Final = (
    NodeKind.TASK, NodeKind.PROCESS, NodeKind.OPERATION, NodeKind.TYPE, NodeKind.ELEMENT, NodeKind.RULE,
    NodeKind.LIMIT, NodeKind.CODE_LIST, NodeKind.REQUIREMENT, NodeKind.TEST, NodeKind.LEGAL,
)  # fmt: skip
"""The kinds that a scope is told of, in this order."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What tasks need. absent: to be built. present: there already, and touched.

    tests: for each operation that is absent, what a test of it must show. administrations: those that take part.
    """

    tasks: tuple[Node, ...]
    absent: Mapping[NodeKind, tuple[Node, ...]] = field(default_factory=dict)
    present: Mapping[NodeKind, tuple[Node, ...]] = field(default_factory=dict)
    tests: tuple[str, ...] = ()
    administrations: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How much is to be built."""
        return sum(map(len, self.absent.values()))


def scope_of(model: ApplicationModel, tasks: Iterable[str], administrations: Iterable[str] = ()) -> Scope:
    """The scope of tasks, by their names. Raises NotFound for one that the model does not have."""
    chosen = [_task(model, name) for name in dict.fromkeys(tasks)]
    found = _closure(model, chosen)
    found += [each for each in _planned_processes(model, chosen) if each not in found]
    absent: dict[NodeKind, tuple[Node, ...]] = {}
    present: dict[NodeKind, tuple[Node, ...]] = {}
    for kind in SHOWN:
        mine = sorted((node for node in found if node.kind is kind), key=lambda each: each.name)
        for there, into in ((False, absent), (True, present)):
            part = tuple(node for node in mine if (node.status != PLANNED) is there)
            if part:
                into[kind] = part
    tests = tuple(f"{each.name}: {each.title}" for each in absent.get(NodeKind.OPERATION, ()))
    return Scope(tuple(chosen), absent, present, tests, tuple(administrations) or (EVERY,))


_KNOWN: Final[WeakKeyDictionary[ApplicationModel, dict[tuple[tuple[str, ...], tuple[str, ...]], Scope]]] = (
    WeakKeyDictionary()
)
"""Scopes that were computed: a model is frozen, and each page asks for the scope of every project."""


def scope_of_project(model: ApplicationModel, project: Project) -> Scope:
    """The scope of a project."""
    known, key = _KNOWN.setdefault(model, {}), (project.tasks, project.administrations)
    if key not in known:
        known[key] = scope_of(model, *key)
    return known[key]


def _task(model: ApplicationModel, name: str) -> Node:
    id = f"{NodeKind.TASK.value}:{name}"
    if id not in model:
        near = sorted(n.name for n in model.of(NodeKind.TASK) if n.name[:3] == name[:3].upper())
        hint = f"Of this kind there are {', '.join(near[:6])}." if near else "douane model show lists none like it."
        raise NotFound(f"The model has no task {name!r}.", remedy=f"Name a declared task. {hint}")
    return model.node(id)


def _planned_processes(model: ApplicationModel, tasks: Iterable[Node]) -> list[Node]:
    """Procedures that will call what fulfils the tasks: named, but what else they call is another task's."""
    operations = [e.source for each in tasks for e in model.into(each.id) if e.kind is EdgeKind.FULFILS]
    calling = {e.source for id in operations for e in model.into(id) if e.kind is EdgeKind.CALLS}
    return [model.node(id) for id in calling if id in model and model.node(id).kind is NodeKind.PROCESS]


def _closure(model: ApplicationModel, start: Iterable[Node]) -> list[Node]:
    found = {node.id: node for node in start}
    waiting = deque(found.values())
    while waiting:
        node = waiting.popleft()
        ends = [edge.target for edge in model.out(node.id) if edge.kind in _USED.get(node.kind, ())]
        for kind, origin in _REACHED.get(node.kind, ()):
            ends += [
                edge.source for edge in model.into(node.id)
                if edge.kind is kind and edge.source in model and model.node(edge.source).kind is origin
            ]  # fmt: skip
        for id in ends:
            if id in model and id not in found:
                found[id] = model.node(id)
                waiting.append(found[id])
    return list(found.values())
