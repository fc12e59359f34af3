"""Secrets as they are checked: few at once, in turn by sender, and ever later for who guesses.

A wrong secret counts against its sender (a certificate or an address) and against the client that it names, so that
neither one sender that tries many clients nor many senders that try one get far. A sender that has shown a client's
right secret before is not kept from showing it again by what others guess: it loses that by a wrong one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

from douane.identity.register import SecretHash
from douane.shared_services.web.fair_use import MOST_HOLDERS, FairUse, Guesses, Limit
from douane.shared_services.web.turns import Turns

CHECKS: Final = 2
"""Secrets checked at once. Each takes tens of milliseconds of a core and 16 MB, so more would starve the doors."""
WAITING: Final = 8
"""Checks of one sender that may wait."""
ALL_WAITING: Final = 64
# Checked for unknown clients, so that the time of an answer does not tell who is registered.
_NOBODY: Final = SecretHash(2**14, 8, 1, bytes(16), bytes(32))


class Secrets:
    """Checks secrets within fair use."""

    def __init__(self, use: FairUse) -> None:
        allowance = use.allowance
        self._use = use
        self._turns = Turns(CHECKS, waiting=WAITING, all_waiting=ALL_WAITING)
        self._by_sender = Guesses(allowance.guesses, allowance.guess_seconds)
        self._by_client = Guesses(allowance.guesses, allowance.guess_seconds)
        self._proven: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def check(self, id: str, secret: str, expected: SecretHash | None, sender: str) -> bool:
        """Whether a secret is the client's. Raises TooMany for who guessed lately, and where too many wait."""
        self._must_rest(id, sender)
        async with self._turns.of(sender, self._use, Limit.SECRETS):
            self._must_rest(id, sender)  # those before it may have been guesses too
            right = await asyncio.to_thread((expected or _NOBODY).matches, secret) and expected is not None
        pair = (id, sender)
        if right:
            self._proven[pair] = None
            self._proven.move_to_end(pair)
            if len(self._proven) > MOST_HOLDERS:
                self._proven.popitem(last=False)
        else:
            self._proven.pop(pair, None)
            self._by_sender.wrong(sender, self._use.now())
            self._by_client.wrong(id, self._use.now())
        return right

    def _must_rest(self, id: str, sender: str) -> None:
        if (id, sender) in self._proven:
            return
        now = self._use.now()
        wait = max(self._by_sender.wait(sender, now), self._by_client.wait(id, now))
        if wait:
            raise self._use.refuse(Limit.GUESSES, True, wait)
