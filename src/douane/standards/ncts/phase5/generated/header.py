"""Structs of header. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class Header01(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType01, HeaderType02; in CC906C, CC917C."""

    lrn: str | None = None
    mrn: str | None = None


class Header03(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType03, HeaderType04, HeaderType05; in CD906C, CD917C, CD974C."""

    mrn: str
