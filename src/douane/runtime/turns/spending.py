"""What questions and pages may cost: milliseconds of CPU, by who asks, and of all strangers together.

A call that costs a second counts for more than a thousand that cost a tenth of a millisecond; so it is the cost that is
shared fairly, not the number of calls. What a piece of work costs is known when it is done: it is charged then, and who
has spent too much is refused before his next one begins.

1. Who is refused has spent more than his rate times the time since, and his burst; a refusal costs and changes nothing.
2. Over any time all strangers together are served at most their rate times that time, their burst with a reserve, and
   what was begun before the last of it was charged; so is each asker, without a reserve. The reserve is for strangers
   who asked little lately: those who ask from some addresses as fast as they can do not shut out everybody else.
3. What is remembered is bounded: whoever owes nothing is forgotten, and beyond ``MOST_ASKERS`` who asked longest ago.
4. Time and cost come in as arguments. Nothing here waits, reads or writes.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from douane.vocabulary.errors import Overloaded, TooMany

T = TypeVar("T")
BURST_SECONDS: Final = 4.0
"""Who rested may spend this many seconds' worth at once."""
RESERVE_SECONDS: Final = 2 * BURST_SECONDS
"""So many seconds' worth may all strangers together owe before also those are refused who asked little lately."""
LATELY: Final = 10
"""Who asked little lately: by a tenth of his rate he would owe no more than his burst."""
SIGNING_IN: Final = 4
"""How much more strangers may spend on coming in: a house with one address begins its day at once."""
UNBOUNDED: Final = 1e9
MOST_ASKERS: Final = 20_000
WRITING_NS: Final = 4
"""Nanoseconds that a door takes to write an octet of an answer to its client, by TLS: 2.2 s for 576 MB."""
_NS_A_MS: Final = 1_000_000


class Asker(NamedTuple):
    """Who is charged. name: of a party, an officer, a program; of a stranger the address that he comes from."""

    name: str
    stranger: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """Milliseconds of CPU a second: of somebody who is known, of a stranger, and of all strangers together."""

    known: float = 150.0
    stranger: float = 30.0
    strangers: float = 200.0

    def shared(self, processes: int) -> Budget:
        """The part of one of several processes that draw the same pages."""
        return Budget(self.known / processes, self.stranger / processes, self.strangers / processes)

    def signing_in(self) -> Budget:
        """For the pages by which persons come in: each is a stranger until he is in."""
        return Budget(self.known, SIGNING_IN * self.stranger, SIGNING_IN * self.strangers)

    def operators(self) -> Budget:
        """For the console: whoever operates the node is not limited, strangers are."""
        return Budget(UNBOUNDED, self.stranger, self.strangers)


class Debts:
    """How many milliseconds each owes: what he spent, less what his rate gave him since."""

    def __init__(self, per_second: float, most: int = MOST_ASKERS) -> None:
        self.per_second, self._most = per_second, most
        self._owed: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._owed)

    def owed(self, name: str, now: float) -> float:
        """What somebody owes now, in milliseconds."""
        owed, since = self._owed.get(name, (0.0, now))
        return max(0.0, owed - (now - since) * self.per_second)

    def wait(self, name: str, now: float, burst: float = BURST_SECONDS) -> float:
        """Seconds until he is served again, who may owe so many seconds' worth; 0 for now."""
        return max(0.0, self.owed(name, now) / self.per_second - burst)

    def charge(self, name: str, now: float, ms: float) -> None:
        """He spent so much."""
        owed = self.owed(name, now) + ms
        self._owed.pop(name, None)
        self._owed[name] = owed, now
        while len(self._owed) > self._most:
            self._owed.popitem(last=False)
        oldest = next(iter(self._owed))
        if oldest != name and not self.owed(oldest, now):
            del self._owed[oldest]


def uncounted(_asker: Asker) -> None:
    """Nobody counts refusals."""


