"""Servers of others that did not answer, remembered: one call at a time tries again, the others are refused at once.

Invariants: a host that answered is not in memory. Of a host that did not, one call at a time is under way, and none
before its pause is over; a pause doubles with each call in vain. Calls that were under way together count as one.
Who gave up a call learned nothing: it counts neither way.
"""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from douane.runtime.observing.pace import Pace
from douane.vocabulary.errors import PartnerFault, PartnerUnreachable

FIRST_SECONDS: Final = 2.0
LONGEST_SECONDS: Final = 60.0
AT_ONCE: Final = 32
"""Calls to one host that may be under way: a host that hangs holds no more connections and buffers of ours."""
PACES: Final = 64
"""Hosts of which it is remembered how long they take."""
HOSTS: Final = 1024
"""Hosts that are remembered; beyond it the one is forgotten that nobody has called for longest."""


@dataclass(slots=True)
class _Host:
    """calls: under way. vain: calls in vain in a row; failed: when the last of them ended; until: end of the pause."""

    calls: int = 0
    vain: int = 0
    failed: float = float("-inf")
    until: float = float("-inf")


class Away:
    """What is known of the hosts that a process calls."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._paces: OrderedDict[str, Pace] = OrderedDict()

    @property
    def slowest(self) -> float:
        """The middle of the last times of the host that takes longest to answer, in seconds. Any thread may ask."""
        return max((each.middle for each in tuple(self._paces.values())), default=0.0)

    @property
    def hosts(self) -> int:
        """How many did not answer when they were called last. Any thread may ask."""
        return sum(each.vain > 0 for each in tuple(self._hosts.values()))

    @asynccontextmanager
    async def calling(self, host: str) -> AsyncIterator[None]:
        """A call, as long as the block lasts; a PartnerFault in it was the host's.

        Raises PartnerUnreachable at once for a host that does not answer.
        """
        now = asyncio.get_running_loop().time
        known, began = self._entered(host, now()), now()
        known.calls += 1
        try:
            yield
        except PartnerFault:
            if began >= known.failed:
                known.vain += 1
                known.failed = now()
                known.until = known.failed + min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(known.vain - 1, 16))
            raise
        else:
            known.vain, known.until = 0, float("-inf")
            self._took(host, now() - began)
        finally:
            known.calls -= 1
            if not known.calls and not known.vain:
                self._hosts.pop(host, None)

    def _took(self, host: str, seconds: float) -> None:
        pace = self._paces.setdefault(host, Pace(asyncio.get_running_loop().time))
        self._paces.move_to_end(host)
        pace.took(seconds)
        while len(self._paces) > PACES:
            self._paces.popitem(last=False)

    def _entered(self, host: str, now: float) -> _Host:
        """What is known of a host that may be called now. Raises PartnerUnreachable."""
        known = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        while len(self._hosts) > HOSTS:
            self._hosts.popitem(last=False)
        if now < known.until:
            raise _refused(f"{host} did not answer a moment ago.", known.until - now)
        if known.calls >= (1 if known.vain else AT_ONCE):
            raise _refused(f"{host} has not answered the calls that are under way.", FIRST_SECONDS)
        return known


_KNOWN: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, Away]] = WeakKeyDictionary()


def others() -> Away:
    """What is known of the hosts that the running event loop, which is a node's, calls for visitors."""
    loop = asyncio.get_running_loop()
    found = _KNOWN.get(loop)
    if found is None:
        found = _KNOWN[loop] = Away()
    return found


def _refused(text: str, seconds: float) -> PartnerUnreachable:
    problem = PartnerUnreachable(text, remedy="Try again in a while.")
    problem.after = math.ceil(seconds)
    return problem
