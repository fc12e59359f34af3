"""What the console is told of its node, and what an operator may have done to it: values and one port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lane:
    """The messages that wait for one partner by one channel.

    waiting: how many, and whether there are more than were counted. oldest: when the first was written. failures: of
    attempts in a row; reason: why the last one failed. again: seconds until the next. hit: references of cases.
    name: that of the lane. paused: who let it rest and why. first: the place of the oldest message.
    """

    channel: str
    partner: str
    waiting: int = 0
    more: bool = False
    oldest: int = 0
    failures: int = 0
    reason: str = ""
    again: int = 0
    hit: tuple[str, ...] = ()
    name: str = ""
    paused: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A message set aside: its place, when, what, from whom, why, and the class of that reason. behind: the place of
    that behind which it waits. proposal: who proposed to discard it, and why."""

    place: str
    at: int
    operation: str
    sender: str
    id: str
    reason: str
    attempts: int
    kind: str = ""
    behind: str = ""
    proposal: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that asks for an act: its name, when it was told last, how often since the node began, of what; and why
    it is told, and what to do."""

    event: str
    at: int
    times: int
    of: str
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Expiring:
    """A certificate or list that runs out: what it is, when, and in how many days (negative: so long ago)."""

    what: str
    until: int
    days: int
    remedy: str


@dataclass(frozen=True, slots=True)
class Came:
    """One message of a case, as the timeline has it."""

    at: int
    place: str
    direction: str
    what: str
    party: str
    way: str
    state: str
    reason: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Found:
    """A case that a reference leads to, with its messages."""

    administration: str
    known_as: str
    number: str
    messages: Sequence[Came]


@dataclass(frozen=True, slots=True)
class Level:
    """A service at a door in this month: shares from 0 to 1 (None: nothing was seen), and minutes.

    of_parts: what its parts together promise. administration: empty for all.
    """

    service: str
    door: str
    administration: str
    promised: float
    of_parts: float
    agreed: float | None
    round_the_clock: float | None
    coverage: float
    bad: int
    planned: int
    left: float
    exceeds_its_parts: bool


@dataclass(frozen=True, slots=True)
class Health:
    """Each part of the node with what is wrong with it (empty: nothing), and what to look at while it goes on."""

    parts: Mapping[str, str]
    notes: Mapping[str, str]


class Node(Protocol):
    """What the console is told of its node, and what it may have done."""

    def health(self) -> Health:
        """Whether it works."""

    def figures(self) -> Sequence[tuple[str, int]]:
        """What is in the node: a name and a number each."""

    def lanes(self) -> Sequence[Lane]:
        """The lanes in which something waits or failed."""

    def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""

    def happened(self) -> Sequence[Happened]:
        """What asked for an act, the last first."""

    def expiring(self) -> Sequence[Expiring]:
        """What runs out, the next first."""

    async def levels(self) -> Sequence[Level]:
        """Every service of this month at every door, as far as it has gone."""

    def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; who looked is written to the audit log. Raises NotFound."""

    def new_act(self) -> str:
        """An identification for an act, so that sending its form twice does it once."""

    async def have_done(self, act: str, on: str, *, id: str, reason: str, person: str) -> tuple[str, str]:
        """Do an act of the operator's; what came of it, and why where it was not what was wanted."""
