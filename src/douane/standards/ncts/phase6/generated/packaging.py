"""Structs and writers of packaging. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Packaging02(Group, frozen=True, kw_only=True, gc=False):
    """PackagingType02, PackagingType03; in CC013C, CC015C, CC025C, CC029C, CC043C."""
    sequence_number: int
    type_of_packages: str
    number_of_packages: int | None = None
    shipping_marks: str | None = None

def write_packaging02(v: Packaging02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><typeOfPackages>{text(v.type_of_packages)}</typeOfPackages>'
    if (v2 := v.number_of_packages) is not None: out += f'<numberOfPackages>{v2}</numberOfPackages>'
    if (v3 := v.shipping_marks) is not None: out += f'<shippingMarks>{text(v3)}</shippingMarks>'
    return out

class Packaging04(Group, frozen=True, kw_only=True, gc=False):
    """PackagingType04; in CC017C, CC044C."""
    sequence_number: int
    type_of_packages: str | None = None
    number_of_packages: int | None = None
    shipping_marks: str | None = None

def write_packaging04(v: Packaging04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.type_of_packages) is not None: out += f'<typeOfPackages>{text(v1)}</typeOfPackages>'
    if (v2 := v.number_of_packages) is not None: out += f'<numberOfPackages>{v2}</numberOfPackages>'
    if (v3 := v.shipping_marks) is not None: out += f'<shippingMarks>{text(v3)}</shippingMarks>'
    return out
