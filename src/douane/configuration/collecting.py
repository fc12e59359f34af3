"""How the memory of a process of ours is kept: seldom collected, and on large pages.

Hardly anything here is part of a cycle, so a collection finds next to nothing and walks what lives, with Python's own
threshold of 700 objects again and again. ``python -m bench.instructions`` counts what that costs a node: little.

What a node works on lies scattered over a hundred MB, more than a processor's table of pages of 4 kB covers. Up to a
tenth of a unit of work was waiting for it (``python -m bench large_pages``, decision 0265). Linux lays memory on pages
of 2 MB where a process asks (``madvise``, which distributions set) or unasked (``always``). Where an operator said
``never``, and on other systems, nothing is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from douane.runtime.turns.pools import Purpose, beside

YOUNG: Final = 20_000
"""New objects that may wait for a collection; a few MB where all of them were in cycles."""
SOON: Final = 5.0
LATEST: Final = 600.0
"""Seconds after which it is looked again at what a process has grown by: first, and at the most."""
FULL: Final = 7 / 8
"""The part of an area that is in use at least; so pages that are filled up add a seventh to it at the most."""
_SYSTEM: Final = Path("/sys/kernel/mm/transparent_hugepage")
_OURS: Final = Path("/proc/self/smaps")
_LARGE, _COLLAPSE = 14, 25  # MADV_HUGEPAGE for what comes, MADV_COLLAPSE for what is there (madvise(2))
_AREA: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \d+ *(.*)")
_ANONYMOUS: Final = re.compile(r"|\[heap\]|\[anon:.*\]")


def settle() -> None:
    """Once a process is put together: what is there stays, need not be walked again, and is laid together."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
    lay_together()


async def stay_settled() -> None:
    """Lay together what a process grows by, ever more seldom, until cancelled."""
    pause = SOON
    while True:
        await asyncio.sleep(pause)
        await beside(Purpose.UPKEEP, lay_together)
        pause = min(2 * pause, LATEST)


def lay_together() -> int:
    """Ask that what this process has in memory lies on large pages; the octets of the areas, 0 where none are to be."""
    areas = list[range]()
    with contextlib.suppress(OSError):  # another system
        if "[never]" not in (_SYSTEM / "enabled").read_text():
            areas = list(worthwhile(_OURS.read_text(), int((_SYSTEM / "hpage_pmd_size").read_text())))
    if not areas:
        return 0
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for area in areas:
        for advice in (_LARGE, _COLLAPSE):  # what a kernel does not know or has no room for, it leaves as it is
            advise(area.start, len(area), advice)
    return sum(map(len, areas))


def worthwhile(maps: str, large: int) -> Iterator[range]:
    """Areas of writable memory in use, of which a large page or more lies on small ones. maps: as ``smaps`` lists them.

    Stacks of threads are hardly in use, and left out by that.
    """
    area, facts = range(0), dict[str, int]()
    for line in [*maps.splitlines(), "0-0 ---p 0 0:0 0"]:
        head = _AREA.fullmatch(line)
        if head is None:
            name, _, rest = line.partition(":")
            if rest.endswith(" kB"):
                facts[name] = int(rest[:-3]) * 1024
            continue
        used = facts.get("Rss", 0)
        if area and used >= FULL * len(area) and used - facts.get("AnonHugePages", 0) >= large:
            yield area
        start, end, rights, name = head.groups()
        ours = rights == "rw-p" and _ANONYMOUS.fullmatch(name) is not None
        area, facts = range(int(start, 16), int(end, 16) if ours else int(start, 16)), {}
