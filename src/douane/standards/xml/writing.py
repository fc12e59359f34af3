"""Escaping of texts on their way into XML."""

from __future__ import annotations

import functools
import re

from douane.vocabulary.errors import OurFault

_SPECIAL = re.compile(r"[&<>\r\t\n]")
_ILLEGAL = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\t": "&#9;", "\n": "&#10;"}


@functools.lru_cache(maxsize=8192)
def text(value: str) -> str:
    """``value`` as the content of an element. Raises OurFault for a character that XML cannot carry.

    Most values are codes and numbers that come again and again, so the last thousands are remembered.
    """
    illegal = _ILLEGAL.search(value)
    if illegal:
        raise OurFault(f"XML cannot carry the character U+{ord(illegal[0]):04X}.", remedy="Leave it out.")
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], value)


def attribute(value: str) -> str:
    """``value`` as the content of an attribute in double quotes."""
    return text(value).replace('"', "&quot;")
