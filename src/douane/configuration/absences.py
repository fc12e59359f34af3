"""Administrations that are out of service, as one application keeps it: deliveries to them wait until they are back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import supplier_of, supply_of
from douane.model.needs import ABSENCES, PLANNED, Windows
from douane.model.rules import Look
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.tick import Tick
from douane.runtime.store.ports import MINUTE, SECOND, Clock, Instant, Reader
from douane.runtime.store.queries import View

FOR_EVER: Final[Instant] = 1 << 62
AGAIN: Final[Instant] = MINUTE
"""How often the store is looked at for what other processes committed."""


@dataclass(slots=True)
class Absences:
    """When each administration takes nothing, as one of this node knows it (or the Union).

    changed: told when a tick of this process changed it.
    """

    reader: Reader
    clock: Clock
    administration: str
    look: Callable[[dt.date], Look]
    partitions: Sequence[int] = (0,)
    changed: Callable[[], None] = lambda: None
    _windows: Windows = field(default_factory=dict)
    _read_at: Instant = -AGAIN

    def rests(self, administration: str) -> Callable[[Instant], Instant]:
        """For the terms of a lane: until when an administration takes nothing; now where it does."""

        def until(now: Instant) -> Instant:
            self._refresh(now)
            for start, end in sorted(self._windows.get(administration, ()), key=lambda each: each[0]):
                if start <= now and (end is None or now < end):
                    now = FOR_EVER if end is None else end
            return now

        return until

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick changed."""
        service = supplier_of(ABSENCES)
        if service and any(row.operation.partition(".")[0] == service for _, row in tick.overlay.rows):
            self._read_at = -AGAIN
            self.changed()

    def view(self) -> View:
        """What the administration knows now."""
        return View(self.reader, self.administration, self.clock.now(), self.look, partitions=self.partitions)

    def _refresh(self, now: Instant) -> None:
        absences = supply_of(ABSENCES)
        if absences is not None and not 0 <= now - self._read_at < AGAIN:
            self._windows, self._read_at = absences(self.view()), now


def absent(view: View, administration: str) -> bool:
    """Whether an administration takes nothing now, as it announced."""
    absences, now = supply_of(ABSENCES), view.now
    found = absences(view).get(administration, ()) if absences is not None else ()
    return any(start <= now and (end is None or now < end) for start, end in found)


def windows(view: View, administrations: Collection[str]) -> dict[str, tuple[float, float]]:
    """The outage that each of these administrations announced, now or next: begin and end in seconds (Unix time)."""
    planned, now = supply_of(PLANNED), view.now
    announced = planned(view) if planned is not None and administrations else {}
    found = {each: min((w for w in announced.get(each, ()) if w[1] > now), default=None) for each in administrations}
    return {each: (w[0] / SECOND, w[1] / SECOND) for each, w in found.items() if w is not None}


def knowing(settings: NodeSettings) -> str:
    """Whose knowledge of the others a node goes by: the Union's, or that of an administration it keeps."""
    own = settings.administrations
    return UNION if not own or UNION in own else min(own)
