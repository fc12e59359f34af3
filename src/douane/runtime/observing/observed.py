"""What one process sees of its use, with what its fellow workers wrote down of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from douane.runtime.observing.foreign import Foreign, Kept
from douane.runtime.observing.presence import Presence, Present
from douane.runtime.observing.signs import Collector, Signs
from douane.runtime.observing.uses import Instant, Uses


class Seen(msgspec.Struct, frozen=True):
    """What a process writes down: its figures, the nodes that it heard, what foreign systems told it, and the last
    signs of life of whoever collects. at: when it was written."""

    uses: Uses
    present: tuple[Present, ...] = ()
    foreign: Kept = {}
    signs: Signs = msgspec.field(default_factory=Signs)
    at: Instant = 0


@dataclass(slots=True)
class Observed:
    """The figures and the nodes of this process. fellows: what the other workers of the node saw. elsewhere: the nodes
    that the centre hears."""

    uses: Uses
    presence: Presence = field(default_factory=Presence)
    fellows: tuple[Seen, ...] = ()
    elsewhere: tuple[Present, ...] = ()
    own: tuple[str, str] = ("", "")
    """The administration and the name of this node, without the number of a worker; empty where nobody says."""
    foreign: Foreign = field(default_factory=Foreign)
    """What systems of administrations told this process that they measure."""
    signs: Signs = field(default_factory=Signs)
    """When this process last heard from whoever collects."""
    collectors: Callable[[], Sequence[Collector]] = tuple
    """Whoever collects from the node, as it is now; nobody where no one is watched."""

    def hear(self, node: Present, now: Instant) -> None:
        """A node says that it is there. Raises TooMany where its administration has too many."""
        self.presence.hear(node, now)
        self.signs.heard[node.administration] = now

    def leave(self, administration: str, instance: str, now: Instant) -> None:
        """A node says that it ends, which is its last sign of life."""
        self.presence.leave(administration, instance)
        self.signs.heard[administration] = now

    def every_sign(self) -> Signs:
        """The last signs that any process of the node noticed."""
        return Signs.of((self.signs, *(each.signs for each in self.fellows)))

    def told(self) -> Foreign:
        """What they told any process of the node."""
        return Foreign.of((self.foreign.kept, *(each.foreign for each in self.fellows)))

    def every_use(self) -> Uses:
        """The figures of the whole node."""
        found = self.uses
        for each in self.fellows:
            found = found.with_(each.uses)
        return found

    def present(self, now: Instant) -> tuple[Present, ...]:
        """The nodes that any worker hears, and those that the centre told of; each as it was heard last."""
        by_fellows = (node for each in self.fellows for node in each.present)
        heard = Presence.of((*by_fellows, *self.presence.at(now)), self.presence.gone_after)
        told = (each for each in self.elsewhere if (each.administration, each.instance) not in heard.heard)
        return Presence.of((*told, *heard.heard.values()), heard.gone_after).at(now)

    def seen(self, now: Instant) -> Seen:
        """What is to be written down."""
        return Seen(self.uses, self.presence.at(now), self.foreign.kept, self.signs, now)
