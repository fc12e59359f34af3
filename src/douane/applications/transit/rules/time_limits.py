"""Time limits of transit with the article each comes from; a node may run on others, or on a faster clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from douane.vocabulary.time import DAY, Instant


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Days that the law gives, or that an office sets where the law leaves it to the office.

    ``scale`` is what a day counts: 1 is a day; a demonstration takes less, so that a month passes in seconds.
    """

    presentation: int = 30
    """Goods of a pre-lodged declaration are presented within 30 days (UCC art. 171)."""
    amendment: int = 30
    """The declarant's time to answer before an adverse decision (Delegated Regulation 2015/2446 art. 8)."""
    journey: int = 8
    """Set by the office of departure where the declaration names no date (Implementing Regulation art. 297)."""
    inspection: int = 3
    """The control at destination is over within three days of the presentation (Implementing Regulation art. 309)."""
    results: int = 6
    """Control results reach departure within six days of the arrival (Implementing Regulation art. 309, 310)."""
    enquiry: int = 7
    """The enquiry begins within seven days after the time limit for presentation (Implementing Regulation art. 310)."""
    answer: int = 28
    """The holder answers an enquiry within 28 days (Implementing Regulation art. 310)."""
    scale: float = 1.0

    def after(self, now: int, days: int) -> Instant:
        """The instant so many days from now."""
        return Instant(now + round(days * DAY * self.scale))

    def presented_by(self, now: int) -> Instant:
        """When a pre-lodged declaration lapses (UCC art. 171)."""
        return self.after(now, self.presentation)

    def amended_by(self, now: int) -> Instant:
        """When the goods are not released for want of a guarantee (Delegated Regulation art. 8)."""
        return self.after(now, self.amendment)

    def limit_date(self, release: dt.date, declared: dt.date | None) -> dt.date:
        """By when the goods are to be presented at destination (Implementing Regulation art. 297)."""
        return declared if declared is not None and declared >= release else release + dt.timedelta(self.journey)

    def enquired_from(self, now: int, release: dt.date, limit: dt.date) -> Instant:
        """When an enquiry begins if nothing has arrived (Implementing Regulation art. 310)."""
        return self.after(now, (limit - release).days + self.enquiry)

    def inspected_by(self, now: int) -> Instant:
        """When the control at destination is due (Implementing Regulation art. 309)."""
        return self.after(now, self.inspection)

    def results_by(self, now: int) -> Instant:
        """When destination is asked for results that are missing (Implementing Regulation art. 310)."""
        return self.after(now, self.results)

    def answered_by(self, now: int) -> Instant:
        """When the answer to an enquiry is due (Implementing Regulation art. 310)."""
        return self.after(now, self.answer)


@dataclass(slots=True)
class InForce:
    """The limits that this node applies; assembly may set others before the first message."""

    limits: TimeLimits


IN_FORCE = InForce(TimeLimits())
