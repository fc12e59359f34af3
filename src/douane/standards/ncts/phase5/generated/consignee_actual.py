"""Structs of consignee_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02


class ConsigneeActual(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeActualType01, ConsigneeActualType02; in CC141C, CD142C."""

    identification_number: str | None = None
    name: str
    address: Address02
