"""Answers from the model of what is installed: to the untrusted circle from its public part alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.handlers.dating import dated, with_codes
from douane.applications.architecture.handlers.finding import element, kept, line_of, page_of, seen_by
from douane.applications.architecture.handlers.running import nodes_with
from douane.applications.architecture.handlers.using import in_use, usage_of, used
from douane.applications.architecture.messages import (
    ElementFact,
    ElementLine,
    ElementQuery,
    ElementShown,
    HopOfWay,
    Neighbour,
    Neighbours,
    NodeShown,
    OutcomeOfTest,
    StepOfProcess,
)
from douane.author import MOST_LISTED
from douane.author.run import View, answers
from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import outcome, proof_of, stamp
from douane.reference_architecture.usage import Usage
from douane.reference_architecture.ways import way

SHAPE: Final = frozenset({"required", "optional", "untyped", "request", "replies"})
"""Facts that edges say too, to elements that can be looked at."""


@answers(ReferenceArchitecture.show)
def show(view: View, question: ElementQuery) -> ElementShown:
    """An element of the part that whoever asks may see."""
    model = seen_by(view)
    nodes = nodes_with(view, element(model, question.id)) if question.id.startswith("service:") else None
    known = usage_of(view)
    answer = (
        kept(view, f"show {stamp()}", question, lambda: shown(model, question))
        if known is None and nodes is None else shown(model, question, known, nodes)
    )  # fmt: skip
    return with_codes(dated(answer, view, question.on), view, question.on)


def shown(
    model: ApplicationModel, question: ElementQuery, known: Usage | None = None,
    nodes: tuple[NodeShown, ...] | None = None,
) -> ElementShown:  # fmt: skip
    """An element of a model with everything that it is connected to. ``known``: how it is used, where that is told.
    ``nodes``: those that run it."""
    node = element(model, question.id)
    hops = _way(model, node) if not question.edge else ()
    return ElementShown(
        line_of(node), tuple(ElementFact(n, v) for n, v in node.facts if v and n not in SHAPE), hops,
        tuple(_neighbours(model, node, question, known)), model.hash, tuple(_steps(model, node)),
        tuple(_outcomes(model, node)), in_use(known, node), nodes,
    )  # fmt: skip


def _outcomes(model: ApplicationModel, node: Node) -> Iterator[OutcomeOfTest]:
    """What the tests of this build said, where the element is a test or shown by some."""
    shown_by = [e.target for e in model.out(node.id) if e.kind is EdgeKind.SHOWN_BY and e.target in model]
    tests = [node.id] if node.kind is NodeKind.TEST else shown_by
    proof = proof_of(installed_model()) if tests else None
    for id in tests:
        yield OutcomeOfTest(line_of(model.node(id)), outcome(proof, model.node(id).name))


def _way(model: ApplicationModel, node: Node) -> tuple[HopOfWay, ...]:
    hops = way(model, node.id)
    if not hops:
        return ()
    edge, forward = hops[0]
    first = model.node(edge.source if forward else edge.target)
    return (HopOfWay(line_of(first)), *(HopOfWay(line_of(_end(model, e, f)), _word(e.kind, f)) for e, f in hops))


def _end(model: ApplicationModel, edge: Edge, forward: bool) -> Node:
    return model.node(edge.target if forward else edge.source)


def _word(kind: EdgeKind, forward: bool) -> str:
    return kind.forward if forward else kind.backward


def _neighbours(
    model: ApplicationModel, node: Node, question: ElementQuery, known: Usage | None
) -> Iterator[Neighbours]:  # fmt: skip
    """The neighbours by each edge; of one edge alone where a further page of it is asked for."""
    for forward, edges in ((True, model.out(node.id)), (False, model.into(node.id))):
        for kind in EdgeKind:
            mine = [edge for edge in edges if edge.kind is kind]
            this = question.edge == kind.name.lower() and forward is not question.backward
            if mine and (this or not question.edge):
                yield _group(model, kind, mine, forward, question, known)
        if not question.edge and forward is (node.kind is NodeKind.SERVICE):
            yield from _carried(model, node, min(question.limit, MOST_LISTED))


def _group(
    model: ApplicationModel, kind: EdgeKind, edges: Iterable[Edge], forward: bool, question: ElementQuery,
    usage: Usage | None,
) -> Neighbours:  # fmt: skip
    first: dict[str, Edge] = {}
    for edge in edges:  # two proofs of one connection are one neighbour
        first.setdefault(edge.target if forward else edge.source, edge)
    known = sorted((model.node(id) for id in first if id in model), key=lambda each: (each.kind.value, each.name))
    start, end = page_of(question.after, question.limit)
    members = tuple(_neighbour(each, first[each.id], usage) for each in known[start:end])
    after = str(end) if len(known) > end else ""
    return Neighbours(kind.name.lower(), not forward, _word(kind, forward), len(known), members, after=after)


def _neighbour(node: Node, edge: Edge, usage: Usage | None) -> Neighbour:
    figure = usage.along(edge) if usage is not None else None
    return Neighbour(line_of(node), edge.proof, used(figure) if figure is not None else None)


def _carried(model: ApplicationModel, node: Node, most: int) -> Iterator[Neighbours]:
    """What the operations of a service carry, and which services carry a message: two edges in one, both named."""
    forward = node.kind is NodeKind.SERVICE
    for one, two in _CARRIED.get(node.kind, ()):
        found: dict[str, Edge] = {}
        for edge in _along(model, node.id, one, forward):
            for last in _along(model, edge.target if forward else edge.source, two, forward):
                found.setdefault(last.target if forward else last.source, last)
        known = sorted((model.node(id) for id in found if id in model), key=lambda each: each.name)
        if known:
            members = tuple(Neighbour(line_of(each), found[each.id].proof) for each in known[:most])
            words = _word(one, forward), _word(two, forward)
            yield Neighbours(two.name.lower(), not forward, words[0], len(known), members, words[1])


_CARRIED: Final = {
    NodeKind.SERVICE: ((EdgeKind.OFFERS, EdgeKind.TAKES), (EdgeKind.OFFERS, EdgeKind.ANSWERS)),
    NodeKind.TYPE: ((EdgeKind.TAKES, EdgeKind.OFFERS), (EdgeKind.ANSWERS, EdgeKind.OFFERS)),
}


def _along(model: ApplicationModel, id: str, kind: EdgeKind, forward: bool) -> Iterator[Edge]:
    yield from (edge for edge in (model.out(id) if forward else model.into(id)) if edge.kind is kind)


def _steps(model: ApplicationModel, node: Node) -> Iterator[StepOfProcess]:
    """The steps of a process in the order of its file, or the tasks of a level and of those below it."""
    for edge in _along(model, node.id, EdgeKind.WITHIN, False):
        part = model.node(edge.source)
        if node.kind is NodeKind.PROCESS:
            yield StepOfProcess(line_of(part), _behind(model, part, EdgeKind.CALLS, True))
        elif node.kind is NodeKind.PROCESS_LEVEL and part.kind is NodeKind.TASK:
            yield StepOfProcess(line_of(part), _behind(model, part, EdgeKind.FULFILS, False), line_of(node))
        elif node.kind is NodeKind.PROCESS_LEVEL:
            yield from _steps(model, part)


def _behind(model: ApplicationModel, part: Node, kind: EdgeKind, forward: bool) -> tuple[ElementLine, ...]:
    ends = (edge.target if forward else edge.source for edge in _along(model, part.id, kind, forward))
    return tuple(line_of(model.node(id)) for id in ends if id in model)
