"""How wide text is and where it breaks, without a font at hand: average widths of a sans-serif face."""

from __future__ import annotations

from typing import Final

WORD: Final = 150.0  # the longest word that is not cut, in pixels
LINE: Final = 1.25  # line height, in font sizes
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE: Final = frozenset("mwMWQOG@%&ABDCHNUKRVXY")


def width(text: str, size: float) -> float:
    """The estimated width of one line; a little too much rather than too little."""
    return size * sum(0.36 if c in _NARROW else 0.8 if c in _WIDE else 0.6 for c in text)


def outside(text: str, room: float, size: float) -> float:
    """The room of a name that stands in no box: no narrower than its longest word, which a translation may make longer
    than the drawing foresaw."""
    return max(room, min(WORD, max((width(each, size) + 1 for each in text.split()), default=0.0)))


def wrap(text: str, room: float, size: float, *, lines: int = 99) -> list[str]:
    """The text in lines that fit into the room; a long word is cut, what is too much ends in an ellipsis."""
    rows: list[str] = []
    row = ""
    for word in text.split():
        for part in _pieces(word, room, size):
            longer = f"{row} {part}" if row else part
            if row and width(longer, size) > room:
                rows.append(row)
                row = part
            else:
                row = longer
    if row:
        rows.append(row)
    if len(rows) > lines:
        last = rows[lines - 1]
        while last and width(last + "…", size) > room:
            last = last[:-1]
        rows = [*rows[: lines - 1], last.rstrip() + "…"]
    return rows


def _pieces(word: str, room: float, size: float) -> list[str]:
    pieces: list[str] = []
    rest = word
    while width(rest, size) > room and len(rest) > 1:
        cut = len(rest) - 1
        while cut > 1 and width(rest[:cut], size) > room:
            cut -= 1
        breaks = [i + 1 for i in range(cut) if rest[i] in "_-/."]
        cut = breaks[-1] if breaks and breaks[-1] > cut // 2 else cut
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest]
