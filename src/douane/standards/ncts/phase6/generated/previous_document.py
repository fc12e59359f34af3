"""Structs and writers of previous_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class PreviousDocument03(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType03, PreviousDocumentType08; in CC013C, CC015C, CC029C."""
    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    type_of_packages: str | None = None
    number_of_packages: int | None = None
    measurement_unit_and_qualifier: str | None = None
    quantity: Decimal | None = None
    complement_of_information: str | None = None

def write_previous_document03(v: PreviousDocument03) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v3 := v.goods_item_number) is not None: out += f'<goodsItemNumber>{v3}</goodsItemNumber>'
    if (v4 := v.type_of_packages) is not None: out += f'<typeOfPackages>{text(v4)}</typeOfPackages>'
    if (v5 := v.number_of_packages) is not None: out += f'<numberOfPackages>{v5}</numberOfPackages>'
    if (v6 := v.measurement_unit_and_qualifier) is not None: out += f'<measurementUnitAndQualifier>{text(v6)}</measurementUnitAndQualifier>'
    if (v7 := v.quantity) is not None: out += f'<quantity>{v7:f}</quantity>'
    if (v8 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v8)}</complementOfInformation>'
    return out

class PreviousDocument06(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType06, PreviousDocumentType07, PreviousDocumentType09, PreviousDocumentType10; in CC013C, CC015C, CC017C, CC029C, CC043C."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None

def write_previous_document06(v: PreviousDocument06) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v3 := v.complement_of_information) is not None: out += f'<complementOfInformation>{text(v3)}</complementOfInformation>'
    return out
