"""What is used of what is declared, as the node that is asked counted it; told inside the trusted circle alone."""

from __future__ import annotations

from collections.abc import Sequence

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.handlers.finding import line_of, page_of, search_of, seen_by, sees_all
from douane.applications.architecture.messages import (
    InterfaceLine,
    InterfacesAnswer,
    InterfacesQuery,
    InUse,
    UsageAnswer,
    UsageLine,
    UsageQuery,
    Used,
    UserSeen,
)
from douane.author import NotFound, machine
from douane.author.run import View, answers
from douane.model.graph import Node, NodeKind
from douane.reference_architecture.interfaces import interfaces
from douane.reference_architecture.usage import Usage
from douane.runtime.observing.uses import Figure

PART = 0.99
"""Of the calls through a door, of which it is told within which time they ended."""


def usage_of(view: View) -> Usage | None:
    """The figures that whoever asks may see; None where there are none for him."""
    if view.observed is None or not sees_all(view):
        return None
    return Usage(seen_by(view), view.observed.every_use(), view.observed.own)


@answers(ReferenceArchitecture.usage)
def usage(view: View, question: UsageQuery) -> UsageAnswer:
    """Operations by how often they were used."""
    known = usage_of(view)
    if known is None:
        raise NotFound("Nobody counts here what is used.", remedy="Ask a node that runs.")
    figures = {node.id: known.operation(node.name) for node in known.model.of(NodeKind.OPERATION)}
    unused = sum(not each.count for each in figures.values())
    found = [
        node for node in search_of(view).find(question.text, NodeKind.OPERATION)
        if not (question.unused and figures[node.id].count)
    ]  # fmt: skip
    found.sort(key=lambda node: (-figures[node.id].count, node.name))
    start, end = page_of(question.after, question.limit)
    lines = tuple(_line(known, node, figures[node.id]) for node in found[start:end])
    return UsageAnswer(
        machine(known.since), lines, len(found), unused, len(figures), str(end) if len(found) > end else "",
    )  # fmt: skip


@answers(ReferenceArchitecture.interfaces)
def counted(view: View, _question: InterfacesQuery) -> InterfacesAnswer:
    """The interfaces that live here."""
    if view.observed is None or not sees_all(view):
        raise NotFound("Nobody counts here what is used.", remedy="Ask a node that runs.")
    uses, model = view.observed.every_use(), seen_by(view)
    lines = []
    for each in interfaces(uses):
        id = f"{NodeKind.SERVICE.value}:{each.service}"
        title = model.node(id).title if id in model else each.service
        lines.append(InterfaceLine(each.service, title, each.administrations, each.common, each.each_with_each))
    return InterfacesAnswer(machine(uses.since), tuple(lines))


def _line(known: Usage, node: Node, figure: Figure) -> UsageLine:
    who = dict.fromkeys(administration or kind for kind, administration, _ in known.users((node.name,)))
    return UsageLine(line_of(node), used(figure), tuple(who))


def in_use(known: Usage | None, node: Node) -> InUse | None:
    """How an element is used; None where nobody counts."""
    figure = known.of(node) if known is not None else None
    if known is None or figure is None:
        return None
    return InUse(machine(known.since), used(figure), users_of(known, known.operations_of(node)))


def users_of(known: Usage, operations: Sequence[str]) -> tuple[UserSeen, ...]:
    """Who used some operations, administrations first."""
    return tuple(UserSeen(kind, administration, used(each)) for kind, administration, each in known.users(operations))


def used(figure: Figure) -> Used:
    """A figure as it is told."""
    last = machine(figure.last) if figure.last else None
    return Used(figure.count, figure.failed, last, figure.within(PART))
