"""What a node under attack believes of the world outside: the public authorities, and the time of day.

Python runs this at start where the environment names this folder. ``HOSTILE_ROOTS``: a file of authorities that stand
in for the public ones. ``HOSTILE_CLOCK``: a file that says by how many seconds the clock of the machine is wrong;
``HOSTILE_PASSED``: one that says how many seconds have passed that nobody waited for, by every clock.
"""

import os
import time
from pathlib import Path

roots, clock = os.environ.get("HOSTILE_ROOTS"), os.environ.get("HOSTILE_CLOCK")
if roots:
    import certifi

    certifi.where = lambda: str(roots)
if clock:
    right, right_ns, steady, steady_ns = time.time, time.time_ns, time.monotonic, time.monotonic_ns
    wrong_by, passed_by = Path(clock), Path(os.environ["HOSTILE_PASSED"])

    def _passed() -> int:
        return int(passed_by.read_text() or 0)

    def _offset() -> int:
        return int(wrong_by.read_text() or 0) + _passed()

    time.time = lambda: right() + _offset()
    time.time_ns = lambda: right_ns() + _offset() * 1_000_000_000
    time.monotonic = lambda: steady() + _passed()
    time.monotonic_ns = lambda: steady_ns() + _passed() * 1_000_000_000
