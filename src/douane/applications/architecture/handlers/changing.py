"""What a change touches: elements, tests, roles, levels, and cases that run just now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.handlers.dating import dated
from douane.applications.architecture.handlers.finding import element, kept, line_of, seen_by, sees_all
from douane.applications.architecture.handlers.using import usage_of, users_of
from douane.applications.architecture.messages import (
    Change,
    ElementLine,
    EndangeredLevel,
    ImpactQuery,
    ImpactShown,
    RunningCases,
    TouchedElement,
)
from douane.author import MOST_LISTED
from douane.author.run import CaseEntry, ProcessInstance, View, answers
from douane.model.graph import ApplicationModel, EdgeKind, Node, NodeKind
from douane.reference_architecture.consequences import What, consequences, possible, to_rerun
from douane.reference_architecture.impact import Reached, impact
from douane.reference_architecture.usage import Usage

CASES: Final = 400
"""Cases at most that are looked at to count those that run."""

Running = Callable[[Sequence[Node]], tuple[RunningCases, ...]]

NEAREST: Final = MOST_LISTED
"""Elements at most that are told of what something rests on; of what it touches all are told."""


@answers(ReferenceArchitecture.impact)
def what_is_touched(view: View, question: ImpactQuery) -> ImpactShown:
    """The consequences of a change, in the part of the model that whoever asks may see."""
    if sees_all(view):
        answer = told(seen_by(view), question, lambda nodes: _running(view, nodes), usage_of(view))
    else:
        answer = kept(view, "impact", question, lambda: told(seen_by(view), question, None))
    return dated(answer, view, question.on)


def told(
    model: ApplicationModel, question: ImpactQuery, running: Running | None, known: Usage | None = None
) -> ImpactShown:
    """The consequences of a change in a model. ``running``: counts the cases that run by what is touched. ``known``:
    how it is used."""
    node, what = element(model, question.id), What(question.what.value)
    touched = consequences(model, node, what)
    rests_on = impact(model, node).rests_on
    names = to_rerun(model, node, touched)
    tests = tuple(line_of(model.node(f"{NodeKind.TEST.value}:{name}")) for name in names)
    operations = [each.name for each in (node, *(each.node for each in touched)) if each.kind is NodeKind.OPERATION]
    return ImpactShown(
        line_of(node), question.what, tuple(Change(each.value) for each in possible(node.kind)),
        tuple(_lines(model, touched)), tuple(_lines(model, rests_on[:NEAREST])), len(rests_on), tests,
        tuple(_levels(model, [node, *(each.node for each in touched)])), model.hash,
        running([node, *(each.node for each in touched)]) if running is not None else None,
        users_of(known, operations) if known is not None else None,
    )  # fmt: skip


def _lines(model: ApplicationModel, steps: Iterable[Reached]) -> Iterator[TouchedElement]:
    for each in steps:
        kind, source = each.edge.kind, each.edge.source if each.forward else each.edge.target
        words = kind.forward if each.forward else kind.backward
        yield TouchedElement(line_of(each.node), each.depth, line_of(model.node(source)), words)


def _levels(model: ApplicationModel, nodes: Sequence[Node]) -> Iterator[EndangeredLevel]:
    """The services among them with what is promised for each."""
    for node in nodes:
        if node.kind is NodeKind.SERVICE:
            for edge in model.out(node.id):
                if edge.kind is EdgeKind.AT_LEVEL:
                    yield EndangeredLevel(line_of(node), line_of(model.node(edge.target)))


def _running(view: View, nodes: Sequence[Node]) -> tuple[RunningCases, ...]:
    """How many cases of the administration that is asked run by each process among them."""
    processes: dict[str, ElementLine] = {
        node.name.rpartition(".")[2]: line_of(node) for node in nodes if node.kind is NodeKind.PROCESS
    }
    if not processes:
        return ()
    cases, following = view.find(CaseEntry, "by_office", limit=CASES)
    found = Counter(
        each.process for subject, _ in cases for each in view.all_of(ProcessInstance, subject) if not each.ended
    )
    return tuple(RunningCases(line, found[name], bool(following)) for name, line in sorted(processes.items()))
