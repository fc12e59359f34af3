"""Which nodes are about: each says so again and again, and who has said nothing for a while is gone.

A node speaks for its own administration alone, as the door proved it: nobody announces himself as another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Self

import msgspec

from douane.vocabulary.errors import TooMany
from douane.vocabulary.time import SECOND

Instant = int
EVERY_SECONDS: Final = 8.0
"""So often a node says that it is there."""
GONE_AFTER: Final = 25 * SECOND
"""After so long without a word a node is no longer shown, where its settings say no less."""
TIMES: Final = 3
"""So often a node speaks while it is remembered: one lost word takes it off no list."""
MOST: Final = 64
"""Nodes of one administration that are kept at most."""


class Present(msgspec.Struct, frozen=True):
    """A node that is there.

    administration: whose it is, by proof. contracts: the hash of what it declares to others. since: from when on it was
    heard; seen: last. told_by: the administration whose node heard it; empty for this one. facts: what it is made of.
    doors: by platform, the services that it offers there; none of a node of an earlier release.
    """

    administration: str
    instance: str
    host: str
    version: str
    contracts: str
    services: tuple[str, ...]
    since: Instant = 0
    seen: Instant = 0
    told_by: str = ""
    facts: dict[str, str] = {}
    doors: dict[str, tuple[str, ...]] = {}


class Presence(msgspec.Struct):
    """The nodes that this process heard. gone_after: how long each is remembered, in microseconds."""

    heard: dict[tuple[str, str], Present] = msgspec.field(default_factory=dict)
    gone_after: int = GONE_AFTER

    @classmethod
    def of(cls, nodes: Iterable[Present], gone_after: int) -> Self:
        """These nodes, each as it was heard last."""
        found: dict[tuple[str, str], Present] = {}
        for each in sorted(nodes, key=lambda node: node.seen):
            found[each.administration, each.instance] = each
        return cls(found, gone_after)

    def hear(self, node: Present, now: Instant) -> None:
        """A node says that it is there. Raises TooMany where its administration has too many."""
        key = (node.administration, node.instance)
        self._forget(now)
        known = self.heard.get(key)
        if known is None and sum(administration == node.administration for administration, _ in self.heard) >= MOST:
            raise TooMany(f"{node.administration} has {MOST} nodes here already.", remedy="End some of them first.")
        since = known.since if known is not None else now
        self.heard[key] = msgspec.structs.replace(node, since=since, seen=now)

    def leave(self, administration: str, instance: str) -> None:
        """A node says that it ends."""
        self.heard.pop((administration, instance), None)

    def at(self, now: Instant) -> tuple[Present, ...]:
        """Those that are there, by administration and name."""
        self._forget(now)
        return tuple(self.heard[key] for key in sorted(self.heard))

    def _forget(self, now: Instant) -> None:
        for key in [key for key, each in self.heard.items() if now - each.seen > self.gone_after]:
            del self.heard[key]
