"""Which nodes are there: who asks may be one himself, and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.handlers.finding import line_of, seen_by, sees_all
from douane.applications.architecture.messages import (
    Announced,
    DoorOfNode,
    Missed,
    NodeFact,
    NodesAnswer,
    NodeShown,
    NodesQuestion,
)
from douane.author import SECOND, ActorKind, Caller, NotAuthorised, NotFound, Strength, machine
from douane.author.run import View, answers
from douane.model.graph import ApplicationModel, Node, NodeKind
from douane.reference_architecture.installed import installed_contracts
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.presence import Present
from douane.runtime.observing.signs import Sign

_SEVERAL: Final = 2
_SYSTEMS = frozenset({ActorKind.MEMBER_STATE, ActorKind.COMMISSION})


@answers(ReferenceArchitecture.nodes)
def nodes(view: View, question: NodesQuestion) -> NodesAnswer:
    """The nodes that are there, the one that asks among them. Raises NotAuthorised for a person who says to be one."""
    if view.observed is None or not sees_all(view):
        raise NotFound("Nobody hears here which nodes there are.", remedy="Ask a node that runs.")
    if question.here is not None:
        _hear(view.observed, question.here, view.caller, view.now)
    model = seen_by(view)
    present = view.observed.present(view.now)
    found = tuple(_shown(model, each, drift_of(each, present)) for each in present)
    return NodesAnswer(
        found, installed_contracts(), view.observed.presence.gone_after // SECOND, _missed(view.observed)
    )


def _missed(observed: Observed) -> tuple[Missed, ...]:
    """Whose node was heard, and is not heard or does not collect now."""
    return tuple(
        Missed(each.name, machine(each.since), each.waiting, each.sign.value)
        for each in observed.collectors() if each.has_nodes and each.sign is not Sign.COLLECTS
    )  # fmt: skip


def _hear(observed: Observed, here: Announced, caller: Caller, now: int) -> None:
    """Keep in mind that a node is there, as one of the administration whose system proved itself."""
    if caller.kind not in _SYSTEMS or caller.person or caller.strength is Strength.SESSION or not caller.administration:
        raise NotAuthorised(
            f"{caller.id} is a person: a node is announced by its system.", remedy="Ask without saying here."
        ).because("nodes: announced by systems", "to be a system", "nobody")
    if here.leaving:
        observed.leave(caller.administration, here.instance, now)
        return
    services = tuple(dict.fromkeys(here.services))
    said = here.instance, here.host, here.version, here.contracts, services
    facts = {each.name: each.value for each in here.facts}
    doors = {each.platform: tuple(dict.fromkeys(each.services)) for each in here.doors}
    observed.hear(Present(caller.administration, *said, facts=facts, doors=doors), now)


def drift_of(node: Present, present: Sequence[Present]) -> tuple[str, ...]:
    """The facts in which a node differs from most nodes of its administration; where half say one thing and half
    another, each differs. A node that tells no facts, of an earlier release, is compared with nobody."""
    own = [each for each in present if each.administration == node.administration and each.facts]
    if not node.facts or len(own) < _SEVERAL:
        return ()
    found = []
    for name in sorted({name for each in own for name in each.facts}):
        said = Counter(each.facts.get(name, "") for each in own)
        if said[node.facts.get(name, "")] * 2 <= len(own):
            found.append(name)
    return tuple(found)


def nodes_with(view: View, service: Node) -> tuple[NodeShown, ...] | None:
    """The nodes that run a service; None where nobody hears them, or is told."""
    if view.observed is None or not sees_all(view):
        return None
    model = seen_by(view)
    present = view.observed.present(view.now)
    return tuple(_shown(model, each, drift_of(each, present)) for each in present if service.name in each.services)


def _shown(model: ApplicationModel, each: Present, drift: tuple[str, ...]) -> NodeShown:
    known = (f"{NodeKind.SERVICE.value}:{name}" for name in each.services)
    return NodeShown(
        each.administration, each.instance, each.host, each.version, each.contracts,
        each.contracts == installed_contracts(), tuple(line_of(model.node(id)) for id in known if id in model),
        machine(each.since), machine(each.seen), each.told_by,
        tuple(NodeFact(*one) for one in sorted(each.facts.items())), drift,
        tuple(DoorOfNode(*one) for one in sorted(each.doors.items())),
    )  # fmt: skip
