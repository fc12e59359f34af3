"""Curves and bars of a console: drawn on the server, hidden from readers: the figure beside them says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

WIDE, HIGH, EDGE = 160, 32, 3
"""Pixels of a curve, and of its margin."""
DAY_WIDE, DAY_HIGH = 5, 16
"""Pixels of the bar of a day."""
_HIDDEN: Final = 'aria-hidden="true" focusable="false"'


def curve(values: Sequence[float]) -> Markup:
    """The way of some values, oldest first, from zero on; the last one has a dot. Nothing for fewer than two."""
    if len(values) < 2:
        return Markup()
    most = max(*values, 0.0) or 1.0
    across, up = (WIDE - 2 * EDGE) / (len(values) - 1), HIGH - 2 * EDGE
    points = [(EDGE + at * across, HIGH - EDGE - value / most * up) for at, value in enumerate(values)]
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    return Markup(
        f'<svg class="spark" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}" {_HIDDEN}>'
        f'<path d="M{way}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/></svg>'
    )


def days(shares: Sequence[float | None]) -> Markup:
    """A bar for each day, oldest first: as high as the share (0 to 1) of its minutes that were good, marked where one
    was not; a line at the foot for a day that nobody saw."""
    wide = max(1, len(shares)) * DAY_WIDE
    bars = []
    for at, share in enumerate(shares):
        high = 1 if share is None else max(2, round(share * DAY_HIGH))
        look = "unseen" if share is None else "good" if share >= 1 else "bad"
        bars.append(f'<rect class="{look}" x="{at * DAY_WIDE}" y="{DAY_HIGH - high}" width="{DAY_WIDE - 1}" '
                    f'height="{high}"/>')  # fmt: skip
    return Markup(
        f'<svg class="days" width="{wide}" height="{DAY_HIGH}" viewBox="0 0 {wide} {DAY_HIGH}" {_HIDDEN}>'
        f"{''.join(bars)}</svg>"
    )
