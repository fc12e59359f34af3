"""Structs and writers of previous_document. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
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
    out += f'<goodsItemNumber>{v2}</goodsItemNumber>' if (v2 := v.goods_item_number) is not None else ''
    out += f'<typeOfPackages>{text(v3)}</typeOfPackages>' if (v3 := v.type_of_packages) is not None else ''
    out += f'<numberOfPackages>{v4}</numberOfPackages>' if (v4 := v.number_of_packages) is not None else ''
    out += f'<measurementUnitAndQualifier>{text(v5)}</measurementUnitAndQualifier>' if (v5 := v.measurement_unit_and_qualifier) is not None else ''
    out += f'<quantity>{v6:f}</quantity>' if (v6 := v.quantity) is not None else ''
    out += f'<complementOfInformation>{text(v7)}</complementOfInformation>' if (v7 := v.complement_of_information) is not None else ''
    return out

class PreviousDocument04(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType04, PreviousDocumentType11; in 9 messages."""
    sequence_number: int
    type: str
    reference_number: str
    goods_item_number: int | None = None
    complement_of_information: str | None = None

def write_previous_document04(v: PreviousDocument04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    out += f'<goodsItemNumber>{v2}</goodsItemNumber>' if (v2 := v.goods_item_number) is not None else ''
    out += f'<complementOfInformation>{text(v3)}</complementOfInformation>' if (v3 := v.complement_of_information) is not None else ''
    return out

class PreviousDocument06(Group, frozen=True, kw_only=True, gc=False):
    """PreviousDocumentType06, PreviousDocumentType07, PreviousDocumentType09, PreviousDocumentType10; in 13 messages."""
    sequence_number: int
    type: str
    reference_number: str
    complement_of_information: str | None = None

def write_previous_document06(v: PreviousDocument06) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    out += f'<complementOfInformation>{text(v2)}</complementOfInformation>' if (v2 := v.complement_of_information) is not None else ''
    return out
