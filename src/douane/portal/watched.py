"""What the console is told of its node, and what an operator may have done to it: values and one port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from douane.identity.operators import Doer


@dataclass(frozen=True, slots=True)
class Lane:
    """The messages that wait for one partner by one channel.

    waiting: how many, and whether there are more than were counted. oldest: when the first was written. failures: of
    attempts in a row; reason: why the last one failed. again: seconds until the next. hit: references of cases.
    name: that of the lane. paused: who let it rest and why. first: the place of the oldest message. out: the places of
    messages that an operator took out of it.
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
    out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """How it goes with a partner to whom the node delivers: messages that it answered in the last hour, the middle of
    its last answers (milliseconds), and when it last answered, since the process began."""

    channel: str
    partner: str
    an_hour: int
    answers_ms: int
    last: int


@dataclass(frozen=True, slots=True)
class Collecting:
    """Whoever collects from the node: its name, how it is with it (a word), its last sign of life (0: none is known),
    since when nothing is heard of it, how many messages wait and since when, how many cases that hits, the
    references of some of them, and whether it is silent although it reads: it confirms nothing."""

    name: str
    sign: str
    seen: int
    since: int
    waiting: int
    more: bool
    oldest: int
    cases: int
    hit: tuple[str, ...]
    reads: bool = False

    @property
    def silent(self) -> bool:
        """Whether messages wait for it and it gives no sign."""
        return self.sign == "silent"


@dataclass(frozen=True, slots=True)
class Curve:
    """A figure of the node: its name, how it is now, and each minute of the last hour, oldest first. seconds: whether
    it is a time; else it is a number."""

    name: str
    now: float
    hour: tuple[float, ...]
    seconds: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases of a kind in a state: how many changed within a day, and when the oldest of them was opened (0: not
    known)."""

    kind: str
    state: str
    number: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Acted:
    """What an operator had done: when, what, on what, by whom, why."""

    at: int
    act: str
    on: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first page shows at one look. opened: cases that were opened today (UTC). acts: of operators since the
    process began, the last first."""

    curves: tuple[Curve, ...] = ()
    cases: tuple[Standing, ...] = ()
    opened: int = 0
    acts: tuple[Acted, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """A door and its last thirty days, oldest first: the share of the minutes seen that were good; None: nobody
    looked."""

    door: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A registered client that is no person: whose it is, when the certificate that lies here runs out, in how many
    days (negative: so long ago)."""

    client: str
    holder: str
    until: int
    days: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A message set aside: its place, when, what, from whom, why, and the class of that reason. behind: the place of
    that behind which it waits. proposal: who proposed to discard it, and why; seen: the digest of that."""

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
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one person wants and another one has to agree with: the act, what about, by whom, when and why; what it
    does, sentence by sentence; the digest of all that. confirmed: whether he said so, signed
    in; a command only names him."""

    act: str
    title: str
    on: str
    by: str
    at: int
    reason: str
    drawn: tuple[str, ...]
    digest: str
    confirmed: bool


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

    async def health(self) -> Health:
        """Whether it works."""

    async def figures(self) -> Sequence[tuple[str, int]]:
        """What is in the node: a name and a number each."""

    async def lanes(self) -> Sequence[Lane]:
        """The lanes in which something waits or failed."""

    async def going(self) -> Sequence[Going]:
        """The partners that answered since the process began, the slowest first."""

    async def collecting(self) -> Sequence[Collecting]:
        """Whoever collects, those that are silent first."""

    async def glance(self) -> Glance:
        """What the first page shows at one look."""

    async def days(self) -> Sequence[Days]:
        """The doors by day, for thirty days."""

    def holders(self) -> Sequence[Holder]:
        """The clients of whom a certificate lies here, the next that runs out first."""

    async def hit(self) -> Sequence[Hit]:
        """The cases that do not go on, those that wait longest first."""

    async def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""

    async def happened(self) -> Sequence[Happened]:
        """What asked for an act, the last first."""

    def expiring(self) -> Sequence[Expiring]:
        """What runs out, the next first."""

    async def levels(self, year: str = "") -> Sequence[Level]:
        """Every service of this month, or of a year, at every door, as far as it has gone. Raises BadRequest."""

    def year(self) -> str:
        """The year that it is."""

    async def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; who looked is written to the audit log. Raises NotFound."""

    async def resting(self) -> Sequence[Rest]:
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

    async def proposed(self) -> Sequence[Proposed]:
        """What waits for another person, oldest first."""

    async def clock_behind(self) -> tuple[int, int] | None:
        """When the newest leaf was committed and what the clock says, where no core begins since it is behind; else
        None."""

    def replaceable(self) -> Sequence[tuple[str, str]]:
        """The acts that put another file in place of one by which the node goes, with their titles."""

    def lodge(self, text: str) -> str:
        """Lodge a file, so that an act can name it; its digest."""

    async def have_done(
        self, act: str, on: str, *, id: str, reason: str, doer: Doer, seen: str = ""
    ) -> tuple[str, str]:  # fmt: skip
        """Do an act of the operator's; what came of it, and why where it was not what was wanted. seen: the digest of
        what somebody proposed, by who agrees with it."""
