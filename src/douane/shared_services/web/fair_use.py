"""Fair use: what one holder can take of a door, so that it starves nobody.

A holder is a party; before anybody is known it is the certificate that the handshake proved, or else an address.
These hold whatever is asked in whatever order, and ``tests/test_fair_use.py`` looks for a sequence that breaks one:

1. Nobody holds more of anything than his share, and all together never more than there is.
2. Who is refused has changed nothing, for himself or for others.
3. What is given back can be taken again at once; giving back never fails.
4. Over any time, nobody takes more than his rate times that time, and the burst once.
5. What is remembered is bounded: who holds nothing and has rested is forgotten, and so is who rested longest where too
   many are remembered; who is forgotten begins anew.
6. Time comes in as an argument, in seconds of a clock that never goes back; nothing here waits, reads or writes.
"""

from __future__ import annotations

import enum
import ipaddress
import math
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from douane.runtime.turns.spending import BURST_SECONDS, Budget
from douane.vocabulary.errors import DouaneError, Overloaded, TooMany

MOST_HOLDERS: Final = 20_000
"""Holders whose recent rate is remembered, and names at whose secrets somebody guessed."""
TOLD: Final = 8
"""Connections of one holder beyond its share that are told so; further ones are cut."""
QUARTER: Final = 4
"""No holder takes more than this part of a door's connections, however few there are."""
IPV6_SITE: Final = 64
"""Bits of an IPv6 address that tell one site from another: within them one client can take any address."""


class Limit(enum.Enum):
    """What is limited; the names stand in metrics."""

    HANDSHAKES = "handshakes"
    CONNECTIONS = "connections"
    CONNECTION_RATE = "connection rate"
    STRANGERS = "strangers"
    REQUEST_RATE = "request rate"
    REQUESTS = "requests"
    POLLS = "polls"
    BODIES = "bodies"
    BODY_RATE = "body rate"
    GUESSES = "guesses"
    SECRETS = "secrets"
    WORK = "work"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one holder may take of one door of one process, and with ``all_`` what all holders may take together.

    handshakes: of an address, begun and not ended; a newer one then takes the place of the oldest. connections,
    connections_per_second: of an address, open ones also of a certificate. strangers_per_second: requests of an address
    or certificate that end before a party is known. requests_at_once: of a party, being worked on; polls: waiting for
    something to come. body_bytes: in memory; body_bytes_per_second: to be read. guesses: wrong secrets that cost no
    time, for an address and for a client; guess_seconds: the longest pause after further ones. work_ms_per_second:
    milliseconds of CPU that questions and pages of a party may cost; of a stranger's address, of all strangers.
    sign_ins_in_ten_minutes: of one person.
    """

    handshakes: int = 64
    all_handshakes: int = 256
    connections: int = 256
    all_connections: int = 2_000
    connections_per_second: int = 25
    strangers_per_second: int = 50
    requests_per_second: int = 500
    requests_at_once: int = 64
    all_requests_at_once: int = 512
    polls: int = 16
    body_bytes: int = 16 * 1024 * 1024
    all_body_bytes: int = 256 * 1024 * 1024
    body_bytes_per_second: int = 2 * 1024 * 1024
    guesses: int = 5
    guess_seconds: int = 300
    work_ms_per_second: int = 150
    stranger_work_ms_per_second: int = 30
    all_strangers_work_ms_per_second: int = 200
    sign_ins_in_ten_minutes: int = 60

    def within(self, descriptors: int) -> Allowance:
        """The same for a door that may have so many descriptors open."""
        handshakes = max(1, min(self.all_handshakes, descriptors // QUARTER))
        connections = max(1, min(self.all_connections, descriptors - handshakes - 2 * TOLD))
        return replace(self, all_handshakes=handshakes, all_connections=connections)

    def budget(self) -> Budget:
        """What questions and pages may cost."""
        return Budget(self.work_ms_per_second, self.stranger_work_ms_per_second, self.all_strangers_work_ms_per_second)


class Shares:
    """How much of one thing each holds: at most ``each``, all ``together`` at most so much."""

    def __init__(self, each: int, together: int) -> None:
        self.each, self.together = min(each, together), together
        self.held = 0
        self._held: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._held)

    def of(self, holder: str) -> int:
        """What a holder holds."""
        return self._held.get(holder, 0)

    def exceeds(self, holder: str, amount: int = 1) -> bool:
        """Whether so much more would be beyond the holder's share."""
        return self._held.get(holder, 0) + amount > self.each

    def take(self, holder: str, amount: int = 1) -> bool:
        """Take so much more, where share and total allow it."""
        mine, all_ = self._held.get(holder, 0) + amount, self.held + amount
        if mine > self.each or all_ > self.together:
            return False
        self._held[holder], self.held = mine, all_
        return True

    def give(self, holder: str, amount: int = 1) -> None:
        """Give back what was taken."""
        left = self._held.get(holder, 0) - amount
        if left > 0:
            self._held[holder] = left
        else:
            self._held.pop(holder, None)
        self.held -= amount


