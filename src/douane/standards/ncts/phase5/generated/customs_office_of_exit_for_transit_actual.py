"""Structs of customs_office_of_exit_for_transit_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class CustomsOfficeOfExitForTransitActual01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitActualType01; in CD024C, CD063C."""

    sequence_number: int
    reference_number: str


class CustomsOfficeOfExitForTransitActual02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitActualType02; in CD164C, CD165C, CD168C."""

    reference_number: str
