"""What parties outside make a node keep: so many octets a day each, whatever they send.

Everything that is kept of somebody (a draft, a kept list, an address of a webhook and what waits for it, a parked
message) came in a message of his, stands in the journal and may stay there for ever. So the octets of messages are
counted, by the core, where those of all processes of a door come together; what may be deleted is bounded by number
beside it, and deleting gives back. Administrations are not counted: they are few and known, and the traffic of the
Union is theirs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from douane.vocabulary.errors import TooMany

ROW: Final = 1024
"""Octets that are counted for a message beside its body: row, leaves, receipt, the record that it changes."""
AHEAD: Final = 256 * 1024
"""Octets of a share that are taken at a time, so that few messages wait for a file; a restart loses as many at most."""
MOST_REMEMBERED: Final = 10_000


class DayShares:
    """Octets of each party's share of the day. draw: takes so many, of what all processes count together; TooMany."""

    def __init__(self, draw: Callable[[str, int], None]) -> None:
        self._draw = draw
        self._left: OrderedDict[str, int] = OrderedDict()

    def take(self, party: str, octets: int) -> None:
        """A party makes us keep so many more. Raises TooMany, with the seconds until tomorrow."""
        left = self._left.pop(party, 0)
        try:
            if octets > left:
                left += self._drawn(party, octets - left)
            left -= octets
        finally:
            if left:
                self._left[party] = left
        if len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)

    def _drawn(self, party: str, least: int) -> int:
        """As many octets as are taken at a time; where there are no more, those that are needed. Raises TooMany."""
        if least < AHEAD:
            try:
                self._draw(party, AHEAD)
            except TooMany:
                pass  # the last of the share is taken to the octet
            else:
                return AHEAD
        self._draw(party, least)
        return least


def uncounted(_platform: str) -> None:
    """Nobody counts refusals."""


class Keeping:
    """What may be kept of whom at one core. room: raises TooMany where a message begins one thing more than its sender
    may have. refused: told of each refusal, with the platform."""

    def __init__(
        self, draw: Callable[[str, int], None], room: Callable[[object, str, str, str], None],
        refused: Callable[[str], None] = uncounted,
    ) -> None:  # fmt: skip
        self._shares, self._room, self.refused = DayShares(draw), room, refused

    def take(self, platform: str, party: str, octets: int) -> None:
        """A message of a party with so many octets comes to be kept. Raises TooMany."""
        try:
            self._shares.take(party, octets + ROW)
        except TooMany:
            self.refused(platform)
            raise

    def must_have_room(self, platform: str, party: str, operation: str, message: object, administration: str) -> None:
        """Raise TooMany where a message would begin something of which its sender has as many as he may."""
        try:
            self._room(message, operation, party, administration)
        except TooMany:
            self.refused(platform)
            raise
