"""Descriptors of this process: raised to what the system allows, and divided between doors and everything else."""

from __future__ import annotations

import resource
from typing import Final

from douane.vocabulary.errors import DeclarationFault

RESERVED: Final = 256
"""For the store, archives, payloads, links, partners and what an operator does: doors leave these alone."""
FEWEST: Final = 1024
_MOST: Final = 1 << 20
"""Where the system allows any number: more than a node can use."""


def raise_descriptors() -> int:
    """Let this process, and those it starts, open as many as the system allows; how many these are.

    Raises DeclarationFault where they are too few to keep some back from the doors.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    if soft != resource.RLIM_INFINITY and soft < FEWEST:
        raise DeclarationFault(
            f"This process may open {soft} descriptors; a node needs {FEWEST}.",
            remedy="Raise the hard limit (ulimit -Hn, LimitNOFILE of systemd).",
        )
    return most if soft == resource.RLIM_INFINITY else soft


def descriptors_each(doors: int) -> int:
    """How many each of so many doors of this process may have open, when all of them are full."""
    return (raise_descriptors() - RESERVED) // max(1, doors)
