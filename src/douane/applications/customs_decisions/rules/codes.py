"""Closed code lists of customs decisions (IA 2015/2447 Annex A, Title III). Lists of Annex B are reference data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _numbers(first: int, last: int, *but: int) -> frozenset[str]:
    return frozenset(str(n) for n in range(first, last + 1) if n not in but)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CODES: Final[Mapping[str, frozenset[str]]] = {
    "CL-3103": _numbers(1, 4),
    "CL-3104": _numbers(1, 3),
    "CL-3405": _words("T U V W X Y Z"),
    "CL-3417": _numbers(1, 4),
    "CL-3501-1": _numbers(1, 8, 3),
    "CL-3501-2": _numbers(1, 22),
    "CL-3604": _numbers(0, 2),
    "CL-3701": _numbers(1, 3),
    "CL-3703": _numbers(1, 3),
    "CL-3813": _numbers(1, 3),
    "CL-4202": _words("CN TC"),
    "CL-4403": _words("CA CB CF CS DEP EX FW HR IM MF TR WH 999"),
    "CL-4412": _numbers(1, 5),
    "CL-4602-1": _words("01 07 40 42 43 44 45 46 48 51 53 61 63 68 80 XX XR XS XU"),
    "CL-4602-2": _numbers(1, 3),
    "CL-4603": _numbers(1, 3),
    "CL-4604": _words("AA AB BA BB BC BD"),
    "CL-4605": _words("1 2 31 32 33 34 35"),
    "CL-4701": _numbers(1, 2),
    "CL-4702": _numbers(1, 3),
    "CL-4901": _words("A B C"),
    "CL-5001": _numbers(0, 1),
    "CL-5308": _numbers(1, 2),
    "CL-5601": _numbers(1, 4),
    "CL-5801": _numbers(1, 2),
    "CL-5802": _words("4 5 7"),
}
"""By the name under which the table of elements names them."""
