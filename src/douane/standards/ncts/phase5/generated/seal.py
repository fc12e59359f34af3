"""Structs of seal. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class Seal01(Group, frozen=True, kw_only=True, gc=False):
    """SealType01, SealType03; in CC017C, CD018C."""

    sequence_number: int
    identifier: str | None = None


class Seal02(Group, frozen=True, kw_only=True, gc=False):
    """SealType02, SealType04, SealType05; in 18 messages."""

    sequence_number: int
    identifier: str
