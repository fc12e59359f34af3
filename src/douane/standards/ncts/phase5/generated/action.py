"""Structs of action. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.unavailability import Unavailability


class Action(Group, frozen=True, kw_only=True, gc=False):
    """ActionType; in CD070C, CD071C, CD971C."""

    sequence_number: int
    operation: str
    unavailability: tuple[Unavailability, ...]
