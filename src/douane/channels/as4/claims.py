"""Pulled messages that wait for their receipt: each is claimed by one pull at a time, and returns when the claim ends.

A claim is made in one step of the event loop, so two pullers never get one message. It lives in the process of the
door: after a restart the message is in its queue again, under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from douane.standards.as4.pmodes import MINUTE, PMode

TERM: Final = 15 * MINUTE
MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Claim:
    """One pulled message. ``references``: what its receipt has to repeat."""

    party: str
    item: str
    message_id: str
    mode: PMode
    until: int
    references: tuple[str, ...] = ()


@dataclass(slots=True)
class PullClaims:
    """The claims of a door."""

    term: int = TERM
    _by_item: dict[tuple[str, str], Claim] = field(default_factory=dict)
    _by_id: dict[str, Claim] = field(default_factory=dict)

    def take(self, party: str, item: str, message_id: str, mode: PMode, now: int) -> Claim | None:
        """Claim a message; None while another claim on it lives, or when too many do."""
        known = self._by_item.get((party, item))
        if known is not None and known.until > now:
            return None
        if len(self._by_item) >= MOST:
            self._forget(now)
        if len(self._by_item) >= MOST:
            return None
        claim = Claim(party, item, message_id, mode, now + self.term)
        self._by_item[party, item] = self._by_id[message_id] = claim
        return claim

    def keep(self, claim: Claim, references: tuple[str, ...]) -> None:
        """The message goes out, with these references to be repeated."""
        kept = Claim(claim.party, claim.item, claim.message_id, claim.mode, claim.until, references)
        self._by_item[claim.party, claim.item] = self._by_id[claim.message_id] = kept

    def find(self, message_id: str) -> Claim | None:
        """The claim on a message by its id."""
        return self._by_id.get(message_id)

    def end(self, claim: Claim) -> None:
        """Receipted, or never sent."""
        self._by_item.pop((claim.party, claim.item), None)
        self._by_id.pop(claim.message_id, None)

    def _forget(self, now: int) -> None:
        for claim in [each for each in self._by_item.values() if each.until <= now]:
            self.end(claim)