class Rates:
    """How fast each takes: a bucket for each holder that fills at a rate."""

    def __init__(self, per_second: float, most: int = MOST_HOLDERS) -> None:
        self.per_second, self.burst = per_second, per_second * BURST_SECONDS
        self._most = most
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is missing from the bucket, and when

    def __len__(self) -> int:
        return len(self._spent)

    def take(self, holder: str, now: float, amount: float = 1.0) -> float:
        """Take so much: 0 where it was there, else the seconds until it is. More than a burst takes all that rested."""
        known = self._spent.get(holder)
        spent = max(0.0, known[0] - (now - known[1]) * self.per_second) if known is not None else 0.0
        missing = spent + min(amount, self.burst) - self.burst
        if missing > 0:
            return missing / self.per_second
        self._spent[holder] = spent + amount, now
        if known is not None:
            self._spent.move_to_end(holder)
        else:
            self._forget(now)
        return 0.0

    def give(self, holder: str, amount: float = 1.0) -> None:
        """Give back what was taken and not used."""
        if holder in self._spent:
            spent, since = self._spent[holder]
            self._spent[holder] = max(0.0, spent - amount), since

    def _forget(self, now: float) -> None:
        """Forget who took longest ago where his bucket is full again, two for each who comes."""
        for _ in range(2):
            holder, (spent, since) = next(iter(self._spent.items()))
            if len(self._spent) <= self._most and spent > (now - since) * self.per_second:
                return
            del self._spent[holder]
            if not self._spent:
                return


class Guesses:
    """Wrong guesses: after some that are free, each one doubles the time until the next is looked at."""

    def __init__(self, free: int, longest_seconds: float, most: int = MOST_HOLDERS) -> None:
        self._free, self._longest, self._most = free, longest_seconds, most
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()  # how many, and until when none is looked at

    def __len__(self) -> int:
        return len(self._wrong)

    def wait(self, name: str, now: float) -> float:
        """Seconds until a guess under this name is looked at; 0 for now."""
        return max(0.0, self._wrong.get(name, (0, 0.0))[1] - now)

    def wrong(self, name: str, now: float) -> None:
        """A guess was wrong. Who made none for the longest pause after his last one begins anew."""
        count, until = self._wrong.pop(name, (0, now))
        count = 1 if now > until + self._longest else count + 1
        pause = min(self._longest, 2.0 ** min(count - self._free - 1, 60)) if count > self._free else 0.0
        self._wrong[name] = count, now + pause
        while len(self._wrong) > self._most:
            self._wrong.popitem(last=False)


class FairUse:
    """What the holders of one door hold, and the refusal of who asks for more.

    refused: how often each limit refused somebody. ``now``: seconds of a clock that never goes back. ``say``: told of
    each refusal.
    """

    def __init__(
        self, allowance: Allowance, now: Callable[[], float], say: Callable[[Limit], None] = lambda _limit: None
    ) -> None:
        self.allowance, self.now, self._say = allowance, now, say
        self.refused: Counter[Limit] = Counter()
        quarter = max(1, allowance.all_connections // QUARTER)
        self.connections = Shares(min(allowance.connections, quarter), allowance.all_connections)
        self.proxied = Shares(allowance.all_connections, allowance.all_connections)
        """Connections of named proxies: behind each are many, who are told apart by request."""
        self.told = Shares(TOLD, 2 * TOLD)
        self.requests = Shares(allowance.requests_at_once, allowance.all_requests_at_once)
        self.polls = Shares(allowance.polls, allowance.all_connections)
        self.bodies = Shares(allowance.body_bytes, allowance.all_body_bytes)
        self.connection_rate = Rates(allowance.connections_per_second)
        self.strangers = Rates(allowance.strangers_per_second)
        self.request_rate = Rates(allowance.requests_per_second)
        self.body_rate = Rates(allowance.body_bytes_per_second)
        self.handshakes = 0
        """How many are begun and not ended."""

    def take(self, limit: Limit, shares: Shares, holder: str, amount: int = 1) -> None:
        """Take of a share. Raises TooMany beyond the holder's, Overloaded where all together hold too much."""
        if not shares.take(holder, amount):
            raise self.refuse(limit, shares.exceeds(holder, amount))

    def spend(self, limit: Limit, rates: Rates, holder: str, amount: float = 1.0) -> None:
        """Take of a rate. Raises TooMany with the time to wait."""
        wait = rates.take(holder, self.now(), amount)
        if wait:
            raise self.refuse(limit, True, wait)

    def refuse(self, limit: Limit, own: bool, seconds: float = 1.0) -> DouaneError:
        """Count a refusal and name it; ``own``: whether the holder itself takes too much, or all together."""
        self.refused[limit] += 1
        self._say(limit)
        error: TooMany | Overloaded
        if own:
            remedy = "Wait as long as Retry-After says, and send less at once."
            error = TooMany(f"You take more than one caller's share here ({limit.value}).", remedy=remedy)
        else:
            error = Overloaded(f"All callers together take more than this door has ({limit.value}).",
                               remedy="Try again in a second.")  # fmt: skip
        error.after = max(1, math.ceil(seconds))
        return error

    def held(self) -> dict[Limit, int]:
        """What is held now of everything that is given back."""
        return {
            Limit.HANDSHAKES: self.handshakes, Limit.CONNECTIONS: self.connections.held,
            Limit.REQUESTS: self.requests.held, Limit.POLLS: self.polls.held, Limit.BODIES: self.bodies.held,
        }  # fmt: skip


def site_of(address: str) -> str:
    """What stands for an address as a holder: itself, of IPv6 the site; the text where it is no address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_SITE), strict=False))
