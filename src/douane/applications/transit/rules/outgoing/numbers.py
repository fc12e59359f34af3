"""How the repetitions of groups are numbered, wherever a layout says so (R0987)."""

from __future__ import annotations

from typing import Any

from douane.applications.transit.rules.outgoing.groups import naming
from douane.applications.transit.rules.places import Found
from douane.author import broken, rule
from douane.standards.ncts.alike import NUMBERING, misnumbered


@rule(NUMBERING, *naming(NUMBERING), text="Number the repetitions of a group 1, 2, 3 in the order in which they stand.")
def r0987(m: Any, *_: object) -> Found:
    for place, number in misnumbered(m):
        yield broken(place, number)
