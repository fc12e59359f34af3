"""``douane model diff``: what changed between two models, for whom, and which version number that deserves."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from douane.model.graph import ApplicationModel, EdgeKind, Node, NodeKind


class Weight(enum.IntEnum):
    """How much a change asks of those who depend on it."""

    PATCH = 0  # nobody needs to do anything
    MINOR = 1  # something new that nobody must use
    MAJOR = 2  # somebody must change


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what, how heavy, and which actors it concerns."""

    element: str
    what: str
    weight: Weight
    concerns: tuple[str, ...] = ()


_INTERFACE = {NodeKind.OPERATION, NodeKind.TYPE, NodeKind.ACTOR, NodeKind.SERVICE}


def diff(old: ApplicationModel, new: ApplicationModel) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``, heaviest first."""
    if old.hash == new.hash:
        return ()
    found = [*_gone(old, new), *_came(old, new), *_changed(old, new), *_callers(old, new)]
    return tuple(sorted(found, key=lambda c: (-c.weight, c.element, c.what)))


def next_version(version: str, changes: tuple[Change, ...]) -> str:
    """The version number these changes deserve."""
    major, minor, patch = (int(part) for part in version.split("."))
    heaviest = max((c.weight for c in changes), default=None)
    if heaviest is None:
        return version
    if heaviest is Weight.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if heaviest is Weight.MINOR else f"{major}.{minor}.{patch + 1}"


def _gone(old: ApplicationModel, new: ApplicationModel) -> Iterator[Change]:
    for node in old:
        if node.id not in new:
            weight = Weight.MAJOR if node.kind in _INTERFACE and node.status != "retired" else Weight.PATCH
            yield Change(node.id, "is gone", weight, concerned(old, node))


def _came(old: ApplicationModel, new: ApplicationModel) -> Iterator[Change]:
    for node in new:
        if node.id not in old:
            weight = Weight.MINOR if node.kind in _INTERFACE else Weight.PATCH
            yield Change(node.id, "is new", weight, concerned(new, node))


def _changed(old: ApplicationModel, new: ApplicationModel) -> Iterator[Change]:
    for node in new:
        if node.id not in old:
            continue
        before = old.node(node.id)
        if before.status != node.status:
            weight = Weight.MAJOR if node.status == "retired" else Weight.MINOR
            yield Change(node.id, f"was {before.status}, is {node.status}", weight, concerned(new, node))
        if before.facts != node.facts:
            yield from _facts(before, node, concerned(new, node))


def _facts(before: Node, after: Node, concerns: tuple[str, ...]) -> Iterator[Change]:
    was, now = dict(before.facts), dict(after.facts)
    if after.kind is NodeKind.TYPE:
        yield from _fields(after.id, was, now, concerns)
        return
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) == now.get(name):
            continue
        weight = Weight.MAJOR if after.kind is NodeKind.OPERATION and name in ("request", "kind") else Weight.MINOR
        if after.kind not in _INTERFACE and after.kind is not NodeKind.ELEMENT:
            weight = Weight.PATCH
        yield Change(
            after.id, f"{name}: {was.get(name) or 'nothing'} -> {now.get(name) or 'nothing'}", weight, concerns
        )


def _fields(id: str, was: dict[str, str], now: dict[str, str], concerns: tuple[str, ...]) -> Iterator[Change]:
    """A new required field breaks senders, a lost one breaks readers; a new optional one breaks nobody."""
    required = set(now.get("required", "").split()), set(was.get("required", "").split())
    every = required[0] | set(now.get("optional", "").split()), required[1] | set(was.get("optional", "").split())
    for field in sorted(every[1] - every[0]):
        yield Change(id, f"lost the element {field}", Weight.MAJOR, concerns)
    for field in sorted(required[0] - required[1]):
        what = "now requires" if field in every[1] else "has a new required element"
        yield Change(id, f"{what} {field}", Weight.MAJOR, concerns)
    for field in sorted(every[0] - every[1] - required[0]):
        yield Change(id, f"has a new optional element {field}", Weight.MINOR, concerns)


def _callers(old: ApplicationModel, new: ApplicationModel) -> Iterator[Change]:
    for node in new.of(NodeKind.OPERATION):
        if node.id not in old:
            continue
        was, now = concerned(old, node), concerned(new, node)
        for actor in sorted(set(was) - set(now)):
            yield Change(node.id, f"is no longer open to {actor}", Weight.MAJOR, (actor,))
        for actor in sorted(set(now) - set(was)):
            yield Change(node.id, f"is now open to {actor}", Weight.MINOR, (actor,))


def concerned(model: ApplicationModel, node: Node) -> tuple[str, ...]:
    """The actors that call the operations a node is part of."""
    operations = {node.id} if node.kind is NodeKind.OPERATION else set()
    if node.kind is NodeKind.TYPE:
        operations |= {e.source for e in model.into(node.id) if e.kind in (EdgeKind.TAKES, EdgeKind.ANSWERS)}
    if node.kind is NodeKind.SERVICE:
        operations |= {e.target for e in model.out(node.id) if e.kind is EdgeKind.OFFERS}
    actors = {e.target.partition(":")[2] for o in operations for e in model.out(o) if e.kind is EdgeKind.CALLED_BY}
    return tuple(sorted(actors))
