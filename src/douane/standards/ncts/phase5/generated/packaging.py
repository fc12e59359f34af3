"""Structs of packaging. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class Packaging01(Group, frozen=True, kw_only=True, gc=False):
    """PackagingType01, PackagingType04; in CC017C, CC044C, CD018C."""

    sequence_number: int
    type_of_packages: str | None = None
    number_of_packages: int | None = None
    shipping_marks: str | None = None


class Packaging02(Group, frozen=True, kw_only=True, gc=False):
    """PackagingType02, PackagingType03; in 13 messages."""

    sequence_number: int
    type_of_packages: str
    number_of_packages: int | None = None
    shipping_marks: str | None = None
