"""Services that rest for maintenance: what a core refuses meanwhile, by service and circle, with when to come again.

Invariant. Whoever sends is told before anything is journalled: a message is either taken or not, never lost in between.
What is accepted already is handled, cases go on and inboxes can be read.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from douane.model.circles import Circle
from douane.runtime.store.ports import SECOND, Clock, Instant
from douane.vocabulary.errors import UnderMaintenance

LATE_SECONDS = 60
"""When to come again, where a rest lasts longer than was said."""


class Rest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A service at rest. circle: for whom; None for everybody. begun, until: instants; it lasts until it is ended.

    notices: what callers are told, by language.
    """

    service: str
    begun: Instant
    until: Instant
    circle: Circle | None = None
    reason: str = ""
    by: str = ""
    notices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """How an act names it: ``transit``, or ``transit@untrusted``."""
        return f"{self.service}@{self.circle.value}" if self.circle is not None else self.service

    def holds_for(self, service: str, circle: Circle) -> bool:
        """Whether callers of a circle do not get a service."""
        return self.service == service and self.circle in (None, circle)


@dataclass(slots=True)
class Resting:
    """The rests that hold now; another tuple takes their place when an operator begins or ends one."""

    clock: Clock
    rests: tuple[Rest, ...] = ()

    def take(self, rests: tuple[Rest, ...]) -> None:
        """Go by others from now on."""
        self.rests = rests

    def refuse(self, operation: str, circle: Circle) -> None:
        """Raise UnderMaintenance where the service of a qualified operation rests for a circle."""
        if not self.rests:
            return
        service = operation.partition(".")[0]
        for each in self.rests:
            if each.holds_for(service, circle):
                raise self._refusal(each)

    def _refusal(self, rest: Rest) -> UnderMaintenance:
        notices = dict(rest.notices)
        refusal = UnderMaintenance(
            notices.get("en", f"{rest.service} is out of service for maintenance."),
            remedy="Send the same message again then; nothing of it was taken.",
        )
        left = -(-(rest.until - self.clock.now()) // SECOND)
        refusal.after, refusal.notices = left if left > 0 else LATE_SECONDS, rest.notices
        return refusal
