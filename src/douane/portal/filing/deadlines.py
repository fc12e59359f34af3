"""Deadlines as a calendar that other programs read: iCalendar (RFC 5545), one event for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MEDIA: Final = "text/calendar; charset=utf-8"
WIDEST: Final = 75
"""Octets of a line."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that ends. id: unique and the same however often it is asked for."""

    id: str
    ends: dt.datetime
    text: str
    url: str


def calendar(deadlines: Iterable[Deadline], made: dt.datetime, name: str) -> str:
    """The calendar. made: when it was asked for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Douane//Deadlines//EN", f"X-WR-CALNAME:{_text(name)}"]
    for each in deadlines:
        lines += [
            "BEGIN:VEVENT", f"UID:{_text(each.id)}", f"DTSTAMP:{_moment(made)}", f"DTSTART:{_moment(each.ends)}",
            f"SUMMARY:{_text(each.text)}", f"URL:{each.url}", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(each)}\r\n" for each in lines)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which parts a letter."""
    pieces: list[str] = []
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > WIDEST - bool(pieces):
            pieces.append(piece.decode())
            piece = b""
        piece += octets
    return "\r\n ".join([*pieces, piece.decode()])
