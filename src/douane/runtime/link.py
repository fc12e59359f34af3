"""The link between a door and the core: it carries admitted envelopes, and the core trusts it for one platform only."""

from __future__ import annotations

from douane.model.circles import Platform
from douane.runtime.accept import REPLY
from douane.runtime.envelope import Arrival, Media, Receipt
from douane.runtime.node import Submit
from douane.runtime.tick import TIMER
from douane.vocabulary.errors import WrongCircle

INNER = frozenset({REPLY, TIMER})
"""Operations of the core itself: no message from outside names one."""


class Link:
    """The core's end of a link, bound to the platform of its door: a captured door cannot speak for another."""

    def __init__(self, platform: Platform, submit: Submit) -> None:
        self.platform = platform
        self._circles = frozenset(kind.circle.value for kind in platform.kinds)
        self._submit = submit

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope to the core; its receipt once it is durable."""
        envelope = arrival.envelope
        if envelope.platform != self.platform.value or envelope.circle not in self._circles:
            raise WrongCircle(
                f"The link of {self.platform.value} does not carry what {envelope.platform} says of {envelope.circle}.",
                remedy="Send through the door whose circle the sender belongs to.",
            )
        if envelope.reply_to is not None or envelope.media is Media.VALUE or envelope.operation in INNER:
            raise WrongCircle("No door speaks for a process of the core.", remedy="Send the message as its sender did.")
        return await self._submit(arrival)
