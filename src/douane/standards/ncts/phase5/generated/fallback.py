"""Structs of fallback. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class Fallback(Group, frozen=True, kw_only=True, gc=False):
    """FallbackType; in CD070C, CD071C, CD971C."""

    flag: str
    text: str | None = None
