"""The sequence between the parties as SVG: lifelines, numbered arrows with message and time, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from douane.simulator.exchanges import Exchange, Kind
from douane.simulator.titles import lane_order, lane_title, message_title

LEFT, TOP, ROW, FOOT = 92, 62, 38, 22
WIDE, NARROW, ROOM = 176, 108, 1000
"""Widest and narrowest distance of lifelines, and what they share."""
LETTER = 6.7
"""Width of a letter of a label, roughly."""
MOST = 60
"""Rows of one drawing; what is beyond stands in the table."""
TIP, HALF = 8, 4.5
STYLES = {Kind.REFUSAL: "refusal", Kind.EVENT: "event", Kind.DECISION: "decision"}


def lanes_of(exchanges: Sequence[Exchange]) -> list[str]:
    """The lifelines that take part, from left to right."""
    return sorted({lane for each in exchanges for lane in (each.source, each.target)}, key=lane_order)


def sequence(exchanges: Sequence[Exchange], began: int, title: str) -> str:
    """The drawing; empty where nothing was exchanged. Channels are named where there are several."""
    shown = list(exchanges)[:MOST]
    lanes = lanes_of(shown)
    if not lanes:
        return ""
    gap = max(NARROW, min(WIDE, ROOM // len(lanes)))
    places = {lane: LEFT + gap // 2 + n * gap for n, lane in enumerate(lanes)}
    width, height = LEFT + gap * len(lanes), TOP + ROW * len(shown) + FOOT
    size = f'viewBox="0 0 {width} {height}" style="width:{width}px;min-width:{round(width * 0.62)}px"'
    told = f'role="img" aria-label={quoteattr(title)}'
    parts = [f'<svg class="sequence" {told} {size} xmlns="http://www.w3.org/2000/svg">']
    parts += [_lifeline(lane, x, gap, height) for lane, x in places.items()]
    named = len({each.channel for each in shown if each.channel}) > 1
    parts += [_row(n, each, places, width, began, named=named) for n, each in enumerate(shown, 1)]
    parts.append("</svg>")
    return "".join(parts)


def _lifeline(lane: str, x: int, gap: int, height: int) -> str:
    first, second = lane_title(lane)
    half = gap // 2 - 5
    return (
        f'<line class="life" x1="{x}" y1="46" x2="{x}" y2="{height - 6}"/>'
        f'<rect class="head" x="{x - half}" y="4" width="{half * 2}" height="42" rx="6"/>'
        f'<text class="who" x="{x}" y="22">{escape(first)}</text>'
        f'<text class="sub" x="{x}" y="37">{escape(second)}</text>'
    )


def _row(number: int, each: Exchange, places: Mapping[str, int], width: int, began: int, *, named: bool) -> str:
    y = TOP + ROW * number - 16
    start, end = places[each.source], places[each.target]
    time = f'<text class="time" x="{LEFT - 12}" y="{y + 4}">+{(each.at - began) / 1e6:.3f} s</text>'
    if each.kind is Kind.TIMER:
        return f'<g class="timer">{time}{_note(start, y, f"{number}. Time limit reached")}</g>'
    label = f"{number}. {label_of(each.name)}" + (f" · {each.channel}" if named and each.channel else "")
    if each.target.startswith("door."):
        label = f"{number}. {each.name}, {each.note}"
    style = STYLES.get(each.kind, "message") + (" inside" if each.inside else "")
    if start == end:
        return f'<g class="{style}">{time}{_note(start, y, label)}</g>'
    arrow = _arrow(start, end, y, turned_away=each.kind is Kind.REFUSAL)
    return f'<g class="{style}">{time}{arrow}{_label(min(start, end), max(start, end), y, width, label)}</g>'


def label_of(name: str) -> str:
    """A message as it is called beside its arrow: official ones with their number, ours in words."""
    title = message_title(name)
    return f"{name} {title}".strip() if name[2:5].isdigit() else title or name


def _label(left: int, right: int, y: int, width: int, text: str) -> str:
    """Above the arrow, from its left end on; from its right end back where it would leave the drawing."""
    place = f'x="{left + 9}"'
    if left + 9 + LETTER * len(text) > width:
        place = f'x="{right - 9}" text-anchor="end"'
    return f'<text class="label" {place} y="{y - 6}">{escape(text)}</text>'


def _arrow(start: int, end: int, y: int, *, turned_away: bool) -> str:
    back = -TIP if end > start else TIP
    if turned_away:
        stop = end + 2 * back
        a, b = stop - 5, stop + 5
        cross = f'<path class="cross" d="M{a} {y - 5}L{b} {y + 5}M{b} {y - 5}L{a} {y + 5}"/>'
        return f'<line class="arrow" x1="{start}" y1="{y}" x2="{stop}" y2="{y}"/>{cross}'
    tip = f'<path class="tip" d="M{end} {y}L{end + back} {y - HALF}L{end + back} {y + HALF}Z"/>'
    return f'<line class="arrow" x1="{start}" y1="{y}" x2="{end + back}" y2="{y}"/>{tip}'


def _note(x: int, y: int, text: str) -> str:
    width = 7 * len(text) + 16
    return (
        f'<rect class="note" x="{x - width // 2}" y="{y - 13}" width="{width}" height="22" rx="4"/>'
        f'<text class="said" x="{x}" y="{y + 3}">{escape(text)}</text>'
    )
