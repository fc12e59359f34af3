"""What a browser calls itself (RFC 9110, 10.1.5), as names that a person knows: Chrome on Linux."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 40
"""Characters that are kept of a name that is not known."""
_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrom", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""Marks and names; each later one is also in what the earlier ones say, so the first that is found counts."""
_SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_and_system(agent: str) -> tuple[str, str]:
    """The names of a browser and of the system it runs on; of an unknown one what it says first, and no system."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return browser or agent.partition(" ")[0][:LONGEST], system
