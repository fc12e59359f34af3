"""Secrets as they are checked: one at once, in turn by sender, and ever later for who guesses.

A wrong secret counts against its sender (a certificate or an address) and against the client that it names, so that
neither one sender that tries many clients nor many senders that try one get far. A sender that has shown a client's
right secret before is not kept from showing it again by what others guess: it loses that by a wrong one.

What was kept by a cheaper hash than new ones is hashed anew whenever somebody tries it, and kept when it was right: so
a wrong guess takes the time of one for a client that nobody knows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from douane.identity.register import COST, SecretHash
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.web.fair_use import MOST_HOLDERS, FairUse, Guesses, Limit
from douane.shared_services.web.turns import Turns

CHECKS: Final = 1
"""Secrets checked at once in a process. Each takes half a second of a core and 128 MB: that is the bound of both."""
WAITING: Final = 8
"""Checks of one sender that may wait."""
ALL_WAITING: Final = 64
Renew = Callable[[str, SecretHash, SecretHash], None]
"""Keep a new hash of a client's secret in the place of a former one. Called apart from the event loop."""


class Secrets:
    """Checks secrets within fair use.

    random: for salts. renew: what keeps a new hash. cost: scrypt's n of new hashes, and of checks for nobody.
    """

    def __init__(
        self, use: FairUse, random: Callable[[int], bytes], renew: Renew = lambda _id, _former, _new: None,
        cost: int = COST,
    ) -> None:  # fmt: skip
        allowance = use.allowance
        self._use, self._random, self._renew, self._cost = use, random, renew, cost
        # Checked for unknown clients, so that the time of an answer does not tell who is registered.
        self._nobody = SecretHash(cost, 8, 1, bytes(16), bytes(32))
        self._turns = Turns(CHECKS, waiting=WAITING, all_waiting=ALL_WAITING)
        self._by_sender = Guesses(allowance.guesses, allowance.guess_seconds)
        self._by_client = Guesses(allowance.guesses, allowance.guess_seconds)
        self._proven: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def check(self, id: str, secret: str, expected: SecretHash | None, sender: str) -> bool:
        """Whether a secret is the client's. Raises TooMany for who guessed lately, and where too many wait."""
        self._must_rest(id, sender)
        async with self._turns.of(sender, self._use, Limit.SECRETS):
            self._must_rest(id, sender)  # those before it may have been guesses too
            right = await beside(Purpose.SECRETS, self._matches, id, secret, expected)
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

    def _matches(self, id: str, secret: str, expected: SecretHash | None) -> bool:
        right = (expected or self._nobody).matches(secret) and expected is not None
        if expected is not None and expected.cost < self._cost:
            new = SecretHash.of(secret, salt=self._random(16), cost=self._cost)
            if right:
                self._renew(id, expected, new)
        return right

    def _must_rest(self, id: str, sender: str) -> None:
        if (id, sender) in self._proven:
            return
        now = self._use.now()
        wait = max(self._by_sender.wait(sender, now), self._by_client.wait(id, now))
        if wait:
            raise self._use.refuse(Limit.GUESSES, True, wait)
