"""Whom a new release would break: breaking changes of the model, by operation and by message, and who was seen there.

A removed operation, a message that lost an element or demands a new one, a circle shut out: each breaks those who call
the operation or read the message. Who that is, is known from what a node has journalled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from douane.model.diff import Change, Weight, diff
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind

Lately = Mapping[str, int]
"""Parties and the instant at which each was seen last."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who used what lately: senders by operation, receivers by type of message."""

    senders: Mapping[str, Lately] = field(default_factory=dict)
    receivers: Mapping[str, Lately] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """What a release breaks in one place: an operation or a type of message, and the consumers seen there.

    ``unseen``: queries leave no journal row, so that nobody knows who asks; ``open_to`` names who may.
    """

    element: str
    what: tuple[str, ...]
    consumers: tuple[tuple[str, int], ...]
    unseen: bool = False
    open_to: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a consumer was seen, or may be there unseen."""
        return bool(self.consumers) or self.unseen


def broken_by(old: ApplicationModel, new: ApplicationModel, seen: Seen) -> tuple[Broken, ...]:
    """Everything that ``new`` breaks of ``old``, with the consumers that were seen."""
    told: dict[str, list[str]] = {}
    for change in diff(old, new):
        if change.weight is Weight.MAJOR:
            for place in _places(old, change):
                told.setdefault(place, []).append(f"{change.element.partition(':')[2]} {change.what}")
    return tuple(_broken(old, place, tuple(dict.fromkeys(what)), seen) for place, what in sorted(told.items()))


def _broken(old: ApplicationModel, place: str, what: tuple[str, ...], seen: Seen) -> Broken:
    kind, _, name = place.partition(":")
    if kind == NodeKind.TYPE.value:
        return Broken(place, what, _latest(seen.receivers.get(name, {})))
    query = dict(old.node(place).facts).get("kind") == "query"
    callers = tuple(sorted(e.target.partition(":")[2] for e in old.out(place) if e.kind is EdgeKind.CALLED_BY))
    return Broken(place, what, _latest(seen.senders.get(name, {})), query, callers)


def _latest(found: Lately) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _places(old: ApplicationModel, change: Change) -> Iterator[str]:
    """Where a change is felt: operations for those who call, types for those who read what is sent to them."""
    if change.element not in old:
        return
    node = old.node(change.element)
    match node.kind:
        case NodeKind.OPERATION:
            yield node.id
        case NodeKind.SERVICE:
            yield from (e.target for e in old.out(node.id) if e.kind is EdgeKind.OFFERS)
        case NodeKind.TYPE:
            yield from (e.source for e in old.into(node.id) if e.kind is EdgeKind.TAKES)
            if "requires" not in change.what and "required" not in change.what:  # a reader may be told more
                yield node.id
                answering = [e.source for e in old.into(node.id) if e.kind is EdgeKind.ANSWERS]
                yield from (o for o in answering if dict(old.node(o).facts).get("kind") == "query")
        case NodeKind.ACTOR:
            yield from (e.source for e in old.into(node.id) if e.kind is EdgeKind.CALLED_BY)
        case _:
            return
