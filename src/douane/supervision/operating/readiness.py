"""Whether a process can take messages, part by part: what it keeps, and what it judges callers by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from douane.platforms.operations.entry import Readiness
from douane.runtime.core.node import Node
from douane.supervision.operating.listening import Sight
from douane.trust.known import KnownClients

TRUST: Final = "trust"
"""The part that says whether what callers are judged by is read. It holds of each process by itself."""


def core_ready(node: Node, known: KnownClients, notes: Mapping[str, str], away: str = "") -> Readiness:
    """Of a process with a core. notes: what an operator has to look at besides. away: why its store counts as away."""
    refused = "the store refuses, a new owner begins when it can"
    ours = [owner for owner in node.owners if owner.partition not in node.away]
    parts = {f"partition {owner.partition}": refused if owner.ended else away for owner in ours}
    return with_trust(Readiness(parts or {"partitions": "none is held yet"}, notes), known)


def with_trust(found: Readiness, known: KnownClients) -> Readiness:
    """The same, and whether it reads what callers are judged by."""
    return Readiness({**found.parts, TRUST: known.stale()}, found.notes)


def sight_of(found: Readiness, metrics: bytes) -> Sight:
    """What a process tells the operator's door of another one."""
    return Sight(dict(found.parts), dict(found.notes), metrics.decode())


def stale_in(sights: Mapping[str, Sight | None]) -> str:
    """Which processes do not read it, and what: whoever calls may meet any of them."""
    told = {name: sight.parts.get(TRUST, "") for name, sight in sights.items() if sight is not None}
    return "; ".join(f"{name}: {wrong}" for name, wrong in told.items() if wrong)
