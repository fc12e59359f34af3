"""Answers from the model of what is installed: to the untrusted circle from its public part alone."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.messages import (
    ElementFact,
    ElementLine,
    ElementQuery,
    ElementShown,
    HopOfWay,
    KindCount,
    Neighbour,
    Neighbours,
    OutcomeOfTest,
    SearchAnswer,
    SearchQuery,
    StepOfProcess,
)
from douane.model.circles import Circle
from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.pages.catalogue import catalogue
from douane.pages.languages import COMPLETE, ENGLISH
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import outcome, proof_of
from douane.reference_architecture.search import Search
from douane.reference_architecture.visible import public_part
from douane.reference_architecture.ways import way
from douane.runtime.catalogue.behaviour import answers
from douane.runtime.store.queries import View
from douane.vocabulary.errors import BadQuery, NotFound

SHAPE: Final = frozenset({"required", "optional", "untyped", "request", "replies"})
"""Facts that edges say too, to elements that can be looked at."""
_WHOLE = frozenset({Circle.TRUSTED, Circle.INTERNAL})


@functools.cache
def _public() -> ApplicationModel:
    return public_part(installed_model())


@functools.cache
def _search(*, whole: bool) -> Search:
    titles = [{text: forms[0] for (_, text), forms in catalogue(each).items()} for each in COMPLETE if each != ENGLISH]
    return Search(installed_model() if whole else _public(), titles)


def seen_by(view: View) -> ApplicationModel:
    """The part of the model that whoever asks may see: all of it inside the trusted circle."""
    return installed_model() if sees_all(view) else _public()


def sees_all(view: View) -> bool:
    """Whether whoever asks is inside the trusted circle."""
    return view.caller.circle in _WHOLE


def element(model: ApplicationModel, id: str) -> Node:
    """An element of the part that is seen. NotFound says the same of what is hidden and of what does not exist."""
    if id not in model:
        raise NotFound("The architecture has no such element here.", remedy="Look for it by words of its name.")
    return model.node(id)


@answers(ReferenceArchitecture.find)
def find(view: View, question: SearchQuery) -> SearchAnswer:
    """A page of what is found, and how much there is of each kind."""
    model = seen_by(view)
    kind = _kind(question.kind)
    found = _search(whole=sees_all(view)).find(question.text, kind)
    counts = Counter(node.kind for node in found)
    listed = found if question.text.strip() or kind else model.of(NodeKind.GOAL)
    start, end = _page(question.after, question.limit)
    return SearchAnswer(
        tuple(line_of(node) for node in listed[start:end]),
        tuple(KindCount(each.value, counts[each]) for each in NodeKind if counts[each]),
        model.hash, str(end) if len(listed) > end else "",
    )  # fmt: skip


@answers(ReferenceArchitecture.show)
def show(view: View, question: ElementQuery) -> ElementShown:
    """An element of the part that whoever asks may see."""
    return shown(seen_by(view), question)


def shown(model: ApplicationModel, question: ElementQuery) -> ElementShown:
    """An element of a model with everything that it is connected to."""
    node = element(model, question.id)
    hops = _way(model, node) if not question.edge else ()
    return ElementShown(
        line_of(node), tuple(ElementFact(n, v) for n, v in node.facts if v and n not in SHAPE), hops,
        tuple(_neighbours(model, node, question)), model.hash, tuple(_steps(model, node)),
        tuple(_outcomes(model, node)),
    )  # fmt: skip


def _outcomes(model: ApplicationModel, node: Node) -> Iterator[OutcomeOfTest]:
    """What the tests of this build said, where the element is a test or shown by some."""
    shown_by = [e.target for e in model.out(node.id) if e.kind is EdgeKind.SHOWN_BY and e.target in model]
    tests = [node.id] if node.kind is NodeKind.TEST else shown_by
    proof = proof_of(model) if tests else None
    for id in tests:
        yield OutcomeOfTest(line_of(model.node(id)), outcome(proof, model.node(id).name))


def line_of(node: Node) -> ElementLine:
    """An element as lists show it."""
    return ElementLine(node.id, node.kind.value, node.name, node.title, node.status)


def _kind(name: str) -> NodeKind | None:
    try:
        return NodeKind(name) if name else None
    except ValueError:
        raise BadQuery("The architecture has no elements of this kind.", remedy="Leave the kind out.") from None


def _page(after: str, limit: int) -> tuple[int, int]:
    """From which to which place a page reaches: the model does not change under its reader."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 8):
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.")
    start = int(after or "0")
    return start, start + limit


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


def _neighbours(model: ApplicationModel, node: Node, question: ElementQuery) -> Iterator[Neighbours]:
    """The neighbours by each edge; of one edge alone where a further page of it is asked for."""
    for forward, edges in ((True, model.out(node.id)), (False, model.into(node.id))):
        for kind in EdgeKind:
            mine = [edge for edge in edges if edge.kind is kind]
            this = question.edge == kind.name.lower() and forward is not question.backward
            if mine and (this or not question.edge):
                yield _group(model, kind, mine, forward, question)
        if not question.edge and forward is (node.kind is NodeKind.SERVICE):
            yield from _carried(model, node, question.limit)


def _group(
    model: ApplicationModel, kind: EdgeKind, edges: Iterable[Edge], forward: bool, question: ElementQuery
) -> Neighbours:
    first: dict[str, Edge] = {}
    for edge in edges:  # two proofs of one connection are one neighbour
        first.setdefault(edge.target if forward else edge.source, edge)
    known = sorted((model.node(id) for id in first if id in model), key=lambda each: (each.kind.value, each.name))
    start, end = _page(question.after, question.limit)
    members = tuple(Neighbour(line_of(each), first[each.id].proof) for each in known[start:end])
    after = str(end) if len(known) > end else ""
    return Neighbours(kind.name.lower(), not forward, _word(kind, forward), len(known), members, after=after)


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