class Spending:
    """What is spent of one process. cpu: nanoseconds of CPU of this thread. now: seconds that never go back.

    refused: told of each refusal.
    """

    def __init__(
        self, budget: Budget, now: Callable[[], float], cpu: Callable[[], int],
        refused: Callable[[Asker], None] = uncounted,
    ) -> None:  # fmt: skip
        self._now, self.cpu, self.refused = now, cpu, refused
        self.known, self.strangers = Debts(budget.known), Debts(budget.stranger)
        self.all_strangers, self._lately = Debts(budget.strangers), Debts(budget.stranger / LATELY)
        self.charged_ns = 0
        """All that was charged by ``work``: whoever measures around such work takes it off."""

    def must_have(self, asker: Asker) -> None:
        """Raise TooMany for who has spent too much, Overloaded where all strangers have; both say how long to wait."""
        now = self._now()
        wait = (self.strangers if asker.stranger else self.known).wait(asker.name, now)
        if wait:
            self.refused(asker)
            said = TooMany(
                "What you asked lately cost more than one caller's share (work).",
                remedy="Wait as long as Retry-After says; ask for less at once, page by page.",
            )
            said.after = max(1, math.ceil(wait))
            raise said
        much = asker.stranger and self._lately.wait(asker.name, now, LATELY * BURST_SECONDS)
        burst = BURST_SECONDS if much else RESERVE_SECONDS
        wait = self.all_strangers.wait("", now, burst) if asker.stranger else 0.0
        if wait:
            self.refused(asker)
            full = Overloaded(
                "All who ask without an identity together cost more than this node has for them (work).",
                remedy="Wait as long as Retry-After says, or ask with an identity of your own.",
            )
            full.after = max(1, math.ceil(wait))
            raise full

    def charge(self, asker: Asker, ns: int) -> None:
        """Somebody's work took so many nanoseconds."""
        now, ms = self._now(), ns / _NS_A_MS
        if asker.stranger:
            self.strangers.charge(asker.name, now, ms)
            self._lately.charge(asker.name, now, ms)
            self.all_strangers.charge("", now, ms)
        else:
            self.known.charge(asker.name, now, ms)

    @contextmanager
    def work(self, asker: Asker, *, begun: bool = False) -> Iterator[None]:
        """Charge what the block takes, which does not wait. Raises TooMany, Overloaded before it begins; never where it
        was begun before, and only goes on."""
        if not begun:
            self.must_have(asker)
        begin = self.cpu()
        try:
            yield
        finally:
            spent = self.cpu() - begin
            self.charged_ns += spent
            self.charge(asker, spent)

    def answered(self, asker: Asker, find: Callable[[], T], octets: Callable[[T], int], *, begun: bool = False) -> T:
        """What is found, charged with what finding took and with the octets that a door writes of it. Raises as
        ``work`` does."""
        with self.work(asker, begun=begun):
            found = find()
            size = octets(found)
        self.charge(asker, size * WRITING_NS)
        return found

    def beside(self) -> int:
        """Nanoseconds of CPU of this thread that ``work`` has not charged: for who measures around several of them."""
        return self.cpu() - self.charged_ns


class Charged(Generic[T]):
    """A piece of work that a thread does for an asker, charged when it ended: whoever still waits for it, and whatever
    came of it. keep: takes what it made."""

    def __init__(
        self,
        spending: Spending,
        asker: Asker,
        work: Callable[[], T],
        keep: Callable[[T], object] = lambda _made: None,
    ) -> None:
        self._spending, self._asker, self._work, self._keep = spending, asker, work, keep
        self._made: list[T] = []
        self._ns = 0

    def __call__(self) -> T:
        """Do the work; in the thread, whose CPU is measured."""
        begin = self._spending.cpu()
        try:
            made = self._work()
            self._made.append(made)
            return made
        finally:
            self._ns = self._spending.cpu() - begin

    def may(self) -> None:
        """Raise TooMany, Overloaded where the asker has spent too much by now."""
        self._spending.must_have(self._asker)

    def ended(self) -> None:
        """Charge it, and keep what was made; on the event loop. Of what no thread began nothing is charged."""
        self._spending.charge(self._asker, self._ns)
        for made in self._made:
            self._keep(made)
