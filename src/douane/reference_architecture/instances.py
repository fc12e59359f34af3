"""What runs, as elements of the model: each door that a node has open, with the services that it offers there.

The model of what is installed names none, since installed is not running. A node that runs knows of those that say that
they are there (``runtime.observing.presence``), and each of them says its own doors, from its settings, from what is
chosen of whose system serves whom, and from moves between platforms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from douane.model.circles import Moves, Platform, doors
from douane.model.declare import Service, Status
from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.runtime.observing.presence import Present
from douane.vocabulary.time import Instant

_GONE: Final = frozenset({Status.PLANNED, Status.RETIRED})
_SAYS: Final = "said by the node itself, of its settings and of whom it serves"
Doors = dict[str, tuple[str, ...]]
"""By platform: the services that a node offers there."""
_Running = tuple[str, str, str, str, tuple[tuple[str, tuple[str, ...]], ...]]


def doors_of(
    platforms: Iterable[Platform], services: Iterable[Service], provides: Callable[[str], bool], moves: Moves,
    at: Instant,
) -> Doors:  # fmt: skip
    """What a node offers at its platforms at an instant. provides: whether it provides an operation for anybody."""
    served = [
        (each.name, operation, {door for actor in operation.by for door in doors(actor.kind, queues=each.legacy_queue)})
        for each in services for operation in each.operations
        if operation.status not in _GONE and provides(operation.qualified)
    ]  # fmt: skip
    return {
        platform.value: tuple(sorted({
            name for name, operation, open_at in served
            if platform in open_at and platform not in moves.left(operation.qualified, at)
        }))
        for platform in platforms
    }  # fmt: skip


def with_instances(model: ApplicationModel, present: Iterable[Present]) -> ApplicationModel:
    """A model with the doors of these nodes; itself where none says what it has open."""
    running = tuple(sorted(
        (each.administration, each.instance, each.host, each.version, tuple(sorted(each.doors.items())))
        for each in present if each.doors
    ))  # fmt: skip
    return _grown(model, running) if running else model


@lru_cache(maxsize=2)
def _grown(model: ApplicationModel, running: tuple[_Running, ...]) -> ApplicationModel:
    nodes, edges = list[Node](), list[Edge]()
    for administration, instance, host, version, open_at in running:
        facts = (("administration", administration), ("host", host), ("instance", instance), ("version", version))
        for platform, services in (each for each in open_at if f"{NodeKind.PLATFORM.value}:{each[0]}" in model):
            node = Node(NodeKind.INSTANCE, f"{administration} {instance} at {platform}", facts=facts)
            nodes.append(node)
            known = ((EdgeKind.WITHIN, f"{NodeKind.PLATFORM.value}:{platform}"),
                     *((EdgeKind.PROVIDES, f"{NodeKind.SERVICE.value}:{name}") for name in services))  # fmt: skip
            edges += [Edge(kind, node.id, target, _SAYS) for kind, target in known if target in model]
    return ApplicationModel(nodes, edges, onto=model)
