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
class Hit:
    """A case that does not go on: how people name it, why (a word), for what, and since when."""

    reference: str
    cause: str
    on: str
    since: int


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
    """A case that a reference leads to, with its messages. number: in hexadecimal; partition: -1 for none."""

    administration: str
    known_as: str
    number: str
    partition: int
    messages: Sequence[Came]


@dataclass(frozen=True, slots=True)
class Level:
    """A service at a door in a month or year: shares from 0 to 1 (None: nothing was seen), and minutes.

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


class KeptList(Protocol):
    """A list that an operator keeps: its address, what it is asked by, under which name."""

    @property
    def path(self) -> str:
        """Its address."""

    @property
    def query(self) -> str:
        """What it is asked by."""

    @property
    def name(self) -> str:
        """Under which name."""


class KeptLists(Protocol):
    """What operators keep, each for himself."""

    def of(self, person: str) -> Sequence[KeptList]:
        """What a person keeps, the latest first."""

    def keep(self, person: str, path: str, query: str, name: str) -> None:
        """Keep a list in place of one of the same address and name. Raises StoreUnavailable."""

    def forget(self, person: str, path: str, name: str) -> None:
        """Keep it no more. Raises StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A service at rest: its name as an act has it, its title, the circle (empty for all), since and until when, why
    and who; what is told by language. late: whether it rests for longer than was said."""

    name: str
    title: str
    circle: str
    begun: int
    until: int
    late: bool
    reason: str
    by: str
    notices: tuple[tuple[str, str], ...]


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

    def hit(self) -> Sequence[Hit]:
        """The cases that do not go on, those that wait longest first."""

    def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""

    def happened(self) -> Sequence[Happened]:
        """What asked for an act, the last first."""

    def expiring(self) -> Sequence[Expiring]:
        """What runs out, the next first."""

    async def levels(self, year: str = "") -> Sequence[Level]:
        """Every service of this month, or of a year, at every door, as far as it has gone. Raises BadRequest."""

    def year(self) -> str:
        """The year that it is."""

    def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; who looked is written to the audit log. Raises NotFound."""

    def resting(self) -> Sequence[Rest]:
        """Services that rest for maintenance."""

    def services(self) -> Sequence[tuple[str, str]]:
        """Name and title of each service."""

    def rest_asked(self, service: str, circle: str, minutes: int) -> str:
        """How an act says that a service rests for so long from now."""

    @property
    def kept_lists(self) -> KeptLists:
        """What operators keep of its lists."""

    def new_act(self) -> str:
        """An identification for an act, so that sending its form twice does it once."""

    async def have_done(self, act: str, on: str, *, id: str, reason: str, person: str) -> tuple[str, str]:
        """Do an act of the operator's; what came of it, and why where it was not what was wanted."""
