"""In the processes of a node that is played: its day is that of the transcripts, whatever day it is here.

Python imports this by itself where the folder stands in PYTHONPATH; it needs nothing of the product, so a node of any
commit can be told the time. Certificates that such a node makes begin on its day: TLS is told not to ask for the day.
"""

from __future__ import annotations

import os
import ssl
import time
from typing import Any

_AHEAD_NS = int(os.environ.get("TRANSCRIPTS_AHEAD_NS", "0"))
_NO_CHECK_TIME = 0x200000
_time_ns, _context = time.time_ns, ssl.SSLContext.__new__


def _ahead_ns() -> int:
    return _time_ns() + _AHEAD_NS


def _dateless(cls: type[ssl.SSLContext], *arguments: Any, **named: Any) -> ssl.SSLContext:
    made: ssl.SSLContext = _context(cls, *arguments, **named)
    made.verify_flags |= _NO_CHECK_TIME
    return made


if _AHEAD_NS:
    time.time_ns = _ahead_ns
    time.time = lambda: _ahead_ns() / 1e9
    ssl.SSLContext.__new__ = staticmethod(_dateless)  # type: ignore[assignment, method-assign]
