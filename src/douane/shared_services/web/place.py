"""The place of one request at its door: what it holds of what is shared, given back when it ends.

Until its party is known a request costs its address or certificate a stranger's turn; then it takes a share of the
party. Who waits for something to come holds no share of the work, and waits no longer than its client does.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from douane.shared_services.web.fair_use import FairUse, Limit
from douane.vocabulary.errors import BadRequest


class Place:
    """What a request holds. ``holder``: the certificate or address of its connection."""

    __slots__ = ("_body", "_gone", "_party", "_use", "_waiting", "_works", "holder")

    def __init__(self, use: FairUse, holder: str) -> None:
        self._use, self.holder = use, holder
        self._party, self._body, self._works, self._gone = "", 0, False, False
        self._waiting: asyncio.Timeout | None = None

    @property
    def stranger(self) -> bool:
        """Whether no party is known of it."""
        return self._party in ("", self.holder)

    def enter(self) -> None:
        """Begin. Raises TooMany for who has been a stranger too often."""
        self._use.spend(Limit.STRANGERS, self._use.strangers, self.holder)

    def belong(self, party: str) -> None:
        """The request is this party's from now on. Raises TooMany, Overloaded."""
        if self._party:
            return
        use, size = self._use, self._body
        use.strangers.give(self.holder)
        use.spend(Limit.REQUEST_RATE, use.request_rate, party)
        use.take(Limit.REQUESTS, use.requests, party)
        self._party, self._works = party, True
        if size:
            use.bodies.give(self.holder, size)
            self._body = 0
            use.take(Limit.BODIES, use.bodies, party, size)
            self._body = size

    def stay_unknown(self) -> None:
        """Nobody in particular asks for what everybody may read: the stranger's turn stays spent, and the address or
        certificate takes a share of the work. Raises TooMany, Overloaded."""
        self._use.take(Limit.REQUESTS, self._use.requests, self.holder)
        self._party, self._works = self.holder, True

    def hold(self, size: int) -> None:
        """So many more octets of the body are in memory. Raises TooMany, Overloaded."""
        use, holder = self._use, self._party or self.holder
        use.take(Limit.BODIES, use.bodies, holder, size)
        self._body += size

    def read(self, size: int) -> None:
        """So many octets will be read as a message. Raises TooMany for who has sent too many lately."""
        self._use.spend(Limit.BODY_RATE, self._use.body_rate, self._party or self.holder, size)

    @contextlib.asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """Wait within the block for something to come: it ends when the client goes. Raises TooMany, BadRequest."""
        use, party = self._use, self._party or self.holder
        use.take(Limit.POLLS, use.polls, party)
        self._rest()
        self._waiting = limit = asyncio.timeout(0 if self._gone else None)
        try:
            async with limit:
                yield
        except TimeoutError as problem:
            if limit.expired():
                raise BadRequest("The connection closed before there was an answer.", remedy="Ask again.") from problem
            raise
        finally:
            self._waiting = None
            use.polls.give(party)

    def gone(self) -> None:
        """The client has gone: nobody waits any more."""
        self._gone = True
        if self._waiting is not None and not self._waiting.expired():
            self._waiting.reschedule(0)

    def leave(self) -> None:
        """The request has ended: give everything back."""
        self._rest()
        if self._body:
            self._use.bodies.give(self._party or self.holder, self._body)
            self._body = 0

    def _rest(self) -> None:
        if self._works:
            self._use.requests.give(self._party)
            self._works = False
