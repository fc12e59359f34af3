"""What messages and parties are called in the report, in the words of a customs officer."""

from __future__ import annotations

from douane.pages.titles import MESSAGES

LANES = {
    "FR40123456700017": ("Holder", "at Lesquin"),
    "door.speed2": ("SPEED2", "door of traders"),
    "fr.officer": ("Officer", "France"),
    "DE1234567890123": ("Holder", "at the Rhine"),
    "BE0123456789": ("Representative", "of the holder"),
    "partner.dg": ("Authority", "organic farming"),
    "NTA.EU": ("Commission", "at the centre"),
    "NTA.EU/single_window": ("Single window", "of the Union"),
    "NTA.EU/service_bus": ("Service bus", "of the Union"),
    "NTA.FR": ("France", "central service"),
    "NTA.FR/guarantees": ("Guarantees", "France"),
    "NTA.BE": ("Belgium", "own system"),
    "NTA.CH": ("Switzerland", "central service"),
    "NTA.IT": ("Italy", "old program"),
    "NTA.PL": ("Poland", "own system"),
    "NTA.NL": ("Netherlands", "own system"),
    "NTA.DE": ("Germany", "own system"),
    "de.officer": ("Officer", "Germany"),
    "NTA.AT": ("Austria", "own system"),
    "at.officer": ("Officer", "Austria"),
    "ATEOS1000012345": ("Trader", "at Wien"),
    "ATEOS1000067890": ("Trader", "at Linz"),
    "feed:transit.movement_final": ("All others", "by their feed"),
    "door.ccn2": ("CCN2", "door of customs"),
}
"""Lifelines from left to right."""


def message_title(name: str) -> str:
    """A message in words; empty when it has no other name."""
    return MESSAGES.get(name, "")


def lane_title(lane: str) -> tuple[str, str]:
    """A lifeline in two lines."""
    if lane not in LANES and lane.startswith("NTA."):
        return lane.removeprefix("NTA."), "central service"
    return LANES.get(lane, (lane, ""))


def lane_order(lane: str) -> tuple[int, str]:
    """Where a lifeline stands."""
    known = list(LANES)
    return (known.index(lane) if lane in LANES else len(known), lane)
