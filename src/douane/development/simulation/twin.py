"""Twins: the same seed with adversaries and without them. Lawful parties must notice no difference.

Compared is what a lawful party has at the end: in which state its movements are, what of its guarantees is in use, and
what it was told, apart from identifications and times. Without faults; under them only the invariant holds, for a fault
strikes another step in each twin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from douane.development.simulation.simulation import Result, Scenario, Told, simulate

SEPARATE: Final = 3_600.0
"""Strikes of the adversaries in an hour, where a scenario names none."""
WARNINGS: Final = frozenset({"AccessCodeTried"})
"""What tells a lawful party of an attempt: only those who are attacked get it, and nothing of theirs is otherwise."""
_TIMES = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+Z?)?")
_IDS = re.compile(rb"<(messageIdentification|correlationIdentifier)>[^<]*<")
_MRN = re.compile(rb"[0-9]{2}[A-Z]{2}[A-Z0-9]{14}")


@dataclass(frozen=True, slots=True)
class Twins:
    """A run with adversaries, the same without them, and what differs for lawful parties."""

    hostile: Result
    calm: Result
    differences: list[str]

    @property
    def alike(self) -> bool:
        """Whether both are sound, and nobody lawful noticed anything."""
        return self.hostile.sound and self.calm.sound and not self.differences


def twins(scenario: Scenario) -> Twins:
    """Run a scenario without faults, with adversaries and without."""
    calm = replace(scenario, faults=0.0, adversaries=0.0)
    first = simulate(replace(calm, adversaries=scenario.adversaries or SEPARATE))
    second = simulate(calm)
    return Twins(first, second, list(unlike(first.told, second.told)))


def unlike(hostile: Told, calm: Told) -> Iterator[str]:
    """What lawful parties have in one of two runs only, each in a sentence."""
    for name, ours, theirs in (
        ("movement", set(hostile.movements.items()), set(calm.movements.items())),
        ("guarantee", set(hostile.guarantees.items()), set(calm.guarantees.items())),
    ):
        for only, found in (("with", ours - theirs), ("without", theirs - ours)):
            for key, value in sorted(found):
                yield f"{name} {key} is {value} only {only} adversaries"
    noticed, usual = _plain(hostile), _plain(calm)
    for only, told in (("with", noticed - usual), ("without", usual - noticed)):
        for party, type, body in sorted(each for each in told if each[1] not in WARNINGS):
            yield f"{party} is told {type} only {only} adversaries: {body.decode(errors='replace')[:2000]}"


def _plain(told: Told) -> set[tuple[str, str, bytes]]:
    """What each party was told, without identifications and times; an MRN is named by the LRN of its movement."""
    return {(party, type, _without(body, told.references)) for party, type, body in told.messages}


def _without(body: bytes, references: dict[bytes, bytes]) -> bytes:
    body = _TIMES.sub(b"", _IDS.sub(rb"<\1><", body))
    return _MRN.sub(lambda found: references.get(found[0], found[0]), body)
